"""Carbon estimates as figures: their standing and interval, and what they rest on."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from scorecard.carbon import scenarios
from scorecard.carbon.activity import COUNCIL
from scorecard.carbon.estimates import Estimate
from scorecard.carbon.products import Line
from scorecard.carbon.series import Estimates, Series
from scorecard.carbon.uncertainty import Draws, Interval, interval, seed_of
from scorecard.kpis import rounded
from scorecard.period import Period
from scorecard.states import AWAITING, FINAL, NOT_APPLICABLE, PROVISIONAL, Readiness, Standing

LINES = {
    "printing_emissions_avoided": "printing",
    "commuting_emissions_avoided": "commuting",
    "home_working_emissions_added": "home_energy",
}
NET, NET_PER_FTE = "net_emissions_avoided", "net_emissions_avoided_per_fte"
_NETS = (NET, NET_PER_FTE)
GROSS = "gross_emissions_avoided"  # no KPI: it stands in the details of the net, beside it
# Nor are these, of a council that has meters in its offices.
OFFICE, WITH_OFFICE = "office_emissions_avoided", "net_with_office_energy"
WELL_TO_TANK = "well_to_tank_avoided"  # nor this, of a council that asks for it
TOO_SMALL, INDISTINGUISHABLE = "too_small_to_estimate", "indistinguishable_from_zero"

# KPI, period, directorate; and of all KPIs together.
FigureKey = tuple[str, str, str]


@dataclass(frozen=True)
class Carbon:
    """The estimates of every period and directorate, their intervals, and their alternatives."""

    estimates: Estimates = field(default_factory=dict)
    intervals: Mapping[FigureKey, Interval] = field(default_factory=dict)
    # By period and directorate: by how many kilograms a scenario moves the net.
    scenarios: Mapping[tuple[str, str], Mapping[str, Decimal]] = field(default_factory=dict)
    # By period: the net's interval of the council if the evidence were better; of the last quarter.
    narrower: Mapping[str, Mapping[str, Interval]] = field(default_factory=dict)
    reported: str = ""  # why the council's pack has none, if it has none


def carbon_of(
    series: Series, periods: Collection[Period], kpis: Collection[str], council: str
) -> Carbon:
    """The carbon of a council's periods; every KPI's estimate has its interval."""
    found = series.estimates(periods)
    alternatives = {name: series.estimates(periods, name) for name in scenarios.SCENARIOS}
    asked = (*kpis, GROSS, OFFICE, WITH_OFFICE, WELL_TO_TANK)
    return Carbon(
        found, intervals_of(found, asked, council), _moved(found, alternatives),
        _narrower(found, council),
    )  # fmt: skip


def intervals_of(
    estimates: Estimates, kpis: Collection[str], council: str
) -> dict[FigureKey, Interval]:
    """The interval of each KPI's estimate.

    Whatever ends with a quarter has the draws of that quarter, in every pack that prints it.
    """
    found: dict[FigureKey, Interval] = {}
    for quarter in sorted({_last_quarter(period) for period, _ in estimates}):
        draws = Draws(seed_of(council, quarter))
        for (period, directorate), estimate in estimates.items():
            for kpi_id in kpis if _last_quarter(period) == quarter else ():
                terms = estimate.terms(kpi_id)
                if terms is not None:
                    found[kpi_id, period, directorate] = interval(terms, draws)
    return found


def _narrower(estimates: Estimates, council: str) -> dict[str, dict[str, Interval]]:
    """What better evidence would make of the council's interval, for the latest quarter."""
    last = max((_last_quarter(period) for period, _ in estimates), default="")
    draws = Draws(seed_of(council, last))
    return {
        period: {
            name: interval(scenarios.narrowed(estimate.net_terms, widths), draws)
            for name, widths in scenarios.BETTER_EVIDENCE.items()
        }
        for (period, directorate), estimate in estimates.items()
        if directorate == COUNCIL and _last_quarter(period) == last and estimate.net_terms
    }


def _last_quarter(period: str) -> str:
    """The quarter with which a period ends: 2025-26-Q1 of 2025-26-Q1-R12."""
    return period[: len("2025-26-Q1")]


def _moved(
    estimates: Estimates, alternatives: Mapping[str, Estimates]
) -> dict[tuple[str, str], dict[str, Decimal]]:
    """By how much each scenario moves a net; on a rolling year heating has one basis only."""
    found = {}
    for key, estimate in estimates.items():
        is_quarter = key[0] == _last_quarter(key[0])
        names: tuple[str, ...] = (
            scenarios.SCENARIOS if is_quarter else scenarios.OF_SEVERAL_QUARTERS
        )
        if not estimate.commuting.kg or estimate.commuting.kg <= 0:
            names = tuple(name for name in names if name != scenarios.REBOUND)  # nothing was saved
        nets = {name: alternatives[name][key].net for name in names if key in alternatives[name]}
        found[key] = scenarios.differences(estimate.net, nets)
    return found


