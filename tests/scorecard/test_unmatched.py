"""Rows that no decision of the council fits: found, said with who acts, and marked."""

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from given import NOW, incidents, tickets
from sqlalchemy import select
from test_gate import DECIDED, known

from scorecard import accept, gate, keep, measure, reconcile, unmatched
from scorecard.register.models import Figure, GateFinding
from scorecard.settings import INCLUDE
from scorecard.stores import Stores

HOU = ",,Housing and Communities|Housing|HOU,2018-03-20,"
ENDED = ",2025-05-14,Housing and Communities|Housing|HOU,2018-03-20,"


def ended(code, last_day, month="2025-06"):
    """A measurement with three rows of a directorate that ended on a day."""
    row = {"table_name": "tickets", "month": month, "directorate": code, "rows_named": "3"}
    ends = date.fromisoformat(last_day)
    theirs = [replace(d, effective_to=ends) if d.code == code else d for d in DECIDED.directorates]
    found = known()
    return replace(
        found, of_ended=[row], decided=replace(found.decided, directorates=tuple(theirs))
    )


@pytest.mark.parametrize(
    ("code", "since"), [("HOU", "ended on 14 May 2025"), ("NEW", "did not exist then")]
)
def test_rows_of_a_directorate_that_had_ended_are_said_with_who_sends_them(code, since):
    (finding,) = unmatched.findings(ended(code, "2025-05-14"))

    assert finding.message == (
        f"tickets of 2025-06: 3 rows name {code}, which {since}. Head of ICT Service Delivery "
        "sends the month by the directorates of then, or include/council/directorates.csv is "
        "corrected."
    )
    assert (finding.kind, finding.outcome) == ("ended_directorate", "provisional")
    assert [finding.concerns(one) for one in (code, "COUNCIL", "ASC")] == [True, True, False]


def test_tickets_without_an_sla_time_mark_what_is_judged_by_it_and_nothing_else():
    row = {"month": "2025-06", "type": "incident", "priority": "P3", "tickets": "1204"}
    found = replace(known(), without_sla=[row])
    (finding,) = gate.passed(found)
    by_sla = replace(found.definitions["open_tickets"], by_sla_times=True)

    assert finding.message == (
        "tickets of 2025-06: 1,204 of incident P3 have no SLA time and are in no figure of the "
        "SLA. The performance team adds the time to `sla` in include/council/council.yaml, or a "
        "row with hours: none."
    )
    assert gate.doubts(found, by_sla, found.quarter.period) == [finding]
    assert gate.doubts(found, found.definitions["open_tickets"], found.quarter.period) == []


@pytest.fixture
def desk(office, stores, tmp_path):
    """A desk whose council can change its files, and what a quarter's figures then are."""
    folder = tmp_path / "council"
    shutil.copytree(INCLUDE / "council", folder)
    theirs = Stores(
        stores.register, stores.objects, replace(stores.settings, council=folder), stores.hash_key
    )
    for month in ("04", "05", "06"):
        cells = [
            {**ticket, "number": f"{ticket['number']}{month}", "caller_id.department": whose,
             "opened_at": f"2025-{month}-02 09:00:00", "resolved_at": f"2025-{month}-02 12:00:00"}
            for whose, count in (("Housing", 4), ("Place", 6))
            for ticket in tickets(count, short_description=whose)
        ]  # fmt: skip
        for place, row in enumerate(cells):
            row["number"] = f"INC{month}{place:05d}"
        office.send(f"incident_2025-{month}.csv", incidents(*cells), "tickets")
    return theirs


def change(stores, file, old, new):
    path = stores.settings.council / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def take_in(stores):
    keep.run(stores, "tickets", NOW)
    accept.run(stores, "tickets", NOW)


def quarter(stores):
    at = NOW + timedelta(hours=1)
    measured = reconcile.run(stores, measure.run(stores, "2025-26-Q1", at, at))
    with stores.register.begin() as connection:
        figures = connection.execute(
            select(Figure.kpi_id, Figure.period, Figure.directorate, Figure.value, Figure.state)
            .where(Figure.measurement_id == measured)
            .order_by(Figure.kpi_id, Figure.period, Figure.directorate)
        ).all()
        kinds = connection.execute(
            select(GateFinding.kind, GateFinding.period, GateFinding.directorate).where(
                GateFinding.measurement_id == measured, GateFinding.table == "tickets"
            )
        ).all()
    return figures, sorted(map(tuple, kinds))


def test_a_reorganisation_gives_the_same_figures_entered_before_or_after_the_extracts(
    desk, registers
):
    take_in(desk)
    change(desk, "directorates.csv", HOU, ENDED)
    after, found = quarter(desk)
    later = replace(desk, register=registers())
    take_in(later)

    assert quarter(later) == (after, found)
    assert ("ended_directorate", "2025-06", "HOU") in found
    june = [f.value for f in after if f[:3] == ("incidents_resolved_within_sla", "2025-06", "HOU")]
    assert june == [100]


def test_a_priority_that_the_council_forgot_is_found_and_one_without_sla_is_not(desk):
    take_in(desk)
    p3 = "type: incident, priority: P3, hours: "
    given = f"{p3}working, respond_minutes: 240, resolve_minutes: 1800"
    change(desk, "council.yaml", given, f"{p3}none")
    _, decided = quarter(desk)
    none = "  - {from: 2018-04-01, type: incident, priority: P3, hours: none}\n"
    change(desk, "council.yaml", none, "")
    _, forgotten = quarter(desk)

    assert ("no_sla_time", "2025-06", "COUNCIL") in forgotten
    assert [kind for kind, *_ in decided if kind == "no_sla_time"] == []
