"""One line of the carbon estimate: what was avoided, or added, against the baseline's ways.

Each line is (counterfactual - activity) x the factor of the quarter's own year, where the
counterfactual is today's staff behaving as in the baseline quarter. Source: the carbon method,
section 3. A line whose activity is not known is missing, never zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from scorecard.factors import Factor, FactorSets, publication_year
from scorecard.period import FinancialQuarter
from scorecard.travel import Split, round_trip

ZERO = Decimal(0)
A4_SQUARE_METRES = Decimal("0.210") * Decimal("0.297")
MEASURED_FROM = Decimal("0.8")  # coverage from which home days count as measured


@dataclass(frozen=True)
class Policy:
    """What the council chose, and the method's defaults for what it did not."""

    factor_year: str  # calendar or fy_majority
    heating_basis: str  # annual_average or seasonal
    hours_per_day: Decimal
    grammage_gsm: Decimal
    recycled: Decimal = ZERO  # share of paper that is recycled
    kept: Decimal = ZERO  # share of paper that is kept or posted out
    disposal: str = "waste_paper_closed_loop"
    printer_wh: Decimal = Decimal("1.0")  # energy of one impression
    rebound: Decimal = ZERO
    trips_per_fte_day: Decimal = Decimal(1)  # more where part-timers work short days
    winter_heating: Decimal = Decimal(2)  # hours of the year over hours of October to March


@dataclass(frozen=True)
class Activity:
    """What one directorate did in one quarter; None is not known."""

    impressions: Decimal | None = None
    sheets: Decimal | None = None  # A4 equivalent
    worked_fte_days: Decimal | None = None  # all staff, leave taken off
    home_fte_days: Decimal | None = None  # remote-capable roles
    placed_fte_days: Decimal | None = None  # at home or in the office
    remote_fte_days: Decimal | None = None  # worked in remote-capable roles, place known or not
    contract_hours: Decimal | None = None
    contract_days: Decimal | None = None
    fte_months: Decimal | None = None
    months: Decimal | None = None
    evidenced_fte_days: Decimal | None = None
    due_fte_days: Decimal | None = None

    @property
    def home_share(self) -> Decimal | None:
        return ratio(self.home_fte_days, self.placed_fte_days)

    @property
    def fte(self) -> Decimal | None:
        return ratio(self.fte_months, self.months)

    @property
    def hours_per_day(self) -> Decimal | None:
        return ratio(self.contract_hours, self.contract_days) or None

    @property
    def grade(self) -> str:
        """A: most days are seen in logs. B: most are the HR pattern."""
        coverage = ratio(self.evidenced_fte_days, self.due_fte_days)
        return "A" if coverage is not None and coverage >= MEASURED_FROM else "B"


@dataclass(frozen=True)
class Line:
    """One line in kilograms CO2e, or why it is not known; its parts, factors and evidence grade."""

    kg: Decimal | None
    parts: Mapping[str, Decimal]
    factors: tuple[Factor, ...] = ()
    grade: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Effects:
    """A naive change in two parts, in kilograms CO2e: only the first is a reduction."""

    activity: Decimal
    factor: Decimal

    @property
    def naive(self) -> Decimal:
        return self.activity + self.factor


def ratio(above: Decimal | None, below: Decimal | None) -> Decimal | None:
    """One number over another; None if either is not known or the lower one is zero."""
    return None if above is None or not below else above / below


def counterfactual(then: Decimal, days_then: Decimal, days_now: Decimal) -> Decimal:
    """What today's staff would have used, had each worked day used what it did in the baseline."""
    return then * days_now / days_then


def effects(x_cf: Decimal, x_now: Decimal, ef_then: Decimal, ef_now: Decimal) -> Effects:
    """A change split exactly: what people did (the reduction), and what factors did."""
    return Effects((x_cf - x_now) * ef_now, x_cf * (ef_then - ef_now))