def standing_of_estimate(
    kpi_id: str, period: str, directorate: str, carbon: Carbon, ready: Readiness
) -> Standing:
    """A line that is not known is awaited; a net without one of its lines is provisional."""
    if carbon.reported:
        return Standing(NOT_APPLICABLE, carbon.reported)
    estimate = carbon.estimates.get((period, directorate))
    if estimate is None:
        why = _lacks(ready) or ("Activity of the period or of its baseline is not known.",)
        return Standing(AWAITING, _sentences(why), flags=("estimated",))
    missing = _in_short(_missing(kpi_id, estimate))
    value = estimate.value(kpi_id)
    if value is None:
        why = (*missing, *_lacks(ready)) or ("Its activity is not known.",)
        return Standing(AWAITING, _sentences(why), flags=("estimated",))
    reasons = [*missing, *_lacks(ready), *_provisional(estimate)]
    bounds = carbon.intervals.get((kpi_id, period, directorate))
    return Standing(
        PROVISIONAL if reasons else FINAL,
        _sentences(reasons or ["Every extract that it needs has been accepted"]),
        rounded(value, 6),
        Decimal(1),
        exact=value,
        flags=_flags(kpi_id, estimate, bounds),
        lower=bounds.lower if bounds else None,
        upper=bounds.upper if bounds else None,
    )


def _lacks(ready: Readiness) -> tuple[str, ...]:
    return (*ready.awaited, *ready.incomplete)


def _provisional(estimate: Estimate) -> list[str]:
    """Why an estimate itself is provisional."""
    told = []
    if any(factor.provisional for factor in estimate.factors):
        told.append("The factor set of the period's year is not out yet")
    if estimate.winter_assumed:
        told.append("The winter's heating awaits the hours of the whole year")
    return told


def _flags(kpi_id: str, estimate: Estimate, bounds: Interval | None) -> tuple[str, ...]:
    """What stands beside the state of an estimate."""
    lines = lines_of(kpi_id, estimate)
    flags = {
        "estimated": True,
        "partial": bool(_missing(kpi_id, estimate)),
        "factor_fallback": any(factor.fallback for line in lines for factor in line.factors),
        "no_seasonal_baseline": bool(averaged_of(kpi_id, estimate)),
        TOO_SMALL: estimate.too_small and kpi_id != "printing_emissions_avoided",
        INDISTINGUISHABLE: bounds is not None and bounds.holds_zero,
    }
    return tuple(flag for flag, holds in flags.items() if holds)


def lines_of(kpi_id: str, estimate: Estimate) -> tuple[Line, ...]:
    """The lines of the estimate that a KPI rests on."""
    if kpi_id in LINES:
        return (getattr(estimate, LINES[kpi_id]),)
    return estimate.lines if kpi_id in _NETS else (estimate.commuting,)


def averaged_of(kpi_id: str, estimate: Estimate) -> tuple[str, ...]:
    """What a KPI's own lines compare with the average of a year, for want of its quarter."""
    own = {"printing_emissions_avoided": ("printing",)}.get(kpi_id, ("home working",))
    wanted = ("printing", "home working") if kpi_id in _NETS else own
    return tuple(what for what in estimate.averaged if what in wanted)


def _missing(kpi_id: str, estimate: Estimate) -> tuple[str, ...]:
    """Why a KPI's own line is not known; for the net, any of its lines."""
    if kpi_id in LINES:
        return tuple(getattr(estimate, LINES[kpi_id]).missing)
    return estimate.missing if kpi_id in _NETS else estimate.commuting.missing


# Of whom a line is not known: printing not known: no impressions for ASC, 2025-26-Q1.
_OF_ONE = re.compile(r"(.*) for (the baseline of )?([^ ,]+), (\d{4}-\d{2}-Q[1-4])(;.*)?")


def _in_short(missing: Sequence[str]) -> tuple[str, ...]:
    """Why lines are not known, where several directorates lack the same as one sentence."""
    whose: dict[str, list[str]] = {}
    for why in missing:
        found = _OF_ONE.fullmatch(why)
        head = f"{found[1]} for {found[2] or ''}{{}}, {found[4]}" if found else why
        whose.setdefault(head, []).append(why)
    return tuple(
        each[0] if len(each) == 1 else head.format(f"{len(each)} directorates")
        for head, each in whose.items()
    )


def _sentences(reasons: Sequence[str]) -> str:
    """Reasons as sentences, each once."""
    unique = dict.fromkeys(reason.rstrip(".") for reason in reasons)
    return " ".join(f"{reason[:1].upper()}{reason[1:]}." for reason in unique)
