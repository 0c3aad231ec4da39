"""London's clock, the periods, and working time, minute by minute.

Nothing here is borrowed from the package: the clock comes from pandas, working time is one flag for
every minute of twelve years. That is slow and large, and hard to get wrong.
"""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from oracle.rows import NONE

DAY = 86_400
_FIRST, _LAST = (
    int(pd.Timestamp(day, tz="UTC").timestamp()) for day in ("2017-01-01", "2028-01-01")
)


def moment(text):
    """The second since 1970 of a moment written in UTC."""
    return int(pd.Timestamp(text, tz="UTC").timestamp())


def london(seconds):
    """The seconds that London's clock shows, as if it were UTC."""
    shown = pd.DatetimeIndex(np.asarray(seconds).astype("datetime64[s]"), tz="UTC")
    return (
        shown.tz_convert("Europe/London")
        .tz_localize(None)
        .to_numpy()
        .astype("datetime64[s]")
        .astype(np.int64)
    )


def london_day(seconds):
    """Days since 1970 on London's calendar; empty where the moment is."""
    return np.where(seconds == NONE, NONE, london(np.where(seconds == NONE, 0, seconds)) // DAY)


def next_midnight(seconds):
    """The UTC second at which the next day begins in London."""
    guess = seconds + DAY - london(seconds) % DAY
    shown = london(guess) % DAY  # an hour off if the clocks change on that day
    return guess - np.where(shown > DAY // 2, shown - DAY, shown)


def month_of_day(days):
    """Months since January 1970 of days since 1970."""
    filled = np.where(days == NONE, 0, days).astype("datetime64[D]")
    return np.where(days == NONE, NONE, filled.astype("datetime64[M]").astype(np.int64))


def london_month(seconds):
    """Months since January 1970 on London's calendar; empty where the moment is."""
    return month_of_day(london_day(seconds))


def month(text):
    """Months since January 1970 of a month such as 2025-04."""
    return int(np.datetime64(text, "M").astype(np.int64))


def month_text(number):
    return str(np.datetime64(int(number), "M"))


def midnight(number):
    """The UTC second at which a month begins in London."""
    return int(pd.Timestamp(month_text(number) + "-01", tz="Europe/London").timestamp())


@dataclass(frozen=True)
class Span:
    """A period as its first and last month."""

    key: str
    first: int
    last: int

    @property
    def ends_at(self):
        return midnight(self.last + 1)


def span(key):
    """The months of a period such as 2025-04, 2025-26-Q1 or 2025-26-Q1-YTD."""
    if re.fullmatch(r"\d{4}-\d{2}", key):
        return Span(key, month(key), month(key))
    april = month(f"{key[:4]}-04")
    last = april + 3 * int(key[9]) - 1
    return Span(key, april if key.endswith("-YTD") else last - 2, last)


def financial_year(number):
    """The year in which a month's financial year begins."""
    return 1970 + (np.asarray(number) - 3) // 12


class WorkingTime:
    """Which minutes and days are worked, by the council's hours and the bank holidays."""

    def __init__(self, hours, bank_holidays):
        minutes = np.arange(_FIRST, _LAST, 60)
        shown = london(minutes)
        days = shown // DAY
        opens, closes = _hours_of_days(hours, bank_holidays)
        of_day = (shown % DAY) // 60
        first = days[0]
        self.first_day = first
        self.is_worked = (of_day >= opens[days - first]) & (of_day < closes[days - first])
        self.before = np.concatenate([[0], np.cumsum(self.is_worked)]) * 60
        self.days_until = np.cumsum(closes > opens)

    def worked(self, seconds):
        """Seconds of working time from the beginning to a moment."""
        minute = (seconds - _FIRST) // 60
        return self.before[minute] + self.is_worked[minute] * (seconds % 60)

    def after(self, seconds, working_seconds):
        """The first moment by which so much more working time has passed."""
        wanted = self.worked(seconds) + working_seconds
        minute = np.searchsorted(self.before, wanted, side="left") - 1
        return _FIRST + minute * 60 + wanted - self.before[minute]

    def working_days_between(self, earlier, later):
        """How many working days follow one day up to another, that one included."""
        return self.days_until[later - self.first_day] - self.days_until[earlier - self.first_day]

    def is_working_day(self, days):
        return self.working_days_between(days - 1, days) == 1

    def working_days_of(self, number):
        """The working days of a month, as days since 1970."""
        first, after = (
            np.datetime64(int(m), "M").astype("datetime64[D]").astype(np.int64)
            for m in (number, number + 1)
        )
        days = np.arange(first, after)
        return days[self.is_working_day(days)]


def _hours_of_days(hours, bank_holidays):
    """The minute at which each London day opens and closes; a day off never opens."""
    days = np.arange(_FIRST // DAY, _LAST // DAY + 2)
    opens, closes = np.zeros(len(days), np.int64), np.zeros(len(days), np.int64)
    weekday = (days + 3) % 7 + 1
    for since in sorted({row.starts for row in hours}):
        begun = days >= np.datetime64(since, "D").astype(np.int64)
        opens[begun] = closes[begun] = 0
        for row in (row for row in hours if row.starts == since):
            meant = begun & np.isin(weekday, row.weekdays)
            opens[meant], closes[meant] = _minute(row.opens), _minute(row.closes)
    off = np.isin(days, np.array(sorted(bank_holidays), "datetime64[D]").astype(np.int64))
    opens[off] = closes[off] = 0
    return opens, closes


def _minute(clock):
    hour, minute = str(clock).split(":")[:2]
    return int(hour) * 60 + int(minute)
