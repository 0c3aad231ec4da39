"""Everything known of one measurement, and the figure of every KPI, period and directorate."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from scorecard import arrivals, balance, gaps, gate, meters, unmatched
from scorecard.arrivals import AcceptedMonth, Arrivals
from scorecard.balance import Counted
from scorecard.carbon.activity import ACTIVITY
from scorecard.carbon.as_figures import Carbon, carbon_of, standing_of_estimate
from scorecard.carbon.details import details_of
from scorecard.carbon.factors import FactorSets
from scorecard.carbon.lines import Policy
from scorecard.carbon.series import Series
from scorecard.council import COUNCIL, UNKNOWN, Council
from scorecard.drafts import Draft
from scorecard.figures import Figure, finished
from scorecard.gate import Finding
from scorecard.kpis import KpiDefinition
from scorecard.period import FinancialQuarter, Month, Period, period_named
from scorecard.precedents import draft_of
from scorecard.process_limits import with_limits
from scorecard.sensitive import NOTHING, Before, Protection, sizes_of
from scorecard.states import Readiness, Standing, standing_of, standing_of_nothing
from scorecard.suppression import withheld

Numbers = tuple[Decimal | None, Decimal | None]


class MeasuredNumbers(Counted, Protocol):
    """A measured row with its denominator."""

    @property
    def denominator(self) -> Decimal | None: ...


@dataclass(frozen=True)
class Reckoning:
    """A measurement's rows and inputs, and the definitions and decisions that apply to them."""

    quarter: FinancialQuarter
    as_at: datetime
    rows: Sequence[MeasuredNumbers]
    accepted: Sequence[AcceptedMonth]
    modes: Sequence[Mapping[str, Any]]  # the table of activity of travel modes
    decided: Council
    definitions: Mapping[str, KpiDefinition]
    mapped: Mapping[str, frozenset[str]]  # system to the columns that its mapping fills
    sets: FactorSets
    people: Sequence[Mapping[str, Any]] = ()  # the table of activity of groups of people
    of_ended: Sequence[Mapping[str, Any]] = ()  # the tables of what fits no decision: see
    without_sla: Sequence[Mapping[str, Any]] = ()  # unmatched.py
    before: Before = NOTHING

    @cached_property
    def periods(self) -> list[Period]:
        """Every period that was measured, and the quarter's own even if nothing was."""
        own = [*(month.period for month in self.quarter.months), self.quarter.period]
        keys = {row.period for row in self.rows} | {period.key for period in own}
        keys |= {self.quarter.year_to_date.key}
        # Late rows reach into months whose own extracts were never sent: those are not measured.
        own_first = str(self.quarter.months[0])
        first = min(self.arrived.first_month or own_first, own_first)
        periods = [period_named(key) for key in keys]
        reached = [p for p in periods if p.ends_at > Month.parse(first).starts_at]
        return sorted(reached, key=lambda period: (period.kind, period.starts_at))

    @cached_property
    def numbers(self) -> dict[str, dict[str, dict[str, Numbers]]]:
        """Numerator and denominator by KPI, period and directorate."""
        found: dict[str, dict[str, dict[str, Numbers]]] = {}
        for row in self.rows:
            each = found.setdefault(row.kpi_id, {}).setdefault(row.period, {})
            each[row.directorate] = row.numerator, row.denominator
        return found

    @cached_property
    def arrived(self) -> Arrivals:
        return arrivals.arrivals_of(self.accepted)

    @cached_property
    def present(self) -> dict[tuple[str, str], set[str]]:
        return balance.present_directorates(self.rows, self.definitions)

    @cached_property
    def of_months(self) -> tuple[Finding, ...]:
        return (*gate.jumps(self), *unmatched.findings(self))

    @cached_property
    def council_only(self) -> frozenset[str]:
        """The KPIs that were measured for the council and for no directorate."""
        return frozenset(
            kpi_id
            for kpi_id, by_period in self.numbers.items()
            if all(set(found) == {COUNCIL} for found in by_period.values())
        )

    def absent(self, table: str, period: Period) -> list[str]:
        """The directorates in force of which a table has no row, though it has of others."""
        there = self.present.get((table, period.key), set()) - {UNKNOWN}
        in_force = [d.code for d in self.decided.directorates_in(period)]
        return [code for code in in_force if code not in there] if there else []


def readiness(known: Reckoning, definition: KpiDefinition, period: Period) -> Readiness:
    """What a KPI lacks for a period, in sentences that name feed, month and sender."""
    awaited: list[str] = []
    incomplete: list[str] = []
    for table in definition.tables:
        is_awaited = known.arrived.of(table, period).state == arrivals.NONE
        lacks = [finding.message for finding in gate.of_feed(known, table, period)]
        (awaited if is_awaited else incomplete).extend(lacks)
        waits = arrivals.unsettled(known.arrived, table, period, definition.settles_days)
        if waits:
            incomplete.append(waits)
    awaited += gaps.unmapped(known, definition)
    incomplete += gaps.of_baseline(known, definition, period)
    if arrivals.is_open(period, known.as_at):
        incomplete.append(arrivals.still_open_in_words(period))
    return Readiness(tuple(awaited), tuple(incomplete))


