"""The sheet of exceptions: in names, and plain about what is late."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from scorecard.packs.build import build
from scorecard.packs.records import Figures
from scorecard.period import london_day


@pytest.fixture
def red(records):
    """The records with the council's tickets rated Red."""
    rows = tuple(
        replace(f, rag="red", rag_basis="abs_tolerance: more than 5 from the target of 90")
        if (f.kpi_id, f.period, f.directorate) == ("tickets_solved", "2025-26-Q1", "COUNCIL")
        else f
        for f in records.figures.rows
    )
    return replace(records, figures=Figures(rows))


def test_an_exception_reads_from_the_kpi_to_the_day(red):
    table = build(red).sheet("Exceptions")

    assert [cell.text for cell in table.rows[0]] == [
        "tickets_solved", "Tickets solved", "Whole council",
        "Red: 1,251.0%, more than 5 percentage points from the target of 90.0%",
        "No commentary supplied", "Not supplied", "Head of ICT", "Not supplied",
    ]  # fmt: skip


@pytest.mark.parametrize(("days", "expected"), [(0, "due by"), (-1, "overdue since")])
def test_commentary_is_overdue_once_the_data_are_of_a_later_day_than_it_was_due(
    red, days, expected
):
    due = london_day(red.data_as_at) + timedelta(days=days)
    content = build(replace(red, commentary_due=due))

    assert f", {expected} " in content.chased[1]
    assert (
        content.sheet("Exceptions")
        .rows[0][4]
        .text.startswith(f"No commentary supplied, {expected} ")
    )


def test_who_is_awaited_is_told_by_role_and_count_and_no_code(red):
    content = build(replace(red, commentary_due=date(2025, 7, 28)))

    assert content.chased[:2] == (
        "1 figure asks for commentary. It is supplied for none of them.",
        "Still awaited, due by 28 July 2025: Head of ICT, 1.",
    )
