"""What a council decides, and what was in force when."""

import shutil
from contextlib import nullcontext
from datetime import date
from decimal import Decimal

import pytest

from scorecard import council
from scorecard.agreement_checks import check_owners, check_rules
from scorecard.decisions import ProcessControl
from scorecard.mapping import load_all
from scorecard.period import FinancialQuarter, period_named
from scorecard.settings import INCLUDE
from scorecard.sources import SOURCES
from scorecard.strict import WrongDefinition

EXAMPLESHIRE = INCLUDE / "council"
HEADINGS = (EXAMPLESHIRE / "targets.csv").read_text(encoding="utf-8").splitlines()[0]


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(EXAMPLESHIRE, tmp_path / "council")
    return tmp_path / "council"


def targets(folder, *rows):
    """Write targets from dictionaries, and read the council again."""
    names = HEADINGS.split(",")
    given = {"effective_from": "2023-04-01", "decision": "Cabinet", "reason": "a test"}
    lines = [",".join(str({**given, **row}.get(name, "")) for name in names) for row in rows]
    (folder / "targets.csv").write_text("\n".join([HEADINGS, *lines]), encoding="utf-8")
    return council.read(folder)


def test_exampleshire_is_read_whole():
    read = council.read(EXAMPLESHIRE)

    assert [d.code for d in read.directorates] == ["ASC", "CYP", "PLA", "HOU", "RES", "CEX"]
    assert (read.settled.carbon.section, read.settled.small_denominator) == ("on", 10)
    assert {t.kpi for t in read.targets} == {o.kpi for o in read.owners}
    assert len(read.owners) == 59


def test_each_feed_is_read_by_mappings_of_its_own_source():
    mappings = load_all(INCLUDE / "sources")
    feeds = council.read(EXAMPLESHIRE).feeds

    read = {(name, mappings[m].of.source) for name, feed in feeds.items() for m in feed.mappings}
    assert read == {(name, name) for name in SOURCES}


@pytest.mark.parametrize(
    ("period", "directorate", "expected"),
    [
        ("2024-25-Q4", "HOU", 88),
        ("2025-03", "COUNCIL", 88),
        ("2025-04", "HOU", 90),
        ("2025-26-Q1", "ASC", 85),
        ("2025-26-Q2", "ASC", 90),
        ("2025-26-Q2-YTD", "ASC", 90),
        ("2022-23-Q4", "HOU", None),
    ],
)
def test_a_period_keeps_the_target_of_its_last_day(folder, period, directorate, expected):
    rule = {"kpi": "a", "method": "abs_tolerance", "tolerance": 5}
    own = {**rule, "directorate": "ASC", "effective_to": "2025-06-30"}
    read = targets(
        folder,
        {**rule, "directorate": "*", "target": 88},
        {**rule, "directorate": "*", "target": 90, "effective_from": "2025-04-01"},
        {**own, "target": 85, "effective_from": "2025-04-01"},
    )
    found = read.target_for("a", directorate, period_named(period))

    assert (found and found.target) == (expected and Decimal(expected))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"method": "guess"}, "row 2: a: method 'guess' is unknown"),
        ({"method": "abs_tolerance", "target": 1}, "row 2: a: method 'abs_tolerance' needs 'tol"),
        ({"method": "pct_tolerance", "target": 0, "tolerance": 1}, "share of target 0"),
        ({"method": "abs_tolerance", "target": 1, "tolerance": -1}, "tolerance -1 is negative"),
        ({"method": "band"}, "a band needs inner_low"),
        ({"method": "savings", "target": 1}, "needs 'base_method'"),
        ({"method": "forecast", "target": 1}, "needs 'base_method'"),
        ({"method": "savings", "base_method": "forecast"}, "'savings' cannot rate by base_method"),
        ({"method": "savings", "base_method": "none"}, "'savings' cannot rate by base_method"),
        (
            {"method": "savings", "base_method": "pct_tolerance", "target": 0, "tolerance": 1},
            "share of target 0",
        ),
        (
            {
                "method": "abs_tolerance",
                "base_method": "band",
                "inner_low": 1,
                "target": 1,
                "tolerance": 1,
            },
            "'abs_tolerance' cannot rate by base_method 'band'",
        ),
        ({"method": "milestone", "target": 1}, "'milestone' rates dates, not values"),
        ({"method": "band", "inner_low": 2, "inner_high": 1}, "outer band does not hold"),
        ({"method": "band", "inner_low": 2, "outer_low": 3}, "outer band does not hold"),
        ({"method": "band", "inner_high": 2, "outer_low": 1}, "outer band does not hold"),
        ({"method": "none", "reason": ""}, "row 2: 'reason' is missing"),
        ({"method": "none", "reason": "  "}, "row 2: reason: '' is not a text"),
        ({"method": "none", "directorate": "HUO"}, "row 2: a: directorate 'HUO' is unknown"),
        ({"method": "none", "relative_to": "calendar_year"}, "relative_to 'calendar_year' is unkn"),
        ({"method": "none", "target": "90%"}, "targets.csv, row 2: target: '90%' is not a number"),
        ({"method": "none", "effective_from": "2025-02-31"}, "'2025-02-31' is not a day"),
        ({"method": "none", "decision": ""}, "row 2: 'decision' is missing"),
    ],
)
def test_a_target_that_cannot_be_used_names_its_row(folder, row, words):
    with pytest.raises(WrongDefinition, match=words):
        targets(folder, {"kpi": "a", "directorate": "*", **row})


