"""The three lines of the carbon estimate: what was avoided, or added, against the baseline's ways.

Each line is (counterfactual - activity) x the factor of the quarter's own year, where the
counterfactual is today's staff behaving as in the baseline quarter. Source: the carbon method,
section 3. A line whose activity is not known is missing, never zero.
"""

from dataclasses import dataclass
from decimal import Decimal

from scorecard.carbon.activity import (
    ASSUMED_SIDES,
    PRINT_GRADE,
    Activity,
    home_days_gained,
    with_the_same_sides,
)
from scorecard.carbon.factors import Factor, FactorSets, publication_year
from scorecard.carbon.products import Line, Product, Quantity
from scorecard.carbon.travel import Split, factor_of
from scorecard.carbon.uncertainty import Exposure, width
from scorecard.kpis import rounded
from scorecard.period import FinancialQuarter

ZERO = Decimal(0)
A4_SQUARE_METRES = Decimal("0.210") * Decimal("0.297")


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
    toner_g: Decimal = ZERO  # CO2e of the toner of one impression: none of it is counted
    rebound: Decimal = ZERO
    trips_per_fte_day: Decimal = Decimal(1)  # more where part-timers work short days
    winter_heating: Decimal = Decimal(2)  # hours of the year over hours of October to March
    winter_is_known: bool = False  # these are the year's own hours, and not assumed
    well_to_tank: bool = False  # whether what fuels emit before they are burnt is told


@dataclass(frozen=True)
class Rules:
    """What a quarter is reckoned by: its factors, those of its baseline, and the policy."""

    quarter: FinancialQuarter
    baseline: FinancialQuarter | None
    sets: FactorSets
    policy: Policy
    years: int = 1  # of the baseline, which is their average

    @property
    def year(self) -> int:
        """The publication year that the quarter asks for."""
        return publication_year(self.quarter, self.policy.factor_year)

    def factor(self, factor_id: str, counted: str) -> Factor:
        """The quarter's factor for a quantity counted in a unit."""
        return self.sets.get(factor_id, self.year, counted)

    def product(
        self, part: str, quantity: tuple[Decimal, Decimal], factor: Factor, exposure: Exposure
    ) -> Product:
        """A product; `quantity` as it would have been in the baseline's ways, and as it is."""
        return Product(part, *quantity, factor, self._then(factor), exposure)

    def _then(self, factor: Factor) -> Factor | None:
        """The same factor in the year of the baseline; None if it had none."""
        if self.baseline is None:
            return None
        year = publication_year(self.baseline, self.policy.factor_year)
        return self.sets.found(factor.factor_id, year, factor.unit)

    @property
    def is_baseline(self) -> bool:
        """Whether the quarter is compared with itself."""
        return self.quarter == self.baseline and self.years == 1

    @property
    def is_winter(self) -> bool:
        return self.quarter.number >= 3


def printing(where: str, periods: tuple[Activity, Activity], rules: Rules) -> Line:
    """Paper, its disposal and the printers' electricity avoided, in kilograms CO2e."""
    now, then = with_the_same_sides(*periods)
    used, before = now.volumes, then.volumes
    if used is None or before is None or not before.days:
        why = _why_no_printing(where, now, then) + _emitted(now, rules)
        return Line(None, missing=(f"printing not known: {why}",))
    scale = used.days / before.days  # per worked FTE-day, then for those of now
    sheets = before.sheets * scale, used.sheets
    impressions = before.impressions * scale, used.impressions
    unsaid = any(
        each.impressions and (each.duplex_share is None or each.sides_assumed)
        for each in (now, then)
    )
    grade = ASSUMED_SIDES if unsaid else PRINT_GRADE
    products = [*_paper(sheets, grade, rules), *_printers(impressions, grade, rules)]
    quantities = (
        Quantity("worked days", "FTE.day", before.days, None, used.days),
        Quantity("impressions", "impression", before.impressions, *impressions),
        Quantity("sheets, A4", "sheet", before.sheets, *sheets),
    )
    return Line(tuple(products), grade, quantities=quantities)


def _emitted(now: Activity, rules: Rules) -> str:
    """What printing emits, where only its baseline is missing; empty if it is not known either."""
    if now.volumes is None:
        return ""
    sheets, impressions = (ZERO, now.volumes.sheets), (ZERO, now.volumes.impressions)
    every = *_paper(sheets, PRINT_GRADE, rules), *_printers(impressions, PRINT_GRADE, rules)
    kilograms = -sum((product.avoided for product in every), ZERO)
    return f"; what is printed now emits {rounded(kilograms, 0):,} kg"


