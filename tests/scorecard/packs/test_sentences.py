"""What a headline says of a figure and its target."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scorecard.packs import sentences
from scorecard.packs.sentences import paragraph
from scorecard.packs.shown import Shown, shown_for


def said(records, better, value, target, rag, direction, decided=None):
    record = next(f for f in records.figures.rows if f.kpi_id == "tickets_solved")
    record = replace(
        record, value=Decimal(value), target=Decimal(target), rag=rag, direction=direction
    )
    definition = replace(records.definitions[0], unit="hours", better=better)
    return sentences.message(Shown(definition, record), decided)


@pytest.mark.parametrize(
    ("better", "value", "rag", "direction", "expected"),
    [
        ("lower", "12.3", "green", "worse",
         "12.3 hours, meeting its target of at most 16.0 hours but worse than the same quarter "
         "last year"),
        ("lower", "17", "red", "worse",
         "17.0 hours, missing its target of at most 16.0 hours and worse than the same quarter "
         "last year"),
        ("lower", "17", "amber", "better",
         "17.0 hours, missing its target of at most 16.0 hours but better than the same quarter "
         "last year"),
        ("lower", "16", "green", "not_comparable",
         "16.0 hours, exactly on its target of at most 16.0 hours"),
        ("lower", "16.4", "green", "not_comparable",
         "16.4 hours, close to its target of at most 16.0 hours"),
        ("higher", "15.9", "red", "same",
         "15.9 hours, missing its target of at least 16.0 hours and unchanged from the same "
         "quarter last year"),
        ("band", "15.9", "green", "not_comparable", "15.9 hours, below its target of 16.0 hours"),
        ("band", "15.9", "red", "same", "15.9 hours, below its target of 16.0 hours and as far "
         "from it as in the same quarter last year"),
        ("lower", "12.3", "not_rated", "not_comparable", "12.3 hours"),
    ],
)  # fmt: skip
def test_a_headline_says_whether_the_target_is_met_and_which_way_the_figure_goes(
    records, better, value, rag, direction, expected
):
    assert said(records, better, value, "16", rag, direction) == expected


def test_a_value_that_moved_inside_its_range_is_not_said_to_be_unchanged(records):
    target = next(iter(records.council.targets))
    decided = replace(target, inner_low=Decimal(10), inner_high=Decimal(20), method="band")

    told = said(records, "band", "12.3", "16", "green", "same", decided)
    assert told.startswith("12.3 hours, inside its target range of ")
    assert told.endswith(" and so it was in the same quarter last year")


@pytest.mark.parametrize(
    ("unit", "parts", "expected"),
    [
        ("percent", ("tickets",), "It is 1,251 of 100 tickets."),
        ("percent", ("gbp",), "It is £1,251 of £100."),
        ("pence", ("gbp", "pages"), "It is £1,251 divided by 100 pages."),
        ("days", ("days", "FTE-weeks"), "It is 1,251 days divided by 100 FTE-weeks."),
    ],
)
def test_what_a_ratio_was_divided_from_has_units(records, unit, parts, expected):
    shown = shown_for(records, "tickets_solved", "2025-26-Q1")
    definition = replace(shown.definition, unit=unit, parts=parts)

    assert expected in paragraph(replace(shown, definition=definition))


def test_pounds_below_zero_have_their_sign_first(changed):
    shown = shown_for(changed("tickets_solved", numerator=Decimal(-12)), "tickets_solved",
                      "2025-26-Q1")  # fmt: skip
    definition = replace(shown.definition, parts=("gbp",))

    assert "It is −£12 of £100." in paragraph(replace(shown, definition=definition))