def test_two_targets_from_the_same_day_are_refused(folder):
    row = {"kpi": "a", "directorate": "*", "method": "none"}

    with pytest.raises(WrongDefinition, match=r"row 3: a has a row for . from 2023-04-01 already"):
        targets(folder, row, row)


def test_of_two_decisions_from_the_same_day_the_later_one_holds(folder):
    row = {"kpi": "a", "directorate": "*", "method": "abs_tolerance", "tolerance": 5}
    read = targets(
        folder,
        {**row, "target": 92, "decided_on": "2025-09-01"},
        {**row, "target": 90, "decided_on": "2025-03-18"},
    )

    assert read.target_for("a", "ASC", period_named("2025-05")).target == Decimal(92)


def test_the_day_of_the_decision_may_be_left_out_with_its_column(folder):
    text = (folder / "owners.csv").read_text(encoding="utf-8")
    without = "\n".join(line.rpartition(",")[0] for line in text.splitlines())
    (folder / "owners.csv").write_text(without, encoding="utf-8")

    assert {owner.decided_on for owner in council.read(folder).owners} == {None}


def test_every_decision_of_exampleshire_has_its_day():
    read = council.read(EXAMPLESHIRE)
    rows = (*read.targets, *read.owners, *read.directorates, *read.settled.baselines)

    assert [row for row in rows if row.decided_on is None] == []
    named = {(t.decision, str(t.decided_on)) for t in read.targets}
    assert named == {
        ("Cabinet, 12 April 2023, minute 14", "2023-04-12"),
        ("Cabinet, 18 March 2025, minute 9", "2025-03-18"),
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("council.yaml", "contact:", "mail:", "council.yaml: unknown key 'mail'"),
        ("council.yaml", "group: 10", "group: ten", "council.yaml: suppression: group: 'ten'"),
        ("council.yaml", "small_denominator: 10", "", "council.yaml: 'small_denominator' is miss"),
        ("feeds.yaml", "printing:\n", "scanning:\n", "feeds.yaml: source 'scanning' is unknown"),
        ("feeds.yaml", "connector: folder", "", "feeds.yaml: tickets: 'connector' is missing"),
        (
            "feeds.yaml",
            "  folder: budget\n",
            "  folder: budget\n  companion: {ledger*: ctl}\n",
            r"feeds.yaml: budget: companion: ledger\*: 'ctl' is not the ending of a file's name",
        ),
        (
            "feeds.yaml",
            "  folder: budget\n",
            "  folder: budget\n  companion: {ledger*: .tmp}\n",
            "feeds.yaml: budget: companion: files that end in '.tmp' are still being written",
        ),
        (
            "feeds.yaml",
            "  folder: budget\n",
            "  folder: budget\n  companion: {ledger*: .ctl}\n  marker: .ctl\n",
            "feeds.yaml: budget: marker and companion both end in '.ctl'. Give each an ending",
        ),
        ("owners.csv", "steward", "helper", "owners.csv, row 1: the headings are"),
        ("owners.csv", "Officer,", "Officer,x,", "owners.csv, row .*: has 7 cells, not 6"),
        ("council.yaml", "baseline_points: 12", "baseline_points: 11", "Write 12 or more"),
        ("council.yaml", "screen_moving_ranges: false", "screen: false", "unknown key 'screen'"),
        ("council.yaml", "section: on", "section: yes", "carbon: section: 'yes' is unknown"),
        ("council.yaml", "year: 2023-24\n", "year: 2020-21\n", "a year of the pandemic is no"),
        ("events.csv", "baseline_reset", "base_reset", "events.csv, row 3: kind 'base_reset' is"),
        ("desks.csv", "340", "0", "desks.csv, row 2: Civic Centre has 0 desks. Write how many"),
        ("desks.csv", "2024-08-31", "2024-09-01", "Riverside House has 320 and 280 desks on the"),
        ("desks.csv", "2024-08-31", "", "Riverside House has 320 and 280 desks on the same days"),
        ("directorates.csv", "Housing|HOU", "Place|HOU", "PLA and HOU are both called 'place'"),
        (
            "directorates.csv",
            "Housing|HOU,2018-03-20,",
            "Housing|HOU,2018-03-20,PLA",
            "row 5: HOU: .* does not end",
        ),
        (
            "directorates.csv",
            ",,Housing and Communities|Housing|HOU,2018-03-20,",
            ",2025-03-31,Housing|HOU,2018-03-20,PLX",
            "row 5: HOU: succeeded by PLX, which does not exist",
        ),
        (
            "directorates.csv",
            ",,Housing and Communities|Housing|HOU,2018-03-20,",
            ",2025-03-31,Housing|HOU,2018-03-20,HOU",
            "row 5: HOU: succeeds itself",
        ),
        (
            "owners.csv",
            "requests_fulfilled_within_sla",
            "incidents_resolved_within_sla",
            "owners.csv, row 3: incidents_resolved_within_sla has an owner from 2023-04-01 already",
        ),
    ],
)
def test_a_file_that_cannot_be_used_names_file_and_key(folder, file, old, new, words):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(WrongDefinition, match=words):
        council.read(folder)


