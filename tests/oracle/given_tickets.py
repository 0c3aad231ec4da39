"""Random tickets, with every edge that the definitions speak of."""

import numpy as np

from oracle.calendar import DAY, moment
from oracle.rows import NONE, Rows
from oracle.tally import CODES

HOUR = 3600
STATUS = ("new", "open", "on_hold", "resolved", "closed", "cancelled")
LABELS = {
    "type": ("incident", "request"),
    "priority": ("P1", "P2", "P3", "P4", "P5"),
    "status": STATUS,
    "first_group": ("service_desk", "applications", "infrastructure", "projects"),
    "resolved_group": ("service_desk", "applications", "infrastructure", "projects"),
    "user_group": ("officer", "member"),
    "directorate": CODES,
}
FIRST, LAST = moment("2023-01-02"), moment("2025-07-10")

# Both sides of period ends in winter and summer, of both DST nights, of leap day and of hours.
_EDGES = """
    2023-06-30T22:59:59 2023-06-30T23:00:00 2023-06-30T23:59:59 2023-07-01T00:00:00
    2023-12-31T22:59:59 2023-12-31T23:00:00 2023-12-31T23:59:59 2024-01-01T00:00:00
    2024-03-31T22:59:59 2024-03-31T23:00:00 2024-03-31T23:59:59 2024-04-01T00:00:00
    2025-03-31T22:59:59 2025-03-31T23:00:00 2025-06-30T22:59:59 2025-06-30T23:00:00
    2024-03-31T00:59:00 2024-03-31T00:59:59 2024-03-31T01:00:00 2024-03-31T02:00:00
    2025-03-30T00:59:59 2025-03-30T01:00:00 2025-03-30T02:00:00 2025-03-29T23:30:00
    2024-10-26T23:59:00 2024-10-27T00:00:00 2024-10-27T00:59:59 2024-10-27T01:00:00
    2024-02-29T00:00:00 2024-02-29T09:00:00 2024-02-29T23:59:59 2024-03-01T00:00:00
    2024-05-06T10:00:00 2024-05-07T06:59:59 2024-05-07T07:00:00 2024-05-07T16:59:59
    2024-05-07T17:00:00 2024-07-01T06:29:59 2024-07-01T06:30:00 2024-07-06T08:00:00
    2024-07-06T12:00:00 2024-12-25T10:00:00 2024-06-30T23:00:00 2025-04-13T22:59:59
    """
EDGES = tuple(map(moment, _EDGES.split()))


def tickets(rng, size):
    """So many tickets as accepted rows."""
    opened = _opened(rng, size)
    priority = _or_none(rng, rng.choice(5, size, p=[0.05, 0.15, 0.4, 0.3, 0.1]), 0.01)
    kind = rng.choice(2, size, p=[0.7, 0.3])
    resolved = _resolved(rng, opened, kind, priority)
    groups = rng.integers(0, 4, (2, size))
    reassigned = _or_none(rng, rng.choice(4, size, p=[0.6, 0.2, 0.1, 0.1]), 0.03)
    groups[1] = np.where((reassigned == 0) & (rng.random(size) < 0.97), groups[0], groups[1])
    reopened, reopen_count = _reopened(rng, opened, resolved)
    status, closed = _ended(rng, opened, resolved, reopened)
    reopened = np.where(status == STATUS.index("cancelled"), NONE, reopened)
    scale = _or_none(rng, rng.choice([3, 5, 7, 10], size, p=[0.1, 0.6, 0.2, 0.1]), 0.02)
    columns = {
        "ticket_id": np.arange(size) - (rng.random(size) < 0.01),  # sent again: the last row holds
        "merged_into": np.where(rng.random(size) < 0.02, 1, NONE),
        "type": kind,
        "priority": priority,
        "status": status,
        "opened_at": opened,
        "first_response_at": _answered(rng, opened),
        "resolved_at": resolved,
        "closed_at": closed,
        "reopened_at": reopened,
        "on_hold_minutes": _on_hold(rng, size),
        "sla_resolve_met": _flag(rng, size, 0.7, 0.2),
        "excluded_from_sla": _flag(rng, size, 0.03, 0.3),
        "deleted": _flag(rng, size, 0.02, 0.3),
        "is_fcr": _flag(rng, size, 0.5, 0.7),
        "reopen_count": reopen_count,
        "reassignment_count": reassigned,
        "first_group": _or_none(rng, groups[0], 0.1),
        "resolved_group": _or_none(rng, groups[1], 0.05),
        "user_group": _or_none(rng, rng.choice(2, size, p=[0.9, 0.1]), 0.05),
        "csat_score": _scores(rng, scale),
        "csat_scale_max": scale,
        "directorate": _or_none(rng, rng.integers(0, len(CODES), size), 0.05),
    }
    return Rows("tickets", columns, LABELS)


