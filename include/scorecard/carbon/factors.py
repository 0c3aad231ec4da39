"""Official greenhouse gas factors: which set belongs to a quarter, and what a missing row does.

A factor that was not published, or not found, is never zero. Source: ghg_factors.csv and its twin.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from scorecard.carbon import units
from scorecard.period import FinancialQuarter, london_day

FILE = "include/reference/ghg_factors.csv"
_OUT_IN_MONTH = 6  # the official set of a year comes out in June

# Derived for the years before the set had home working (EcoAct 2020 white paper): what an hour
# takes of electricity and of gas, in kWh.
_EQUIPMENT, _HEATING, _NONE = Decimal("0.15"), Decimal("1.69318"), Decimal(0)
_DERIVED = {
    "homeworking_total": (_EQUIPMENT, _HEATING),
    "homeworking_equipment": (_EQUIPMENT, _NONE),
    "homeworking_heating": (_NONE, _HEATING),
}


class FactorError(ValueError):
    """A factor file, or a question to it, that we refuse: where, what, what to do."""


class NoFactor(FactorError):
    """A factor that has no value for a year or any before it. It is not zero."""


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
class Row:
    """One row of the factor file."""

    activity: str
    unit: str
    value: Decimal | None
    source: str
    status: str


@dataclass(frozen=True)
class FactorSets:
    """Every publication year of the factor file."""

    rows: Mapping[tuple[str, int], Row]

    @cached_property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({year for _, year in self.rows}))

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(factor_id for factor_id, _ in self.rows)

    def out_by(self, moment: datetime) -> "FactorSets":
        """The sets that were out at a moment: a year's comes out in June, and counts from July."""
        day = london_day(moment)
        last = day.year if day.month > _OUT_IN_MONTH else day.year - 1
        return FactorSets({key: row for key, row in self.rows.items() if key[1] <= last})

    def identity(self) -> list[dict[str, Any]]:
        """Each set by its year, and the hash of its rows."""
        return [{"set": year, "sha256": self._hash_of(year)} for year in self.years]

    def _hash_of(self, year: int) -> str:
        rows = (
            (factor_id, *(str(part) for part in astuple(row)))
            for (factor_id, of), row in self.rows.items()
            if of == year
        )
        text = "\n".join("|".join(row) for row in sorted(rows))
        return hashlib.sha256(text.encode()).hexdigest()

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
                units.check(factor_id, row.unit, unit)
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
        if factor_id in _DERIVED:
            units.check(factor_id, "FTE.hour", unit)
            return self._derived_home_working(factor_id, year)
        raise NoFactor(
            f"{FILE}: '{factor_id}' has no value for {year} or any earlier year. "
            "A missing factor is not zero: add its official row, or leave the line out."
        )

    def found(self, factor_id: str, year: int, unit: str) -> Factor | None:
        """The same; None if there is no value for the year or before, or no set of that year."""
        try:
            return self.get(factor_id, year, unit)
        except NoFactor:
            return None

    def _refuse_unknown(self, factor_id: str, year: int) -> None:
        if factor_id not in self._ids:
            raise FactorError(
                f"{FILE}: there is no factor '{factor_id}'. "
                "Check the spelling, or add its official rows."
            )
        if year < self.years[0]:
            raise NoFactor(
                f"{FILE}: the first set is of {self.years[0]}, and {year} was asked for. "
                "Choose a later baseline, or add the official set of that year."
            )

    def _derived_home_working(self, factor_id: str, year: int) -> Factor:
        """Home-working energy per hour, derived for the years before it was published."""
        kwh, gas_kwh = _DERIVED[factor_id]
        power = [
            self.get(name, year, "kWh") for name in ("electricity_generation", "electricity_td")
        ]
        gas = self.get("natural_gas_gross_cv", year, "kWh")
        electricity = sum((factor.value for factor in power), Decimal(0))
        return Factor(
            factor_id=factor_id,
            activity="Homeworking, derived from electricity and gas",
            unit="FTE.hour",
            value=kwh * electricity + gas_kwh * gas.value,
            publication_year=gas.publication_year,
            source=f"Derived: {kwh} kWh of electricity and {gas_kwh} kWh of gas an hour",
            asked_year=year,
            provisional=gas.provisional,
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