def test_a_reset_of_the_baseline_is_an_event_beside_those_of_the_file(folder):
    path = folder / "council.yaml"
    later = """baselines:
  - from: 2025-26-Q1
    year: 2024-25
    decision: Cabinet, 18 March 2025, minute 9
    decided_on: 2025-03-18
    reason: The office moved.
"""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("baselines:\n", later), encoding="utf-8")
    before = len(council.read(EXAMPLESHIRE).events)

    reset = council.read(folder).events[before:]
    assert {event.title for event in reset} == {"The baseline is 2024-25, no longer 2023-24"}
    assert {event.day for event in reset} == {date(2025, 4, 1)}


@pytest.mark.parametrize(
    ("written", "share"),
    [("", None), ("    census_home_share: 0.104\n    census_home_reason: No log\n", "0.104")],
)
def test_a_baseline_takes_no_share_of_the_census_unless_its_row_says_so(folder, written, share):
    path = folder / "council.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    year: 2023-24\n", f"    year: 2023-24\n{written}"), "utf-8")

    (baseline,) = council.read(folder).settled.baselines
    assert baseline.census_home_share == (Decimal(share) if share else None)


def test_a_council_that_says_nothing_of_process_limits_has_the_usual_ones(folder):
    text = (folder / "council.yaml").read_text(encoding="utf-8")
    (folder / "council.yaml").write_text(text[: text.index("\nspc:")], encoding="utf-8")

    assert council.read(folder).settled.spc == ProcessControl(12, False)


def test_a_reorganisation_leaves_the_past_where_it_was(folder):
    old = "RES,Resources,2018-04-01,,Resources|Finance and Resources|RES,2018-03-20,"
    text = (folder / "directorates.csv").read_text(encoding="utf-8")
    assert old in text
    new = (
        "RES,Resources,2018-04-01,2025-05-31,Resources|Finance and Resources,2018-03-20,COR\n"
        "COR,Corporate Resources,2025-06-01,,Resources|Corporate Resources,2025-05-06,"
    )
    (folder / "directorates.csv").write_text(text.replace(old, new), encoding="utf-8")
    read = council.read(folder)

    def codes(key):
        found = {d.code for d in read.directorates_in(period_named(key))}
        return sorted(found & {"RES", "COR"})

    assert [codes(key) for key in ("2025-05", "2025-26-Q1", "2025-06")] == [
        ["RES"],
        ["COR", "RES"],
        ["COR"],
    ]
    days = (date(2025, 5, 31), date(2025, 6, 1))
    assert [read.directorate_named(" RESOURCES ", day).code for day in days] == ["RES", "COR"]
    assert read.directorate_named("Transformation Unit", date(2025, 6, 1)) is None


