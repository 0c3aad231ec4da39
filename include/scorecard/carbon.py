"""Carbon avoided by printing less and working more from home: every directorate and the council.

Positive means less carbon; a negative figure is an increase. The council is the sum of its
directorates. Office energy is not known, so it is left out. Source: the carbon method. This is
the central estimate; each line keeps the parts and factors to which an interval's multipliers
apply.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scorecard import emissions
from scorecard.emissions import Activity, Line, Policy, ratio
from scorecard.factors import Factor, FactorSets, publication_year
from scorecard.period import FinancialQuarter
from scorecard.travel import Split, break_even_km, split_for

COUNCIL = "COUNCIL"
ZERO = Decimal(0)
SMALLEST_CHANGE = Decimal("0.05")  # of the home share
LARGEST_FTE_CHANGE = Decimal("0.2")

# What a KPI's SQL returns as numerator and denominator, for the carbon lines to read.
ACTIVITY: dict[str, tuple[str, str]] = {
    "pages_printed": ("impressions", ""),
    "printing_emissions_avoided": ("sheets", "worked_fte_days"),
    "commute_trips_avoided": ("home_fte_days", "placed_fte_days"),
    "commuting_emissions_avoided": ("", "remote_fte_days"),
    "home_working_emissions_added": ("contract_hours", "contract_days"),
    "net_emissions_avoided": ("fte_months", "months"),
    "remote_evidence_coverage": ("evidenced_fte_days", "due_fte_days"),
}


@dataclass(frozen=True)
class Estimate:
    """The lines of one directorate, or of the council, for one quarter or several."""

    period: str
    directorate: str
    printing: Line
    commuting: Line
    home_energy: Line  # added, so taken off the net
    trips: Decimal | None  # commute trips avoided, one way
    distance_km: Decimal | None
    fte: Decimal | None
    split: Split | None = None
    break_even_km: Decimal | None = None
    remarks: tuple[str, ...] = ()
    winter_assumed: bool = False

    @property
    def lines(self) -> tuple[Line, Line, Line]:
        return self.printing, self.commuting, self.home_energy

    @property
    def net(self) -> Decimal | None:
        """Printing plus commuting less home energy, of the lines that are known."""
        added = self.home_energy.kg
        return _sum([self.printing.kg, self.commuting.kg, None if added is None else -added])

    @property
    def net_per_fte(self) -> Decimal | None:
        return ratio(self.net, self.fte)

    @property
    def missing(self) -> tuple[str, ...]:
        """Why the net is partial, in an officer's words; empty if every line is known."""
        return tuple(dict.fromkeys(why for line in self.lines for why in line.missing))

    @property
    def factors(self) -> tuple[Factor, ...]:
        return tuple(dict.fromkeys(factor for line in self.lines for factor in line.factors))

    @property
    def fallbacks(self) -> tuple[Factor, ...]:
        """Factors of an earlier year, because their row is missing in the right set."""
        return tuple(factor for factor in self.factors if factor.fallback)

    @property
    def provisional(self) -> bool:
        """The right factor set is not out, or a winter's heating awaits the year's hours."""
        return self.winter_assumed or any(factor.provisional for factor in self.factors)

    def value(self, kpi_id: str) -> Decimal | None:
        """What a KPI of kind carbon publishes: kilograms (the net: tonnes), trips or kilometres."""
        return {
            "printing_emissions_avoided": self.printing.kg,
            "commuting_emissions_avoided": self.commuting.kg,
            "home_working_emissions_added": self.home_energy.kg,
            "net_emissions_avoided": None if self.net is None else self.net / 1000,
            "net_emissions_avoided_per_fte": self.net_per_fte,
            "commute_trips_avoided": self.trips,
            "commute_distance_avoided": self.distance_km,
        }[kpi_id]


def activities(
    measured: Mapping[tuple[str, str], tuple[Decimal | None, Decimal | None]],
) -> dict[str, Activity]:
    """The activity of each directorate, from what was measured for one quarter.

    `measured`: (KPI id, directorate) to numerator and denominator. KPIs that ACTIVITY does not
    name are passed over, and so is COUNCIL, which is the sum of its directorates.
    """
    found: dict[str, dict[str, Decimal | None]] = {}
    for (kpi_id, directorate), pair in measured.items():
        if directorate != COUNCIL and kpi_id in ACTIVITY:
            named = zip(ACTIVITY[kpi_id], pair, strict=True)
            found.setdefault(directorate, {}).update({name: n for name, n in named if name})
    return {directorate: Activity(**known) for directorate, known in sorted(found.items())}


