"""A refused extract is read again once what decides on its reading has changed."""

from dataclasses import replace
from datetime import timedelta
from shutil import copytree

import pytest
from given import NOW, incidents, tickets
from office import Office
from sqlalchemy import select, update

from scorecard import judge, reading, workbench
from scorecard.accepted import select as accepted_rows
from scorecard.register import refusals
from scorecard.register.models import Check, Extract
from scorecard.settings import INCLUDE, REPOSITORY

UNKNOWN = {"caller_id.department": "Transformation Unit"}
LATER = NOW + timedelta(days=1)
TICK = timedelta(microseconds=1)


@pytest.fixture
def own(stores, tmp_path, monkeypatch):
    """An office with mappings, expectations and council files of its own."""
    for module, name in ((workbench, "SOURCES"), (judge, "EXPECTATIONS")):
        folder = copytree(getattr(module, name), tmp_path / name.lower())
        monkeypatch.setattr(module, name, folder)
    council = copytree(INCLUDE / "council", tmp_path / "council")
    return Office(replace(stores, settings=replace(stores.settings, council=council)))


def told(office):
    return [(e.state, e.rows_received, e.rows_accepted, e.refusal) for e in office.extracts()]


def add(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_refused_extract_is_accepted_once_its_directorate_is_listed(own):
    own.send("incident.csv", incidents(*tickets(9, **UNKNOWN)))
    assert own.take_in() == []
    add(own.stores.settings.council / "directorates.csv", "|PLACE|", "|PLACE|Transformation Unit|")

    assert own.take_in(now=LATER) == [1]
    assert told(own) == [("accepted", 9, 9, None)]
    with own.stores.register.connect() as connection:
        rules = connection.scalars(select(Check.rule)).all()
        failed = connection.scalars(select(Check.rule).where(Check.result != "passed")).all()
    assert (len(set(rules)), failed) == (len(rules), [])
    assert own.take_in(now=LATER) == []


def test_a_system_that_the_feed_does_not_list_is_refused_and_accepted_once_it_is_listed(own):
    desk = (REPOSITORY / "tests" / "sources" / "freshdesk.csv").read_bytes()
    own.send("desk.csv", desk)
    assert own.take_in() == []
    assert told(own)[0][0] == "refused"
    assert own.refusals()[0].startswith("desk.csv: an export of freshdesk, while feeds.yaml lists")
    add(own.stores.settings.council / "feeds.yaml", "[servicenow_inc", "[freshdesk, servicenow_inc")

    assert own.take_in(now=LATER) == [1]


def test_a_refused_extract_is_accepted_once_its_heading_is_dropped(own):
    content = incidents(*tickets(3)).replace("short_description\n", "short_description,Home\n", 1)
    own.send("incident.csv", content.replace("dark\n", "dark,x\n"))
    assert own.take_in() == []
    add(
        workbench.SOURCES / "servicenow_incident.yaml",
        "short_description",
        "short_description, home",
    )

    assert own.take_in(now=LATER) == [1]


def test_what_is_refused_again_says_why_it_is_refused_now(own):
    own.send("incident.csv", incidents(*tickets(9, **UNKNOWN)))
    own.take_in()
    add(workbench.SOURCES / "servicenow_incident.yaml", "short_description", "summary")

    assert own.take_in(now=LATER) == []
    ((state, received, accepted, refusal),) = told(own)
    assert (state, received, accepted) == ("refused", None, None)
    assert "recognised as no system" in refusal
    with own.stores.register.connect() as connection:
        assert connection.execute(select(Check)).all() == []


def test_a_refused_extract_is_left_alone_while_nothing_has_changed(own):
    own.send("incident.csv", incidents(*tickets(9, **UNKNOWN)))
    own.take_in()
    own.take_in(now=LATER)

    assert [extract.accepted_at for extract in own.extracts()] == [NOW]


def test_an_accepted_extract_stays_as_it_was_accepted(own):
    own.send("incident.csv", incidents(*tickets(8), {"number": "INC9", **UNKNOWN}))
    own.take_in()
    add(own.stores.settings.council / "directorates.csv", "|PLACE|", "|PLACE|Transformation Unit|")

    assert own.take_in(now=LATER) == []
    assert told(own) == [("accepted", 9, 8, None)]


def test_a_refusal_of_an_older_release_is_looked_at_again(own):
    own.send("incident.csv", incidents(*tickets(9, **UNKNOWN)))
    own.take_in()
    with own.stores.register.begin() as connection:
        connection.execute(update(Extract).values(definitions_sha256=None))
    own.take_in(now=LATER)

    assert [extract.accepted_at for extract in own.extracts()] == [LATER]


def test_a_pack_as_at_an_earlier_moment_does_not_read_what_was_accepted_later(own):
    own.send("incident.csv", incidents(*tickets(9, **UNKNOWN)))
    own.take_in()
    add(own.stores.settings.council / "directorates.csv", "|PLACE|", "|PLACE|Transformation Unit|")
    own.take_in(now=LATER)

    read = [accepted_rows(own.stores, "tickets", as_at).extracts for as_at in (NOW, LATER)]
    assert [list(extracts) for extracts in read] == [[], [1]]


def test_a_refusal_is_remembered_for_the_time_in_which_it_held(own):
    own.send("incident.csv", incidents(*tickets(9, **UNKNOWN)))
    own.take_in()
    add(own.stores.settings.council / "directorates.csv", "|PLACE|", "|PLACE|Transformation Unit|")
    own.take_in(now=LATER)

    def told_at(moment, quarter="2025-26-Q1"):
        found = refusals.as_at(own.stores.register, quarter, moment)
        return [(each.file_name, each.state, each.rows_received) for each in found]

    refused = [("incident.csv", "refused", 9)]
    moments = (NOW - TICK, NOW, LATER - TICK, LATER)
    assert [told_at(moment) for moment in moments] == [[], refused, refused, []]
    assert told_at(NOW, "2025-26-Q3") == []


def test_a_file_refused_twice_is_told_with_the_words_of_its_time(own):
    content = incidents(*tickets(3)).replace("short_description\n", "short_description,Home\n", 1)
    own.send("incident.csv", content.replace("dark\n", "dark,x\n"))
    own.take_in()
    add(own.stores.settings.council / "directorates.csv", "|PLACE|", "|PLACE|Transformation Unit|")
    own.take_in(now=LATER)

    hashes = [
        refusals.hashes(own.stores.register, "2025-26-Q1", at) for at in (NOW, LATER - TICK, LATER)
    ]
    assert [len(each) for each in hashes] == [1, 1, 1]


@pytest.mark.parametrize("changed", ["directorates.csv", "networks.csv"])
def test_what_decides_on_reading_is_told_apart(own, changed):
    settings = own.stores.settings
    before = reading.definitions(settings)
    assert reading.definitions(settings) == before

    (settings.council / "owners.csv").write_text("someone else\n")
    assert reading.definitions(settings) == before
    with (settings.council / changed).open("a") as file:
        file.write("\n")
    assert reading.definitions(settings) != before
    assert reading.definitions(replace(settings, max_file_mb=1)) != reading.definitions(settings)
