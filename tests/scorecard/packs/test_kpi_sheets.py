"""The Summary as a reader sees it: units beside numbers, and a target range as its two ends."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scorecard.packs.build import build
from scorecard.packs.records import Figures

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
        ("16", "24", "16.0% to 24.0%"),
        (None, "24", "at most 24.0%"),
        ("16", None, "at least 16.0%"),
    ],
)
def test_a_target_range_is_told_by_its_ends_and_never_as_not_applicable(
    records, low, high, expected
):
    content = build(with_range(records, low, high))

    assert summary(content, "Tickets solved")["Target"].text == expected


def test_tonnes_and_kilograms_in_one_table_say_which_they_are(content, records):
    net = records.definitions[-1]
    kilograms = replace(records, definitions=(*records.definitions[:-1],
                                              replace(net, unit="kg_co2e")))  # fmt: skip

    assert summary(content, net.title)["This quarter"].text.endswith(" t")
    assert summary(build(kilograms), net.title)["This quarter"].text.endswith(" kg")


@pytest.mark.parametrize(("name", "period"), [("KPI_figures", "Period"), ("KPI_series", "Month")])
def test_each_figure_and_each_month_says_its_kpi_and_unit(content, name, period):
    table = content.sheet(name)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    told = {(row["KPI id"].text, row["KPI"].text, row["Unit"].text) for row in rows}

    assert period in table.columns
    assert ("pages_printed", "Pages printed", "pages") in told
    assert ("tickets_solved", "Tickets solved", "percent") in told


def test_a_kpi_without_a_target_says_not_applicable(content):
    assert summary(content, "Pages printed")["Target"].text == "[z]"


def test_the_summary_has_the_columns_of_the_specification(content):
    assert content.sheet("Summary").columns == (
        "KPI id", "KPI", "Theme", "Unit", "Better is", "This quarter", "Previous quarter",
        "Same quarter last year", "Year to date", "Target", "RAG", "Direction of travel",
        "Variation", "Assurance", "Marker", "Notes",
    )  # fmt: skip


def with_a_changed_range(records):
    """Tickets solved had a range of 16 to 24 until May, and has one of 20 to 30 from June."""
    known = with_range(records, "16", "24")
    (old,) = known.council.targets
    new = replace(
        old, effective_from=date(2025, 6, 1), inner_low=Decimal(20), inner_high=Decimal(30)
    )
    return replace(known, council=replace(known.council, targets=(old, new)))


def test_tables_of_months_have_the_target_that_was_in_force_in_each(records):
    content = build(with_a_changed_range(records))
    told = {
        name: [[row[place].text for place in places] for row in content.sheet(name).rows[:3]]
        for name, places in (("KPI_series", (3, 8, 9)), ("Chart_data", (1, 6, 7)))
    }

    assert told == {
        "KPI_series": [["2025-04", "16.0", "24.0"], ["2025-05", "16.0", "24.0"],
                       ["2025-06", "20.0", "30.0"]],
        "Chart_data": [["2025-04", "16.0", "8.0"], ["2025-05", "16.0", "8.0"],
                       ["2025-06", "20.0", "10.0"]],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        (["90", "90", "90"], [("90.0", ""), ("90.0", ""), ("90.0", "")]),
        (["90", "95", "95"], [("90.0", ""), ("", "95.0"), ("", "95.0")]),
        (["90", "95", "90"], [("90.0", ""), ("", "95.0"), ("90.0", "")]),
    ],
)
def test_a_target_that_follows_another_stands_in_the_other_column_of_the_charts(
    records, targets, expected
):
    months = ("2025-04", "2025-05", "2025-06")
    ours = dict(zip(months, map(Decimal, targets), strict=True))
    rows = tuple(
        replace(row, target=ours[row.period])
        if (row.kpi_id, row.directorate) == ("tickets_solved", "COUNCIL") and row.period in ours
        else row
        for row in records.figures.rows
    )
    table = build(replace(records, figures=Figures(rows))).sheet("Chart_data")

    assert [tuple(cell.text for cell in row[8:]) for row in table.rows[:3]] == expected


def test_a_chart_says_in_words_since_when_its_target_holds_and_what_was_before(records):
    alt = build(with_a_changed_range(records)).series[0].alt

    assert "Target 20.0% to 30.0% since June 2025, 16.0% to 24.0% before." in alt
