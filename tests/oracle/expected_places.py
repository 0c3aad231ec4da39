"""Where people worked, from the words that say how a day gets its place."""

import numpy as np
import pandas as pd

from oracle.calendar import DAY, london, next_midnight
from oracle.expected_printing import known
from oracle.given_people import FIRST, MILLION
from oracle.rows import NONE, Rows
from oracle.tally import Monthly, place

VPN_MINUTES = 120
HOME, OFFICE, SPLIT, LEAVE = 1, 2, 3, 4


def in_force(staff):
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
    """One row for every day of the working week of every row of the staff list."""
    months = staff["month"] + FIRST
    found = []
    for number in np.unique(months):
        days = clock.working_days_of(number)
        rows = np.flatnonzero(months == number)
        row, day = (grid.ravel() for grid in np.meshgrid(rows, days))
        found.append(pd.DataFrame({"row": row, "day": day, "working": len(days)}))
    frame = pd.concat(found, ignore_index=True)
    frame["person_pseud"] = staff["person_pseud"][frame["row"]]
    frame["agreed"] = _says(frame, staff, "home_weekdays")
    frame["on_leave"] = _says(frame, staff, "leave_on")
    worked = _says(frame, staff, "work_weekdays")
    is_known = pd.Series(worked).groupby(frame["row"]).transform("any").to_numpy()
    return frame[worked | ~is_known]


def _says(frame, staff, column):
    """Whether a text of the staff list names the weekday, or the day of the month, of each row."""
    labels = (*staff.labels[column], "")
    if column == "leave_on":
        number = frame["day"].to_numpy().astype("datetime64[D]")
        number = (number - number.astype("datetime64[M]").astype("datetime64[D]")).astype(int) + 1
        digits = np.array([[f"{d:02d}" in label.split() for d in range(32)] for label in labels])
    else:
        number = ((frame["day"] + 3) % 7 + 1).to_numpy()
        digits = np.array([[str(d) in label for d in range(8)] for label in labels])
    said = staff[column][frame["row"]]
    return digits[np.where(said == NONE, len(labels) - 1, said), number]


def _connected(events, clock):
    """Seconds of VPN from outside by person and London day, and those in working time.

    Connections at once count once; what passes midnight belongs to the day in which it passed.
    """
    good = events.has("outcome", "success") | (events["outcome"] == NONE)
    good &= events.has("evidence", "vpn") & ~events.has("network", "corporate")
    good &= (events["minutes"] != NONE) & (events["minutes"] > 0)
    begins = events["event_at"][good]
    ends = begins + events["minutes"][good] * 60
    person = events["person_pseud"][good]
    midnight = next_midnight(begins)
    over = ends > midnight
    frame = pd.DataFrame({
        "person_pseud": np.concatenate([person, person[over]]),
        "begins": np.concatenate([begins, midnight[over]]),
        "ends": np.concatenate([np.minimum(ends, midnight), ends[over]]),
    })  # fmt: skip
    frame["day"] = london(frame["begins"].to_numpy()) // DAY
    keys = ["person_pseud", "day"]
    frame = frame.sort_values([*keys, "begins", "ends"])
    until = frame.groupby(keys)["ends"].cummax().groupby([frame[k] for k in keys]).shift()
    frame["begins"] = np.maximum(frame["begins"], until.fillna(0).astype(np.int64))
    frame["ends"] = np.maximum(frame["ends"], frame["begins"])
    worked = clock.worked(frame["ends"].to_numpy()) - clock.worked(frame["begins"].to_numpy())
    frame["seconds"], frame["at_work"] = frame["ends"] - frame["begins"], worked
    return frame.groupby(keys, as_index=False)[["seconds", "at_work"]].sum()


