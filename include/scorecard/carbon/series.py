"""The estimates of many quarters, and of the longer periods that are made of them.

Sums of quarters are on the annual average of heating, whatever basis single quarters are shown on:
the official heating factor is an average of a year (carbon method, section 6).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from scorecard.arrivals import months_of
from scorecard.carbon import scenarios
from scorecard.carbon.activity import (
    ACTIVITY,
    COUNCIL,
    Activity,
    activities,
    in_place_of,
    together,
    with_census_home_share,
)
from scorecard.carbon.estimates import Estimate, over_quarters
from scorecard.carbon.factors import FactorSets
from scorecard.carbon.lines import Policy, Rules
from scorecard.carbon.office import Readings, fte_of, office_energy
from scorecard.carbon.quarter import estimate_quarter
from scorecard.carbon.travel import survey_splits
from scorecard.lineage import Lineage
from scorecard.period import FinancialQuarter, Period

# (KPI, directorate) to numerator and denominator, for one quarter.
Pair = tuple[Decimal | None, Decimal | None]  # numerator and denominator
Measured = Mapping[tuple[str, str], Pair]
Estimates = Mapping[tuple[str, str], Estimate]  # by period and directorate
Compared = tuple[dict[str, Activity], dict[str, Activity]]  # now and then, by directorate


@dataclass(frozen=True)
class Series:
    """Everything from which the estimates of a council's quarters are made."""

    quarters: Sequence[FinancialQuarter]
    measured: Callable[[FinancialQuarter], Measured]
    # The same quarter of each year of the baseline: the first names the factors.
    baselines_of: Callable[[FinancialQuarter], Sequence[FinancialQuarter]]
    modes: Sequence[Mapping[str, Any]]
    sets: FactorSets
    policy: Policy
    lineage: Lineage
    # How many staff each directorate had when a quarter ended: who could have answered the survey.
    staff: Callable[[FinancialQuarter], Mapping[str, int]] = lambda _: {}
    # What the council chose for a quarter's baseline where no home days are known of it.
    census_home_share: Callable[[FinancialQuarter], Decimal | None] = lambda _: None
    # The KPIs that are not known for a quarter because a feed of theirs lacks one of its months.
    lacking: Callable[[FinancialQuarter], Collection[str]] = lambda _: ()
    readings: Readings = field(default_factory=dict)  # of the meters of all offices

    def estimates(self, periods: Iterable[Period], scenario: str = "") -> Estimates:
        """The estimate of each period that has a baseline, by its key and directorate."""
        found: dict[tuple[str, str], Estimate] = {}
        for period in periods:
            is_quarter = period.kind == "quarter"
            single = self._quarters(scenario) if is_quarter else self._annual(scenario)
            for directorate in sorted({directorate for _, directorate in single}):
                known = _of_period(period, directorate, single)
                if known:
                    found[period.key, directorate] = known
        return found

    @cached_property
    def _made(self) -> dict[tuple[str, str], Estimates]:
        return {}

    def _quarters(self, scenario: str) -> Estimates:
        """Every quarter on the basis that the council, or the scenario, shows it on."""
        policy = scenarios.policies(self.policy)[scenario] if scenario else self.policy
        return self._on(policy, scenario)

    def _annual(self, scenario: str) -> Estimates:
        """Every quarter on the annual average, to be added up."""
        chosen = scenarios.policies(self.policy)[scenario] if scenario else self.policy
        return self._on(replace(chosen, heating_basis="annual_average"), scenario)

    def _on(self, policy: Policy, scenario: str) -> Estimates:
        key = scenario, policy.heating_basis
        if key not in self._made:
            seasonal = policy.heating_basis == "seasonal"
            winters = _winters(self._annual(scenario)) if seasonal else {}
            self._made[key] = {
                (str(quarter), directorate): each
                for quarter in self.quarters
                for directorate, each in self._estimated(quarter, policy, winters).items()
            }
        return self._made[key]

    def _estimated(
        self,
        quarter: FinancialQuarter,
        policy: Policy,
        winters: Mapping[str, Mapping[str, Decimal]],
    ) -> Mapping[str, Estimate]:
        """A quarter's estimates; none without a baseline or any activity."""
        baselines = self.baselines_of(quarter)
        if not baselines or not self.measured(quarter):
            return {}
        answers = [row for row in self.modes if row["period"] == str(quarter)]
        splits = survey_splits(answers, self.staff(quarter))
        now, then = self._compared(quarter, baselines)
        rules = Rules(quarter, baselines[0], self.sets, policy, len(baselines))
        found = estimate_quarter(now, then, splits, rules, winters.get(quarter.financial_year))
        if not self.readings:
            return found
        fte = {each: fte_of(self._known(each)) for each in (quarter, *baselines)}
        office = office_energy(self.readings, fte, baselines, rules)
        return {**found, COUNCIL: replace(found[COUNCIL], office=office)}

    def _known(self, quarter: FinancialQuarter) -> Measured:
        """What was measured of a quarter by the KPIs of which no month is missing."""
        lacking = self.lacking(quarter)
        return {key: n for key, n in self.measured(quarter).items() if key[0] not in lacking}

    @cached_property
    def _activities(self) -> dict[FinancialQuarter, Compared]:
        return {}

    def _compared(
        self, quarter: FinancialQuarter, baselines: Sequence[FinancialQuarter]
    ) -> Compared:
        """The activity of a quarter and of its baseline, made once for every policy."""
        if quarter not in self._activities:
            self._activities[quarter] = compared(self, quarter, baselines)
        return self._activities[quarter]


