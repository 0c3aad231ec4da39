"""What happens to the tickets that are raised in one month: the desk's truth, without any format.

Work passes on the council's calendar: a ticket takes a share of its SLA time, more than all of it
when it is late. The SLA times are those of Exampleshire's council.yaml.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from scorecard.period import Month, months_between
from scorecard.sample import clock, people, story
from scorecard.sample.clock import NEVER, WORKING_DAY
from scorecard.sample.lines import Column
from scorecard.sample.seeds import generator

INCIDENT, REQUEST = "incident", "request"
# Minutes to answer and to resolve, P1 to P5; a P1 incident's clock runs day and night.
RESPOND = {INCIDENT: (15, 60, 240, 600, 1200), REQUEST: (60, 240, 600, 600, 1200)}
RESOLVE = {INCIDENT: (240, 600, 1800, 3000, 6000), REQUEST: (600, 1800, 3000, 6000, 12000)}
_PRIORITIES = {
    INCIDENT: (0.006, 0.06, 0.48, 0.38, 0.074),
    REQUEST: (0.001, 0.02, 0.38, 0.50, 0.099),
}
_OUTAGE_PRIORITIES = (0.02, 0.14, 0.52, 0.27, 0.05)
_OUTAGE_DAYS = (np.datetime64("2025-05-13"), np.datetime64("2025-05-16"))
_CHANNELS = (0.31, 0.22, 0.36, 0.08, 0.03)

GROUPS = ("Service Desk", "Applications Support", "Infrastructure and Networks", "Project Office")
_RESOLVERS = {INCIDENT: (0.64, 0.19, 0.15, 0.02), REQUEST: (0.60, 0.22, 0.13, 0.05)}
_STUCK = 0.012  # wait for a supplier, for weeks
_CANCELLED, _REOPENED, _LOGGED_LATE = 0.02, 0.042, 0.004
_OLDER = 9_000_000  # the last number of the older system
_FEWEST = 30  # even of a very small council


@dataclass(frozen=True)
class Tickets:
    """The tickets of one kind raised in a month, oldest first: one element each per array."""

    kind: str
    number: Any
    caller: Column
    directorate: Any  # index into directorates.CODES
    is_member: Any
    priority: Any  # 1 to 5
    channel: Any
    subject: Any
    logged_late: Any  # comes with the next month's file only
    first_group: Any  # indices into GROUPS
    group: Any
    reassigned: Any
    opened: Any
    responded: Any
    hold_minutes: Any
    resolved: Any  # for the first time
    reopened: Any
    resolved_again: Any
    closed: Any
    cancelled: Any
    survey_sent: Any
    score: Any  # 0: no answer

    def __len__(self) -> int:
        return len(self.number)


def count(kind: str, heads: int, month: Month) -> int:
    """How many tickets of a kind are raised in a month."""
    return max(_FEWEST, round(story.tickets_per_head(kind, month) * heads))


@lru_cache(maxsize=64)
def _numbered_before(kind: str, heads: int, month: Month) -> int:
    """How many tickets were numbered before a month; the older system had numbers of its own."""
    if month < story.EPOCH:
        left = months_between(month, story.EPOCH.shifted(-1))
        return _OLDER - sum(count(kind, heads, one) for one in left)
    return sum(count(kind, heads, one) for one in months_between(story.EPOCH, month.shifted(-1)))


@lru_cache(maxsize=16)
def raised(seed: int, heads: int, kind: str, month: Month) -> Tickets:
    """The tickets of a kind that are raised in a month, and all that ever happens to them."""
    rng = generator(seed, kind, month)
    total = count(kind, heads, month)
    opened = _opened(rng, month, total)
    priority = _priority(rng, kind, opened)
    return Tickets(
        kind=kind,
        number=_numbered_before(kind, heads, month) + np.arange(total) + 1,
        opened=opened,
        priority=priority,
        channel=rng.choice(len(_CHANNELS), total, p=_CHANNELS),
        subject=rng.integers(0, 8, total),
        logged_late=(rng.random(total) < _LOGGED_LATE) | (np.arange(total) == total - 1),
        **_callers(rng, seed, heads, month, total),
        **_groups(rng, kind, total),
        **_life(rng, kind, month, opened, priority),
        **_survey(rng, month, total),
    )


def _opened(rng: np.random.Generator, month: Month, total: int) -> Any:
    """When tickets are raised: working days, Mondays most, and a few at odd hours."""
    days = clock.working_days(month)
    weight = np.where(clock.weekdays(days) == 0, 1.25, 1.0)
    if month == story.OUTAGE:
        weight[(days >= _OUTAGE_DAYS[0]) & (days <= _OUTAGE_DAYS[1])] *= 3
    day = rng.choice(days, total, p=weight / weight.sum())
    at = day.astype("datetime64[s]") + clock.times_of_day(rng, total)
    first, end = clock.first_second(month), clock.first_second(month.shifted(1))
    anywhen = first + rng.integers(0, int((end - first).astype(np.int64)), total)
    return np.sort(np.where(rng.random(total) < 0.03, anywhen, at))


def _priority(rng: np.random.Generator, kind: str, opened: Any) -> Any:
    """Priorities 1 to 5; more of them urgent in the days of the outage."""
    usual = rng.choice(5, len(opened), p=_PRIORITIES[kind]) + 1
    worse = rng.choice(5, len(opened), p=_OUTAGE_PRIORITIES) + 1
    days = opened.astype("datetime64[D]")
    outage = (days >= _OUTAGE_DAYS[0]) & (days <= _OUTAGE_DAYS[1]) & (kind == INCIDENT)
    return np.where(outage, worse, usual)


def _callers(
    rng: np.random.Generator, seed: int, heads: int, month: Month, total: int
) -> dict[str, Any]:
    """Who raises each ticket, their directorate, and whether they are a councillor."""
    staff, members = people.in_post(seed, heads, month), people.councillors()
    who = rng.integers(0, len(staff), total)
    member = len(staff) + rng.integers(0, len(members), total)
    is_member = rng.random(total) < 0.02
    logins = pa.concat_arrays([staff.login, members])
    return {
        "caller": logins.take(pa.array(np.where(is_member, member, who))),
        "directorate": np.where(is_member, 5, staff.directorate[who]),
        "is_member": is_member,
    }


def _groups(rng: np.random.Generator, kind: str, total: int) -> dict[str, Any]:
    """The group that had each ticket first, the one that resolved it, and the moves between."""
    group = rng.choice(4, total, p=_RESOLVERS[kind])
    first = np.where(rng.random(total) < 0.93, 0, group)
    detours = rng.choice(4, total, p=(0.90, 0.06, 0.03, 0.01))
    return {"first_group": first, "group": group, "reassigned": (first != group) + detours}


def _life(
    rng: np.random.Generator, kind: str, month: Month, opened: Any, priority: Any
) -> dict[str, Any]:
    """When each ticket is answered, resolved, reopened and closed."""
    total, never_stops = len(opened), (priority == 1) & (kind == INCIDENT)
    hold = (rng.random(total) < 0.13) * rng.integers(30, 1200, total)
    late = rng.random(total) >= story.within_sla(kind, month)
    need = np.array(RESOLVE[kind])[priority - 1] * 60 * _share_of_sla(rng, late)
    stuck = (rng.random(total) < _STUCK) & (priority >= 3)
    need = np.where(stuck, rng.integers(20, 60, total) * WORKING_DAY, need)
    slow = rng.random(total) >= story.answered_within_sla(month)
    answer = np.array(RESPOND[kind])[priority - 1] * 60 * _share_of_sla(rng, slow)
    resolved = _after(opened, need + hold * 60, never_stops)
    cancelled = rng.random(total) < _CANCELLED
    reopened, again = _reopened(rng, resolved, cancelled)
    finished = np.where(np.isnat(again), resolved, again)
    return {
        "responded": np.minimum(_after(opened, answer, never_stops), resolved),
        "hold_minutes": hold,
        "resolved": np.where(cancelled, NEVER, resolved),
        "reopened": reopened,
        "resolved_again": again,
        "closed": _after(
            np.where(np.isnat(reopened), finished, np.maximum(finished, reopened)), 5 * WORKING_DAY
        ),
        "cancelled": cancelled,
    }


def _share_of_sla(rng: np.random.Generator, late: Any) -> Any:
    """Which share of its SLA time a ticket takes: mostly little, above 1 when it is late."""
    chance = rng.random(len(late))
    return np.where(late, 1.02 + 2.4 * chance**3, 0.01 + 0.97 * chance**2)


def _after(start: Any, seconds: Any, never_stops: Any = False) -> Any:
    """The moment so many seconds of work later; plain seconds where the clock never stops."""
    seconds = np.round(seconds).astype(np.int64)
    working = clock.from_working(clock.to_working(start) + seconds)
    return np.where(never_stops, start + seconds.astype("timedelta64[s]"), working)


def _reopened(rng: np.random.Generator, resolved: Any, cancelled: Any) -> tuple[Any, Any]:
    """When some tickets came back, and when those were resolved again.

    Some are closed again without a new resolution: the desk then keeps the first one.
    """
    total = len(resolved)
    back = ~cancelled & (rng.random(total) < _REOPENED)
    reopened = _after(resolved, rng.integers(1, 8 * WORKING_DAY, total))
    again = _after(reopened, rng.integers(1800, 4 * WORKING_DAY, total))
    renewed = back & (rng.random(total) < 0.6)
    return np.where(back, reopened, NEVER), np.where(renewed, again, NEVER)


def _survey(rng: np.random.Generator, month: Month, total: int) -> dict[str, Any]:
    """Who is asked for a score once the ticket is resolved, and what they answer."""
    sent = rng.random(total) < 0.45
    answered = sent & (rng.random(total) < 0.32)
    score = rng.choice(5, total, p=story.satisfaction(month)) + 1
    return {"survey_sent": sent, "score": score * answered}
