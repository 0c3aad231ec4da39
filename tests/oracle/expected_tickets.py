"""The service desk's KPIs, reckoned from the words of their definitions."""

from fractions import Fraction

import numpy as np

from tests.oracle.calendar import DAY, london_day, london_month, month_of_day
from tests.oracle.rows import NONE
from tests.oracle.tally import COUNCIL, NAMES, Monthly, counts, place, ratios, rowwise

AGED_DAYS, REOPENED_DAYS, FIXED_WORKING_DAYS = 30, 14, 5


class Desk:
    """The tickets that count, with our own due times."""

    def __init__(self, tickets, clock, sla):
        kept = (tickets["merged_into"] == NONE) & (tickets["deleted"] != 1)
        self.labels = tickets
        self.columns = {name: values[kept] for name, values in tickets.columns.items()}
        self.clock = clock
        self.opened, self.resolved = self["opened_at"], self["resolved_at"]
        self.place = place(self["directorate"])
        self.resolved_month = london_month(self.resolved)
        self.hold = np.where(self["on_hold_minutes"] == NONE, 0, self["on_hold_minutes"]) * 60
        self.is_incident = self["type"] == tickets.code("type", "incident")
        self.is_sla = self["excluded_from_sla"] != 1
        self.respond, self.resolve, self.day_and_night = self._promised(sla)
        self.response_due = self._due(self.respond)
        self.resolve_due = self._due(self.resolve + self.hold)

    def __getitem__(self, column):
        return self.columns[column]

    def _promised(self, sla):
        """The SLA seconds of each ticket, by its type and priority, on the day it was opened."""
        size = len(self.opened)
        respond, resolve = np.full(size, NONE), np.full(size, NONE)
        all_hours = np.zeros(size, bool)
        day = london_day(self.opened)
        for row in sorted(sla, key=lambda row: row.starts):
            meant = (
                (self["type"] == self.labels.code("type", row.type))
                & (self["priority"] == self.labels.code("priority", row.priority))
                & (day >= np.datetime64(row.starts, "D").astype(np.int64))
            )
            respond[meant], resolve[meant] = row.respond_minutes * 60, row.resolve_minutes * 60
            all_hours[meant] = row.hours == "all"
        return respond, resolve, all_hours

    def _due(self, seconds):
        known = self.respond != NONE
        seconds = np.where(known, seconds, 0)
        due = np.where(
            self.day_and_night, self.opened + seconds, self.clock.after(self.opened, seconds)
        )
        return np.where(known, due, NONE)

    @property
    def met(self):
        """Where a ticket was resolved by its due time."""
        return (self.resolve_due != NONE) & (self.resolved <= self.resolve_due)

    def open_at(self, moment):
        """The tickets that are open at a moment, as it could be known later."""
        ended = np.where(self.resolved == NONE, self["closed_at"], self.resolved)
        begun = self.opened < moment
        still = (ended == NONE) | (ended >= moment)
        reopened = self["reopened_at"]
        again = (reopened != NONE) & (self.resolved != NONE) & (reopened >= self.resolved)
        shut = (self["closed_at"] != NONE) & (self["closed_at"] >= reopened)
        again &= (reopened < moment) & ~(shut & (self["closed_at"] < moment))
        return begun & (still | again)


