"""Tickets as ServiceNow exports them: every ticket raised or changed in a month, as at its end."""

from collections.abc import Callable
from typing import Any

import numpy as np

from scorecard.period import Month
from scorecard.sample import clock, directorates, dirt, lines, tickets
from scorecard.sample.clock import NEVER
from scorecard.sample.seeds import generator
from scorecard.sample.tickets import INCIDENT, REQUEST, Tickets

CORRECTED = Month(2025, 5)  # this month's incidents are sent again, with corrections

_MONTHS_BACK = 6  # no ticket lives longer
_PRIORITIES = ("1 - Critical", "2 - High", "3 - Moderate", "4 - Low", "5 - Planning")
_CHANNELS = ("Phone", "Email", "Self-service", "Chat", "Walk-in")
_CATEGORIES = (
    "Network",
    "Software",
    "Hardware",
    "Email",
    "Telephony",
    "Access",
    "Printing",
    "Other",
)
_SUBJECTS = (
    "Cannot connect, since this morning",
    'Error "access denied" in case system',
    "Laptop does not start",
    "Mailbox full",
    "Phone, no dial tone",
    "Password reset",
    "Printer jam; floor 2",
    "Question",
)
_ITEMS = (
    "Laptop",
    "Software",
    "New starter",
    "Shared mailbox",
    "Mobile phone",
    "Access",
    "Move",
    "Other",
)
_LIFE = {  # what a status is called, by kind: new, open, on hold, resolved, closed, cancelled
    INCIDENT: ("New", "In Progress", "On Hold", "Resolved", "Closed", "Canceled"),
    REQUEST: (
        "Open",
        "Work in Progress",
        "Pending",
        "Closed Complete",
        "Closed Complete",
        "Cancelled",
    ),
}