def _paper(sheets: tuple[Decimal, Decimal], grade: str, rules: Rules) -> list[Product]:
    """The making of paper and its disposal."""
    policy = rules.policy
    tonnes = A4_SQUARE_METRES * policy.grammage_gsm / 10**6
    exposure = width("paper_factors"), width("print_volume", grade)
    shares = [
        ("paper", "paper_primary", 1 - policy.recycled),
        ("paper", "paper_closed_loop", policy.recycled),
        ("waste", policy.disposal, 1 - policy.kept),
    ]
    return [
        rules.product(
            part,
            (sheets[0] * tonnes * share, sheets[1] * tonnes * share),
            rules.factor(factor_id, "tonne"),
            exposure,
        )
        for part, factor_id, share in shares
        if share
    ]


def _printers(impressions: tuple[Decimal, Decimal], grade: str, rules: Rules) -> list[Product]:
    """The electricity of the printers, and toner where a scenario counts it."""
    policy, volume = rules.policy, width("print_volume", grade)
    kwh = impressions[0] * policy.printer_wh / 1000, impressions[1] * policy.printer_wh / 1000
    exposure = volume, width("printer_energy"), width("electricity_factor")
    products = [
        rules.product("electricity", kwh, rules.factor(factor_id, "kWh"), exposure)
        for factor_id in ("electricity_generation", "electricity_td")
    ]
    if policy.toner_g:
        products.append(Product("toner", *impressions, *_toner(policy, rules.year), (volume,)))
    return products


def _toner(policy: Policy, year: int) -> tuple[Factor, Factor]:
    """What stands for a factor of toner, the same then and now: no official set has one."""
    source = "Page of a vendor; not an official factor"
    value = policy.toner_g / 1000
    found = Factor("toner", "Toner of one impression", "impression", value, year, source, year)
    return found, found


def commuting(periods: tuple[Activity, Activity], split: Split, rules: Rules) -> Line:
    """Emissions of the journeys to work and back that home days avoided, in kilograms CO2e."""
    now, then = periods
    days = home_days_gained(now, then)
    assert days is not None
    assert now.remote_fte_days is not None
    assert then.home_share is not None
    grade = max(now.grade, then.grade)
    exposure = (
        *(width("distance", split.grade), width("mode_mix", split.grade)),
        *(width("travel_factors"), width("home_days", grade)),
    )
    trips = now.remote_fte_days * (1 - then.home_share) * rules.policy.trips_per_fte_day
    made = trips - days * rules.policy.trips_per_fte_day * (1 - rules.policy.rebound)
    products = []
    for mode in split.modes:
        factor = factor_of(mode, rules.sets, rules.year)
        if factor:
            a_trip = mode.share * 2 * mode.one_way_km
            km = trips * a_trip, made * a_trip
            products.append(rules.product("commuting", km, factor, exposure))
    home = now.remote_fte_days * then.home_share
    quantities = (
        Quantity("days of remote-capable roles", "FTE.day", None, None, now.remote_fte_days),
        Quantity("of these at home", "FTE.day", None, home, home + days),
        Quantity("round trips to work", "trip", None, trips, made),
    )
    return Line(tuple(products), max(grade, split.grade), quantities=quantities)


def home_energy(periods: tuple[Activity, Activity], rules: Rules) -> Line:
    """Energy that added hours at home use there, in kilograms CO2e: to be taken off the net."""
    now, then = periods
    days = home_days_gained(now, then)
    assert days is not None
    assert now.remote_fte_days is not None
    assert then.home_share is not None
    grade = max(now.grade, then.grade)
    exposure = width("home_days", grade), width("home_factor"), width("hours")
    hours = now.hours_per_day or rules.policy.hours_per_day
    before = now.remote_fte_days * then.home_share * hours
    after = before + days * hours
    products = [
        rules.product("home_energy", (before * weight, after * weight), factor, exposure)
        for factor, weight in an_hour_at_home(rules)
    ]
    worked = Quantity("hours at home", "FTE.hour", None, before, after)
    return Line(tuple(products), grade, quantities=(worked,), is_added=True)


def an_hour_at_home(rules: Rules) -> list[tuple[Factor, Decimal]]:
    """The factors of an hour worked at home and their weights, on the council's heating basis."""
    one = Decimal(1)
    if rules.policy.heating_basis == "annual_average":
        return [(rules.factor("homeworking_total", "FTE.hour"), one)]
    equipment = (rules.factor("homeworking_equipment", "FTE.hour"), one)
    if not rules.is_winter:
        return [equipment]
    heating = rules.factor("homeworking_heating", "FTE.hour")
    return [equipment, (heating, rules.policy.winter_heating)]


def _why_no_printing(where: str, now: Activity, then: Activity) -> str:
    """Which activity is missing for the printing line; empty if it can be reckoned."""
    for activity, of in ((now, where), (then, f"the baseline of {where}")):
        if activity.impressions is None or activity.sheets is None:
            return f"no impressions for {of}"
        if not activity.worked_fte_days:
            return f"no worked FTE-days for {of}"
    return ""
