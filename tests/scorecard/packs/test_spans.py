"""A pack of a year: the figures of the year that its quarter ends, and none that it adds up."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scorecard.governance import WHOLE, Variant
from scorecard.packs import spans
from scorecard.packs.build import build
from scorecard.packs.commentary_words import slots_of
from scorecard.packs.open_data import write
from scorecard.packs.records import Figures
from scorecard.packs.variants import picked
from scorecard.period import FinancialQuarter, period_named

LAST = FinancialQuarter.parse("2024-25-Q4")
YEAR = Variant("year", "all", covers="year")
SOLVED, COST = "tickets_solved", "pages_printed"
OF_SOLVED = {
    "2024-25-Q4-YTD": 91, "2023-24-Q4-YTD": 80, "2024-25-Q1": 61, "2024-25-Q2": 72,
    "2024-25-Q3": 83, "2024-25-Q4": 94,
}  # fmt: skip
OF_COST = {"2024-25-Q4-R12": 400, "2023-24-Q4-R12": 300, "2024-25-Q1-R12": 310, "2024-25-Q4": 99}


@pytest.fixture
def ended(records):
    """The records of the quarter that ends a year; Pages printed counts twelve months."""
    one = replace(records.figures.rows[0], rag="not_rated")

    def rows(kpi, figures):
        for key, value in figures.items():
            kind = period_named(key).kind
            yield replace(one, kpi_id=kpi, period=key, period_kind=kind, value=Decimal(value))

    solved = [
        replace(row, rag="red" if row.period == "2024-25-Q4-YTD" else "green", direction="worse")
        for row in rows(SOLVED, OF_SOLVED)
    ]
    definitions = tuple(
        replace(d, accumulation="rolling_12") if d.id == COST else d for d in records.definitions
    )
    return replace(
        records,
        edition=replace(records.edition, quarter=LAST, variant="year"),
        definitions=definitions,
        figures=Figures((*solved, *rows(COST, OF_COST))),
    )


def row_of(content, kpi):
    table = content.sheet("Summary")
    found = next(row for row in table.rows if row[0].text == kpi)
    return dict(zip(table.columns, (cell.text for cell in found), strict=True))


def test_a_year_stands_beside_the_year_before_and_its_quarters(ended):
    row = row_of(build(picked(ended, YEAR)), SOLVED)

    assert [row[name] for name in (spans.THIS_YEAR, *spans.OF_YEAR)] == [
        "91.0%", "80.0%", "61.0%", "72.0%", "83.0%", "94.0%",
    ]  # fmt: skip
    assert (row["RAG"], row["Direction of travel"]) == ("Red", "Worse")


def test_what_counts_twelve_months_has_the_year_and_no_year_to_date(ended):
    row = row_of(build(picked(ended, YEAR)), COST)

    assert [row[name] for name in (spans.THIS_YEAR, *spans.OF_YEAR)] == [
        "400", "300", "310", "[x]", "[x]", "400",
    ]  # fmt: skip


def test_the_first_page_the_exceptions_and_the_headline_are_of_the_year(ended):
    whole, year = build(picked(ended, WHOLE)), build(picked(ended, YEAR))

    assert year.overview.decisions[0].items[0].kpi_id == SOLVED
    assert whole.overview.decisions[0].items[0].kpi_id != SOLVED
    assert [slot.kpi_id for slot in slots_of(picked(ended, YEAR))] == [SOLVED]
    assert slots_of(picked(ended, WHOLE)) == ()
    assert year.themes[0].kpis[0].headline.endswith("worse than the year before")
    assert [item.text for item in year.overview.worse] == ["91.0%, from 80.0% in the year before"]


def test_a_pack_of_a_year_shows_the_figures_of_the_quarters_pack_and_no_other(ended):
    def said(variant):
        return build(picked(ended, variant)).sheet("KPI_figures").rows

    shown = {cell.text for row in said(YEAR) for cell in row}
    row = row_of(build(picked(ended, YEAR)), SOLVED)

    assert said(YEAR) == said(WHOLE)
    assert {row[name].removesuffix("%") for name in (spans.THIS_YEAR, *spans.OF_YEAR)} <= shown


def test_what_is_withheld_in_the_quarters_pack_is_withheld_in_that_of_the_year(ended):
    hidden = tuple(replace(row, state="suppressed", value=None) for row in ended.figures.rows)
    content = build(picked(replace(ended, figures=Figures(hidden)), YEAR))
    row = row_of(content, SOLVED)

    assert {row[name] for name in (spans.THIS_YEAR, *spans.OF_YEAR)} == {"[c]"}
    assert b"91" not in write(content)["data/kpi_summary.csv"]


def test_a_year_is_named_on_the_cover_and_misses_what_came_for_none_of_its_months(ended):
    content = build(picked(replace(ended, months={}), YEAR))
    facts = dict(content.facts)

    assert content.title == "Performance pack, April 2024 to March 2025: the year 2024-25"
    assert content.sheet("Changes").remarks[0] == "Changes of the year."
    assert facts["Reason"] == "First pack of the year"
    assert facts["Next pack"].startswith("April 2025 to March 2026 (financial year 2025-26), after")
    assert any("sent nothing for the whole year" in said for said in content.overview.missing_feeds)
    assert [str(spans.months(picked(ended, YEAR))[at]) for at in (0, -1)] == ["2024-04", "2025-03"]


def test_a_one_off_pack_lists_its_quarters_beside_those_that_every_pack_compares(ended):
    asked = Variant("x", "all", title="X", quarters=("2024-25-Q2", "2024-25-Q3", "2024-25-Q4"))
    told = dict(build(picked(ended, asked)).themes[0].kpis[0].facts)

    assert told["This quarter"].startswith("94.0%")
    assert (told["Previous quarter"], told["Quarter 2 of 2024-25"]) == ("83.0%", "72.0%")
    assert "Quarter 3 of 2024-25" not in told