def estimate_quarter(
    quarter: FinancialQuarter,
    now: Mapping[str, Activity],
    baseline: Mapping[str, Activity],
    splits: Mapping[str, Split],
    sets: FactorSets,
    policy: Policy,
) -> dict[str, Estimate]:
    """Every directorate's lines for a quarter, and COUNCIL's, which are their sum."""
    nobody = Activity()
    own = {
        directorate: estimate(
            quarter,
            directorate,
            (now.get(directorate, nobody), baseline.get(directorate, nobody)),
            split_for(directorate, splits),
            sets,
            policy,
        )
        for directorate in sorted({*now, *baseline} - {COUNCIL})
    }
    split = split_for(COUNCIL, splits)
    council = replace(
        add_up(list(own.values()), str(quarter), COUNCIL),
        split=split,
        break_even_km=_break_even(policy.hours_per_day, quarter, split, sets, policy),
    )
    return {**own, COUNCIL: council}


def estimate(
    quarter: FinancialQuarter,
    directorate: str,
    periods: tuple[Activity, Activity],
    split: Split,
    sets: FactorSets,
    policy: Policy,
) -> Estimate:
    """The lines of one directorate: a quarter (first of `periods`) against its baseline quarter."""
    now, then = periods
    where = f"{directorate}, {quarter}"
    year = publication_year(quarter, policy.factor_year)
    days = emissions.home_days_gained(now, then)
    hours = now.hours_per_day or policy.hours_per_day
    if days is None:
        why = f"home working not known: {emissions.why_no_home_days(where, now, then)}"
        commuting = home_energy = Line(None, {}, missing=(why,))
    else:
        grade = max(now.grade, then.grade)
        commuting = emissions.commuting(days, grade, split, sets, year, policy)
        home_energy = emissions.home_energy(days * hours, grade, quarter, sets, policy)
    trips = None if days is None else 2 * days * policy.trips_per_fte_day
    return Estimate(
        period=str(quarter),
        directorate=directorate,
        printing=emissions.printing(where, periods, sets, year, policy),
        commuting=commuting,
        home_energy=home_energy,
        trips=trips,
        distance_km=None if trips is None else trips * split.mean_km,
        fte=now.fte,
        split=split,
        break_even_km=_break_even(hours, quarter, split, sets, policy),
        remarks=_remarks(where, now, then),
        winter_assumed=policy.heating_basis == "seasonal" and quarter.number >= 3,
    )


def add_up(estimates: Sequence[Estimate], period: str, directorate: str) -> Estimate:
    """The sum of the estimates of several directorates: known lines are added, others named."""
    return Estimate(
        period=period,
        directorate=directorate,
        printing=_sum_lines(estimates, lambda e: e.printing),
        commuting=_sum_lines(estimates, lambda e: e.commuting),
        home_energy=_sum_lines(estimates, lambda e: e.home_energy),
        trips=_sum([e.trips for e in estimates]),
        distance_km=_sum([e.distance_km for e in estimates]),
        fte=_sum([e.fte for e in estimates]),
        remarks=tuple(dict.fromkeys(remark for e in estimates for remark in e.remarks)),
        winter_assumed=any(e.winter_assumed for e in estimates),
    )


def over_quarters(estimates: Sequence[Estimate], period: str) -> Estimate:
    """One directorate's quarters together (year to date, rolling year), each at its own factors.

    FTE is their mean. ValueError if there is no quarter to add.
    """
    if not estimates:
        raise ValueError(f"{period}: no quarter was estimated. Estimate its quarters first.")
    total = add_up(estimates, period, estimates[-1].directorate)
    return replace(total, fte=ratio(total.fte, Decimal(len(estimates))), split=estimates[-1].split)


def _break_even(
    hours: Decimal, quarter: FinancialQuarter, split: Split, sets: FactorSets, policy: Policy
) -> Decimal:
    """The one-way distance beyond which a day at home saves carbon, on the annual average."""
    year = publication_year(quarter, policy.factor_year)
    an_hour = sets.get("homeworking_total", year, "FTE.hour").value
    return break_even_km(hours * an_hour, split, sets, year)


def _remarks(where: str, now: Activity, then: Activity) -> tuple[str, ...]:
    """What a reader must know before believing a directorate's lines."""
    remarks = []
    share, before = now.home_share, then.home_share
    if share is not None and before is not None and abs(share - before) < SMALLEST_CHANGE:
        remarks.append(f"{where}: the home share moved by under 5 points, too small to estimate")
    moved = ratio(now.fte, then.fte)
    if moved is not None and abs(moved - 1) > LARGEST_FTE_CHANGE:
        remarks.append(f"{where}: FTE moved by over 20%, so that a mapped baseline is required")
    return tuple(remarks)


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None if nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, ZERO) if known else None


def _sum_lines(estimates: Sequence[Estimate], line_of: Callable[[Estimate], Line]) -> Line:
    """One line over several estimates: parts added, the weakest evidence, what is missing."""
    lines = [line_of(e) for e in estimates]
    names = dict.fromkeys(name for line in lines for name in line.parts)
    return Line(
        kg=_sum([line.kg for line in lines]),
        parts={name: sum((line.parts.get(name, ZERO) for line in lines), ZERO) for name in names},
        factors=tuple(dict.fromkeys(factor for line in lines for factor in line.factors)),
        grade=max((line.grade for line in lines), default=""),
        missing=tuple(why for line in lines for why in line.missing),
    )
