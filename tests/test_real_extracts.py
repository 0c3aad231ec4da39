"""Extracts that others published, read and measured; skipped where they are not at hand.

What is expected is worked out here from the raw files, with csv, Decimal and pandas alone.
"""

import csv
import shutil
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pandas as pd
import pytest
import yaml
from sqlalchemy import select

from scorecard import accept, keep, measure, settings
from scorecard.objects import open_store
from scorecard.register.models import Extract, Measured
from scorecard.settings import INCLUDE, REPOSITORY
from scorecard.stores import Stores
from scorecard.trial import try_file
from switching import listing

REAL = REPOSITORY.parent / "shared" / "data" / "real"
LOG = REAL / "servicenow_incident_event_log.csv"
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SPEND = {
    "leeds_spend_2020-06.csv": ("spend_leeds", "Amount"),
    "harrogate_spend_2022-08.csv": ("spend_harrogate", "Net Amount"),
    "wakefield_spend_2021-Q4.csv": ("spend_wakefield", "Net Amount"),
    "gla_spend_2022-P13.csv": ("spend_gla", "Amount"),
}

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real extracts are not at hand")


@pytest.fixture
def council(tmp_path):
    """Decisions of a council that has the systems of the real extracts."""
    systems = [system for system, _ in SPEND.values()]
    return listing(tmp_path / "council", tickets=["servicenow_event_log"], budget=systems)


@pytest.fixture
def limits(tmp_path, council):
    return settings.read({
        "SCORECARD_HOME": str(tmp_path / "home"), "SCORECARD_COUNCIL": str(council),
        "SCORECARD_THREADS": "2",
    })  # fmt: skip


def amount(written):
    plain = written.strip().replace(",", "")
    return -Decimal(plain[:-1]) if plain.endswith("-") else Decimal(plain)


@pytest.mark.parametrize("name", SPEND)
def test_payments_accepted_and_set_aside_add_up_to_the_penny(limits, name):
    system, heading = SPEND[name]
    with (REAL / name).open(encoding="utf-8-sig", newline="") as file:
        amounts = [amount(row[heading]) for row in csv.DictReader(file)]
    told = try_file(REAL / name, limits, NOW)
    sums = told["amounts"]

    assert (told["system"], told["table"], told["refusals"]) == (system, "spend", [])
    assert told["rows_received"] == len(amounts)
    assert told["rows_accepted"] + told["rows_set_aside"] == len(amounts)
    assert Decimal(sums["accepted"]) + Decimal(sums["set_aside"]) == sum(amounts)
    assert sums["rows_without_amount"] == 0
    assert told["by_rule"] == ({"not_a_payment": amounts.count(0)} if 0 in amounts else {})


def test_of_the_event_log_the_last_row_of_each_ticket_is_accepted(limits):
    told = try_file(LOG, limits, NOW)
    assert (told["rows_received"], told["rows_accepted"]) == (2988, 438)
    assert told["by_rule"] == {"superseded": 2550}
    months = real_tickets()["opened_at"].dt.strftime("%Y-%m").value_counts()
    assert told["months"] == dict(months)


@pytest.fixture
def stores(register, council, limits):
    """Stores of a council whose calendar and SLA times held in 2016 already."""
    decided = council / "council.yaml"
    decided.write_text(decided.read_text().replace("from: 2018-04-01", "from: 2015-04-01"))
    return Stores(register, open_store(limits.store_url), limits, b"a key for tests only")


def holidays():
    days = pd.read_csv(INCLUDE / "reference" / "bank_holidays.csv", parse_dates=["date"])
    return set(days["date"].dt.date)


HOLIDAYS = holidays()
OPENS, CLOSES = time(8), time(18)


def stretches(start):
    """Working time from a London moment on, one stretch a day."""
    day = start.date()
    while True:
        opens, closes = datetime.combine(day, OPENS), datetime.combine(day, CLOSES)
        if day.isoweekday() <= 5 and day not in HOLIDAYS and start < closes:
            yield max(start, opens), closes
        day += timedelta(days=1)


def due(opened, minutes):
    left = timedelta(minutes=minutes)
    for begins, ends in stretches(opened):
        if left <= ends - begins:
            return begins + left
        left -= ends - begins
    raise AssertionError


def worked_hours(opened, resolved):
    worked = timedelta()
    for begins, ends in stretches(opened):
        if begins >= resolved:
            return worked / timedelta(hours=1)
        worked += min(ends, resolved) - begins
    raise AssertionError


