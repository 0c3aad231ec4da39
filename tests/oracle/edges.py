"""The edge cases that the definitions speak of, and how often each is among the rows."""

import numpy as np

from oracle.calendar import DAY, london, moment, month
from oracle.given_people import FIRST, MILLION
from oracle.given_presence import STRANGER
from oracle.rows import NONE


def edges(case):
    """How many rows there are of every edge case, by its name."""
    found = {}
    for table, rows in case.given.items():
        found |= {
            f"{table}: {name}": int(np.sum(where)) for name, where in _OF[table](rows).items()
        }
    return found


def _moments(values):
    """Both sides of period ends, both DST nights, leap day."""
    texts = {
        "last second of a summer quarter": "2025-06-30T22:59:59",
        "first second after a summer quarter": "2025-06-30T23:00:00",
        "midnight in UTC after a summer quarter": "2023-07-01T00:00:00",
        "an hour before the end of a winter quarter": "2023-12-31T22:59:59",
        "last second of a winter quarter": "2023-12-31T23:59:59",
        "first second after a winter quarter": "2024-01-01T00:00:00",
        "last second before the clocks go forward": "2024-03-31T00:59:59",
        "first second after the clocks went forward": "2024-03-31T01:00:00",
        "last second before the clocks go back": "2024-10-27T00:59:59",
        "first second after the clocks went back": "2024-10-27T01:00:00",
        "leap day": "2024-02-29T23:59:59",
    }
    return {name: values == moment(text) for name, text in texts.items()}


def _tickets(rows):
    opened, resolved, reopened = (rows[f"{name}_at"] for name in ("opened", "resolved", "reopened"))
    done = resolved != NONE
    after = np.where(done & (reopened != NONE), reopened - resolved, NONE)
    local = np.where(done, london(np.where(done, resolved, 0)), NONE)
    is_p1 = rows.has("priority", "P1") & rows.has("type", "incident")
    return {
        **_moments(resolved),
        **{f"opened, {name}": where for name, where in _moments(opened).items()},
        "opened on a bank holiday": london(opened) // DAY == moment("2024-05-06") // DAY,
        "opened on a worked Saturday": opened == moment("2024-07-06T08:00:00"),
        "resolved at the stroke of opening hours": local % DAY == 8 * 3600,
        "at the very due time, day and night": is_p1 & (resolved == opened + 4 * 3600),
        "a second late, day and night": is_p1 & (resolved == opened + 4 * 3600 + 1),
        "resolved the second it was opened": done & (resolved == opened),
        "reopened after 14 days to the second": after == 14 * DAY,
        "reopened after 14 days and a second": after == 14 * DAY + 1,
        "reopened the second it was resolved": after == 0,
        "reopened before the last resolution": (after < 0) & (after != NONE),
        "reopened and closed": (after > 0) & rows.has("status", "closed"),
        "reopened twice": rows["reopen_count"] == 2,
        "counted as reopened and not dated": (rows["reopen_count"] > 0) & (reopened == NONE),
        "on hold": rows["on_hold_minutes"] > 0,
        "sent again": np.append(rows["ticket_id"][1:] == rows["ticket_id"][:-1], False),
        **{f"no {name}": rows[name] == NONE for name in (
            "priority", "directorate", "first_group", "resolved_group", "is_fcr", "on_hold_minutes",
            "sla_resolve_met", "excluded_from_sla", "deleted", "csat_score", "user_group",
            "reassignment_count", "first_response_at", "resolved_at", "csat_scale_max",
        )},
        **{name: rows[name] == 1 for name in ("excluded_from_sla", "deleted")},
        "merged": rows["merged_into"] != NONE,
        "cancelled": rows.has("status", "cancelled"),
        "cancelled with a resolution": rows.has("status", "cancelled") & done,
        "of a member": rows.has("user_group", "member"),
    }  # fmt: skip


def _ledger(rows):
    return {
        "period 13": rows["period_no"] == 13,
        "second forecast": rows["forecast_version"] == 1,
        "no profile": rows["profiled_ytd"] == NONE,
        "no forecast": rows["forecast_outturn"] == NONE,
        "no commitments": rows["commitments"] == NONE,
        "negative amount": (rows["actual_ytd"] < 0) & (rows["actual_ytd"] != NONE),
        "income printed negative": (rows["income_flag"] == 1) & (rows["revised_budget"] < 0),
        "income printed positive": (rows["income_flag"] == 1) & (rows["revised_budget"] > 0),
        "no budget": rows["revised_budget"] == 0,
        "capital": rows["capital_flag"] == 1,
        "not known whether capital": rows["capital_flag"] == NONE,
        "not known whether income": rows["income_flag"] == NONE,
        "no directorate": rows["directorate"] == NONE,
        "of the envelope": rows.has("project_code", "DIG-ENV"),
        "half a penny of a straight line": (rows["profiled_ytd"] == NONE)
        & (rows["revised_budget"] * rows["period_no"] % 12 == 6),
    }


