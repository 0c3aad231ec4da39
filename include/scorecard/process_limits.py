"""Process limits of the months: every KPI and directorate with enough of them, and what they say.

A stretch is a row of months under one version of the definition, between resets of the baseline.
Each has limits of its own, from its first points. A missing month is no point: its neighbours
stand side by side. Points are the printed values, so that a reader can work limits out again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from statistics import median
from typing import Any

from scorecard import spc
from scorecard.council import Council
from scorecard.figures import Figure
from scorecard.kpis import KpiDefinition
from scorecard.period import FinancialQuarter, Month, period_named
from scorecard.spc import ProcessLimits, SpecialCause
from scorecard.states import SHOWN

Details = dict[str, Any]
Key = tuple[str, str, str]  # KPI, directorate, period

TRIAL_POINTS = 6  # half a year: limits on fewer would mislead (proposed)
DECIMALS = 6  # of limits as they are kept

CUMULATIVE = ("year_to_date", "rolling_12")
COUNTS_CASES = ("ratio", "statistic")  # kinds whose denominator is a number of cases
VERDICT = ("variation", "special_cause", "assurance", "verdict_month", "limits_note")
# Everything that is told of a month from the values of others: gone, where those are withheld.
KEYS = ("mean", "lower_limit", "upper_limit", "baseline_points", "is_trial", "is_reset", *VERDICT)


def with_limits(
    figures: Sequence[Figure],
    definitions: Mapping[str, KpiDefinition],
    decided: Council,
    as_at: datetime,
) -> list[Figure]:
    """The figures in their order; months with limits and verdict, quarters with their last one."""
    months = [f for f in figures if f.period_kind == "month" and _is_whole(f, as_at)]
    months.sort(key=lambda f: (f.kpi_id, f.directorate, f.period))
    found: dict[Key, Details] = {}
    for (kpi, _), mine in groupby(months, key=lambda f: (f.kpi_id, f.directorate)):
        found |= _of_months(definitions[kpi], list(mine), decided)
    for figure in figures:
        if figure.period_kind == "quarter":
            found[_key(figure)] = _of_quarter(figure, found)
    return [
        replace(f, details={**f.details, **found[_key(f)]}) if found.get(_key(f)) else f
        for f in figures
    ]


def _key(figure: Figure) -> Key:
    return figure.kpi_id, figure.directorate, figure.period


def _is_whole(figure: Figure, as_at: datetime) -> bool:
    """Whether a month is over and shows a number; a month so far is not like the others."""
    is_over = period_named(figure.period).ends_at <= as_at
    return is_over and figure.state in SHOWN and figure.value is not None


def _of_months(
    definition: KpiDefinition, months: Sequence[Figure], decided: Council
) -> dict[Key, Details]:
    """What limits say of each month of a KPI and directorate, oldest first."""
    found: dict[Key, Details] = {}
    for place, stretch in enumerate(_stretches(definition, months, decided)):
        found |= _of_stretch(definition, stretch, decided)
        if place > 0:
            found.setdefault(_key(stretch[0]), {})["is_reset"] = True
    return found


def _stretches(
    definition: KpiDefinition, months: Sequence[Figure], decided: Council
) -> list[list[Figure]]:
    """The months cut where a version of the definition begins, or the baseline was reset.

    The month of a reset's day is the first of the new stretch.
    """
    resets = [
        str(Month(event.day.year, event.day.month))
        for event in decided.events
        if event.kind == "baseline_reset" and event.concerns(definition.theme, definition.id)
    ]

    def stretch_of(figure: Figure) -> tuple[int, int]:
        return figure.version, sum(month <= figure.period for month in resets)

    return [list(mine) for _, mine in groupby(months, key=stretch_of)]


def _of_stretch(
    definition: KpiDefinition, stretch: Sequence[Figure], decided: Council
) -> dict[Key, Details]:
    """Limits and verdict of each point; trial limits if there are few; else why there are none."""
    chosen = decided.settled.spc
    points = [figure for figure in stretch if "small_numbers" not in figure.flags]
    why = _unfit(definition, stretch, points, decided.settled.small_denominator)
    if not why and len(points) < TRIAL_POINTS:
        why = f"No process limits yet: {len(points)} of the {chosen.baseline_points} months needed."
    if why:
        return {_key(figure): {"limits_note": why} for figure in stretch}
    values = [Fraction(figure.value) for figure in points if figure.value is not None]
    limits = spc.limits_of(values, chosen.baseline_points, chosen.screen_moving_ranges)
    drawn = _drawn(limits)
    if len(points) < chosen.baseline_points:
        note = f"Trial limits, no verdict: {len(points)} of the {chosen.baseline_points} months"
        drawn |= {"is_trial": True, "limits_note": f"{note} needed."}
        return {_key(figure): dict(drawn) for figure in points}
    causes = spc.special_causes(values, limits)
    return {
        _key(figure): drawn | _verdict(definition, figure, (limits, cause), decided)
        for figure, cause in zip(points, causes, strict=True)
    }


def _unfit(
    definition: KpiDefinition, stretch: Sequence[Figure], points: Sequence[Figure], small: int
) -> str:
    """Why a stretch can have no limits however long it is; empty if it can."""
    if definition.accumulation in CUMULATIVE:
        return "No process limits: the months of a cumulative figure depend on one another."
    if definition.kind in COUNTS_CASES:
        cases = median(abs(figure.denominator or Decimal(0)) for figure in stretch)
        if cases < small:
            return f"No process limits: the median month has {cases:f} cases, under {small}."
    if definition.kind == "ratio" and definition.unit == "percent":
        stuck = sum(figure.value in (0, 100) for figure in points)
        if 2 * stuck >= len(points):
            return "No process limits: half or more of the months are at 0% or 100%."
    return ""


def _drawn(limits: ProcessLimits) -> Details:
    """What a chart draws, as exact texts."""
    lines = {"mean": limits.mean, "lower_limit": limits.lower, "upper_limit": limits.upper}
    told = {
        name: f"{spc.rounded(value, DECIMALS):f}"
        for name, value in lines.items()
        if value is not None
    }
    return {**told, "baseline_points": limits.points}


def _verdict(
    definition: KpiDefinition,
    figure: Figure,
    judged: tuple[ProcessLimits, SpecialCause | None],
    decided: Council,
) -> Details:
    """What a month shows, and whether the process meets the target in force for it."""
    limits, cause = judged
    target = decided.target_for(definition.id, figure.directorate, period_named(figure.period))
    has_band = target is not None and not target.inner_low == target.inner_high is None
    aim = None if has_band or figure.target is None else Fraction(figure.target)
    return {
        "variation": spc.variation(cause, definition.better),
        "special_cause": cause.words() if cause else "",
        "assurance": spc.assurance(limits, aim, definition.better),
    }


def _of_quarter(quarter: Figure, found: Mapping[Key, Details]) -> Details:
    """The verdict of a quarter's latest month that has a number, and which month that is."""
    months = FinancialQuarter.parse(quarter.period).months
    for month in reversed(months):
        told = found.get((quarter.kpi_id, quarter.directorate, str(month)))
        if told:
            verdict = {name: told[name] for name in VERDICT if name in told}
            return {**verdict, "verdict_month": str(month)}
    return {}
