"""What numbers a pack shows, by measure: each column of a table, by period and directorate."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, product

from scorecard.council import COUNCIL
from scorecard.packs.content import PackContent
from scorecard.packs.tables import Cell, Sheet
from scorecard.period import FinancialQuarter, months_between

Place = tuple[str, str]  # period, directorate
_WHEN = ("Period", "Month", "Quarter")
# Columns of numbers that are decided or follow from a KPI's own series, and measure nothing.
_DECIDED = frozenset({
    "Version", "Target", "Target from", "Target to", "Target low", "Target high",
    "Target range height", "Target line", "Target line, changed", "Mean", "Lower process limit",
    "Upper process limit", "Factor year",
})  # fmt: skip
EXACT = 0.005  # money and FTE-days are shown to the hundredth at the least


@dataclass(frozen=True)
class Measure:
    """The numbers of one column, and how far each may be from what it was before rounding."""

    name: str  # the sheet, what its rows are of, the column
    numbers: Mapping[Place, float]
    blur: float = EXACT
    is_ratio: bool = False  # rounded once, after it was divided


def measures_of(content: PackContent) -> Iterator[Measure]:
    """Every measure of a pack; one of months also over longer: added up, and at their end."""
    quarter = FinancialQuarter.parse(content.period)
    for sheet in content.sheets:
        for measure in _of_sheet(sheet, content.period):
            if measure.numbers and all(is_month(period) for period, _ in measure.numbers):
                yield from _with_longer(measure, quarter)
            elif measure.numbers:
                yield measure


def is_month(period: str) -> bool:
    """Whether a period is a month."""
    return len(period) == len("2025-04")


def _of_sheet(sheet: Sheet, period: str) -> Iterator[Measure]:
    """The measures of a table: one for each column of numbers and each thing it has rows of."""
    columns = [c for c in sheet.columns if c in sheet.numeric and c not in _DECIDED]
    keys = _keys_of(sheet)
    named = (dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows)
    placed = [(_place(row, period), row) for row in named]

    def thing(row: Mapping[str, Cell]) -> tuple[str, ...]:
        return tuple(row[key].text for key in keys)

    ordered = sorted(placed, key=lambda pair: thing(pair[1]))
    for what, rows in groupby(ordered, key=lambda pair: thing(pair[1])):
        mine = list(rows)
        for column in columns:
            yield _measure((sheet.name, *what, column), column, mine)
    if keys and "KPI id" not in keys:
        for column in columns:
            yield _measure((sheet.name, "all", column), column, placed)


def _keys_of(sheet: Sheet) -> list[str]:
    """The columns that say what a row is of, beside its period and directorate."""
    found = []
    for column in sheet.columns:
        if column in sheet.numeric and column != "Version":
            break
        if column not in (*_WHEN, "Directorate", "Version"):
            found.append(column)
    return ["KPI id"] if "KPI id" in found else found


def _place(row: Mapping[str, Cell], period: str) -> Place:
    when = next((row[name].text for name in _WHEN if name in row), period)
    return when, row["Directorate"].text if "Directorate" in row else COUNCIL


def _measure(
    name: tuple[str, ...], column: str, rows: Iterable[tuple[Place, Mapping[str, Cell]]]
) -> Measure:
    """A column's numbers; those of rows of one place are added up if all are shown."""
    numbers: dict[Place, float] = {}
    unknown, decimals = set(), 2
    for place, row in rows:
        cell = row[column]
        if cell.is_number:
            numbers[place] = numbers.get(place, 0.0) + float(cell.value)
            decimals = len(cell.number_format.partition(".")[2])
        elif cell.text:
            unknown.add(place)
    is_rounded = column == "Value" or "percent" in column
    kept = {place: number for place, number in numbers.items() if place not in unknown}
    blur = 0.5 * 10.0**-decimals if is_rounded else EXACT
    return Measure(", ".join(name), kept, blur, is_rounded and decimals > 0)


def _with_longer(measure: Measure, quarter: FinancialQuarter) -> Iterator[Measure]:
    """A measure of months with that over quarters, years to date and twelve months."""
    found, added, last = measure.numbers, dict(measure.numbers), dict(measure.numbers)
    whose = {directorate for _, directorate in found}
    spans = [span for n in range(8) for span in _spans(quarter.shifted(-n))]
    for directorate, (key, months) in product(sorted(whose), spans):
        told = [found[month, directorate] for month in months if (month, directorate) in found]
        if len(told) == len(months):
            added[key, directorate] = sum(told)
        if (months[-1], directorate) in found:
            last[key, directorate] = found[months[-1], directorate]
    yield replace(measure, numbers=last)
    yield replace(measure, numbers=added, name=f"{measure.name}, months added up")


def _spans(quarter: FinancialQuarter) -> Iterator[tuple[str, list[str]]]:
    """The periods that end with a quarter, each with its months."""
    last, april = quarter.months[2], FinancialQuarter(quarter.year, 1).months[0]
    for key, first in (
        (str(quarter), quarter.months[0]),
        (quarter.year_to_date.key, april),
        (quarter.rolling_12.key, last.shifted(-11)),
    ):
        yield key, [str(month) for month in months_between(first, last)]