def expected(tickets, clock, sla, spans):
    """Every service desk KPI: answers by period and directorate."""
    desk = Desk(tickets, clock, sla)
    opened_month = london_month(desk.opened)
    return {
        "incidents_resolved_within_sla": _within_sla(desk, spans, desk.is_incident),
        "requests_fulfilled_within_sla": _within_sla(desk, spans, ~desk.is_incident),
        "first_responses_within_sla": _answered(desk, spans, opened_month),
        "tickets_fixed_at_first_contact": _fixed(desk, spans),
        "tickets_resolved_at_first_level": _of_resolved(
            desk, spans, desk["resolved_group"] == tickets.code("resolved_group", "service_desk")
        ),
        "tickets_reopened": _of_resolved(desk, spans, _reopened(desk)),
        "user_satisfaction": _satisfied(desk, spans, tickets.code("user_group", "officer")),
        "ticket_clearance_ratio": _cleared(desk, spans, opened_month),
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


def _of_resolved(desk, spans, good):
    return _share(desk, spans, desk.resolved_month, desk.resolved != NONE, good)


def _within_sla(desk, spans, of_type):
    return _share(desk, spans, desk.resolved_month, of_type & desk.is_sla, desk.met)


def _answered(desk, spans, opened_month):
    """The data reach to the latest moment that any ticket tells of."""
    told = ("opened_at", "first_response_at", "resolved_at", "closed_at", "reopened_at")
    data_as_at = max(int(desk[column].max()) for column in told)
    due, answered = desk.response_due, desk["first_response_at"]
    counted = desk.is_sla & (due != NONE) & (due <= data_as_at)
    return _share(desk, spans, opened_month, counted, (answered != NONE) & (answered <= due))


def _fixed(desk, spans):
    """The vendor's word, else no reassignment; and not reopened within five working days."""
    same = (desk["first_group"] == desk["resolved_group"]) | (desk["first_group"] == NONE)
    same |= desk["resolved_group"] == NONE
    ours = (desk["reassignment_count"] == 0) & same
    fixed = np.where(desk["is_fcr"] == NONE, ours, desk["is_fcr"] == 1)
    dated = (desk["reopened_at"] != NONE) & (desk["reopened_at"] >= desk.resolved)
    dated &= desk.resolved != NONE
    days = desk.clock.working_days_between(
        london_day(np.where(dated, desk.resolved, 1.7e9).astype(np.int64)),
        london_day(np.where(dated, desk["reopened_at"], 1.7e9).astype(np.int64)),
    )
    again = dated & (days <= FIXED_WORKING_DAYS)
    return _share(desk, spans, desk.resolved_month, desk.is_incident, fixed & ~again)


def _reopened(desk):
    """Reopened within 14 days of the resolution."""
    after = desk["reopened_at"] - desk.resolved
    return (desk["reopened_at"] != NONE) & (after >= 0) & (after <= REOPENED_DAYS * DAY)


def _satisfied(desk, spans, officer):
    """Scores from 1 to the best on a scale from 0 to 100, in whole 252nds, which all scales share."""
    best, score = desk["csat_scale_max"], desk["csat_score"]
    counted = (score != NONE) & (best != NONE) & (desk["user_group"] == officer)
    counted &= desk.resolved != NONE
    points = (score - 1) * 100 * 252 // np.where(counted, best - 1, 1)
    sums = Monthly(
        desk.resolved_month[counted],
        desk.place[counted],
        points=points[counted],
        responses=np.ones(counted.sum(), np.int64),
    )
    answers = ratios(spans, (sums, "points"), (sums, "responses"))
    return {key: (above / 252, below) for key, (above, below) in answers.items()}


def _cleared(desk, spans, opened_month):
    done = desk.resolved != NONE
    ones = np.ones(len(desk.opened), np.int64)
    resolved = Monthly(desk.resolved_month[done], desk.place[done], tickets=ones[done])
    opened = Monthly(opened_month, desk.place, tickets=ones)
    return ratios(spans, (resolved, "tickets"), (opened, "tickets"))


def _hours_to_resolve(desk, spans):
    """The median of working seconds less hold, of incidents; P1 counts day and night."""
    counted = desk.is_incident & (desk.resolved != NONE)
    resolved = np.where(counted, desk.resolved, desk.opened)
    elapsed = np.where(
        desk.day_and_night,
        resolved - desk.opened,
        desk.clock.worked(resolved) - desk.clock.worked(desk.opened),
    )
    taken = elapsed - desk.hold
    counted &= taken >= 0
    taken, months, places = taken[counted], desk.resolved_month[counted], desk.place[counted]
    answers = {}
    for span in spans:
        inside = (months >= span.first) & (months <= span.last)
        values, of_place = taken[inside], places[inside]
        for number in np.unique(of_place):
            answers[span.key, NAMES[number]] = _median(values[of_place == number])
        if len(values):
            answers[span.key, COUNCIL] = _median(values)
    return answers


def _median(seconds):
    """The middle, or the mean of the two in the middle, in hours; and the number of cases."""
    ordered = np.sort(seconds)
    count = len(ordered)
    both = int(ordered[(count - 1) // 2]) + int(ordered[count // 2])
    return Fraction(both, 7200), Fraction(count)


def _mismatches(desk, spans):
    flag = desk["sla_resolve_met"]
    counted = (flag != NONE) & (desk.resolve_due != NONE) & desk.is_sla
    return _share(desk, spans, desk.resolved_month, counted, desk.met != (flag == 1))


def _backlog(desk, spans):
    """Open at the end, and of these open for over 30 days or past due."""
    is_due = desk.is_sla & (desk.resolve_due != NONE)
    found_open, found_aged = {}, {}
    for last in sorted({span.last for span in spans}):
        ends_at = next(span.ends_at for span in spans if span.last == last)
        open_now = desk.open_at(ends_at)
        aged = (ends_at - desk.opened > AGED_DAYS * DAY) | (is_due & (desk.resolve_due < ends_at))
        sums = Monthly(
            np.full(int(open_now.sum()), last),
            desk.place[open_now],
            aged=aged[open_now].astype(np.int64),
            open=np.ones(int(open_now.sum()), np.int64),
        )
        here = [span for span in spans if span.last == last]
        snapshots = [type(span)(span.key, last, last) for span in here]
        found_open |= counts(snapshots, sums, "open")
        found_aged |= ratios(snapshots, (sums, "aged"), (sums, "open"))
    return {"open_tickets": found_open, "aged_open_tickets": found_aged}


__all__ = ["expected", "month_of_day"]
