"""The service desk's KPIs, reckoned from the words of their definitions."""

from fractions import Fraction

import numpy as np
import pandas as pd

from oracle.calendar import DAY, Span, london, london_day, london_month
from oracle.rows import NONE
from oracle.tally import COUNCIL, NAMES, Monthly, counts, place, ratios, rowwise

AGED_DAYS, REOPENED_DAYS, FIXED_WORKING_DAYS = 30, 14, 5
MILLION = 1_000_000


class Desk:
    """The tickets that count, each in its last form, with our own due times."""

    def __init__(self, tickets, clock, sla):
        last = ~pd.Series(tickets["ticket_id"]).duplicated(keep="last").to_numpy()
        kept = last & (tickets["merged_into"] == NONE) & (tickets["deleted"] != 1)
        self.rows = tickets
        self.columns = {name: values[kept] for name, values in tickets.columns.items()}
        self.clock = clock
        self.is_cancelled = self["status"] == tickets.code("status", "cancelled")
        self.opened = self["opened_at"]
        self.resolved = np.where(self.is_cancelled, NONE, self["resolved_at"])
        self.opened_month = london_month(self.opened)
        self.resolved_month = london_month(self.resolved)
        self.hold = np.where(self["on_hold_minutes"] == NONE, 0, self["on_hold_minutes"]) * 60
        self.is_incident = self["type"] == tickets.code("type", "incident")
        self.is_sla = self["excluded_from_sla"] != 1
        self._promise(sla)
        self.response_due = self._due(self.respond)
        self.resolve_due = self._due(self.resolve + self.hold)
        self.met = (self.resolve_due != NONE) & (self.resolved <= self.resolve_due)

    def __getitem__(self, column):
        return self.columns[column]

    def _promise(self, sla):
        """The SLA seconds of each ticket, by its type and priority, on the day it was opened."""
        size, day = len(self.opened), london_day(self.opened)
        self.respond, self.resolve = np.full(size, NONE), np.full(size, NONE)
        self.is_day_and_night = np.zeros(size, bool)
        for row in sorted(sla, key=lambda row: row.starts):
            meant = (
                (self["type"] == self.rows.code("type", row.type))
                & (self["priority"] == self.rows.code("priority", row.priority))
                & (day >= np.datetime64(row.starts, "D").astype(np.int64))
            )
            self.respond[meant] = row.respond_minutes * 60
            self.resolve[meant] = row.resolve_minutes * 60
            self.is_day_and_night[meant] = row.hours == "all"

    def _due(self, seconds):
        known = self.respond != NONE
        seconds = np.where(known, seconds, 0)
        by_calendar = self.clock.after(self.opened, seconds)
        due = np.where(self.is_day_and_night, self.opened + seconds, by_calendar)
        return np.where(known, due, NONE)

    def stays(self):
        """When each ticket lay in the backlog: until it was first done, and once more if reopened.

        From, until, from, until; NONE where there was no such stay or it has no end.
        """
        shut = self.is_cancelled | (self["status"] == self.rows.code("status", "closed"))
        closed = np.where(shut, self["closed_at"], NONE)
        done, reopened = self["resolved_at"], self["reopened_at"]
        again = (done != NONE) & (reopened > done)
        first = np.where(done == NONE, closed, done)
        first = np.where(shut & (first == NONE), np.maximum(self.opened, reopened), first)
        # Closed at a moment that is not known, after it was reopened: the second stay is left out.
        again &= ~shut | (closed != NONE)
        return self.opened, first, np.where(again, reopened, NONE), np.where(again, closed, NONE)


