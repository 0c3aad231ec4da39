"""The Summary as a reader sees it: units beside numbers, and a target range as its two ends."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scorecard.packs.build import build

BAND = {"method": "band", "tolerance": None, "target": None}


def summary(content, title):
    table = content.sheet("Summary")
    return next(
        dict(zip(table.columns, row, strict=True)) for row in table.rows if row[1].text == title
    )


def with_range(records, low, high):
    (old,) = records.council.targets
    ends = {"inner_low": low and Decimal(low), "inner_high": high and Decimal(high)}
    new = replace(old, **BAND, **ends)
    return replace(records, council=replace(records.council, targets=(new,)))


def test_percentages_say_their_unit_to_a_reader_and_stay_numbers_for_a_spreadsheet(content):
    cell = summary(content, "Tickets solved")["This quarter"]

    assert (cell.text, cell.value, cell.number_format) == ("1,251.0%", Decimal("1251.0"), "#,##0.0")


def test_other_numbers_have_their_unit_in_its_column(content):
    row = summary(content, "Pages printed")

    assert (row["This quarter"].text, row["Unit"].text) == ("2,485", "pages")


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("16", "24", "16.0 to 24.0"),
        (None, "24", "at most 24.0"),
        ("16", None, "at least 16.0"),
    ],
)
def test_a_target_range_is_told_by_its_ends_and_never_as_not_applicable(
    records, low, high, expected
):
    content = build(with_range(records, low, high))

    assert summary(content, "Tickets solved")["Target"].text == expected


def test_a_kpi_without_a_target_says_not_applicable(content):
    assert summary(content, "Pages printed")["Target"].text == "[z]"


def test_the_summary_has_the_columns_of_the_specification(content):
    assert content.sheet("Summary").columns == (
        "KPI id", "KPI", "Theme", "Unit", "Better is", "This quarter", "Previous quarter",
        "Same quarter last year", "Year to date", "Target", "RAG", "Direction of travel",
        "Variation", "Assurance", "Marker", "Notes",
    )  # fmt: skip