def _signs(events):
    """One row per person and day of the other traces."""
    good = events.has("outcome", "success", "checked_in") | (events["outcome"] == NONE)
    good &= ~events.has("evidence", "vpn")
    sign_in = events.has("evidence", "entra")
    checked_in = events.has("evidence", "desk") & events.has("outcome", "checked_in")
    frame = pd.DataFrame({
        "person_pseud": events["person_pseud"],
        "day": london(events["event_at"]) // DAY,
        "there": checked_in | events.has("evidence", "badge"),
        "outside": sign_in & events.has("network", "other"),
        "inside": sign_in & events.has("network", "corporate"),
    })[good]  # fmt: skip
    return frame.groupby(["person_pseud", "day"], as_index=False).max()


def _placed_days(staff, events, clock):
    """Every day of the working week with where its traces place it: the first rule that holds."""
    frame = _days_of_staff(staff, clock)
    keys = ["person_pseud", "day"]
    frame = frame.merge(_signs(events), how="left", on=keys)
    frame = frame.merge(_connected(events, clock), how="left", on=keys)
    there, outside, inside = (frame[n].eq(True) for n in ("there", "outside", "inside"))
    connected = frame["seconds"] >= VPN_MINUTES * 60
    split = there & connected & (frame["at_work"] >= VPN_MINUTES * 60)
    rules = [split, there, connected, frame["on_leave"], outside, inside]
    frame["found"] = np.select(rules, [SPLIT, OFFICE, HOME, LEAVE, HOME, OFFICE], 0)
    return frame


def places(staff, events, clock):
    """FTE-days by month and directorate: home, of which journeys saved, placed, worked, evidenced.

    A day split between both places had its journeys.

    Leave without dates is taken off the days without a trace, from those at home and in the office
    alike; days at home that are left are told to a hundredth, the rest is the other place's.
    """
    frame = _placed_days(staff, events, clock)
    found, none = frame["found"], frame["found"] == 0
    people = pd.DataFrame({
        "home": (found == HOME) * 2 + (found == SPLIT),
        "split": found == SPLIT,
        "office": (found == OFFICE) * 2 + (found == SPLIT),
        "free": none, "free_home": none & frame["agreed"],
        "dated": frame["on_leave"], "days": found >= 0,
    }).astype(np.int64).groupby(frame["row"]).sum()  # fmt: skip
    row = people.index.to_numpy()
    leave = np.maximum(known(staff["leave_days"])[row] - people["dated"] * MILLION, 0)
    left = people["free"] * MILLION - np.minimum(leave, people["free"] * MILLION)
    whole = np.maximum(people["free"], 1) * MILLION
    at_home = (2 * 100 * people["free_home"] * left + whole) // (2 * whole) * (MILLION // 100)
    rest = _of_the_rest(staff, row)
    evidenced = (people["home"] + people["office"]) * (MILLION // 2)
    home = people["home"] * (MILLION // 2) + at_home + np.where(rest == HOME, left - at_home, 0)
    by_pattern = np.where(rest == OFFICE, left - at_home, 0)
    office = people["office"] * (MILLION // 2) + by_pattern
    working = frame.groupby("row")["working"].first()
    fte = np.minimum(staff["fte"][row], MILLION)
    worth = (2 * fte * working + people["days"]) // (2 * people["days"])
    remote = staff["remote_capable"][row] == 1
    fixed = staff["remote_capable"][row] == 0
    return Monthly(
        staff["month"][row] + FIRST, place(staff["directorate"])[row],
        home=(home * worth * remote).to_numpy(),
        saved=((home - people["split"] * (MILLION // 2)) * worth * remote).to_numpy(),
        placed=((home + office) * worth * remote).to_numpy(),
        worked=((evidenced + left) * worth * remote).to_numpy(),
        evidenced=((evidenced + by_pattern * fixed) * worth).to_numpy(),
    )  # fmt: skip


def _of_the_rest(staff, row):
    """Where a day without a trace is spent that is not agreed to be at home; 0 is not known."""
    agreed = staff["home_weekdays"][row] != NONE
    persona = staff["persona"][row]
    fixed = (persona == staff.code("persona", "fixed")) | (staff["remote_capable"][row] != 1)
    at_home = persona == staff.code("persona", "home")
    return np.select([agreed, at_home, fixed], [OFFICE, HOME, OFFICE], 0)