def _opened(rng, size):
    """Any moment, a known edge, or a working hour on the stroke, from which hours are told."""
    anywhen = rng.integers(FIRST, LAST, size)
    day = rng.integers(FIRST // DAY, LAST // DAY, size) * DAY
    on_the_hour = day + rng.integers(6, 19, size) * HOUR
    chosen = rng.choice(3, size, p=[0.6, 0.2, 0.2])
    return np.choose(chosen, [anywhen, on_the_hour, rng.choice(EDGES, size)])


def _resolved(rng, opened, kind, priority):
    """After any while; at an edge; or at a due time and a second before and after it."""
    size = len(opened)
    anywhen = opened + np.minimum(rng.exponential(3 * DAY, size), 360 * DAY).astype(np.int64)
    nearly = rng.integers(-1, 2, size)
    round_the_clock = opened + 4 * HOUR + nearly
    # An SLA time of whole working days, as days of the calendar where weeks are whole.
    days = np.array([[1, 1, 3, 7, 14], [1, 3, 7, 14, 28]])[kind, np.maximum(priority, 0)]
    by_days = opened + days * DAY + nearly
    edge = np.maximum(rng.choice(EDGES, size), opened)
    edge = np.where(edge - opened > 360 * DAY, opened, edge)
    chosen = rng.choice(4, size, p=[0.6, 0.1, 0.15, 0.15])
    resolved = np.choose(chosen, [anywhen, round_the_clock, by_days, edge])
    return np.where(rng.random(size) < 0.08, NONE, resolved)


def _reopened(rng, opened, resolved):
    """Not at all; before the resolution; or after it, on both sides of 5 and of 14 days."""
    size = len(opened)
    whole = rng.choice([1, 5, 7, 8, 14], size) * DAY
    after = resolved + whole + rng.choice([-HOUR, -1, 0, 1, HOUR], size)
    later = resolved + rng.integers(0, 40 * DAY, size)
    last = np.where(resolved == NONE, opened + 30 * DAY, resolved)
    before = rng.integers(opened, np.maximum(last, opened + 1))
    chosen = rng.choice(4, size, p=[0.7, 0.1, 0.1, 0.1])
    moments = np.choose(chosen, [np.full(size, NONE), after, later, before])
    moments = np.where((resolved == NONE) & (chosen < 3), NONE, moments)
    times = np.where(moments == NONE, 0, rng.choice([1, 2], size))
    undated = (rng.random(size) < 0.02) & (
        moments == NONE
    )  # counted and not dated, as event logs do
    return moments, _or_none(rng, np.where(undated, 1, times), 0.02)


def _ended(rng, opened, resolved, reopened):
    """Status and moment of closing: closed tickets, some reopened before; cancelled; open ones."""
    size = len(opened)
    last = np.maximum(np.where(resolved == NONE, opened, resolved), reopened)
    closing = last + rng.integers(0, 20 * DAY, size)
    is_closed = (resolved != NONE) & (rng.random(size) < 0.6)
    is_cancelled = rng.random(size) < np.where(resolved == NONE, 0.3, 0.02)
    again = (resolved != NONE) & (reopened > resolved)
    status = np.select(
        [is_cancelled, is_closed, again | (resolved == NONE)],
        [STATUS.index("cancelled"), STATUS.index("closed"), STATUS.index("open")],
        STATUS.index("resolved"),
    )
    told = (is_closed | is_cancelled) & (rng.random(size) < 0.9)
    return status, np.where(told, closing, NONE)


def _answered(rng, opened):
    size = len(opened)
    soon = rng.choice([15 * 60, HOUR, 4 * HOUR, DAY], size) + rng.integers(-1, 2, size)
    later = rng.exponential(6 * HOUR, size).astype(np.int64)
    answered = opened + np.where(rng.random(size) < 0.4, soon, later)
    return np.where(rng.random(size) < 0.1, NONE, answered)


def _on_hold(rng, size):
    return _or_none(
        rng, rng.choice([0, 1, 60, 600, 3000], size, p=[0.7, 0.1, 0.1, 0.05, 0.05]), 0.1
    )


def _scores(rng, scale):
    best = np.where(scale == NONE, 5, scale)
    return _or_none(rng, rng.integers(1, best + 1), 0.7)


def _flag(rng, size, true, none):
    return _or_none(rng, (rng.random(size) < true).astype(np.int64), none)


def _or_none(rng, values, share):
    return np.where(rng.random(len(values)) < share, NONE, values)