def compared(
    series: Series, quarter: FinancialQuarter, baselines: Sequence[FinancialQuarter]
) -> Compared:
    """The activity of each directorate, now and in the baseline.

    Directorates that were reorganised since the baseline are reckoned as what became of them, or
    together, so that the council's sum compares like with like. A baseline quarter of which nothing
    came is the average of its year; without any home day in it, the share that the council chose.
    One that lacks a month, like a quarter now, is not known. A baseline of several years is
    what they did together for each worked FTE-day; one that is missing, like a missing quarter.
    """

    def of(each: FinancialQuarter, besides: Collection[str] = ()) -> dict[str, Activity]:
        unknown = {*series.lacking(each), *besides}
        known = {key: pair for key, pair in series.measured(each).items() if key[0] not in unknown}
        return activities(_of_units(known, series.lineage, quarter, min(baselines)))

    nobody = Activity()
    now, same = of(quarter), [of(each) for each in baselines]
    codes = {code for each in same for code in each}
    then = {code: together([each.get(code, nobody) for each in same]) for code in codes}
    in_part = {kpi_id for each in baselines for kpi_id in series.lacking(each)}
    whole = [FinancialQuarter(each.year, n) for each in baselines for n in (1, 2, 3, 4)]
    year = [of(each, in_part) for each in whole]
    share = series.census_home_share(quarter)
    filled = {
        directorate: in_place_of(
            then.get(directorate, nobody), [each.get(directorate, nobody) for each in year]
        )
        for directorate in {*now, *then}
    }
    return now, {code: with_census_home_share(each, share) for code, each in filled.items()}


def _winters(annual: Estimates) -> dict[str, dict[str, Decimal]]:
    """By financial year and directorate: the year's added hours over those of its winter.

    Only of years of which all four quarters are known.
    """
    hours: dict[tuple[str, str], dict[int, Decimal]] = {}
    for (key, directorate), each in annual.items():
        quarter = FinancialQuarter.parse(key)
        added = each.home_energy.products
        if added is not None:
            known = hours.setdefault((quarter.financial_year, directorate), {})
            known[quarter.number] = sum((p.used - p.counterfactual for p in added), Decimal(0))
    found: dict[str, dict[str, Decimal]] = {}
    for (year, directorate), known in hours.items():
        if len(known) == 4 and known[3] + known[4]:
            weight = sum(known.values()) / (known[3] + known[4])
            found.setdefault(year, {})[directorate] = weight
    return found


def _of_period(period: Period, directorate: str, estimates: Estimates) -> Estimate | None:
    """The estimate of a quarter, or of all the quarters of a longer period together."""
    last = months_of(period)[-1].quarter
    count = {"quarter": 1, "year_to_date": last.number, "rolling_12": 4}.get(period.kind, 0)
    wanted = [str(last.shifted(-step)) for step in range(count - 1, -1, -1)]
    each = [estimates.get((key, directorate)) for key in wanted]
    known = [estimate for estimate in each if estimate is not None]
    if not known or len(known) < count:
        return None
    return known[0] if period.kind == "quarter" else over_quarters(known, period.key)


def _of_units(
    measured: Measured, lineage: Lineage, quarter: FinancialQuarter, baseline: FinancialQuarter
) -> Measured:
    """What was measured, added up for directorates that are reckoned as one."""
    codes = {directorate for _, directorate in measured}
    units = lineage.units(quarter.period, baseline.period, codes)
    if all(code == unit for code, unit in units.items()):
        return measured
    found: dict[tuple[str, str], Pair] = {}
    for (kpi_id, directorate), numbers in measured.items():
        key = (kpi_id, units[directorate])
        names = ACTIVITY.get(kpi_id, ("", ""))
        found[key] = _added(found[key], numbers, names) if key in found else numbers
    return found


def _added(one: Pair, other: Pair, names: tuple[str, str]) -> Pair:
    """Two pairs added; what is not known of one is not known of both.

    The months of a quarter are the same for both, and are not added.
    """
    above, below = (
        None if a is None or b is None else max(a, b) if name == "months" else a + b
        for name, a, b in zip(names, one, other, strict=True)
    )
    return above, below
