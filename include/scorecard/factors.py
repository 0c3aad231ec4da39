"""Official greenhouse gas factors: which set belongs to a quarter, and what a missing row does.

A factor that was not published, or not found, is never zero. Source: ghg_factors.csv and its twin.
"""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from scorecard.period import FinancialQuarter, london_day

FILE = "include/reference/ghg_factors.csv"
KNOWN = ("seen", "derived")
UNKNOWN = ("not_published", "not_found")
_OUT_IN_MONTH = 6  # the official set of a year comes out in June

# Derived for the years before the set had home working (EcoAct 2020 white paper): kg an hour.
_EQUIPMENT_KW = Decimal("0.15")
_HEATING_GAS_KWH = Decimal("1.69318")


class FactorError(ValueError):
    """A factor file, or a question to it, that we refuse: where, what, what to do."""


@dataclass(frozen=True)
class Factor:
    """One factor as it is used: the value exactly as published, and whose year it really is."""

    factor_id: str
    activity: str
    unit: str
    value: Decimal  # kg CO2e per unit
    publication_year: int
    source: str
    asked_year: int
    provisional: bool = False  # the right set is not out yet
    fallback: bool = False  # the set is out, this row is not in it
    derived: bool = False


@dataclass(frozen=True)
class _Row:
    activity: str
    unit: str
    value: Decimal | None
    source: str
    status: str


@dataclass(frozen=True)
class FactorSets:
    """Every publication year of the factor file."""

    rows: Mapping[tuple[str, int], _Row]

    @cached_property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({year for _, year in self.rows}))

    def out_by(self, moment: datetime) -> "FactorSets":
        """The sets that were out at a moment: a year's comes out in June, and counts from July."""
        day = london_day(moment)
        last = day.year if day.month > _OUT_IN_MONTH else day.year - 1
        return FactorSets({key: row for key, row in self.rows.items() if key[1] <= last})

    def identity(self) -> list[dict[str, Any]]:
        """Each set by its year, and the hash of its rows."""
        return [{"set": year, "sha256": self._hash_of(year)} for year in self.years]

    def _hash_of(self, year: int) -> str:
        rows = sorted((key[0], repr(row)) for key, row in self.rows.items() if key[1] == year)
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    def get(self, factor_id: str, year: int, unit: str) -> Factor:
        """The factor for a year, in the unit that the formula needs; FactorError if none is known.

        A set that is not out yet gives the latest set, marked provisional. A row that is missing
        in a set that is out gives that row of the latest earlier year, marked as a fallback.
        """
        self._refuse_unknown(factor_id, year)
        set_year = min(year, self.years[-1])
        for earlier in (y for y in reversed(self.years) if y <= set_year):
            row = self.rows.get((factor_id, earlier))
            if row and row.value is not None:
                _refuse_unit(factor_id, row.unit, unit)
                return Factor(
                    factor_id=factor_id,
                    activity=row.activity,
                    unit=row.unit,
                    value=row.value,
                    publication_year=earlier,
                    source=row.source,
                    asked_year=year,
                    provisional=year > set_year,
                    fallback=earlier < set_year,
                    derived=row.status == "derived",
                )
        if factor_id == "homeworking_total":
            return self._derived_home_working(year)
        raise FactorError(
            f"{FILE}: '{factor_id}' has no value for {year} or any earlier year. "
            "A missing factor is not zero: add its official row, or leave the line out."
        )

    def _refuse_unknown(self, factor_id: str, year: int) -> None:
        if not any(name == factor_id for name, _ in self.rows):
            raise FactorError(
                f"{FILE}: there is no factor '{factor_id}'. "
                "Check the spelling, or add its official rows."
            )
        if year < self.years[0]:
            raise FactorError(
                f"{FILE}: the first set is of {self.years[0]}, and {year} was asked for. "
                "Choose a later baseline, or add the official set of that year."
            )

    def _derived_home_working(self, year: int) -> Factor:
        """Home-working energy per hour, derived for the years before it was published."""
        generated = self.get("electricity_generation", year, "kWh")
        lost = self.get("electricity_td", year, "kWh")
        gas = self.get("natural_gas_gross_cv", year, "kWh")
        return Factor(
            factor_id="homeworking_total",
            activity="Homeworking (office equipment + heating), derived",
            unit="FTE.hour",
            value=_EQUIPMENT_KW * (generated.value + lost.value) + _HEATING_GAS_KWH * gas.value,
            publication_year=generated.publication_year,
            source="Derived: 0.15 kW of electricity and 1.69318 kWh of gas an hour",
            asked_year=year,
            derived=True,
        )


def publication_year(quarter: FinancialQuarter, rule: str) -> int:
    """The year whose set a quarter uses: `calendar` (default) or `fy_majority`."""
    if rule == "calendar":
        return quarter.year + (quarter.number == 4)
    if rule == "fy_majority":
        return quarter.year
    raise FactorError(
        f"council.yaml, carbon.factor_year: '{rule}' is no rule. Write calendar or fy_majority."
    )


def read(text: str) -> FactorSets:
    """The factor sets that the text of ghg_factors.csv holds; FactorError names a bad row."""
    rows: dict[tuple[str, int], _Row] = {}
    for line, record in enumerate(csv.DictReader(text.splitlines()), start=2):
        key = record["factor_id"], int(record["publication_year"])
        if key in rows:
            raise _bad_row(line, f"{key[0]} of {key[1]} is listed twice", "Keep one of them")
        rows[key] = _Row(
            activity=record["activity"],
            unit=record["unit"],
            value=_value(line, record),
            source=record["source"],
            status=record["status"],
        )
    if not rows:
        raise FactorError(f"{FILE}: it has no rows. Restore it from the release.")
    return FactorSets(rows)


def _value(line: int, record: Mapping[str, str]) -> Decimal | None:
    """The value exactly as published; None where the status says that there is none."""
    text, status = record["kgco2e_per_unit"], record["status"]
    if status in UNKNOWN and text == "":
        return None
    if status not in KNOWN + UNKNOWN:
        raise _bad_row(line, f"status '{status}' is unknown", f"Use {', '.join(KNOWN + UNKNOWN)}")
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if status in UNKNOWN or not value.is_finite() or value < 0:
        raise _bad_row(line, f"status '{status}' with value '{text}'", "Correct one of the two")
    return value


def _bad_row(line: int, what: str, remedy: str) -> FactorError:
    return FactorError(f"{FILE}, row {line}: {what}. {remedy}, from the official file.")


def _refuse_unit(factor_id: str, unit: str, needed: str) -> None:
    if unit != needed:
        raise FactorError(
            f"{FILE}: '{factor_id}' is per {unit}, and the formula needs it per {needed}. "
            "Choose the factor of the right unit."
        )