def figures_of(known: Reckoning) -> list[Figure]:
    """Every KPI's figure for every period, each directorate in force and the council."""
    drafts = {draft.key: draft for draft in _drafts(known, carbon_estimates(known))}
    chosen, sizes = known.decided.settled.suppression, sizes_of(known.people)
    about = Protection(chosen.count, chosen.group, sizes, known.decided.baselines_for, known.before)
    drafts = withheld(drafts, about)
    figures = [finished(draft, drafts) for draft in drafts.values()]
    return with_limits(figures, known.definitions, known.decided, known.as_at)


def _drafts(known: Reckoning, carbon: Carbon) -> Iterator[Draft]:
    for definition in known.definitions.values():
        for period in definition.asked_for(known.periods, known.quarter.rolling_12):
            why_not = definition.why_not(period)
            of_all = readiness(known, definition, period)
            doubts = gate.doubts(known, definition, period)
            for directorate in _directorates(known, definition, period):
                ready = gate.doubted(of_all, doubts, directorate)
                about = definition.id, period.key, directorate
                is_carbon = definition.kind == "carbon"
                yield draft_of(
                    known.decided,
                    (definition, period, directorate),
                    Standing("not_applicable", why_not)
                    if why_not
                    else standing_of_estimate(*about, carbon, ready)
                    if is_carbon
                    else _standing(known, definition, period, directorate, ready),
                    details_of(*about, carbon) if is_carbon else {},
                )


def _directorates(known: Reckoning, definition: KpiDefinition, period: Period) -> list[str]:
    """The directorates in force, others that were measured (such as UNKNOWN), then COUNCIL."""
    in_force = [d.code for d in known.decided.directorates_in(period)]
    measured = known.numbers.get(definition.id, {}).get(period.key, {})
    others = sorted(set(measured) - {*in_force, COUNCIL})
    if definition.kind == "carbon" or definition.against_baseline:
        others = [code for code in others if code == UNKNOWN and definition.kind != "carbon"]
    return [*in_force, *others, COUNCIL]


def _standing(
    known: Reckoning,
    definition: KpiDefinition,
    period: Period,
    directorate: str,
    ready: Readiness,
) -> Standing:
    """The standing of a figure from its measured row, or from the lack of one."""
    measured = known.numbers.get(definition.id, {}).get(period.key, {})
    if directorate in measured:
        return standing_of(
            definition, *measured[directorate], ready, known.decided.settled.small_denominator
        )
    if directorate != COUNCIL and definition.id in known.council_only:
        return Standing("not_applicable", "Measured for the council as a whole only.")
    absent = [table for table in definition.tables if directorate in known.absent(table, period)]
    why = f"{', '.join(absent)}: there is no row of {directorate}." if absent else ""
    return standing_of_nothing(definition, ready, why, COUNCIL in measured)


def carbon_estimates(known: Reckoning) -> Carbon:
    """The carbon of every period that has figures of it; none if the council has no section."""
    chosen = known.decided.settled.carbon
    if chosen.section != "on":
        return Carbon(reported=chosen.in_words)
    definitions = [d for d in known.definitions.values() if d.kind == "carbon"]
    asked = {p for d in definitions for p in d.asked_for(known.periods, known.quarter.rolling_12)}
    periods = sorted(asked)
    kpis = [definition.id for definition in definitions]
    return carbon_of(series_of(known), periods, kpis, known.decided.settled.name)


def series_of(known: Reckoning) -> Series:
    """What the carbon of a measurement's quarters is made from."""
    chosen, baseline = known.decided.settled.carbon, known.decided.baseline_for
    return Series(
        [FinancialQuarter.parse(p.key) for p in known.periods if p.kind == "quarter"],
        lambda quarter: _activity(known, quarter),
        known.decided.baselines_for,
        known.modes,
        known.sets,
        Policy(
            chosen.factor_year,
            chosen.heating_basis,
            chosen.hours_per_day,
            chosen.grammage_gsm,
            well_to_tank=chosen.well_to_tank,
        ),
        known.decided.lineage,
        lambda quarter: _staff(known, quarter),
        lambda quarter: base[0].census_home_share if (base := baseline(quarter)) else None,
        lambda quarter: gaps.activity_lacking(known, quarter),
        meters.in_force(known.decided.readings),
    )


def _staff(known: Reckoning, quarter: FinancialQuarter) -> dict[str, int]:
    """How many people each directorate, and the council, had in a quarter's last month."""
    last = str(quarter.months[-1])
    return {
        str(row["directorate"]): int(row["staff"])
        for row in known.people
        if row["month"] == last and row.get("staff") is not None
    }


def _activity(known: Reckoning, quarter: FinancialQuarter) -> dict[tuple[str, str], Numbers]:
    """What was measured in a quarter for the carbon lines, but for KPIs that are awaited."""
    return {
        (kpi_id, directorate): numbers
        for kpi_id, by_period in known.numbers.items()
        if kpi_id in ACTIVITY
        and kpi_id in known.definitions
        and not readiness(known, known.definitions[kpi_id], quarter.period).awaited
        for directorate, numbers in by_period.get(str(quarter), {}).items()
        if directorate not in (UNKNOWN, COUNCIL)
    }
