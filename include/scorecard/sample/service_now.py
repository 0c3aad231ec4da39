"""Tickets in ServiceNow's columns, as they stood at a moment."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from scorecard.sample import clock, directorates, lines, tickets
from scorecard.sample.clock import NEVER
from scorecard.sample.tickets import INCIDENT, REQUEST, Tickets

PRIORITIES = ("1 - Critical", "2 - High", "3 - Moderate", "4 - Low", "5 - Planning")
_LEVELS = ("1 - High", "2 - Medium", "3 - Low")
_CHANNELS = ("Phone", "Email", "Self-service", "Chat", "Walk-in")
_NEW, _OPEN, _ON_HOLD, _RESOLVED, _CLOSED, _CANCELLED = range(6)
_STATES = {
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
# What a ticket is about: category, description.
_INCIDENTS = (
    ("Network", "Cannot connect, since this morning"),
    ("Software", 'Error "access denied" in case system'),
    ("Hardware", "Laptop does not start"),
    ("Email", "Mailbox full"),
    ("Telephony", "Phone, no dial tone"),
    ("Access", "Password reset"),
    ("Printing", "Printer jam; floor 2"),
    ("Other", "Question"),
)
_REQUESTS = (
    ("Laptop", "New laptop, 14 inch"),
    ("Software", "Licence for a new colleague"),
    ("New starter", "Starts on Monday, please"),
    ("Shared mailbox", 'Mailbox "Planning enquiries"'),
    ("Mobile phone", "Replacement"),
    ("Access", "Access to a folder"),
    ("Move", "Desk move"),
    ("Other", "Question"),
)


def incidents(cohort: Tickets, end: np.datetime64) -> lines.Sheet:
    """The columns of `incident`, as at the end of a month."""
    columns = _columns(cohort, end, "caller_id", _INCIDENTS)
    level = lines.pick(_LEVELS, np.minimum(cohort.priority - 1, 2))
    columns |= {
        "number": lines.pick([f"INC{n:07d}" for n in cohort.number.tolist()], _all(cohort)),
        "impact": level,
        "urgency": level,
        "u_major_incident": lines.flags(cohort.priority == 1),
        "business_duration": _duration(cohort, end),
    }
    heads = """
    number state impact urgency priority subject contact_type caller_id caller_id.department
    caller_id.vip assignment_group u_first_group opened_at u_first_response_at resolved_at closed_at
    u_reopened_at u_on_hold_minutes reassignment_count reopen_count made_sla u_major_incident
    u_survey_sent u_csat_score business_duration short_description
    """
    names = {"state": "incident_state", "subject": "category"}
    return {names.get(head, head): columns[head] for head in heads.split()}


def requests(cohort: Tickets, end: np.datetime64) -> lines.Sheet:
    """The columns of `sc_req_item`, as at the end of a month."""
    columns = _columns(cohort, end, "requested_for", _REQUESTS)
    number = lines.pick([f"RITM{n:07d}" for n in cohort.number.tolist()], _all(cohort))
    subject, description = columns.pop("subject"), columns.pop("short_description")
    return {
        "number": number,
        **columns,
        "cat_item": subject,
        "short_description": description,
    }


def _all(cohort: Tickets) -> Any:
    return np.arange(len(cohort))


def _columns(
    cohort: Tickets, end: np.datetime64, person: str, subjects: Sequence[tuple[str, str]]
) -> lines.Sheet:
    """The columns that incidents and requests share."""
    status, resolved, reopened = _standing(cohort, end)
    done = ~np.isnat(resolved)
    group = np.where(done, cohort.group, cohort.first_group)
    name = cohort.directorate * 3 + cohort.number % 3
    return {
        "state": lines.pick(_STATES[cohort.kind], status),
        "priority": lines.pick(PRIORITIES, cohort.priority - 1),
        "contact_type": lines.pick(_CHANNELS, cohort.channel),
        person: cohort.caller,
        f"{person}.department": lines.pick(directorates.EVERY_NAME, name),
        f"{person}.vip": lines.flags(cohort.is_member),
        "assignment_group": lines.pick(tickets.GROUPS, group),
        "u_first_group": lines.pick(tickets.GROUPS, cohort.first_group),
        "opened_at": lines.moments(cohort.opened),
        "u_first_response_at": lines.moments(_until(cohort.responded, end)),
        "resolved_at": lines.moments(resolved),
        "closed_at": lines.moments(_until(cohort.closed, end)),
        "u_reopened_at": lines.moments(reopened),
        "u_on_hold_minutes": lines.numbers(cohort.hold_minutes),
        "reassignment_count": lines.numbers(np.where(done, cohort.reassigned, 0)),
        "reopen_count": lines.numbers((~np.isnat(reopened)).astype(np.int8)),
        "made_sla": _vendor_verdict(cohort, resolved),
        "u_survey_sent": lines.flags(cohort.survey_sent & done),
        "u_csat_score": lines.numbers(
            np.ma.masked_array(cohort.score, ~done | (cohort.score == 0))
        ),
        "subject": lines.pick([subject for subject, _ in subjects], cohort.subject),
        "short_description": lines.pick(
            [lines.quoted(text) for _, text in subjects], cohort.subject
        ),
    }


def _until(moments: Any, end: np.datetime64) -> Any:
    """The moments before the end; what happens later is not known yet."""
    return np.where(moments < end, moments, NEVER)


def _standing(cohort: Tickets, end: np.datetime64) -> tuple[Any, Any, Any]:
    """As at the end: each ticket's status, when it was resolved, and when reopened."""
    reopened, again = _until(cohort.reopened, end), _until(cohort.resolved_again, end)
    waits_again = ~np.isnat(reopened) & ~np.isnat(cohort.resolved_again)
    resolved = np.where(waits_again, again, _until(cohort.resolved, end))
    status = np.where(np.isnat(_until(cohort.responded, end)), _NEW, _OPEN)
    status = np.where((status == _OPEN) & (cohort.hold_minutes > 0), _ON_HOLD, status)
    status = np.where(~np.isnat(resolved), _RESOLVED, status)
    over = np.where(cohort.cancelled, _CANCELLED, _CLOSED)
    return np.where(cohort.closed < end, over, status), resolved, reopened


def _vendor_verdict(cohort: Tickets, resolved: Any) -> Any:
    """The vendor's flag: its clock knows neither bank holidays nor time on hold."""
    done = ~np.isnat(resolved)
    ended = np.where(done, resolved, cohort.opened)
    days, last = cohort.opened.astype("datetime64[D]"), ended.astype("datetime64[D]")
    within_day = ((ended - last) - (cohort.opened - days)).astype(np.int64)
    passed = np.busday_count(days, last) * clock.WORKING_DAY + within_day
    limit = np.array(tickets.RESOLVE[cohort.kind])[cohort.priority - 1] * 60
    return lines.blank_where(lines.flags(passed <= limit), ~done)


def _duration(cohort: Tickets, end: np.datetime64) -> Any:
    """Working seconds from opening to resolution."""
    _, resolved, _ = _standing(cohort, end)
    ended = np.where(np.isnat(resolved), cohort.opened, resolved)
    seconds = clock.to_working(ended) - clock.to_working(cohort.opened)
    return lines.numbers(np.ma.masked_array(seconds, np.isnat(resolved)))
