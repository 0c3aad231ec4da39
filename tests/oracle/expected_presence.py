"""Where people worked, and the remote-working KPIs, from the words of their definitions."""

from fractions import Fraction

import numpy as np
import pandas as pd

from oracle.calendar import DAY, Span, london, month
from oracle.expected_printing import known
from oracle.given_people import FIRST, MILLION
from oracle.rows import NONE, Rows
from oracle.tally import Monthly, place, ratios

VPN_MINUTES = 120
HOURS = 7_400_000  # of a full-time day, in millionths, as the council has decided
HOME, OFFICE = 1, 2


def _in_force(staff):
    """The staff list, and for a month without one the list before, as it was."""
    months = staff["month"]
    missing = sorted(set(range(int(months.max()))) - set(months.tolist()))
    columns = dict(staff.columns)
    for number in missing:
        before = np.flatnonzero(columns["month"] == number - 1)
        for name, values in columns.items():
            more = values[before] + (1 if name == "month" else 0)
            columns[name] = np.concatenate([values, more])
    return Rows(staff.table, columns, staff.labels)


def _days_of_staff(staff, clock):
    """One row for every working day of every row of the staff list."""
    months = staff["month"] + FIRST
    found = []
    for number in np.unique(months):
        days = clock.working_days_of(number)
        rows = np.flatnonzero(months == number)
        row, day = (grid.ravel() for grid in np.meshgrid(rows, days))
        found.append(pd.DataFrame({"row": row, "day": day}))
    frame = pd.concat(found, ignore_index=True)
    for column in ("person_pseud", "home_weekdays"):
        frame[column] = staff[column][frame["row"].to_numpy()]
    return frame


def _evidence_of_days(events):
    """One row per person and day of what the systems know: at home or in the office.

    A desk check-in or a badge is the office; else two hours of VPN from outside are home; else a
    sign-in from outside is home, one from the corporate network the office.
    """
    good = events.has("outcome", "success", "checked_in") | (events["outcome"] == NONE)
    outside, inside = events.has("network", "other"), events.has("network", "corporate")
    sign_in = events.has("evidence", "entra")
    checked_in = events.has("evidence", "desk") & events.has("outcome", "checked_in")
    frame = pd.DataFrame({
        "person_pseud": events["person_pseud"],
        "day": london(events["event_at"]) // DAY,
        "there": checked_in | events.has("evidence", "badge"),
        "minutes": known(events["minutes"]) * (events.has("evidence", "vpn") & ~inside),
        "outside": sign_in & outside,
        "inside": sign_in & inside,
    })[good]  # fmt: skip
    days = frame.groupby(["person_pseud", "day"], as_index=False).agg(
        there=("there", "max"), minutes=("minutes", "sum"),
        outside=("outside", "max"), inside=("inside", "max"),
    )  # fmt: skip
    away = (days["minutes"] >= VPN_MINUTES) | days["outside"]
    days["found"] = np.select([days["there"], away, days["inside"]], [OFFICE, HOME, OFFICE], 0)
    return days.loc[days["found"] > 0, ["person_pseud", "day", "found"]]


def places(staff, events, clock):
    """FTE-days in 100,000,000ths by month and directorate: home, placed, worked, evidenced.

    Leave is taken off the days without a trace, from those at home and in the office alike; the
    days at home that are left are told to a hundredth, and the rest is the other place's.
    """
    frame = _days_of_staff(staff, clock)
    frame = frame.merge(_evidence_of_days(events), how="left", on=["person_pseud", "day"])
    frame["agreed"] = _agreed(frame, staff.labels["home_weekdays"])
    found, none = frame["found"], frame["found"].isna()
    people = pd.DataFrame({
        "home": found == HOME, "office": found == OFFICE,
        "free": none, "free_home": none & frame["agreed"],
    }).groupby(frame["row"]).sum()  # fmt: skip
    row = people.index.to_numpy()
    leave = np.minimum(known(staff["leave_days"])[row], people["free"] * MILLION)
    left = people["free"] * MILLION - leave
    whole = np.maximum(people["free"], 1) * MILLION
    at_home = (2 * 100 * people["free_home"] * left + whole) // (2 * whole) * (MILLION // 100)
    rest = _of_the_rest(staff, row)
    home = people["home"] * MILLION + at_home + np.where(rest == HOME, left - at_home, 0)
    office = people["office"] * MILLION + np.where(rest == OFFICE, left - at_home, 0)
    fte = np.minimum(staff["fte"][row], MILLION)
    remote = staff["remote_capable"][row] == 1
    evidenced = (people["home"] + people["office"]) * MILLION
    return Monthly(
        staff["month"][row] + FIRST, place(staff["directorate"])[row],
        home=(home * fte * remote).to_numpy(),
        placed=((home + office) * fte * remote).to_numpy(),
        worked=((evidenced + left) * fte * remote).to_numpy(),
        evidenced=(evidenced * fte).to_numpy(),
    )  # fmt: skip