def expected(tickets, clock, sla, spans):
    """Every service desk KPI: answers by period and directorate."""
    desk = Desk(tickets, clock, sla)
    level = desk["resolved_group"]
    first_level = level == tickets.code("resolved_group", "service_desk")
    return {
        "incidents_resolved_within_sla": _within_sla(desk, spans, desk.is_incident),
        "requests_fulfilled_within_sla": _within_sla(desk, spans, ~desk.is_incident),
        "first_responses_within_sla": _answered(desk, spans),
        "tickets_fixed_at_first_contact": _fixed(desk, spans),
        "tickets_resolved_at_first_level": _of_resolved(desk, spans, level != NONE, first_level),
        "tickets_reopened": _of_resolved(desk, spans, True, _reopened(desk)),
        "user_satisfaction": _satisfied(desk, spans),
        "ticket_clearance_ratio": _cleared(desk, spans),
        "ticket_resolution_time": _hours_to_resolve(desk, spans),
        "sla_flag_mismatches": _mismatches(desk, spans),
        **_backlog(desk, spans),
    }


def _share(desk, spans, months, counted, good):
    """The share of good ones among the rows that count, by the month in which each does."""
    counted = counted & (months != NONE)
    return rowwise(
        spans, months[counted], desk["directorate"][counted], good[counted], counted[counted]
    )


def _of_resolved(desk, spans, counted, good):
    return _share(desk, spans, desk.resolved_month, counted, good)


def _within_sla(desk, spans, of_type):
    """Without a due time nothing can be said: no case."""
    return _of_resolved(desk, spans, of_type & desk.is_sla & (desk.resolve_due != NONE), desk.met)


def _answered(desk, spans):
    """Due by the latest moment that the tickets tell of, and not cancelled before it was due."""
    resolved = np.where(desk["first_response_at"] == NONE, desk.resolved, NONE)
    answered = np.where(desk["first_response_at"] == NONE, resolved, desk["first_response_at"])
    opened, first, _, second = desk.stays()
    data_as_at = max(int(moments.max()) for moments in (opened, answered, first, second))
    due = desk.response_due
    gone = desk.is_cancelled & (answered == NONE) & (first <= due)
    counted = desk.is_sla & (due != NONE) & (due <= data_as_at) & ~gone
    good = (answered != NONE) & (answered <= due)
    return _share(desk, spans, desk.opened_month, counted, good)


def _before_last_resolution(desk):
    """Reopened before the last resolution: dated so, counted and not dated, or more than once."""
    dated = desk["reopened_at"] != NONE
    times = np.where(desk["reopen_count"] == NONE, 0, desk["reopen_count"])
    return np.where(dated, (desk["reopened_at"] <= desk.resolved) | (times > 1), times > 0)


def _fixed(desk, spans):
    """The desk's word, else no reassignment; and not reopened within five working days."""
    groups = desk["first_group"], desk["resolved_group"]
    same = (groups[0] == groups[1]) | (groups[0] == NONE) | (groups[1] == NONE)
    ours = (desk["reassignment_count"] == 0) & same
    said = desk["is_fcr"] != NONE
    known = said | (desk["reassignment_count"] != NONE) | ~same
    fixed = np.where(said, desk["is_fcr"] == 1, ours)
    done = desk.resolved != NONE
    after = done & (desk["reopened_at"] > desk.resolved)
    over = desk.clock.working_days_between(
        london_day(np.where(after, desk.resolved, desk.opened)),
        london_day(np.where(after, desk["reopened_at"], desk.opened)) - 1,
    )
    again = _before_last_resolution(desk) | (after & (over < FIXED_WORKING_DAYS))
    return _of_resolved(desk, spans, desk.is_incident & known, fixed & ~again)


def _reopened(desk):
    """Reopened within 14 days on London's clock, or before the last resolution."""
    after = (desk.resolved != NONE) & (desk["reopened_at"] > desk.resolved)
    later = london(np.where(after, desk["reopened_at"], 0))
    soon = later <= london(np.where(after, desk.resolved, 0)) + REOPENED_DAYS * DAY
    return _before_last_resolution(desk) | (after & soon)


