"""The desk's monthly exports: every ticket raised or changed in a month, as at its end.

So a ticket raised in March and resolved in April is in both files, and the newer row wins.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from scorecard.period import Month
from scorecard.sample import clock, dirt, lines, service_now, story, tickets
from scorecard.sample.seeds import generator
from scorecard.sample.tickets import INCIDENT, REQUEST, Tickets

CORRECTED = Month(2025, 5)  # this month's incidents are sent again
_MONTHS_BACK = 6  # no ticket lives longer


def incidents(seed: int, heads: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's incident export: the file, its rows, the dirt in it."""
    sheet, planted = _month(seed, heads, INCIDENT, month, service_now.incidents)
    rng = generator(seed, "incident file", month)
    if month == CORRECTED:
        wrong = np.flatnonzero(np.array(sheet["priority"]) == service_now.PRIORITIES[3])[::12]
        text = service_now.PRIORITIES[2]
        dirt.spoil(sheet, "priority", wrong, text, planted, "corrected_later")
    sheet = _soiled(rng, sheet, "caller_id.department", planted)
    return _marked(rng, sheet, planted)


def incidents_again(seed: int, heads: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's incident export, sent again without the mistakes of the first."""
    sheet, planted = _month(seed, heads, INCIDENT, month, service_now.incidents)
    return _marked(generator(seed, "incident file again", month), sheet, planted)


def requests(seed: int, heads: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's request export: the file, its rows, the dirt in it."""
    sheet, planted = _month(seed, heads, REQUEST, month, service_now.requests)
    rng = generator(seed, "request file", month)
    sheet = _soiled(rng, sheet, "requested_for.department", planted)
    return lines.to_bytes(sheet), lines.height(sheet), planted


def _month(
    seed: int,
    heads: int,
    kind: str,
    month: Month,
    columns: Callable[[Tickets, np.datetime64], lines.Sheet],
) -> tuple[lines.Sheet, dirt.Planted]:
    """What a month's file says of every ticket raised or changed in the month."""
    start, end = clock.first_second(month), clock.first_second(month.shifted(1))
    sheets, planted = [], {"reopened": 0, "late_row": 0}
    for back in range(min(_MONTHS_BACK, story.history(month)), -1, -1):
        cohort = tickets.raised(seed, heads, kind, month.shifted(-back))
        listed = _changed(cohort, start, end)
        if back == 0:
            listed &= ~cohort.logged_late
        if back == 1:
            listed |= cohort.logged_late
            planted["late_row"] = int(cohort.logged_late.sum())
        planted["reopened"] += int((listed & (cohort.reopened < end)).sum())
        sheets.append(lines.taken(columns(cohort, end), np.flatnonzero(listed)))
    return lines.stacked(sheets), planted


def _changed(cohort: Tickets, start: np.datetime64, end: np.datetime64) -> Any:
    """Which tickets something happened to between two moments."""
    events = (
        cohort.opened,
        cohort.responded,
        cohort.resolved,
        cohort.reopened,
        cohort.resolved_again,
        cohort.closed,
    )
    return np.logical_or.reduce([(event >= start) & (event < end) for event in events])


def _soiled(
    rng: np.random.Generator, sheet: lines.Sheet, department: str, planted: dirt.Planted
) -> lines.Sheet:
    """The sheet with an unknown directorate, bad dates, negative durations, duplicated rows."""
    done = np.flatnonzero(np.array(sheet["resolved_at"]) != "")
    negative, bad, unknown, twice = dirt.apart(rng, done, 0.0015, 0.0015, 0.0015, 0.003)
    text = dirt.UNKNOWN_DIRECTORATE
    dirt.spoil(sheet, department, unknown, text, planted, "unknown_directorate")
    dirt.spoil(sheet, "opened_at", bad, f"{dirt.NO_SUCH_DAY} 09:00", planted, "bad_date")
    dirt.spoil(sheet, "resolved_at", negative, "2019-01-02 09:00:00", planted, "negative_duration")
    return dirt.duplicate(sheet, twice, planted)


def _marked(
    rng: np.random.Generator, sheet: lines.Sheet, planted: dirt.Planted
) -> tuple[bytes, int, dirt.Planted]:
    """The file with a byte order mark, and line ends of two systems."""
    rows = lines.height(sheet)
    ends = dirt.stray_line_ends(rng, rows, 0.01, planted)
    planted["byte_order_mark"] = 1
    return lines.to_bytes(sheet, encoding="utf-8-sig", line_end=ends), rows, planted
