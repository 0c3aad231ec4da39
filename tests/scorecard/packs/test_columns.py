"""How a printed table is laid out."""

import pytest

from scorecard.packs.columns import (
    BREAK,
    GAP,
    UPRIGHT,
    WIDE,
    broken,
    fits,
    lines_of,
    opening_of,
    widths_of,
)
from scorecard.packs.typeface import bold, regular

PLAIN = [False, False]


def test_columns_fill_the_paper():
    rows = [["One", "2"], ["Another", "30"]]

    for paper in (WIDE, UPRIGHT):
        assert sum(widths_of(["KPI", "Value"], rows, PLAIN, paper)) == pytest.approx(
            paper.width, abs=0.2
        )


def test_no_column_is_narrower_than_its_longest_word_or_heading():
    long = "Many words that are broken over lines because a column cannot hold them. " * 20
    widths = widths_of(["Accumulation", "Definition"], [["At end", long]], PLAIN, UPRIGHT)

    assert widths[0] >= bold().width("Accumulation") * UPRIGHT.type + GAP
    assert widths[1] > widths[0] * 3


def test_a_short_text_is_not_broken_at_its_space():
    long = "word " * 400
    month, _ = widths_of(["Month", "Said"], [["September 2023", long]], PLAIN, UPRIGHT)

    assert fits("September 2023", month, False, UPRIGHT)


def test_the_opening_of_a_table_has_room_for_its_caption_headings_and_first_rows():
    short, tall = [["One", "2"]] * 3, [["One", "word " * 400], ["Two", "2"], ["Three", "3"]]
    columns = ["KPI", "Said"]
    width = widths_of(columns, tall, PLAIN, UPRIGHT)[1]
    least = lines_of(tall[0][1], width, UPRIGHT) * UPRIGHT.type

    assert 60 < opening_of(columns, short, UPRIGHT) < 90
    assert opening_of(columns, tall, UPRIGHT) > least
    # What comes after the first rows is of no account.
    assert opening_of(columns, [*short, tall[0]], UPRIGHT) < 100


def test_a_rating_needs_room_for_its_shape():
    text = "Not rated"
    width = regular().width(text) * UPRIGHT.type / 0.97 + GAP + 0.1

    assert fits(text, width, False, UPRIGHT)
    assert not fits(text, width, True, UPRIGHT)


def test_a_word_wider_than_its_column_is_broken_at_underscores_and_else_anywhere():
    assert broken("net_emissions avoided", 50, UPRIGHT) == f"net_{BREAK}emissions avoided"
    assert broken("W" * 9, 40, UPRIGHT) == BREAK.join("W" * 9)
    assert broken("net avoided", 50, UPRIGHT) == "net avoided"
