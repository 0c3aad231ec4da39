"""The extracts agree with each other, and with what Exampleshire decides about itself."""

import csv
import re
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
import openpyxl
import pytest

from scorecard import council, sample
from scorecard.period import Month
from scorecard.sample import clock, days, directorates, people, tickets
from scorecard.settings import INCLUDE

JUNE = Month(2025, 6)


@pytest.fixture(scope="module")
def june(tmp_path_factory):
    """One month of a middling Exampleshire: the folder."""
    sources = {"budget", "workforce", "remote_working"}
    return sample.write(
        tmp_path_factory.mktemp("june"), 2, 400, start="2025-05", only=sources
    ).folder


def table(path, delimiter=","):
    """A text file's rows as dicts, each distinct row once."""
    with path.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text, delimiter=delimiter))
    return list({tuple(row.values()): row for row in rows}.values())


def test_the_workforce_totals_agree_with_the_staff_list(june):
    people_listed = table(june / "workforce/work_patterns_2025-06.csv")
    totals = table(june / "workforce/workforce_2025-06.csv")
    dates = clock.working_days(JUNE)

    def total(column):
        return sum(Decimal(row[column]) for row in totals)

    def leave_of(row):
        """Each of a person's own days is worth their share of all working days."""
        own = sum(str(date.item().strftime("%a")) in row["Work days"] for date in dates)
        days_of_leave = Decimal(row["Leave days"])
        return (Decimal(row["FTE"]) * days_of_leave * len(dates) / own).quantize(Decimal("0.01"))

    fte = sum(Decimal(row["FTE"]) for row in people_listed)
    assert total("headcount") == len(people_listed)
    assert total("fte") == fte
    assert total("contracted_fte_days") == fte * len(dates)
    assert total("leave_fte_days") == sum(leave_of(row) for row in people_listed)
    assert all(len(row["Leave on"].split()) == int(row["Leave days"]) for row in people_listed)
    assert total("remote_capable_fte") == sum(
        Decimal(row["FTE"]) for row in people_listed if row["Remote capable"] == "Y"
    )


@pytest.mark.parametrize("name", ["P02", "P02_corrected", "P03"])
def test_the_control_total_is_the_ledgers_sum_to_the_penny(june, name):
    sheet = openpyxl.load_workbook(june / f"budget/ledger_2025-26_{name}.xlsx")["Ledger"]
    top, control, empty, heads, *rows = sheet.iter_rows(values_only=True)
    actuals = [n for n, head in enumerate(heads) if head.startswith("Actual")]
    amounts = [Decimal(str(row[n])) for row in rows for n in actuals if row[n] is not None]
    assert top[0] == "Exampleshire Council: budget monitoring"
    assert control[0] == "Control total (actual to date)"
    assert not any(empty)
    assert sum(amounts) == Decimal(str(control[1]))
    assert len(amounts) == len(rows) * int(name[2])


