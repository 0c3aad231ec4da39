"""Where everybody is on each working day of a month: one truth behind all systems.

Desk bookings, sign-ins, print jobs and the leave on the HR list all follow it.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from scorecard.period import Month
from scorecard.sample import clock, people, story
from scorecard.sample.seeds import generator

LEAVE, SICK, OFFICE, AT_HOME, OUT, FREE = range(6)  # FREE: a day off of a part-timer's week
PLACES = 6
_SICK = 0.022
_CHANGED_PLANS = 0.06  # a home day spent at the office, or the other way round
_LEAVE_LENGTHS = np.array([1, 2, 3, 5, 5, 10])


@dataclass(frozen=True)
class Days:
    """A month's working days, and the place of each person on each of them."""

    dates: Any
    place: Any  # people x days

    @property
    def leave_days(self) -> Any:
        """Days of leave that each person took in the month."""
        return (self.place == LEAVE).sum(axis=1)


@lru_cache(maxsize=2)
def of(seed: int, heads: int, month: Month) -> Days:
    """Where everybody in post is on each working day of a month."""
    staff = people.in_post(seed, heads, month)
    dates = clock.working_days(month)
    rng = generator(seed, "days", month)
    shape = (len(staff), len(dates))

    changed = rng.random(shape) < _CHANGED_PLANS
    home = staff.home_days[:, clock.weekdays(dates)] ^ (changed & staff.remote_capable[:, None])
    place = np.where(home, AT_HOME, OFFICE)
    visiting = (staff.persona == people.MOBILE)[:, None] & (rng.random(shape) < 0.45)
    place[visiting & ~home] = OUT
    place[rng.random(shape) < _SICK] = SICK
    place[_on_leave(rng, month, shape)] = LEAVE
    place[~staff.work_days[:, clock.weekdays(dates)]] = FREE
    return Days(dates, place.astype(np.int8))


def _on_leave(rng: np.random.Generator, month: Month, shape: tuple[int, int]) -> Any:
    """Who is on leave on which day: at most one stretch a month each."""
    rows, days = shape
    share = story.LEAVE_SHARE[month.number - 1] * days / _LEAVE_LENGTHS.mean()
    length = rng.choice(_LEAVE_LENGTHS, (rows, 1)) * (rng.random((rows, 1)) < share)
    start = rng.integers(0, np.maximum(days - length, 0) + 1)
    day = np.arange(days)
    return (day >= start) & (day < start + length)
