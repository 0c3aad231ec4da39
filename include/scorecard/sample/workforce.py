"""What HR sends each month: the list of people with their patterns, and its totals."""

from typing import Any

import numpy as np
import pyarrow as pa

from scorecard.period import Month
from scorecard.sample import days, directorates, dirt, lines, people
from scorecard.sample.seeds import generator

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
_PATTERNS = [
    " ".join(name for bit, name in enumerate(_WEEKDAYS) if pattern >> bit & 1)
    for pattern in range(32)
]
_UNKNOWN = len(directorates.CODES)  # the unknown directorate's number, after the known ones
_LIST_NAMES = (*directorates.EVERY_NAME, *3 * (dirt.UNKNOWN_DIRECTORATE,))
_TOTAL_NAMES = (*directorates.OFFICIAL, dirt.UNKNOWN_DIRECTORATE)


def work_patterns(seed: int, heads: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's HR list, one row for each person: the file, its rows, the dirt in it."""
    staff, listed = people.in_post(seed, heads, month), _directorates(seed, heads, month)
    where = days.of(seed, heads, month)
    sheet = {
        "Month": lines.shared(str(month), len(staff)),
        "Employee": staff.login,
        "Directorate": lines.pick(_LIST_NAMES, listed * 3 + staff.post % 3),
        "Persona": lines.pick(people.PERSONAS, staff.persona),
        "Remote capable": lines.flags(staff.remote_capable, "Y", "N"),
        "FTE": lines.hundredths(staff.fte_hundredths),
        "Work days": lines.pick(_PATTERNS, staff.work_days @ (1 << np.arange(5))),
        "Home days": lines.pick(_PATTERNS, staff.home_days @ (1 << np.arange(5))),
        "Leave days": lines.numbers(where.leave_days),
        "Leave on": _days_of_leave(where),
    }
    planted = {"unknown_directorate": int((listed == _UNKNOWN).sum())}
    rng = generator(seed, "work patterns", month)
    sheet = dirt.duplicate(sheet, dirt.some(rng, len(staff), 0.001), planted)
    return lines.to_bytes(sheet), len(sheet["Employee"]), planted


def _days_of_leave(where: days.Days) -> Any:
    """The days of the month that each person took as leave, such as 02 03 16."""
    on_leave = where.place == days.LEAVE
    day = [f"{date.item():%d}" for date in where.dates]
    texts = [" ".join(day[n] for n in np.flatnonzero(row)) for row in on_leave[on_leave.any(1)]]
    found = np.full(len(on_leave), "", dtype=object)
    found[on_leave.any(1)] = texts
    return pa.array(found.tolist())


def totals(seed: int, heads: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's totals by directorate and persona, which agree with the list."""
    staff, where = people.in_post(seed, heads, month), days.of(seed, heads, month)
    cell = _directorates(seed, heads, month) * 4 + staff.persona

    def total(values: Any) -> Any:
        """The sum over the people of each directorate and persona."""
        return np.bincount(cell, weights=values, minlength=4 * len(_TOTAL_NAMES)).astype(np.int64)

    fte, ones = staff.fte_hundredths, np.ones(len(staff), np.int64)
    # A part-timer's month is worth their share of all working days, spread over their own.
    own_days = np.maximum((where.place != days.FREE).sum(axis=1), 1)
    leave = np.rint(fte * where.leave_days * len(where.dates) / own_days)
    headcount = total(ones)
    sheet = {
        "month": lines.shared(str(month), len(headcount)),
        "directorate": lines.pick(_TOTAL_NAMES, np.arange(len(headcount)) // 4),
        "persona": lines.pick(
            [name.lower() for name in people.PERSONAS], np.arange(len(headcount)) % 4
        ),
        "headcount": lines.numbers(headcount),
        "active_users": lines.numbers(headcount - headcount // 60),
        "joiners": lines.numbers(total(staff.joined)),
        "leavers": lines.numbers(total(staff.leaving)),
        "fte": lines.hundredths(total(fte)),
        "remote_capable_fte": lines.hundredths(total(fte * staff.remote_capable)),
        "contracted_fte_days": lines.hundredths(total(fte * len(where.dates))),
        "leave_fte_days": lines.hundredths(total(leave)),
        "hours_per_day": lines.shared("7.4", len(headcount)),
    }
    sheet = lines.taken(sheet, np.flatnonzero(headcount))
    planted = {"unknown_directorate": int((headcount[4 * _UNKNOWN :] > 0).sum())}
    return lines.to_bytes(sheet), len(sheet["month"]), planted


def _directorates(seed: int, heads: int, month: Month) -> Any:
    """Each person's directorate on HR's list: a few are in one that nobody knows."""
    listed = people.in_post(seed, heads, month).directorate.copy()
    listed[dirt.some(generator(seed, "lost posts", month), len(listed), 0.0008)] = _UNKNOWN
    return listed