def printing(
    where: str, periods: tuple[Activity, Activity], sets: FactorSets, year: int, policy: Policy
) -> Line:
    """Paper, its disposal and the printers' electricity avoided, in kilograms CO2e."""
    now, then = periods
    used, before = _volumes(now), _volumes(then)
    if used is None or before is None or not before.days:
        why = _why_no_printing(where, now, then)
        return Line(None, {}, missing=(f"printing not known: {why}",))
    pages = counterfactual(before.impressions, before.days, used.days) - used.impressions
    sheets = counterfactual(before.sheets, before.days, used.days) - used.sheets
    tonnes = sheets * A4_SQUARE_METRES * policy.grammage_gsm / 10**6
    new, recycled, waste = (
        sets.get(name, year, "tonne")
        for name in ("paper_primary", "paper_closed_loop", policy.disposal)
    )
    power = [sets.get(name, year, "kWh") for name in ("electricity_generation", "electricity_td")]
    per_tonne = (1 - policy.recycled) * new.value + policy.recycled * recycled.value
    parts = {
        "paper": tonnes * per_tonne,
        "waste": tonnes * (1 - policy.kept) * waste.value,
        "electricity": pages * policy.printer_wh / 1000 * sum((f.value for f in power), ZERO),
    }
    paper = (new, recycled) if policy.recycled else (new,)
    return Line(sum(parts.values(), ZERO), parts, (*paper, waste, *power), "A")


def commuting(
    days: Decimal, grade: str, split: Split, sets: FactorSets, year: int, policy: Policy
) -> Line:
    """Emissions of the journeys to work and back that home days avoided, in kilograms CO2e."""
    per_trip, used = round_trip(split, sets, year)
    kilograms = days * policy.trips_per_fte_day * per_trip * (1 - policy.rebound)
    return Line(kilograms, {"commuting": kilograms}, used, max(grade, split.grade))


def home_energy(
    hours: Decimal, grade: str, quarter: FinancialQuarter, sets: FactorSets, policy: Policy
) -> Line:
    """Energy that added hours at home use there, in kilograms CO2e: to be taken off the net."""
    weighted = _an_hour_at_home(quarter, sets, policy)
    kilograms = hours * sum((factor.value * weight for factor, weight in weighted), ZERO)
    used = tuple(factor for factor, _ in weighted)
    return Line(kilograms, {"home_energy": kilograms}, used, grade)


def home_days_gained(now: Activity, then: Activity) -> Decimal | None:
    """FTE-days at home beyond the baseline's share of them; negative if there were fewer."""
    if now.home_share is None or then.home_share is None or now.remote_fte_days is None:
        return None
    return now.remote_fte_days * (now.home_share - then.home_share)


def why_no_home_days(where: str, now: Activity, then: Activity) -> str:
    """Which activity is missing for the two lines of home working."""
    if now.home_share is None or now.remote_fte_days is None:
        return f"no days at home or in the office are known for {where}"
    return f"no days at home or in the office are known for the baseline of {where}"


def _an_hour_at_home(
    quarter: FinancialQuarter, sets: FactorSets, policy: Policy
) -> list[tuple[Factor, Decimal | int]]:
    """The factors of an hour worked at home and their weights, on the council's heating basis."""
    year = publication_year(quarter, policy.factor_year)
    if policy.heating_basis == "annual_average":
        return [(sets.get("homeworking_total", year, "FTE.hour"), 1)]
    equipment = (sets.get("homeworking_equipment", year, "FTE.hour"), 1)
    if quarter.number <= 2:
        return [equipment]
    return [equipment, (sets.get("homeworking_heating", year, "FTE.hour"), policy.winter_heating)]


class _Volumes(NamedTuple):
    """A quarter's printing, all of it known."""

    impressions: Decimal
    sheets: Decimal
    days: Decimal


def _volumes(activity: Activity) -> _Volumes | None:
    """A quarter's printing and worked days; None if any of them is not known."""
    if activity.impressions is None or activity.sheets is None or activity.worked_fte_days is None:
        return None
    return _Volumes(activity.impressions, activity.sheets, activity.worked_fte_days)


def _why_no_printing(where: str, now: Activity, then: Activity) -> str:
    """Which activity is missing for the printing line; empty if it can be reckoned."""
    for activity, of in ((now, where), (then, f"the baseline of {where}")):
        if activity.impressions is None or activity.sheets is None:
            return f"no impressions for {of}"
        if not activity.worked_fte_days:
            return f"no worked FTE-days for {of}"
    return ""