def real_tickets():
    """The last row of each ticket, with the moments that London's clocks showed."""
    log = pd.read_csv(LOG, dtype=str, keep_default_na=False)
    log = log.assign(change=log["sys_mod_count"].astype(int), place=range(len(log)))
    last = log.sort_values(["change", "place"]).groupby("number", as_index=False).tail(1)
    read = {
        name: pd.to_datetime(last[name].replace("?", None), format="%d-%m-%Y %H:%M")
        for name in ("opened_at", "resolved_at", "closed_at")
    }
    last = last.assign(**read, p="P" + last["priority"].str[0])
    decided = yaml.safe_load((INCLUDE / "council" / "council.yaml").read_text())["sla"]
    minutes = {s["priority"]: s["resolve_minutes"] for s in decided if s["type"] == "incident"}
    dues = [
        opened + timedelta(minutes=minutes[p]) if p == "P1" else due(opened, minutes[p])
        for opened, p in zip(last["opened_at"].dt.to_pydatetime(), last["p"], strict=True)
    ]
    return last.assign(due=pd.to_datetime(dues))


def clock_hours(ticket):
    if ticket.p != "P1":
        return worked_hours(ticket.opened_at.to_pydatetime(), ticket.resolved_at.to_pydatetime())
    opened, resolved = (
        moment.tz_localize("Europe/London") for moment in (ticket.opened_at, ticket.resolved_at)
    )
    return (resolved - opened) / timedelta(hours=1)


def expected():
    """Numerator and denominator of each service desk KPI for January to March 2016."""
    begins, ends = pd.Timestamp("2016-01-01"), pd.Timestamp("2016-04-01")
    tickets = real_tickets()
    opened = tickets[(tickets.opened_at >= begins) & (tickets.opened_at < ends)]
    resolved = tickets[(tickets.resolved_at >= begins) & (tickets.resolved_at < ends)]
    left = tickets.resolved_at.fillna(tickets.closed_at)
    still = tickets[(tickets.opened_at < ends) & ~(left < ends)]
    aged = (still.opened_at < ends - timedelta(days=30)) | (still.due < ends)
    in_time = resolved.resolved_at <= resolved.due
    said = resolved["made_sla"] == "TRUE"
    reopened = resolved["reopen_count"].astype(int) > 0
    direct = resolved["reassignment_count"].astype(int) == 0
    grouped = resolved[resolved["assignment_group"] != "?"]
    hours = pd.Series([clock_hours(ticket) for ticket in resolved.itertuples()])
    return {
        "incidents_resolved_within_sla": (in_time.sum(), len(resolved)),
        "sla_flag_mismatches": ((in_time != said).sum(), len(resolved)),
        "open_tickets": (len(still), 1),
        "aged_open_tickets": (aged.sum(), len(still)),
        "ticket_clearance_ratio": (len(resolved), len(opened)),
        "tickets_reopened": (reopened.sum(), len(resolved)),
        "tickets_fixed_at_first_contact": ((direct & ~reopened).sum(), len(resolved)),
        "tickets_resolved_at_first_level": (0, len(grouped)),
        "ticket_resolution_time": (round(float(hours.median()), 6), len(resolved)),
    }


def test_a_quarter_of_real_tickets_is_measured_as_pandas_reckons_it(stores):
    inbox = stores.settings.inbox / "tickets"
    inbox.mkdir(parents=True)
    shutil.copy(LOG, inbox)
    keep.run(stores, "tickets", NOW)
    accept.run(stores, "tickets", NOW)
    measurement = measure.run(stores, "2015-16-Q4", NOW, NOW)

    chosen = select(Measured.kpi_id, Measured.numerator, Measured.denominator).where(
        Measured.measurement_id == measurement,
        Measured.period == "2015-16-Q4",
        Measured.directorate == "COUNCIL",
    )
    wanted = expected()
    with stores.register.connect() as connection:
        (extract,) = connection.execute(select(Extract)).all()
        figures = {
            kpi: (round(float(numerator), 6), int(denominator))
            for kpi, numerator, denominator in connection.execute(chosen)
            if kpi in wanted
        }
    assert (extract.rows_received, extract.rows_accepted) == (2988, 438)
    assert extract.rows_set_aside == 2550
    assert figures == wanted
