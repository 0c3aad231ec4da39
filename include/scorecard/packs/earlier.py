"""Which earlier periods a reader can compare one with: years before it, and the period before."""

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from scorecard.period import FinancialQuarter, Month, UnknownPeriod

Before = Mapping[str, tuple[str, ...]]  # a period to the ones whose average it is compared with
_QUARTER = len("2025-26-Q1")  # of a longer period, the quarter that ends it is written first
_YEARS = 3  # a baseline is the average of so many years at most


def earlier(periods: Collection[str]) -> Iterator[tuple[str, Before]]:
    """Each comparison in words, with the earlier periods that it sets beside each period.

    A baseline is one year for all later ones, or the average of some; last year moves with the
    period. Which of them a council chose need not be known: all are looked at.
    """
    years = {period: year for period in periods if (year := _year(period)) is not None}
    known = sorted(set(years.values()))[:-1]
    for count in range(1, min(_YEARS, len(known)) + 1):
        for chosen in combinations(known, count):
            yield (
                f"since {_named(chosen)}",
                {
                    period: tuple(_in_year(period, each) for each in chosen)
                    for period, year in years.items()
                    if year not in chosen
                },
            )
    yield "since a year before", {p: (_in_year(p, year - 1),) for p, year in years.items()}
    yield "since the period before", {p: (_before(p),) for p in years if len(p) <= _QUARTER}


def _named(years: Collection[int]) -> str:
    return " and ".join(FinancialQuarter(year, 1).financial_year for year in years)


def _year(period: str) -> int | None:
    """The calendar year in which a period's financial year begins; None if it has none."""
    try:
        if _is_month(period):
            return Month.parse(period).quarter.year
        return FinancialQuarter.parse(period[:_QUARTER]).year
    except UnknownPeriod:
        return None


def _in_year(period: str, year: int) -> str:
    """The same period of another financial year."""
    if _is_month(period):
        month = Month.parse(period)
        return str(month.shifted(12 * (year - month.quarter.year)))
    quarter = FinancialQuarter.parse(period[:_QUARTER])
    return f"{FinancialQuarter(year, quarter.number)}{period[_QUARTER:]}"


def _before(period: str) -> str:
    """The month or quarter before one."""
    if _is_month(period):
        return str(Month.parse(period).shifted(-1))
    return str(FinancialQuarter.parse(period).shifted(-1))


def _is_month(period: str) -> bool:
    return len(period) < _QUARTER
