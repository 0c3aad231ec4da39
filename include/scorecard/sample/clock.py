"""London's clock and the working calendar, for whole arrays of moments at once.

Moments are numpy `datetime64[s]` as a clock on a London wall shows them. Working time is counted
in seconds, Monday to Friday from 08:00 to 18:00, without England's bank holidays.
"""

import csv
from datetime import datetime, time
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.period import LONDON, Month
from scorecard.settings import INCLUDE

Moments = NDArray[np.datetime64]
Numbers = NDArray[np.int64]

OPENS = 8 * 3600
WORKING_DAY = 10 * 3600
NEVER = np.datetime64("NaT", "s")
_FIRST = np.datetime64("2015-01-01")

# How work spreads over the hours from 07:00 to 18:59.
_HOURS = np.array([3, 9, 14, 15, 13, 7, 8, 12, 11, 6, 1.5, 0.5])
_BUSY = _HOURS / _HOURS.sum()


@cache
def _calendar() -> tuple[NDArray[np.bool_], Numbers, Numbers]:
    """Per day since 2015: is it worked, how many worked days came before; the worked days."""
    path = INCLUDE / "reference" / "bank_holidays.csv"
    with path.open(encoding="utf-8", newline="") as file:
        holidays = [row["date"] for row in csv.DictReader(file)]
    days = np.arange(_FIRST, np.datetime64("2036-01-01"))
    worked = np.is_busday(days, holidays=np.array(holidays, "datetime64[D]"))
    before: Numbers = np.cumsum(worked, dtype=np.int64) - worked
    return worked, before, np.flatnonzero(worked)


def first_second(month: Month) -> np.datetime64:
    """The moment at which a month begins."""
    return np.datetime64(f"{month}-01", "s")


def working_days(month: Month) -> Moments:
    """The days of a month on which the council works."""
    start, end = f"{month}-01", f"{month.shifted(1)}-01"
    days = np.arange(np.datetime64(start), np.datetime64(end))
    return days[_calendar()[0][(days - _FIRST).astype(np.int64)]]


def weekdays(days: Any) -> Numbers:
    """The weekday of each day: Monday is 0."""
    return np.asarray((days.astype("datetime64[D]").astype(np.int64) + 3) % 7, np.int64)


def to_working(moments: Any) -> Numbers:
    """How many working seconds have passed at each moment."""
    worked, before, _ = _calendar()
    days = moments.astype("datetime64[D]")
    index = (days - _FIRST).astype(np.int64)
    today = np.clip((moments - days).astype(np.int64) - OPENS, 0, WORKING_DAY)
    return np.asarray(before[index] * WORKING_DAY + today * worked[index], np.int64)


def from_working(seconds: Numbers) -> Any:
    """The moment at which so many working seconds have passed."""
    day = _calendar()[2][seconds // WORKING_DAY]
    return (_FIRST + day).astype("datetime64[s]") + (OPENS + seconds % WORKING_DAY)


def times_of_day(rng: np.random.Generator, count: int) -> Numbers:
    """Seconds since midnight at which people work: busy mornings, a dip at lunch."""
    hours = rng.choice(len(_BUSY), count, p=_BUSY) + 7
    return np.asarray(hours * 3600 + rng.integers(0, 3600, count), np.int64)


def to_utc(moments: Moments) -> Any:
    """What a clock in Greenwich shows when London's clock shows these moments, by day."""
    days, which = np.unique(moments.astype("datetime64[D]"), return_inverse=True)
    noons = [datetime.combine(day, time(12), LONDON) for day in days.tolist()]
    shift = np.array([noon.utcoffset() for noon in noons], "timedelta64[s]")
    return moments - shift[which]
