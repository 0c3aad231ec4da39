"""What a council decides, and what was in force when."""

import shutil
from datetime import date
from decimal import Decimal

import pytest

from scorecard import council
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
    assert len(read.owners) == 38


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


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("council.yaml", "contact:", "mail:", "council.yaml: unknown key 'mail'"),
        ("council.yaml", "group: 10", "group: ten", "council.yaml: suppression: group: 'ten'"),
        ("council.yaml", "small_denominator: 10", "", "council.yaml: 'small_denominator' is miss"),
        ("feeds.yaml", "printing:\n", "scanning:\n", "feeds.yaml: source 'scanning' is unknown"),
        ("feeds.yaml", "connector: folder", "", "feeds.yaml: tickets: 'connector' is missing"),
        ("owners.csv", "steward", "helper", "owners.csv, row 1: the headings are"),
        ("owners.csv", "Officer,", "Officer,x,", "owners.csv, row .*: has 6 cells, not 5"),
        ("desks.csv", "340", "0", "desks.csv, row 2: Civic Centre has 0 desks. Write how many"),
        ("desks.csv", "2024-08-31", "2024-09-01", "Riverside House has 320 and 280 desks on the"),
        ("desks.csv", "2024-08-31", "", "Riverside House has 320 and 280 desks on the same days"),
        ("directorates.csv", "Housing|HOU", "Place|HOU", "PLA and HOU are both called 'place'"),
    ],
)
def test_a_file_that_cannot_be_used_names_file_and_key(folder, file, old, new, words):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(WrongDefinition, match=words):
        council.read(folder)


def test_a_reorganisation_leaves_the_past_where_it_was(folder):
    old = "RES,Resources,2018-04-01,,Resources|Finance and Resources|RES"
    text = (folder / "directorates.csv").read_text(encoding="utf-8")
    assert old in text
    new = (
        "RES,Resources,2018-04-01,2025-05-31,Resources|Finance and Resources\n"
        "COR,Corporate Resources,2025-06-01,,Resources|Corporate Resources"
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