def incidents(seed: int, heads: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's incident export: the file, its rows, the dirt in it."""
    sheet, planted = _month(seed, heads, INCIDENT, month, _incident_sheet)
    rng = generator(seed, "incident file", month)
    if month == CORRECTED:
        wrong = dirt.some(rng, len(sheet["number"]), 0.03)
        dirt.spoil(sheet, "priority", wrong, _PRIORITIES[2], planted, "corrected_later")
    sheet = _soil(rng, sheet, "incident_state", planted)
    return _with_mark(rng, sheet, planted)


def incidents_again(seed: int, heads: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's incident export, sent again without the mistakes of the first."""
    sheet, planted = _month(seed, heads, INCIDENT, month, _incident_sheet)
    return _with_mark(generator(seed, "incident file again", month), sheet, planted)


def requests(seed: int, heads: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's request export: the file, its rows, the dirt in it."""
    sheet, planted = _month(seed, heads, REQUEST, month, _request_sheet)
    sheet = _soil(generator(seed, "request file", month), sheet, "state", planted)
    return lines.to_bytes(sheet), len(sheet["number"]), planted


def _with_mark(
    rng: np.random.Generator, sheet: lines.Sheet, planted: dirt.Planted
) -> tuple[bytes, int, dirt.Planted]:
    """The file with a byte order mark, and line ends of two systems."""
    rows = len(sheet["number"])
    ends = dirt.stray_line_ends(rng, rows, 0.01, planted)
    planted["byte_order_mark"] = 1
    return lines.to_bytes(sheet, encoding="utf-8-sig", line_end=ends), rows, planted


def _month(
    seed: int,
    heads: int,
    kind: str,
    month: Month,
    sheet_of: Callable[[Tickets, Any, Any], lines.Sheet],
) -> tuple[lines.Sheet, dirt.Planted]:
    """What a month's file says of every ticket raised or changed in the month."""
    start, end = clock.first_second(month), clock.first_second(month.shifted(1))
    sheets, planted = [], {"reopened": 0, "late_row": 0}
    for back in range(_MONTHS_BACK, -1, -1):
        cohort = tickets.raised(seed, heads, kind, month.shifted(-back))
        events = (
            cohort.opened,
            cohort.responded,
            *_resolutions(cohort),
            cohort.reopened,
            cohort.closed,
        )
        changed = np.logical_or.reduce([(event >= start) & (event < end) for event in events])
        if back < 2:
            changed = changed & ~cohort.logged_late if back == 0 else changed | cohort.logged_late
        rows = np.flatnonzero(changed)
        planted["reopened"] += int((cohort.reopened[rows] < end).sum())
        planted["late_row"] += int(cohort.logged_late[rows].sum()) if back == 1 else 0
        sheets.append(lines.taken(sheet_of(cohort, end, rows), rows))
    return lines.stacked(sheets), planted


def _resolutions(cohort: Tickets) -> tuple[Any, Any]:
    return cohort.resolved, cohort.resolved_again


def _soil(
    rng: np.random.Generator, sheet: lines.Sheet, state: str, planted: dirt.Planted
) -> lines.Sheet:
    """Plant an unknown directorate, bad dates, negative durations and duplicated rows."""
    rows = len(sheet["number"])
    department = (
        "caller_id.department" if "caller_id.department" in sheet else "requested_for.department"
    )
    done = np.flatnonzero(np.array(sheet["resolved_at"]) != "")
    negative, bad, unknown = np.split(rng.permutation(done)[: 3 * max(1, rows // 700)], 3)
    text = dirt.UNKNOWN_DIRECTORATE
    dirt.spoil(sheet, department, unknown, text, planted, "unknown_directorate")
    dirt.spoil(sheet, "opened_at", bad, f"{dirt.NO_SUCH_DAY} 09:00", planted, "bad_date")
    dirt.spoil(sheet, "resolved_at", negative, "2019-01-02 09:00:00", planted, "negative_duration")
    return dirt.duplicate(rng, sheet, rows, 0.003, planted)


def _status(cohort: Tickets, end: Any) -> tuple[Any, Any, Any]:
    """As at a moment: the status (index into _LIFE), when it was resolved, when reopened."""
    reopened = np.where(cohort.reopened < end, cohort.reopened, NEVER)
    first = np.where(cohort.resolved < end, cohort.resolved, NEVER)
    again = np.where(cohort.resolved_again < end, cohort.resolved_again, NEVER)
    to_come = ~np.isnat(reopened) & ~np.isnat(cohort.resolved_again)
    resolved = np.where(to_come, again, first)
    status = np.where(np.isnat(cohort.responded) | (cohort.responded >= end), 0, 1)
    status = np.where((status == 1) & (cohort.hold_minutes > 0), 2, status)
    status = np.where(~np.isnat(resolved), 3, status)
    status = np.where(cohort.closed < end, np.where(cohort.cancelled, 5, 4), status)
    return status, resolved, reopened


def _vendor_verdict(cohort: Tickets, resolved: Any) -> Any:
    """The vendor's flag: its clock knows neither bank holidays nor time on hold."""
    opened = cohort.opened.astype("datetime64[D]")
    weekdays = np.busday_count(
        opened, np.where(np.isnat(resolved), cohort.opened, resolved).astype("datetime64[D]")
    )
    seconds = (resolved - cohort.opened) - (resolved.astype("datetime64[D]") - opened)
    worked = weekdays * clock.WORKING_DAY + seconds.astype(np.int64)
    limit = np.array(tickets.RESOLVE[cohort.kind])[cohort.priority - 1] * 60
    return lines.blank_where(lines.flags(worked <= limit), np.isnat(resolved))


def _common(cohort: Tickets, end: Any, person: str) -> lines.Sheet:
    """The columns that incidents and requests share."""
    status, resolved, reopened = _status(cohort, end)
    done = ~np.isnat(resolved)
    closed = np.where(cohort.closed < end, cohort.closed, NEVER)
    name = cohort.directorate * 3 + cohort.number % 3
    scored = done & (cohort.score > 0)
    return {
        "state": lines.pick(_LIFE[cohort.kind], status),
        "priority": lines.pick(_PRIORITIES, cohort.priority - 1),
        "contact_type": lines.pick(_CHANNELS, cohort.channel),
        person: cohort.caller,
        f"{person}.department": lines.pick(directorates.EVERY_NAME, name),
        f"{person}.vip": lines.flags(cohort.is_member),
        "assignment_group": lines.pick(
            tickets.GROUPS, np.where(done, cohort.group, cohort.first_group)
        ),
        "u_first_group": lines.pick(tickets.GROUPS, cohort.first_group),
        "opened_at": lines.moments(cohort.opened),
        "u_first_response_at": lines.moments(
            np.where(cohort.responded < end, cohort.responded, NEVER)
        ),
        "resolved_at": lines.moments(resolved),
        "closed_at": lines.moments(closed),
        "u_reopened_at": lines.moments(reopened),
        "u_on_hold_minutes": lines.numbers(cohort.hold_minutes),
        "reassignment_count": lines.numbers(np.where(done, cohort.reassigned, 0)),
        "reopen_count": lines.numbers((~np.isnat(reopened)).astype(np.int8)),
        "made_sla": _vendor_verdict(cohort, resolved),
        "u_survey_sent": lines.flags(cohort.survey_sent & done),
        "u_csat_score": lines.numbers(np.ma.masked_array(cohort.score, ~scored)),
    }


def _incident_sheet(cohort: Tickets, end: Any, rows: Any) -> lines.Sheet:
    """The incident export's columns, in its order."""
    both = _common(cohort, end, "caller_id")
    _, resolved, _ = _status(cohort, end)
    seconds = clock.to_working(
        np.where(np.isnat(resolved), cohort.opened, resolved)
    ) - clock.to_working(cohort.opened)
    middle = "contact_type caller_id caller_id.department caller_id.vip assignment_group u_first_group opened_at"
    dates = "u_first_response_at resolved_at closed_at u_reopened_at u_on_hold_minutes"
    counts = "reassignment_count reopen_count made_sla"
    level = lines.pick(("1 - High", "2 - Medium", "3 - Low"), np.minimum(cohort.priority - 1, 2))
    return {
        "number": lines.pick(
            [f"INC{n:07d}" for n in cohort.number.tolist()], np.arange(len(cohort))
        ),
        "incident_state": both["state"],
        "impact": level,
        "urgency": level,
        "priority": both["priority"],
        "category": lines.pick(_CATEGORIES, cohort.subject),
        **{head: both[head] for head in f"{middle} {dates} {counts}".split()},
        "u_major_incident": lines.flags(cohort.priority == 1),
        "u_survey_sent": both["u_survey_sent"],
        "u_csat_score": both["u_csat_score"],
        "business_duration": lines.numbers(np.ma.masked_array(seconds, np.isnat(resolved))),
        "short_description": lines.pick([lines.quoted(text) for text in _SUBJECTS], cohort.subject),
    }


def _request_sheet(cohort: Tickets, end: Any, rows: Any) -> lines.Sheet:
    """The request export's columns, in its order."""
    return {
        "number": lines.pick(
            [f"RITM{n:07d}" for n in cohort.number.tolist()], np.arange(len(cohort))
        ),
        **_common(cohort, end, "requested_for"),
        "cat_item": lines.pick(_ITEMS, cohort.subject),
        "short_description": lines.pick([f'"{item}, please"' for item in _ITEMS], cohort.subject),
    }
