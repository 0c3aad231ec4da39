"""Where people worked, and the remote-working KPIs, reckoned from the words of their definitions."""

from fractions import Fraction

import numpy as np
import pandas as pd

from tests.oracle.calendar import DAY, london
from tests.oracle.expected_printing import known
from tests.oracle.given_people import FIRST, MILLION
from tests.oracle.rows import NONE
from tests.oracle.tally import Monthly, place, ratios

VPN_MINUTES = 120


def _days_of_staff(staff, clock):
    """One row for every working day of every row of the staff list."""
    month = staff["month"] + FIRST
    found = []
    for number in np.unique(month):
        days = clock.working_days_of(number)
        rows = np.flatnonzero(month == number)
        row, day = (grid.ravel() for grid in np.meshgrid(rows, days))
        found.append(pd.DataFrame({"row": row, "day": day, "month": number}))
    frame = pd.concat(found, ignore_index=True)
    for column in ("person_pseud", "fte", "remote_capable", "leave_days", "home_weekdays"):
        frame[column] = staff[column][frame["row"].to_numpy()]
    frame["place"] = place(staff["directorate"])[frame["row"].to_numpy()]
    return frame


def _evidence_of_days(events):
    """One row per person and day: what there is of each kind of evidence."""
    failed = events.has("outcome", "failure", "no_show", "cancelled")
    frame = pd.DataFrame({
        "person_pseud": events["person_pseud"],
        "day": london(events["event_at"]) // DAY,
        "office": events.has("evidence", "badge") | events.has("outcome", "checked_in"),
        "vpn": events.has("evidence", "vpn") & events.has("network", "other"),
        "sign_in": events.has("evidence", "entra") & events.has("network", "other"),
        "trace": True,
        "minutes": known(events["minutes"]),
    })[~failed]  # fmt: skip
    frame["minutes"] *= frame["vpn"]
    frame = frame.drop(columns="vpn")
    return frame.groupby(["person_pseud", "day"], as_index=False).agg(
        office=("office", "max"), sign_in=("sign_in", "max"),
        trace=("trace", "max"), minutes=("minutes", "sum"),
    )  # fmt: skip


def places(staff, events, clock, patterns):
    """FTE-days in millionths by month and directorate: home, office, unknown, with evidence."""
    frame = _days_of_staff(staff, clock)
    frame = frame.merge(_evidence_of_days(events), how="left", on=["person_pseud", "day"])
    for column in ("office", "sign_in", "trace", "minutes"):
        frame[column] = frame[column].astype(float).fillna(0).astype(np.int64)
    office = frame["office"] == 1
    home = ~office & ((frame["minutes"] >= VPN_MINUTES) | (frame["sign_in"] == 1))
    share = _share_at_work(frame)
    fte = np.where(office | home, frame["fte"], share)
    at_home = _agreed(frame, patterns)
    agreed = frame["home_weekdays"] != NONE
    none = ~office & ~home
    is_home = home | (none & agreed & at_home)
    is_office = office | (none & agreed & ~at_home)
    remote = (frame["remote_capable"] == 1).to_numpy()
    return Monthly(
        frame["month"], frame["place"],
        home=fte * (is_home & remote),
        placed=fte * ((is_home | is_office) & remote),
        worked=fte * remote,
        evidenced=fte * (office | home),
    )  # fmt: skip


def _share_at_work(frame):
    """Leave is spread over a month's days without a trace: what is left of each, to a millionth."""
    free = (frame["trace"] == 0).groupby(frame["row"]).transform("sum").to_numpy()
    leave = np.minimum(known(frame["leave_days"].to_numpy()), free * MILLION)
    left = np.where(frame["trace"] == 0, free * MILLION - leave, np.maximum(free, 1) * MILLION)
    whole = np.maximum(free, 1) * MILLION
    return (2 * frame["fte"].to_numpy() * left + whole) // (2 * whole)


