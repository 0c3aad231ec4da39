"""The fourth line of the estimate, where the council has meters: energy of its offices.

Offices are metered for the council as a whole. The baseline's energy is scaled by FTE, as every
volume is, but not by worked days: an office is heated on days of leave too. The doubt of a reading
is that of all its kilowatt-hours, and not of the difference alone, so that the baseline's and the
quarter's are exposed each to its own. Source: the carbon method, sections 3 and 9.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from scorecard.carbon.activity import COUNCIL
from scorecard.carbon.lines import Rules
from scorecard.carbon.products import ZERO, Line, Product, Quantity
from scorecard.carbon.uncertainty import Width, width
from scorecard.meters import Reading
from scorecard.period import FinancialQuarter

Readings = Mapping[FinancialQuarter, Reading]
_FTE = "net_emissions_avoided"  # whose SQL returns the FTE of each month, added
_MONTHS = 3
# What is metered, the factors of a kilowatt-hour of it, and the multiplier of these.
_METERED = (
    ("office_gas", "degree_day_gas_kwh", ("natural_gas_gross_cv",), "gas_factor"),
    (
        "office_electricity",
        "electricity_less_printing_kwh",
        ("electricity_generation", "electricity_td"),
        "electricity_factor",
    ),
)


def fte_of(
    measured: Mapping[tuple[str, str], tuple[Decimal | None, Decimal | None]],
) -> Decimal | None:
    """The mean FTE of all directorates over a quarter that is over; None if one's is not known."""
    every = [
        pair[0] for (kpi, directorate), pair in measured.items()
        if kpi == _FTE and directorate != COUNCIL
    ]  # fmt: skip
    known = [each for each in every if each is not None]
    return sum(known, ZERO) / _MONTHS if len(known) == len(every) > 0 else None


def office_energy(
    readings: Readings, fte: Mapping[FinancialQuarter, Decimal | None],
    baselines: Sequence[FinancialQuarter], rules: Rules,
) -> Line:  # fmt: skip
    """Energy of the offices avoided against the baseline's for each FTE, in kilograms CO2e.

    `fte`: of the quarter and of each baseline quarter. A baseline of several years is what they
    used together for each FTE.
    """
    for quarter in (rules.quarter, *baselines):
        if quarter not in readings:
            return Line(None, missing=(f"office energy not known: no meters read for {quarter}",))
        if not fte.get(quarter):
            return Line(None, missing=(f"office energy not known: no FTE for {quarter}",))
    before = [readings[quarter] for quarter in baselines]
    staff = _sum(fte[quarter] for quarter in baselines), fte[rules.quarter] or ZERO
    products: list[Product] = []
    quantities = [Quantity("staff", "FTE.quarter", staff[0], None, staff[1])]
    for part, name, factors, multiplier in _METERED:
        base = _sum(getattr(each, name) for each in before)
        kwh = base * staff[1] / staff[0], getattr(readings[rules.quarter], name)
        words = part.replace("_", " ")
        quantities.append(Quantity(words, "kWh", base, *kwh))
        grades = max(each.grade for each in before), readings[rules.quarter].grade
        for factor_id in factors if any(kwh) else ():
            products += _products(part, kwh, factor_id, (grades, width(multiplier)), rules)
    grade = max(each.grade for each in (*before, readings[rules.quarter]))
    return Line(tuple(products), grade, quantities=tuple(quantities))


def _products(
    part: str,
    kwh: tuple[Decimal, Decimal],
    factor_id: str,
    doubts: tuple[tuple[str, str], Width],
    rules: Rules,
) -> Iterator[Product]:
    """What would have been used and what was, apart: each reading is in doubt by itself."""
    (then, now), of_factor = doubts
    factor = rules.factor(factor_id, "kWh")
    if rules.is_baseline:  # the same reading twice
        yield rules.product(part, kwh, factor, (width("office_now", now), of_factor))
        return
    yield rules.product(part, (kwh[0], ZERO), factor, (width("office_before", then), of_factor))
    yield rules.product(part, (ZERO, kwh[1]), factor, (width("office_now", now), of_factor))


def _sum(values: Iterator[Decimal | None]) -> Decimal:
    return sum((each or ZERO for each in values), ZERO)
