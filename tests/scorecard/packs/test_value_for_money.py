"""The value-for-money panel: which KPIs stand in it, and that it is never one score."""

from dataclasses import replace

import pytest

from scorecard import kpis
from scorecard.packs import webpage
from scorecard.packs.build import build
from scorecard.packs.value_for_money import NEVER_ONE_SCORE
from scorecard.settings import INCLUDE

# The panel of the KPI library, as far as there are feeds for it.
PANEL = {
    "economy": {"BUD-10", "TKT-14", "PRN-06"},
    "efficiency": {"TKT-04", "TKT-18"},
    "effectiveness": {"TKT-01", "TKT-11"},
}


@pytest.fixture
def content(records):
    """A pack in which one KPI stands for effectiveness and one for economy."""
    solved, printed, net = records.definitions
    solved = replace(solved, value_for_money="effectiveness")
    printed = replace(printed, value_for_money="economy")
    return build(replace(records, definitions=(solved, printed, net)))


def test_economy_comes_before_effectiveness_and_a_kpi_of_neither_is_not_there(content):
    panel = content.sheet("Value_for_money")

    assert [[cell.text for cell in row] for row in panel.rows] == [
        ["pages_printed", "Pages printed", "Economy", "pages", "Lower", "2,485", "2,485", "2,485",
         "Better", ""],
        ["tickets_solved", "Tickets solved", "Effectiveness", "percent", "Higher", "1,251.0",
         "1,251.0", "1,251.0", "Better", ""],
    ]  # fmt: skip


def test_the_panel_says_that_it_is_never_one_score_and_has_no_row_that_adds_up(content):
    panel = content.sheet("Value_for_money")
    page = webpage.write(content).decode()

    assert NEVER_ONE_SCORE in panel.remarks
    assert NEVER_ONE_SCORE in page
    assert {row[0].text for row in panel.rows} == {"pages_printed", "tickets_solved"}


def test_each_kpi_of_the_library_stands_under_its_aspect():
    found = {}
    for definition in kpis.load(INCLUDE / "sql" / "kpi").values():
        found.setdefault(definition.value_for_money, set()).add(definition.code)
    del found[""]

    assert found == PANEL
