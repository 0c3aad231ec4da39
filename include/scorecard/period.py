"""Financial quarters and months, and the only conversion between London's clock and UTC.

The financial year runs from April to March (Local Government Finance Act 1992, section 116).
Every period is half-open: a moment belongs to it from `starts_at`, and no longer at `ends_at`.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"([12][0-9]{3})-([0-9]{2})-Q([1-4])")


class UnknownPeriod(ValueError):
    """A text that names no period."""


def london_midnight(day: date) -> datetime:
    """The moment in UTC at which a day begins in London."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def london_day(moment: datetime) -> date:
    """The day that a London calendar shows at a moment."""
    return moment.astimezone(LONDON).date()


@dataclass(frozen=True, order=True)
class Period:
    """One row of the `periods` relation: what a figure is about, from and until which moment."""

    key: str
    kind: str  # month, quarter, year_to_date, rolling_12
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, written 2025-04."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The month that a text such as 2025-04 names; UnknownPeriod if it names none."""
        found = _MONTH.fullmatch(text)
        if not found:
            raise UnknownPeriod(f"'{text}' is not a month. Write it like 2025-04.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def containing(cls, moment: datetime) -> Self:
        """The month that London was in at a moment."""
        day = london_day(moment)
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def starts_at(self) -> datetime:
        return london_midnight(self.first_day)

    @property
    def ends_at(self) -> datetime:
        return self.shifted(1).starts_at

    @property
    def quarter(self) -> "FinancialQuarter":
        """The financial quarter in which the month lies."""
        april_first = (self.year * 12 + self.number - 1) - 3
        return FinancialQuarter(april_first // 12, april_first % 12 // 3 + 1)

    @property
    def period(self) -> Period:
        return Period(str(self), "month", self.starts_at, self.ends_at)

    def due_at(self, working_days: int, bank_holidays: Collection[date]) -> datetime:
        """The moment the month's extracts are expected: the start of the Nth working day after."""
        return _working_day_after(self.ends_at, working_days, bank_holidays)

    def shifted(self, months: int) -> "Month":
        """The month so many months later, or earlier if negative."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)


@dataclass(frozen=True, order=True)
class FinancialQuarter:
    """A quarter of the financial year that begins on 1 April of `year`, written 2025-26-Q1."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The quarter that a text such as 2025-26-Q1 names; UnknownPeriod if it names none."""
        found = _QUARTER.fullmatch(text)
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            raise UnknownPeriod(f"'{text}' is not a financial quarter. Write it like 2025-26-Q1.")
        return cls(int(found[1]), int(found[3]))

    @classmethod
    def containing(cls, moment: datetime) -> Self:
        """The quarter that London was in at a moment."""
        quarter = Month.containing(moment).quarter
        return cls(quarter.year, quarter.number)

    def __str__(self) -> str:
        return f"{self.financial_year}-Q{self.number}"

    @property
    def financial_year(self) -> str:
        """The financial year, written 2025-26."""
        return f"{self.year:04d}-{(self.year + 1) % 100:02d}"

    @property
    def months(self) -> tuple[Month, Month, Month]:
        first = Month(self.year, 4).shifted(3 * (self.number - 1))
        return first, first.shifted(1), first.shifted(2)

    @property
    def starts_at(self) -> datetime:
        return self.months[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return self.months[2].ends_at

    @property
    def period(self) -> Period:
        return Period(str(self), "quarter", self.starts_at, self.ends_at)

    @property
    def year_to_date(self) -> Period:
        """From 1 April to the end of the quarter, written 2025-26-Q2-YTD."""
        first = FinancialQuarter(self.year, 1)
        return Period(f"{self}-YTD", "year_to_date", first.starts_at, self.ends_at)

    @property
    def rolling_12(self) -> Period:
        """The twelve months that end with the quarter, written 2025-26-Q2-R12."""
        return Period(f"{self}-R12", "rolling_12", self.shifted(-3).starts_at, self.ends_at)

    def shifted(self, quarters: int) -> "FinancialQuarter":
        """The quarter so many quarters later, or earlier if negative."""
        index = self.year * 4 + self.number - 1 + quarters
        return FinancialQuarter(index // 4, index % 4 + 1)

    def due_at(self, working_days: int, bank_holidays: Collection[date]) -> datetime:
        """The moment the quarter's pack falls due: the start of the Nth working day after it."""
        return _working_day_after(self.ends_at, working_days, bank_holidays)


def period_named(text: str) -> Period:
    """The period of a key such as 2025-04, 2025-26-Q1, 2025-26-Q1-YTD or 2025-26-Q1-R12."""
    if _MONTH.fullmatch(text):
        return Month.parse(text).period
    for ending, kind in (("-YTD", "year_to_date"), ("-R12", "rolling_12")):
        if text.endswith(ending):
            found: Period = getattr(FinancialQuarter.parse(text.removesuffix(ending)), kind)
            return found
    return FinancialQuarter.parse(text).period


def next_working_day(day: date, bank_holidays: Collection[date]) -> date:
    """The first day after `day` that is neither Saturday, Sunday nor a bank holiday."""
    following = day + timedelta(days=1)
    while following.weekday() >= 5 or following in bank_holidays:
        following += timedelta(days=1)
    return following


def _working_day_after(
    moment: datetime, working_days: int, bank_holidays: Collection[date]
) -> datetime:
    """The start of the Nth working day from a moment on; a working day that begins then counts."""
    day = london_day(moment) - timedelta(days=1)
    for _ in range(working_days):
        day = next_working_day(day, bank_holidays)
    return london_midnight(day)


def months_between(first: Month, last: Month) -> list[Month]:
    """Every month from the first to the last, both included."""
    count = (last.year - first.year) * 12 + last.number - first.number + 1
    return [first.shifted(step) for step in range(count)]
