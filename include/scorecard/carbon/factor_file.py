"""The factor file, read strictly: what cannot be believed is refused by its row.

The official flat file sets the total row of an activity (kg CO2e) beside the rows of its gases;
only the total is a factor, and they are never added up. An empty value is no factor, never zero:
no factor that the estimate uses is zero, so that a zero is refused.

A value in grams or in tonnes stands out: it lies outside what its unit can be, or it jumps from the
year before; factor_breaks.csv names the rows that truly jumped, and says what happened.
"""

import csv
import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from statistics import median

from scorecard.carbon import units
from scorecard.carbon.factors import FILE, FactorError, FactorSets, Row

COLUMNS = (
    "factor_id", "publication_year", "category", "activity", "unit", "kgco2e_per_unit", "scope",
    "source", "status",
)  # fmt: skip
KNOWN = ("seen", "derived")
UNKNOWN = ("not_published", "not_found")
# Words of a row for one gas: CO2 without its e, CH4, N2O.
_ONE_GAS = re.compile(r"\bof (CO2|CH4|N2O) per unit|\bkg (CO2|CH4|N2O)\b|\b(CH4|N2O)\b")
# The gases of an activity add up to its total: with them, a set is twice as large as the last.
_DOUBLED = (Decimal("1.9"), Decimal("2.1"))
# From one year to the next a row rises or falls by no more than this, unless a break names it. The
# largest honest step without one is paper in 2024, 1.479; a mile is 1.609 kilometres.
LARGEST_STEP = Decimal("1.5")
# Kilograms that one of a unit can mean: official values lie well within, those in grams or in
# tonnes do not.
_POSSIBLE = {
    **dict.fromkeys(("vehicle.km", "passenger.km", "FTE.hour", "kWh"), ("0.001", "1")),
    "tonne": ("1", "10000"),
}
_BREAKS = "include/reference/factor_breaks.csv"


def read(text: str, explained: Collection[tuple[int, str]] = ()) -> FactorSets:
    """The factor sets that the text of ghg_factors.csv holds; FactorError names a bad row.

    `explained`: years and factors of which factor_breaks.csv says why they jumped.
    """
    records = csv.DictReader(text.splitlines())
    if tuple(records.fieldnames or ()) != COLUMNS:
        raise FactorError(
            f"{FILE}, row 1: the headings are '{','.join(records.fieldnames or ())}'. Write "
            f"exactly '{','.join(COLUMNS)}', and leave out columns of single gases."
        )
    rows: dict[tuple[str, int], Row] = {}
    for line, record in enumerate(records, start=2):
        _refuse_misspelt(line, record)
        key = record["factor_id"], int(record["publication_year"])
        if key in rows:
            raise _bad_row(line, f"{key[0]} of {key[1]} is listed twice", "Keep one of them")
        rows[key] = Row(
            activity=record["activity"],
            unit=record["unit"],
            value=_value(line, record),
            source=record["source"],
            status=record["status"],
        )
    if not rows:
        raise FactorError(f"{FILE}: it has no rows. Restore it from the release.")
    _refuse_one_factor_in_two_units(rows)
    _refuse_summed(rows)
    _refuse_impossible(rows)
    _refuse_jumps(rows, explained)
    return FactorSets(rows)


def _refuse_misspelt(line: int, record: Mapping[str, str]) -> None:
    """Refuse a year, a unit or an activity that is none of the file's kind."""
    if not re.fullmatch(r"[a-z0-9_]+", record["factor_id"] or ""):
        told = f"factor_id '{record['factor_id']}' is no name"
        raise _bad_row(line, told, "Write it in a to z, 0 to 9 and _")
    if not re.fullmatch(r"20[0-9]{2}", record["publication_year"] or ""):
        year = record["publication_year"]
        raise _bad_row(line, f"publication_year '{year}' is no year", "Write it like 2025")
    if record["unit"] not in units.SPELT:
        known = ", ".join(units.SPELT)
        raise _bad_row(line, f"unit '{record['unit']}' is unknown", f"Use one of {known}")
    gas = _ONE_GAS.search(f"{record['activity']} {record['source']}")
    if gas:
        told = f"'{gas.group()}' is a row of one gas, which its total holds already"
        raise _bad_row(line, told, "Keep the row whose gas is exactly kg CO2e")


