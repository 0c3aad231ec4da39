"""What changed in the rules within the year that a pack looks back on."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scorecard.decisions import Directorate, Owner
from scorecard.packs.changes_sheet import changes_sheet

KPI = "tickets_solved"
FIRST = date(2023, 4, 1)


def changes(records, **decided):
    """The rows of the sheet for a council that decided so: kind to approver, without the name."""
    table = changes_sheet(replace(records, council=replace(records.council, **decided)))
    rows = [tuple(cell.text for cell in row) for row in table.rows]
    return [] if rows[0][0] == "None" else [(*row[:2], *row[3:]) for row in rows]


@pytest.fixture
def target(records):
    return records.council.targets[0]


def test_a_target_a_tolerance_and_a_method_have_each_their_row(records, target):
    since = date(2025, 4, 1)
    new = replace(
        target, effective_from=since, target=Decimal(85), tolerance=Decimal(10),
        method="pct_tolerance", decision="Cabinet, minute 9", reason="Out of reach",
    )  # fmt: skip

    assert changes(records, targets=(target, new)) == [
        ("Target", KPI, "90.0%", "85.0%", "1 April 2025", "Out of reach", "Cabinet, minute 9"),
        ("Tolerance", KPI, "5 percentage points", "10%", "1 April 2025", "Out of reach",
         "Cabinet, minute 9"),
        ("Method", KPI, "Tolerance in the KPI's unit",
         "Tolerance in percent of the target", "1 April 2025", "Out of reach",
         "Cabinet, minute 9"),
    ]  # fmt: skip


def test_a_change_names_its_kpi_as_the_summary_does(records, target):
    new = replace(target, effective_from=date(2025, 4, 1), target=Decimal(85))
    decided = replace(records.council, targets=(target, new))
    table = changes_sheet(replace(records, council=decided))

    assert [cell.text for cell in table.rows[0][1:3]] == [KPI, "Tickets solved"]


@pytest.mark.parametrize(
    ("since", "is_listed"),
    [
        (date(2024, 6, 30), False),
        (date(2024, 7, 1), True),
        (date(2025, 6, 30), True),
        (date(2025, 7, 1), False),
    ],
)
def test_changes_since_the_same_quarter_last_year_are_listed(records, target, since, is_listed):
    new = replace(target, effective_from=since, target=Decimal(85))
    owners = (
        Owner(KPI, FIRST, "Head of ICT", "Analyst", "Director"),
        Owner(KPI, since, "Head of Desk", "Analyst", "Director"),
    )
    told = changes(records, targets=(target, new), owners=owners)

    assert [row[0] for row in told] == (["Target", "Owner"] if is_listed else [])


def test_a_decision_that_was_taken_again_is_compared_with_what_held_before_both(records, target):
    first = replace(target, effective_from=date(2025, 4, 1), target=Decimal(80))
    again = replace(first, target=Decimal(85), decided_on=date(2025, 5, 6))

    assert [row[2:4] for row in changes(records, targets=(target, first, again))] == [
        ("90.0%", "85.0%")
    ]


def test_the_target_of_one_directorate_says_whose_it_is(records, target):
    own = replace(target, directorate="HR")
    new = replace(own, effective_from=date(2025, 4, 1), target=Decimal(85))

    assert [row[:4] for row in changes(records, targets=(target, own, new))] == [
        ("Target", KPI, "90.0% for HR", "85.0% for HR")
    ]


def test_each_role_that_changed_has_its_row(records):
    owners = (
        Owner(KPI, FIRST, "Head of ICT", "Analyst", "Director"),
        Owner(KPI, date(2025, 5, 1), "Head of Desk", "Analyst", "Chief Officer"),
    )

    assert [row[:5] for row in changes(records, owners=owners)] == [
        ("Owner", KPI, "Head of ICT", "Head of Desk", "1 May 2025"),
        ("Owner", KPI, "Director", "Chief Officer", "1 May 2025"),
    ]


def directorate(code, name, begins=FIRST, ends=None, after=()):
    return Directorate(code, name, begins, ends, succeeded_by=after)


JUNE, MAY = date(2025, 6, 1), date(2025, 5, 31)


@pytest.mark.parametrize(
    ("directorates", "before", "after", "said"),
    [
        ((directorate("HR", "People", FIRST, MAY, ("PO",)), directorate("PO", "Workforce", JUNE)),
         "People", "Workforce", "People became Workforce"),
        ((directorate("HR", "People", FIRST, MAY), directorate("HR", "Workforce", JUNE)),
         "People", "Workforce", "People is called Workforce"),
        ((directorate("A", "Housing", FIRST, MAY, ("C",)),
          directorate("B", "Place", FIRST, MAY, ("C",)), directorate("C", "Neighbourhoods", JUNE)),
         "Housing and Place", "Neighbourhoods", "Housing and Place became Neighbourhoods"),
        ((directorate("A", "Place", FIRST, MAY, ("B", "C")), directorate("B", "Roads", JUNE),
          directorate("C", "Parks", JUNE)),
         "Place", "Roads and Parks", "Place became Roads and Parks"),
        ((directorate("A", "Housing", FIRST, MAY, ("B",)), directorate("B", "Place")),
         "Housing", "Place", "Housing joined Place"),
    ],
)  # fmt: skip
def test_a_reorganisation_is_told_by_names(records, directorates, before, after, said):
    assert changes(records, directorates=directorates) == [
        ("Directorate", "All with directorates", before, after, "1 June 2025",
         f"Reorganised: {said}", "Not recorded")
    ]  # fmt: skip
