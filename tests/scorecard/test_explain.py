"""A figure explained: everything about it on one screen, and what there is instead."""

import re
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from given import NOW, incidents, tickets

from scorecard import explain


@pytest.fixture
def asked(office, stores):
    """What is said of a figure, once tickets of June have been taken in."""
    path = office.send("june.csv", incidents(*tickets(12), {"number": "X", "priority": "P9"}))
    office.take_in()

    def ask(kpi="ticket_clearance_ratio", period="2025-06", directorate="COUNCIL", as_at=NOW):
        return explain.figure(stores, kpi, period, directorate, as_at, NOW)

    ask.sha256 = sha256(path.read_bytes()).hexdigest()
    return ask


def test_a_figure_names_its_parts_target_extracts_and_rows_set_aside(asked):
    told = asked()

    assert told["denominator"] == 12
    assert [one["sha256"] for one in told["extracts"]] == [asked.sha256]
    assert [(one["rule"], one["rows"]) for one in told["set_aside"]] == [("priority_unreadable", 1)]
    assert (told["version"], told["method"], told["published"]) == (1, "abs_tolerance", [])


def test_a_ratio_tells_its_two_parts_and_a_count_has_none(asked):
    ratio, count = (explain.in_words(asked(kpi=kpi)) for kpi in (
        "ticket_clearance_ratio", "open_tickets"))  # fmt: skip

    assert re.search(r"^Parts       \d+ of 12$", ratio, re.MULTILINE)
    assert "Parts" not in count


def test_what_was_published_is_told_with_its_unit(asked):
    told = asked(kpi="incidents_resolved_within_sla")
    once = {"value": Decimal("87.3"), "state": "final", "quarter": "2025-26-Q1",
            "variant": "board", "revision": 1, "published_at": NOW}  # fmt: skip

    said = explain.in_words({**told, "published": [once]})
    assert "Published   87.3% in 2025-26-Q1, board, revision 1, " in said


def test_of_a_kpi_of_twelve_months_a_quarter_means_those_that_end_with_it(asked):
    told = asked(kpi="ict_cost_per_user", period="2025-26-Q1")

    assert told["period"] == "2025-26-Q1-R12"
    assert asked(period="2025-26-Q1")["period"] == "2025-26-Q1"


def test_it_stands_on_one_screen(asked):
    said = explain.in_words(asked())

    assert len(said.splitlines()) <= 24
    for words in (
        "2025-06",
        "Definition  version 1",
        asked.sha256[:12],
        "1 row set aside",
        "not yet",
    ):
        assert words in said


def test_a_kpi_may_be_asked_for_by_its_code(asked):
    by_code, by_id = (asked(kpi=name, period="2025-06") for name in ("tkt-08", "open_tickets"))

    assert by_code == by_id


def test_as_at_a_moment_before_the_extract_the_figure_is_awaited(asked):
    told = asked(as_at=NOW - timedelta(days=1))

    assert (told["state"], told["value"], told["extracts"]) == ("awaiting", None, [])


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"kpi": "happiness"}, "happiness: there is no such KPI"),
        ({"directorate": "XXX"}, "there is no such figure. Use one of ASC"),
        ({"kpi": "ict_cost_per_user"}, "no such figure. Use one of .*2025-26-Q1-R12"),
        ({"period": "2025-13"}, "2025-13"),
        (
            {"period": "1999-00-Q1"},
            "1999-00-Q1: nothing was received of that period. What was recei",
        ),
        (
            {"period": "2025-05"},
            "2025-05: nothing was received of that period. .* begins with 2025-06",
        ),
    ],
)
def test_what_cannot_be_explained_is_refused_with_what_there_is(asked, how, words):
    with pytest.raises((LookupError, ValueError), match=words):
        asked(**how)