def test_codes_of_the_ledger_keep_their_leading_zeros(june):
    sheet = openpyxl.load_workbook(june / "budget/ledger_2025-26_P03.xlsx")["Ledger"]
    codes = [(row[2], row[6]) for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert all(centre[0] == "0" == subjective[0] for centre, subjective in codes)
    assert len(codes) == 140


def test_the_four_parts_of_a_saving_sum_to_its_target(june):
    def pence(text):
        sign = -1 if text.endswith("-") else 1
        return sign * int(text.strip("-").replace(",", "").replace(".", ""))

    for row in table(june / "budget/savings_2025-26_P03.csv"):
        parts = ("Delivered", "On track", "At risk", "Unachievable")
        assert sum(pence(row[part]) for part in parts) == pence(row["Target"])


def test_who_checked_in_at_a_desk_was_at_the_office_that_day(june):
    staff, where = people.in_post(1, 400, JUNE), days.of(1, 400, JUNE)
    rows = table(june / "remote_working/desk_bookings_2025-06.csv", ";")
    number = {login: n for n, login in enumerate(staff.login.to_pylist())}
    day = {f"{date.item():%d/%m/%Y}": n for n, date in enumerate(where.dates)}
    places = {
        where.place[number[row["Booked by"]], day[row["Start"][:10]]]
        for row in rows
        if row["Status"] == "checked in" and row["Booked by"] in number and row["Start"][:10] in day
    }
    assert places == {days.OFFICE}


def test_desks_and_sign_ins_show_about_85_per_cent_of_the_days_worked(june):
    staff, where = people.in_post(1, 400, JUNE), days.of(1, 400, JUNE)
    bookings = table(june / "remote_working/desk_bookings_2025-06.csv", ";")
    entra = table(june / "remote_working/InteractiveSignIns_2025-06.csv")
    seen = {
        (row["Booked by"], "-".join(reversed(row["Start"][:10].split("/"))))
        for row in bookings
        if row["Status"] == "checked in"
    } | {
        (row["Username"].split("@")[0], row["Date (UTC)"][:10])
        for row in entra
        if row["Status"] == "Success"
    }
    worked = ~np.isin(where.place, (days.LEAVE, days.FREE)) & staff.remote_capable[:, None]
    logins, dates = staff.login.to_pylist(), [str(date) for date in where.dates]
    evident = [(logins[who], dates[day]) in seen for who, day in np.argwhere(worked)]
    assert 0.82 < np.mean(evident) < 0.88


def vpn_sessions(june):
    """Place, London moment of the end and seconds of each session in June's VPN log."""
    staff, where = people.in_post(1, 400, JUNE), days.of(1, 400, JUNE)
    number = {login: n for n, login in enumerate(staff.login.to_pylist())}
    day = {str(date): n for n, date in enumerate(where.dates)}
    text = (june / "remote_working/fortigate_vpn_2025-06.log").read_text()
    asked = r'date=(\S+) time=(\S+) .*action="tunnel-down".* user="(\w+)".* duration=(\d+) '
    for date, time, login, seconds in re.findall(asked, text):
        ended = datetime.fromisoformat(f"{date}T{time}") if date[:4] == "2025" else None
        began = ended and ended - timedelta(seconds=int(seconds))
        if began and login in number and str(began.date()) in day:
            place = where.place[number[login], day[str(began.date())]]
            yield place, ended.date() > began.date(), int(seconds)


def test_long_vpn_sessions_by_day_are_of_people_at_home(june):
    found = list(vpn_sessions(june))
    places = [place for place, is_over_midnight, seconds in found if seconds >= 4.1 * 3600]

    assert len(places) > 200
    assert set(places) == {days.AT_HOME}
    assert max(seconds for _, _, seconds in found) == 8 * 3600


def test_some_vpn_sessions_go_on_over_midnight(june):
    assert {place for place, is_over_midnight, _ in vpn_sessions(june) if is_over_midnight} == {
        days.OFFICE
    }


def test_nobody_works_on_a_bank_holiday():
    may = [str(day) for day in clock.working_days(Month(2025, 5))]
    assert not {"2025-05-05", "2025-05-26", "2025-05-03"} & set(may)
    assert len(may) == 20


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2025-05-02T17:00:00", 2, "2025-05-06T09:00:00"),  # over a weekend and a bank holiday
        ("2025-05-06T06:30:00", 1, "2025-05-06T09:00:00"),
        ("2025-05-10T12:00:00", 10, "2025-05-13T08:00:00"),
    ],
)
def test_working_time_passes_only_when_the_council_works(start, hours, end):
    moment = np.array([start], "datetime64[s]")
    later = clock.from_working(clock.to_working(moment) + hours * 3600)
    assert str(later[0]) == end


def test_a_summer_morning_in_london_is_an_hour_earlier_in_greenwich():
    london = np.array(["2025-01-15T09:00:00", "2025-07-15T09:00:00"], "datetime64[s]")
    assert clock.to_utc(london).astype(str).tolist() == [
        "2025-01-15T09:00:00",
        "2025-07-15T08:00:00",
    ]


def test_logins_are_all_different_and_a_leavers_login_is_not_used_again():
    before, after = people.in_post(1, 3000, Month(2023, 4)), people.in_post(1, 3000, JUNE)
    assert len(set(after.login.to_pylist())) == len(after)
    holders = dict(zip(before.post.tolist(), before.login.to_pylist(), strict=True))
    changed = [
        login
        for post, login in zip(after.post.tolist(), after.login.to_pylist(), strict=True)
        if holders[post] != login
    ]
    assert changed
    assert not set(changed) & set(holders.values())


def test_exampleshires_directorates_and_sla_times_are_those_the_council_decided():
    decided = council.read(INCLUDE / "council")
    names = {one.code: set(one.names) for one in decided.directorates}
    for code, used in zip(directorates.CODES, directorates.NAMES, strict=True):
        assert set(used) <= names[code]
    for kind in (tickets.INCIDENT, tickets.REQUEST):
        times = {time.priority: time for time in decided.settled.sla if time.type == kind}
        assert [times[f"P{n}"].respond_minutes for n in range(1, 6)] == list(tickets.RESPOND[kind])
        assert [times[f"P{n}"].resolve_minutes for n in range(1, 6)] == list(tickets.RESOLVE[kind])


def test_the_ledger_has_the_service_desk_managed_print_and_a_capital_programme(june):
    sheet = openpyxl.load_workbook(june / "budget/ledger_2025-26_P03.xlsx")["Ledger"]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    found = {(row[3], row[10]): sum(each[13] for each in rows if each[3] == row[3]) for row in rows}

    assert {name for name, kind in found if kind == "C"} == {
        *("Digital strategy", "School places", "Roads and bridges", "Homes adapted"),
        *("Offices and depots", "Devices and network"),
    }
    assert 450_000 < found["Service desk", "R"] < 520_000
    assert 90_000 < found["Managed print", "R"] < 120_000


def test_the_network_costs_919_800_pounds_of_which_100_000_a_year_are_new_money(june):
    sheet = openpyxl.load_workbook(june / "budget/ledger_2025-26_P03.xlsx")["Ledger"]
    year = {
        row[8]: row[12]
        for row in sheet.iter_rows(min_row=5, values_only=True)
        if str(row[8] or "").startswith("NET")
    }

    assert year == {"NET-REF": 206_600, "NET-NEW": 100_000}
    assert 3 * sum(year.values()) == 919_800
