"""Metered energy of the offices: what the council reads from its meters, quarter by quarter.

A row is the energy of every office of the council together, because directorates share buildings:
a row of some of them would be compared with something else. Without a row the energy of a quarter
is not known, which is never zero. The council corrects the gas by degree days, and takes the
electricity of printers off, which the printing line counts already.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from scorecard import permitted as may
from scorecard.period import FinancialQuarter, london_day
from scorecard.strict import WrongDefinition, rows_of


@dataclass(frozen=True)
class Reading:
    """One quarter's energy of every office; a later one of the same quarter corrects it."""

    quarter: may.Quarter
    degree_day_gas_kwh: may.FromNought  # gross calorific value, as in a year of usual weather
    electricity_less_printing_kwh: may.FromNought
    grade: Literal["A", "B", "C"]  # measured, recorded on bills, estimated
    source: str
    decided_on: date  # from when it was known
    note: str | None = None

    @property
    def problem(self) -> str:
        """Why it can be no reading of a quarter, and what to do; empty if it can."""
        over = london_day(FinancialQuarter.parse(self.quarter).ends_at)
        if self.decided_on < over:
            return (
                f"decided_on {self.decided_on} is before {over}, when {self.quarter} was over. "
                "Enter a reading of the whole quarter, on the day on which it was known."
            )
        if not self.kwh:
            return (
                "gas and electricity are both 0, and no office does without. Write what the "
                "meters say, or remove the row: then it is not known."
            )
        return ""

    @property
    def kwh(self) -> Decimal:
        """Gas and electricity together."""
        return self.degree_day_gas_kwh + self.electricity_less_printing_kwh


def readings_in(path: Path) -> tuple[Reading, ...]:
    """The readings of a file; WrongDefinition names a row that doubles another."""
    rows = rows_of(path, Reading)
    seen: dict[tuple[str, date], int] = {}
    for number, row in enumerate(rows, start=2):
        first = seen.setdefault((row.quarter, row.decided_on), number)
        if first < number:
            raise WrongDefinition(
                f"{path.name}, row {number}: {row.quarter} has a reading of {row.decided_on} in "
                f"row {first} already. Keep one of them, or write when the later one was known."
            )
    return rows


def in_force(readings: Iterable[Reading]) -> dict[FinancialQuarter, Reading]:
    """The last known reading of each quarter."""
    ordered: Sequence[Reading] = sorted(readings, key=lambda each: each.decided_on)
    return {FinancialQuarter.parse(each.quarter): each for each in ordered}
