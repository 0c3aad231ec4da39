"""How a KPI is set in the document: what stays on one page, and what stands beside what."""

from dataclasses import replace

import pytest

from scorecard.packs.blocks import heading
from scorecard.packs.content import Commentary
from scorecard.packs.kpi_pages import LONG_VALUE, MOST_LETTERS, MOST_ROWS, blocks_of
from scorecard.packs.tables import words


@pytest.fixture
def kpi(content):
    """A KPI with a chart, about which little is written."""
    return content.themes[0].kpis[0]


def kinds(blocks):
    return [block["kind"] for block in blocks]


def with_rows(kpi, rows):
    return replace(kpi, by_directorate=replace(kpi.by_directorate, rows=tuple(rows)))


def with_letters(kpi, count):
    return replace(kpi, paragraph=("x" * count,), commentary=())


@pytest.mark.parametrize(
    ("letters", "expected"),
    [(MOST_LETTERS, ["together"]), (MOST_LETTERS + 1, ["together", "together"])],
)
def test_a_kpi_is_on_one_page_unless_so_much_is_written_that_words_and_numbers_part(
    kpi, letters, expected
):
    assert kinds(blocks_of(with_letters(kpi, letters))) == expected


@pytest.mark.parametrize(("rows", "is_whole"), [(MOST_ROWS, True), (MOST_ROWS + 1, False)])
def test_a_table_of_many_directorates_may_run_over_pages(kpi, rows, is_whole):
    long = with_rows(kpi, [kpi.by_directorate.rows[0]] * rows)

    assert (kinds(blocks_of(long)) == ["together"]) == is_whole


def test_the_name_of_a_theme_stays_with_its_first_kpi(kpi):
    first, *_ = blocks_of(with_letters(kpi, MOST_LETTERS + 1), (heading(2, "Service desk"),))

    assert first["parts"][0]["text"] == "Service desk"
    assert first["parts"][1]["text"] == kpi.headline


def numbers_of(kpi):
    """What of the numbers stands beside what."""
    (whole,) = blocks_of(kpi)
    parts = [part for part in whole["parts"] if part["kind"] in ("beside", "table", "facts")]
    return [
        (part["left"][0]["kind"], part["right"][0]["kind"])
        if part["kind"] == "beside"
        else part["kind"]
        for part in parts
    ]


@pytest.mark.parametrize(
    ("has_chart", "letters", "expected"),
    [
        (True, LONG_VALUE, [("figure", "table"), "facts"]),
        (True, LONG_VALUE + 1, [("figure", "facts"), "table"]),
        (False, LONG_VALUE, [("table", "facts")]),
        (False, LONG_VALUE + 1, ["table", "facts"]),
    ],
)
def test_a_table_whose_values_are_long_has_the_whole_width(kpi, has_chart, letters, expected):
    row = kpi.by_directorate.rows[0]
    told = with_rows(kpi, [(row[0], words("9" * letters), *row[2:])])
    told = told if has_chart else replace(told, series=None)

    assert numbers_of(told) == expected


def test_directorates_that_owe_commentary_are_named_once_beside_whom_it_is_awaited_from(kpi):
    owed = "No commentary supplied. It is awaited from the Head of ICT."
    both = tuple(Commentary(code, name, "Red: 1%", (), owed) for code, name in
                 (("HR", "Human Resources"), ("ICT", "Technology")))  # fmt: skip
    (whole,) = blocks_of(replace(kpi, commentary=both))
    said = [part["text"] for part in whole["parts"] if part["kind"] == "small"]

    assert said[-1] == f"Human Resources and Technology: {owed}"