def _agreed(frame, patterns):
    """Whether a day is one of the agreed days at home."""
    digits = np.array([[str(d) in pattern for d in range(8)] for pattern in patterns])
    weekday = ((frame["day"] + 3) % 7 + 1).to_numpy()
    return digits[np.maximum(frame["home_weekdays"].to_numpy(), 0), weekday]


def expected(staff, workforce, events, survey, clock, spans):
    """Every remote-working KPI and carbon activity: answers by period and directorate."""
    sums = places(staff, events, clock, staff.labels["home_weekdays"])
    force = _workforce(workforce, clock)
    share = _scaled(ratios(spans, (sums, "home"), (sums, "placed")))
    return {
        "remote_working_share": share,
        "home_days_per_fte_week": _weeks(ratios(spans, (sums, "home"), (force, "remote_days"))),
        "remote_evidence_coverage": _scaled(ratios(spans, (sums, "evidenced"), (force, "worked"))),
        "commute_trips_avoided": share,
        "commuting_emissions_avoided": _scaled(ratios(spans, (sums, "home"), (sums, "worked"))),
        "home_working_emissions_added": _hours(spans, force),
        "net_emissions_avoided": _mean_fte(spans, force),
        "commute_distance_avoided": _distance(spans, survey),
    }


def _workforce(workforce, clock):
    month = workforce["month"] + FIRST
    days = {number: len(clock.working_days_of(number)) for number in np.unique(month)}
    worked = known(workforce["contracted_fte_days"]) - known(workforce["leave_fte_days"])
    hours = np.where(workforce["hours_per_day"] == NONE, 7_400_000, workforce["hours_per_day"])
    return Monthly(
        month, place(workforce["directorate"]),
        worked=worked,
        hours=worked * (hours // 1000),
        fte=known(workforce["fte"]),
        remote_days=known(workforce["remote_capable_fte"]) * np.array([days[m] for m in month]),
    )  # fmt: skip


def _scaled(answers):
    return {key: (top / MILLION, bottom / MILLION) for key, (top, bottom) in answers.items()}


def _weeks(answers):
    """FTE times working days is five times FTE times weeks."""
    return {key: (top / MILLION, bottom / MILLION / 5) for key, (top, bottom) in answers.items()}


def _hours(spans, force):
    answers = ratios(spans, (force, "hours"), (force, "worked"), MILLION)
    return {key: (top / 1000, bottom) for key, (top, bottom) in answers.items()}


def _mean_fte(spans, force):
    """FTE of each month over the months."""
    months = np.unique(force.sums.index.get_level_values("month"))
    answers = {}
    for span in spans:
        inside = int(((months >= span.first) & (months <= span.last)).sum())
        for name, fte in force.over("fte", span.first, span.last).items():
            answers[span.key, name] = Fraction(fte, MILLION), Fraction(inside)
    return answers


def _distance(spans, survey):
    """Weighted kilometres over weights, of the wave that is in force at the period's end."""
    begins = np.array([np.datetime64(text, "M").astype(np.int64) for text in survey.labels["surveyed_month"]])
    month = begins[survey["surveyed_month"]]
    good = (survey["one_way_km"] != NONE) & (survey["weight"] != NONE)
    sums = Monthly(
        month[good], place(survey["directorate"])[good],
        km=(survey["one_way_km"] * (survey["weight"] // 1))[good] if False else
        (survey["one_way_km"][good].astype(object) * survey["weight"][good]),
        weight=survey["weight"][good],
    )  # fmt: skip
    answers = {}
    for span in spans:
        begun = begins[begins <= span.last]
        if not len(begun):
            continue
        wave = type(span)(span.key, int(begun.max()), int(begun.max()))
        found = ratios([wave], (sums, "km"), (sums, "weight"), MILLION)
        answers |= {key: (top / MILLION, bottom) for key, (top, bottom) in found.items()}
    return answers