def test_the_first_target_is_known_beside_a_later_one_and_beside_its_withdrawal(folder):
    rule = {"kpi": "a", "method": "abs_tolerance", "tolerance": 5, "directorate": "*"}
    read = targets(
        folder,
        {**rule, "target": 88},
        {**rule, "target": 88, "effective_from": "2024-04-01", "reason": "confirmed"},
        {**rule, "target": 90, "effective_from": "2025-04-01"},
        {**rule, "target": 85, "effective_from": "2025-04-01", "directorate": "ASC"},
        {**rule, "method": "none", "effective_from": "2025-07-01"},
    )

    def first(directorate, quarter):
        found = read.original_target_for("a", directorate, period_named(quarter))
        return found and int(found.target)

    quarters = ("2023-24-Q1", "2024-25-Q4", "2025-26-Q1", "2025-26-Q2")
    assert [first("PLA", quarter) for quarter in quarters] == [None, None, 88, 88]
    assert [first("ASC", quarter) for quarter in quarters] == [None, None, 88, 88]
    assert first("PLA", "2022-23-Q4") is None


@pytest.mark.parametrize(
    ("way", "target", "floor", "is_refused"),
    [
        ("higher", 90, 85, False),
        ("higher", 90, 90, False),
        ("higher", 85, 90, True),
        ("lower", 5, 8, False),
        ("lower", 8, 5, True),
        ("band", 5, 5, True),
    ],
)
def test_a_floor_stands_on_the_worse_side_of_its_target(folder, way, target, floor, is_refused):
    row = {"kpi": "a", "directorate": "*", "method": "floor_standard"}
    read = targets(folder, {**row, "target": target, "floor": floor})

    with pytest.raises(WrongDefinition, match="row 2: a: a floor") if is_refused else nullcontext():
        check_rules(read.targets, {"a": way})


@pytest.mark.parametrize(("day", "is_refused"), [("2023-03-31", True), ("2023-04-01", False)])
def test_a_figure_that_nobody_owns_is_refused(day, is_refused):
    owners = council.read(EXAMPLESHIRE).owners
    begins = {"open_tickets": date.fromisoformat(day)}
    words = f"owners.csv: open_tickets has a figure for the period to {day} and nobody owns it"

    with pytest.raises(WrongDefinition, match=words) if is_refused else nullcontext():
        check_owners(owners, begins)


@pytest.mark.parametrize(
    ("quarter", "expected"),
    [("2025-26-Q2", "2023-24-Q2"), ("2023-24-Q1", "2023-24-Q1"), ("2022-23-Q4", None)],
)
def test_a_quarter_is_compared_with_the_same_quarter_of_the_baseline_year(quarter, expected):
    found = council.read(EXAMPLESHIRE).baseline_for(FinancialQuarter.parse(quarter))

    assert (found and str(found[1])) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2023-24-Q4", 0), ("2024-25-Q4", 50), ("2025-26-Q4", 100), ("2026-27-Q1", 100)],
)
def test_the_share_of_an_envelopes_years_that_has_passed(period, expected):
    read = council.read(EXAMPLESHIRE)

    assert read.envelope_elapsed("funding_envelope", period_named(period)) == expected


def test_an_owner_is_a_role_in_force():
    owner = council.read(EXAMPLESHIRE).owner_of("open_tickets", period_named("2025-26-Q1"))

    assert (owner.owner, owner.steward) == ("Head of ICT Service Delivery", "Service Desk Analyst")


@pytest.mark.parametrize(
    ("month", "gap"),
    [
        ("2023-03", None),
        ("2025-03", None),
        ("2025-04", ("2025-04-01", "2025-06-30")),
        ("2025-06", ("2025-04-01", "2025-06-30")),
        ("2025-07", None),
        ("2025-10", ("2025-10-01", None)),
    ],
)
def test_a_gap_between_targets_has_a_first_and_a_last_day(folder, month, gap):
    rule = {"kpi": "a", "directorate": "*", "method": "abs_tolerance", "tolerance": 5, "target": 9}
    read = targets(
        folder,
        {**rule, "effective_to": "2025-03-31"},
        {**rule, "effective_from": "2025-07-01", "effective_to": "2025-09-30"},
    )
    found = read.without_target("a", "ASC", period_named(month))

    assert found == (gap and tuple(day and date.fromisoformat(day) for day in gap))
