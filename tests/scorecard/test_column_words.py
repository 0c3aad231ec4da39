"""Headings of desks, ledgers, print logs, bookings and staff lists that nobody has mapped."""

import pytest

from scorecard.column_words import (
    in_known_words,
    is_doubted,
    likeness,
    meanings,
    unit_of,
    words_of,
)
from scorecard.mapping import load_all
from scorecard.settings import INCLUDE
from scorecard.sources import TABLES
from scorecard.strict import yaml_of
from scorecard.workbench import SOURCES

KNOWN = """
tickets.ticket_id Call ref; tickets.opened_at Logged; tickets.opened_at Date raised
tickets.resolved_at Fixed on; tickets.channel Way in; tickets.requester_id Logged for
tickets.sla_resolve_met Met target?; ledger.subjective Detail code
ledger.cost_centre Cost centre code; ledger.period_no Period no
ledger.profiled_ytd Profile to date; ledger.actual_ytd Spend to date
spend.net_amount Net amount; print_jobs.sheets Sheets; print_jobs.user_pseud Job owner
print_jobs.colour_pages Colour?; presence_events.source_key sess; presence_events.person_pseud acct
presence_events.minutes secs; staff.person_pseud Emp no; staff.fte WTE
"""
DOUBTED = """
tickets.type Call class; tickets.closed_at Shut; tickets.reassignment_count Times bounced
ledger.revised_budget Full year budget; ledger.subjective Analysis code
ledger.project_code Analysis code; presence_events.event_at Checked in
presence_events.outcome Checked in; staff.persona Working pattern
"""
OF_NONE = ("Time to fix", "Mono pages", "Desk", "Post title", "What happened")


@pytest.fixture(scope="module")
def words():
    """The words of the list alone, without what the mappings of known systems use."""
    return words_of(yaml_of(INCLUDE / "reference" / "heading_words.yaml"), [])


def places(listed):
    for each in listed.replace("\n", ";").split(";"):
        if each.strip():
            place, _, heading = each.strip().partition(" ")
            table, column = place.split(".")
            yield TABLES[table], column, heading


def test_a_heading_of_a_real_system_is_known_without_a_doubt_where_it_has_one_meaning(words):
    doubtful = [
        (column, heading)
        for table, column, heading in places(KNOWN)
        if likeness(heading, table, column, words) < 0.9
    ]
    assert doubtful == []


def test_a_heading_of_several_meanings_is_known_and_asked_about(words):
    for table, column, heading in places(DOUBTED):
        assert is_doubted(heading, table, column, words), heading
        assert 0.5 <= likeness(heading, table, column, words) < 0.9


@pytest.mark.parametrize("heading", OF_NONE)
def test_a_heading_that_no_column_holds_is_taken_for_none(words, heading):
    sure = [
        column.name
        for table in TABLES.values()
        for column in table.columns
        if likeness(heading, table, column.name, words) >= 0.9
    ]
    assert sure == []


# First names that are words as well.
FIRST_NAMES = """
april art basil bill bob carol chase chip chuck dale dawn dean drew earl eve faith frank gene glen
grace grant guy harry holly hope iris ivy jack jade jasmine jean jo joy june lance lily mark max may
miles mo neil nick norm olive pat patience pearl penny pete ray rich rob robin rod rose ruby rusty
sandy sky skip sue summer terry tiffany tim tom tony victor violet wade will winter
"""


def test_no_word_of_a_known_heading_is_a_first_name_for_then_a_name_would_be_shown():
    listed = yaml_of(INCLUDE / "reference" / "heading_words.yaml")
    words = words_of(listed, load_all(SOURCES).values())
    assert words.ordinary & set(FIRST_NAMES.split()) == set()
    for heading in ("Ann Page", "Rose Field", "A. Day", "Will Post"):
        assert not in_known_words(heading, words)
    assert in_known_words("Procurement Card", words)


def test_a_word_behind_a_number_stands_for_what_it_does_alone_and_for_the_priority_of_its_number():
    known = {"normal": frozenset({"P4"}), "urgent": frozenset({"P1"}), "p2": frozenset({"P2"})}
    for word, told in (
        ("Normal", ["P4"]), ("3 - Normal", ["P3", "P4"]), ("1: urgent", ["P1"]), ("P2", ["P2"]),
        ("3 - Zebra", []), ("3", []),
    ):  # fmt: skip
        assert meanings(word, "priority", known) == told
    assert meanings("3 - Normal", "status", known) == ["P4"]


def test_the_unit_of_a_duration_is_told_by_its_heading():
    for heading, unit in (
        ("Duration (secs)", "seconds"), ("minutes", "minutes"), ("SessionHours", "hours"),
        ("elapsed_ms", "milliseconds"), ("Duration", None), ("Session", None),
    ):  # fmt: skip
        assert unit_of(heading) == unit