def _of_the_rest(staff, row):
    """Where a day without a trace is spent that is not agreed to be at home; 0 is not known."""
    agreed = staff["home_weekdays"][row] != NONE
    persona = staff["persona"][row]
    fixed = (persona == staff.code("persona", "fixed")) | (staff["remote_capable"][row] != 1)
    at_home = persona == staff.code("persona", "home")
    return np.select([agreed, at_home, fixed], [OFFICE, HOME, OFFICE], 0)


def _agreed(frame, patterns):
    """Whether a day is one of the agreed days at home."""
    digits = np.array([[str(d) in pattern for d in range(8)] for pattern in (*patterns, "")])
    weekday = ((frame["day"] + 3) % 7 + 1).to_numpy()
    pattern = frame["home_weekdays"].to_numpy()
    return digits[np.where(pattern == NONE, len(patterns), pattern), weekday]


def expected(staff, force, events, survey, clock, spans):
    """Every remote-working KPI and carbon activity: answers by period and directorate."""
    sums = places(_in_force(staff), events, clock)
    share = ratios(spans, (sums, "home"), (sums, "placed"), MILLION)
    weeks = ratios(spans, (sums, "home"), (force, "remote_days"), MILLION)
    covered = ratios(spans, (sums, "evidenced"), (force, "worked"), MILLION)
    of_all = ratios(spans, (sums, "home"), (sums, "worked"), MILLION)
    hours = ratios(spans, (force, "hours"), (force, "worked"), MILLION)
    return {
        "remote_working_share": _less(share, MILLION, MILLION),
        "home_days_per_fte_week": _less(weeks, MILLION, 5),
        "remote_evidence_coverage": _less(covered, MILLION, 1),
        "commute_trips_avoided": _less(share, MILLION, MILLION),
        "commuting_emissions_avoided": _less(of_all, MILLION, MILLION),
        "home_working_emissions_added": _less(hours, MILLION, 1),
        "net_emissions_avoided": _mean_fte(spans, force),
        "commute_distance_avoided": _distance(spans, survey),
    }


def _less(answers, above, below):
    """Numerators and denominators in their own units."""
    return {key: (top / above, bottom / below) for key, (top, bottom) in answers.items()}


def workforce_by_month(workforce, clock):
    """What the workforce file gives of each month; FTE times working days where it does not."""
    months = workforce["month"] + FIRST
    days = np.array(
        [len(clock.working_days_of(number)) for number in range(FIRST, months.max() + 1)]
    )
    days = days[workforce["month"]]
    contracted = workforce["contracted_fte_days"]
    contracted = np.where(contracted == NONE, workforce["fte"] * days, contracted)
    worked = contracted - workforce["leave_fte_days"]
    hours = np.where(workforce["hours_per_day"] == NONE, HOURS, workforce["hours_per_day"])
    return Monthly(
        months, place(workforce["directorate"]),
        contracted=contracted,
        worked=worked,
        hours=worked * hours,
        fte=workforce["fte"],
        remote_days=workforce["remote_capable_fte"] * days,
        there=np.ones(len(days), np.int64),
    )  # fmt: skip


def _mean_fte(spans, force):
    """FTE of each month over the months for which there is any."""
    answers = {}
    for span in spans:
        months = range(span.first, span.last + 1)
        there = [force.over("there", number, number) for number in months]
        for name, fte in force.over("fte", span.first, span.last).items():
            answers[span.key, name] = (
                Fraction(fte, MILLION),
                Fraction(sum(name in m for m in there)),
            )
    return answers


def _distance(spans, survey):
    """Weighted kilometres over weights, of the newest wave that has begun by the period's end."""
    begins = np.array([month(text) for text in survey.labels["surveyed_month"]])
    good = (survey["one_way_km"] != NONE) & (survey["mode"] != NONE)
    weight = np.where(survey["weight"] == NONE, MILLION, survey["weight"])[good]
    sums = Monthly(
        begins[survey["surveyed_month"]][good], place(survey["directorate"])[good],
        km=survey["one_way_km"][good] // 10_000 * weight, weight=weight,
    )  # fmt: skip
    answers = {}
    for span in spans:
        newest = int(begins[begins <= span.last].max())
        wave = Span(span.key, newest, newest)
        found = ratios([wave], (sums, "km"), (sums, "weight"), MILLION)
        answers |= _less(found, 100, 1)
    return answers
