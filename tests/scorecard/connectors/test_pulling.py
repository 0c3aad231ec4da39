"""Pulls as a run of a feed makes them: which months, what is kept, what a failure leaves."""

from dataclasses import replace

import pytest
from given import NOW

from scorecard import council, keep
from scorecard.connectors import Away, CannotFetch
from scorecard.settings import INCLUDE
from scorecard.strict import WrongDefinition
from switching import switched

TABLE = "create table jobs (id int, at timestamp)"
QUERY = "select id, at from jobs where at >= :from_local and at < :until_local order by id"


@pytest.fixture
def desk(postgres, pulling, ask):
    """An office that asks a table of three months for incidents."""
    postgres.say(TABLE)
    for month in ("04", "05", "06"):
        postgres.say(f"insert into jobs values (1{month}, '2025-{month}-10')")
    ask(None, QUERY, system="servicenow_incident")
    office = pulling("tickets", "sql", pull_from="2025-04")
    office.desk = postgres
    return office


def as_folder(stores):
    """The same council before the switch."""
    return replace(stores, settings=replace(stores.settings, council=INCLUDE / "council"))


def names(office):
    return [extract.file_name for extract in office.extracts()]


def test_a_file_of_the_inbox_that_is_called_like_a_pulled_month_was_not_pulled(desk):
    desk.send("servicenow_incident_2025-05.csv", "put there by a person before the switch")
    keep.run(as_folder(desk.stores), "tickets", NOW)
    desk.pull(desk.desk.connection)
    pulled = [f"servicenow_incident_2025-{month}.csv" for month in ("04", "05", "06")]
    assert names(desk) == ["servicenow_incident_2025-05.csv", *pulled]


def test_a_run_for_no_month_pulls_every_month_since_the_feeds_first_once(desk):
    desk.pull(desk.desk.connection)
    whole = [f"servicenow_incident_2025-{month}.csv" for month in ("04", "05", "06")]
    assert names(desk) == whole

    desk.desk.say("insert into jobs values (2, '2025-05-11')")
    desk.pull(desk.desk.connection, hour=10)
    assert names(desk) == whole


def test_a_run_for_a_month_pulls_late_rows_of_those_before_it(desk):
    desk.pull(desk.desk.connection)
    desk.desk.say("insert into jobs values (2, '2025-05-11')")
    desk.pull(desk.desk.connection, "2025-06", hour=10)

    assert names(desk)[3:] == ["servicenow_incident_2025-05.csv"]  # the others had not changed


def test_a_month_before_the_feeds_first_is_not_asked_for_and_that_is_told(desk, caplog):
    desk.pull(desk.desk.connection, "2025-03")
    assert names(desk) == []
    assert "tickets: 2025-03 is before pull_from (2025-04) and is not asked for" in caplog.text


def test_what_came_before_a_failure_is_kept_and_the_failure_is_told(desk, ask):
    ask(None, "select no_column from jobs order by 1", system="servicenow_request")
    with pytest.raises(CannotFetch, match=r"servicenow_request\.sql, 2025-04: the database"):
        desk.pull(desk.desk.connection)
    assert len(names(desk)) == 3


def test_a_server_that_is_away_is_not_asked_for_every_month(desk, caplog):
    with pytest.raises(Away) as told:
        desk.pull(replace(desk.desk.connection, host="127.0.0.1", port=1))
    assert str(told.value).count("does not answer") == 1
    assert names(desk) == []


def test_a_feed_of_which_nothing_can_be_asked_says_what_to_write(pulling, ask, tmp_path):
    ask(None, QUERY, system="nothing")
    with pytest.raises(CannotFetch) as told:
        pulling("tickets").pull(None)
    assert str(told.value).startswith("feeds.yaml: tickets: its connector is sql, and none of its")
    assert "<system>.sql, or list a mapping that has one." in str(told.value)


def test_what_pull_names_is_asked_for_alone_and_the_others_come_as_files(
    pulling, postgres, ask, tmp_path
):
    postgres.say(TABLE, "insert into jobs values (104, '2025-04-10')")
    ask(None, QUERY, system="work_patterns")
    ask(None, "select nothing from no_such_view order by 1", system="travel_survey_template")
    office = pulling("workforce", "sql", pull_from="2025-04", pull="[work_patterns]")
    office.send("survey.csv", "wave,mode", "workforce")

    office.pull(postgres.connection, "2025-04")
    assert names(office) == ["survey.csv", "work_patterns_2025-04.csv"]


def test_what_pull_names_and_nothing_can_ask_for_is_told_and_the_files_are_kept(
    pulling, ask, postgres
):
    ask(None, QUERY, system="work_patterns")
    office = pulling("workforce", "sql", pull="[work_patterns, workforce_template]")
    office.send("survey.csv", "wave,mode", "workforce")

    with pytest.raises(CannotFetch, match=r"sql, and 'workforce_template' cannot be asked for\. "):
        office.pull(postgres.connection)
    assert names(office) == ["survey.csv"]


@pytest.mark.parametrize(
    ("connector", "pull", "why"),
    [
        ("sql", "[work_pattern]", "pull: 'work_pattern' is not among its mappings. List it"),
        ("folder", "[work_patterns]", "the connector is folder. Write connector: sql or rest"),
        ("sql", "[]", "is not a list of one or more"),
    ],
)
def test_a_pull_that_cannot_be_is_refused(tmp_path, connector, pull, why):
    folder = switched(tmp_path / "c", {"workforce": connector}, pull=pull)
    with pytest.raises(WrongDefinition, match=r"^feeds\.yaml: workforce: ") as refused:
        council.feeds_in(folder)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("line", "value", "why"),
    [
        ("pull_from", "2025", "'2025' is not a month such as 2025-04"),
        ("archive", "../taken", "is not a name without spaces, dots and slashes"),
        ("connector", "ftp", "'ftp' is unknown. Use one of folder, sql, rest"),
    ],
)
def test_a_line_of_a_feed_that_cannot_be_used_is_told(tmp_path, line, value, why):
    connector = value if line == "connector" else "sql"
    lines = {} if line == "connector" else {line: value}
    with pytest.raises(WrongDefinition, match=r"^feeds\.yaml: tickets: ") as refused:
        council.feeds_in(switched(tmp_path / "c", {"tickets": connector}, **lines))
    assert why in str(refused.value)