def _satisfied(desk, spans):
    """Scores from 1 to the best on a scale from 0 to 100, each to a millionth; no councillors."""
    best, score = desk["csat_scale_max"], desk["csat_score"]
    counted = (score != NONE) & (best != NONE) & (desk.resolved != NONE)
    counted &= desk["user_group"] != desk.rows.code("user_group", "member")
    score, steps = score[counted] - 1, best[counted] - 1
    points = (2 * score * 100 * MILLION + steps) // (2 * steps)
    sums = Monthly(
        desk.resolved_month[counted], place(desk["directorate"])[counted],
        points=points, responses=np.ones(len(points), np.int64),
    )  # fmt: skip
    answers = ratios(spans, (sums, "points"), (sums, "responses"))
    return {key: (above / MILLION, below) for key, (above, below) in answers.items()}


def _cleared(desk, spans):
    """Cancelled tickets are neither opened nor resolved."""
    done, begun = desk.resolved != NONE, ~desk.is_cancelled
    places = place(desk["directorate"])
    resolved = Monthly(desk.resolved_month[done], places[done], tickets=done[done].astype(int))
    opened = Monthly(desk.opened_month[begun], places[begun], tickets=begun[begun].astype(int))
    return ratios(spans, (resolved, "tickets"), (opened, "tickets"))


def _hours_to_resolve(desk, spans):
    """The median of working seconds less hold, of incidents; some run day and night."""
    resolved = np.where(desk.resolved == NONE, desk.opened, desk.resolved)
    worked = desk.clock.worked(resolved) - desk.clock.worked(desk.opened)
    taken = np.where(desk.is_day_and_night, resolved - desk.opened, worked) - desk.hold
    counted = desk.is_incident & (desk.resolved != NONE) & (taken >= 0)
    taken, months = taken[counted], desk.resolved_month[counted]
    places = place(desk["directorate"])[counted]
    answers = {}
    for span in spans:
        inside = (months >= span.first) & (months <= span.last)
        values, of_place = taken[inside], places[inside]
        groups = {NAMES[number]: values[of_place == number] for number in np.unique(of_place)}
        for name, group in {**groups, COUNCIL: values}.items():
            if len(group):
                answers[span.key, name] = _median(group)
    return answers


def _median(seconds):
    """The middle, or the mean of the two in the middle, in hours; and the number of cases."""
    count = len(seconds)
    middle = (count - 1) // 2, count // 2
    ordered = np.partition(seconds, middle)
    return Fraction(int(ordered[middle[0]]) + int(ordered[middle[1]]), 7200), Fraction(count)


def _mismatches(desk, spans):
    flag = desk["sla_resolve_met"]
    counted = (flag != NONE) & (desk.resolve_due != NONE) & desk.is_sla
    return _of_resolved(desk, spans, counted, desk.met != (flag == 1))


def _backlog(desk, spans):
    """Open at the end, and of these open for over 30 days or past due."""
    opened, first, again, second = desk.stays()
    is_due = desk.is_sla & (desk.resolve_due != NONE)
    shown, places = london(opened), place(desk["directorate"])
    found_open, found_aged = {}, {}
    for last in sorted({span.last for span in spans}):
        here = [Span(span.key, last, last) for span in spans if span.last == last]
        ends_at = here[0].ends_at
        here_still = (opened < ends_at) & ((first == NONE) | (first >= ends_at))
        here_again = (again != NONE) & (again < ends_at) & ((second == NONE) | (second >= ends_at))
        is_open = here_still | here_again
        is_old = shown < int(london([ends_at])[0]) - AGED_DAYS * DAY
        aged = (is_old | (is_due & (desk.resolve_due < ends_at)))[is_open].astype(np.int64)
        sums = Monthly(np.full(len(aged), last), places[is_open], aged=aged, open=aged * 0 + 1)
        found_open |= counts(here, sums, "open")
        found_aged |= ratios(here, (sums, "aged"), (sums, "open"))
    return {"open_tickets": found_open, "aged_open_tickets": found_aged}