def _refuse_one_factor_in_two_units(rows: Mapping[tuple[str, int], Row]) -> None:
    """Refuse a factor whose unit changes from year to year: one of them is a mistake."""
    of_first: dict[str, tuple[int, str]] = {}
    for (factor_id, year), row in rows.items():
        first, unit = of_first.setdefault(factor_id, (year, row.unit))
        if unit != row.unit:
            raise FactorError(
                f"{FILE}: {factor_id} is per {unit} in {first} and per {row.unit} in {year}. "
                "Give a factor of another unit another factor_id."
            )


def _refuse_summed(rows: Mapping[tuple[str, int], Row]) -> None:
    """Refuse a set that is twice the set before: its rows hold the gases and their total."""
    for year in sorted({year for _, year in rows}):
        pairs = [
            (row.value, before.value)
            for (factor_id, of), row in rows.items()
            if of == year and row.value is not None
            if (before := rows.get((factor_id, year - 1))) and before.value
        ]
        times = median(now / then for now, then in pairs) if pairs else Decimal(1)
        if _DOUBLED[0] <= times <= _DOUBLED[1]:
            raise FactorError(
                f"{FILE}: the set of {year} is {times:.2f} times that of {year - 1}. It seems that "
                "the rows of single gases were added to their total. Keep the rows whose gas is "
                "exactly kg CO2e."
            )


def _refuse_impossible(rows: Mapping[tuple[str, int], Row]) -> None:
    """Refuse a value that no kilograms per its unit can be: one in grams or in tonnes."""
    for (factor_id, year), row in rows.items():
        low, high = map(Decimal, _POSSIBLE[row.unit])
        if row.value is not None and not low <= row.value <= high:
            raise FactorError(
                f"{FILE}: {factor_id} of {year} is {row.value:f} kg CO2e per {row.unit}, and such "
                f"factors lie between {low} and {high}. Write it in kilograms per {row.unit}, from "
                "the official file."
            )


def _refuse_jumps(
    rows: Mapping[tuple[str, int], Row], explained: Collection[tuple[int, str]]
) -> None:
    """Refuse a row that moved too far since the last year that has it, and no break says why."""
    last: dict[str, tuple[int, Decimal]] = {}
    for (factor_id, year), row in sorted(rows.items()):
        if row.value is None:
            continue
        before, then = last.get(factor_id, (year, row.value))
        step = max(row.value / then, then / row.value)
        if step > LARGEST_STEP and (year, factor_id) not in explained:
            raise FactorError(
                f"{FILE}: {factor_id} is {row.value:f} in {year} and {then:f} in {before}, a step "
                f"of {step:.2f} times, where {LARGEST_STEP} is the most. Correct it from the "
                f"official file; if it is true, name the row in {_BREAKS} and say what happened."
            )
        last[factor_id] = year, row.value


def _value(line: int, record: Mapping[str, str]) -> Decimal | None:
    """The value exactly as published; None where the status says that there is none."""
    text, status = record["kgco2e_per_unit"], record["status"]
    if status not in KNOWN + UNKNOWN:
        raise _bad_row(line, f"status '{status}' is unknown", f"Use {', '.join(KNOWN + UNKNOWN)}")
    if status in UNKNOWN and text == "":
        return None
    is_number = re.fullmatch(r"[0-9]+(\.[0-9]+)?", text or "")
    if status in UNKNOWN or not is_number or not Decimal(text):
        raise _bad_row(line, f"status '{status}' with value '{text}'", "Correct one of the two")
    return Decimal(text)


def _bad_row(line: int, what: str, remedy: str) -> FactorError:
    return FactorError(f"{FILE}, row {line}: {what}. {remedy}, from the official file.")