def _savings(rows):
    year = rows["year"] + 2022
    keys = rows["saving_id"] * 1000 + rows["as_at_month"]
    return {
        "no profile": rows["profiled_target_ytd"] == NONE,
        "nothing to be saved": rows["target"] == 0,
        "negative delivery": (rows["delivered"] < 0) & (rows["delivered"] != NONE),
        "listed by two strategies": [len(keys) - len(np.unique(keys))],
        "next year's, listed ahead": year > 1970 + (rows["as_at_month"] + FIRST - 3) // 12,
        "of no strategy": rows["strategy"] == NONE,
        "of a strategy without savings": rows.has("strategy", "NETWORK-2024"),
        "no directorate": rows["directorate"] == NONE,
    }


def _print_jobs(rows):
    pages, duplex = rows["pages"], rows["duplex"] == 1
    return {
        **_moments(rows["job_at"]),
        "odd pages on both sides": duplex & (pages % 2 == 1) & (pages > 1),
        "one page on both sides": duplex & (pages == 1),
        "counted sides of several copies": (rows["duplex_pages"] % 2 == 1)
        & (rows["duplex_pages"] != NONE) & (rows["copies"] > 1),
        "A3": rows.has("paper_size", "A3"),
        "sheets of the device": rows["sheets"] != NONE,
        "zero copies": rows["copies"] == 0,
        "refunded": rows["refunded"] == 1,
        "cancelled": rows["cancelled"] == 1,
        "did not come out": rows["printed"] == 0,
        "a day of a user": rows.has("grain", "user_day"),
        "of nobody": rows["user_pseud"] == NONE,
        "of a directorate that the log names": rows["directorate"] != NONE,
        **{f"no {name}": rows[name] == NONE for name in (
            "pages", "copies", "colour_pages", "duplex", "printed", "refunded", "cancelled",
            "paper_size",
        )},
    }  # fmt: skip


def _staff(rows):
    return {
        "part-time": rows["fte"] < MILLION,
        "more than full-time": rows["fte"] > MILLION,
        "on leave": rows["leave_days"] > 0,
        "on leave for half a day": rows["leave_days"] == MILLION // 2,
        "on leave for the whole month": rows["leave_days"] == 31 * MILLION,
        "on leave on known days": rows["leave_on"] != NONE,
        "a week of its own": rows["work_weekdays"] != NONE,
        "no agreed days": rows["home_weekdays"] == NONE,
        "no directorate": rows["directorate"] == NONE,
        "not known whether remote-capable": rows["remote_capable"] == NONE,
        "a month without a list": [month("2024-09") - FIRST not in rows["month"]],
    }


def _workforce(rows):
    of_zero = (rows["month"] == 5) & (rows["directorate"] == 5)
    return {
        "a directorate without anybody": of_zero & (rows["fte"] == 0),
        "no contracted days": rows["contracted_fte_days"] == NONE,
        "no hours": rows["hours_per_day"] == NONE,
        "no directorate": rows["directorate"] == NONE,
    }


def _presence_events(rows):
    vpn = rows.has("evidence", "vpn")
    ends = rows["event_at"] + np.maximum(rows["minutes"], 0) * 60
    same = (rows["person_pseud"][1:] == rows["person_pseud"][:-1]) & vpn[1:]
    same &= rows["event_at"][1:] >= rows["event_at"][:-1]
    return {
        **_moments(rows["event_at"]),
        "VPN of two hours": vpn & (rows["minutes"] == 120),
        "VPN of a minute less": vpn & (rows["minutes"] == 119),
        "VPN of an hour": vpn & (rows["minutes"] == 60),
        "VPN twice at once": np.append(vpn[:-1] & (rows["event_at"][1:] < ends[:-1]) & same, False),
        "VPN past midnight": vpn & (london(rows["event_at"]) // DAY < london(ends) // DAY),
        "not known how long": vpn & (rows["minutes"] == NONE),
        "from a network that is not known": rows["network"] == NONE,
        "failed": rows.has("outcome", "failure"),
        "booked and not there": rows.has("outcome", "no_show"),
        "not on the staff list": rows["person_pseud"] >= STRANGER,
    }


def _travel_survey(rows):
    return {
        "no weight": rows["weight"] == NONE,
        "no distance": rows["one_way_km"] == NONE,
        "no directorate": rows["directorate"] == NONE,
        "on foot": rows.has("mode", "walk"),
        "an earlier wave": rows["surveyed_month"] == 0,
    }


_OF = {
    "tickets": _tickets,
    "ledger": _ledger,
    "savings": _savings,
    "print_jobs": _print_jobs,
    "staff": _staff,
    "workforce": _workforce,
    "presence_events": _presence_events,
    "travel_survey": _travel_survey,
}
