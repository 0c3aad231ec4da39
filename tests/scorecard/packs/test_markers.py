"""Every state and flag of a figure can occur, and each is printed with its marker."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scorecard.kpis import KpiVersion
from scorecard.packs.build import build
from scorecard.packs.records import Figures
from scorecard.packs.shown import Shown
from scorecard.packs.words import MARKER_WORDS, STATE_MARKERS
from scorecard.states import AWAITING, FINAL, NOT_APPLICABLE, PROVISIONAL, SUPPRESSED

NO_NUMBERS = {"value": None, "numerator": None, "denominator": None}
SMALL = {"flags": ("small_numbers",), "numerator": Decimal(7), "denominator": Decimal(9)}


def shown(content, sheet="KPI_figures", kpi="tickets_solved"):
    """Numerator, denominator, value and marker of the council's quarter."""
    table = content.sheet(sheet)
    for row in table.rows:
        cells = {h: cell.text for h, cell in zip(table.columns, row, strict=True)}
        where = cells["KPI id"], cells["Period"], cells["Directorate"]
        if where == (kpi, "2025-26-Q1", "COUNCIL"):
            return tuple(cells[h] for h in ("Numerator", "Denominator", "Value", "Marker"))
    raise AssertionError(f"{kpi} has no row")


def test_the_states_are_five_and_each_has_its_marker():
    states = {FINAL: "", PROVISIONAL: "[p]", AWAITING: "[x]", NOT_APPLICABLE: "[z]",
              SUPPRESSED: "[c]"}  # fmt: skip

    assert states == STATE_MARKERS


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"value": Decimal("86.4")}, ("1,251", "100", "86.4", "")),
        ({"state": "provisional"}, ("1,251", "100", "1,251.0", "[p]")),
        ({"state": "awaiting", **NO_NUMBERS}, ("[x]", "[x]", "[x]", "[x]")),
        (
            {"state": "not_applicable", **NO_NUMBERS, "denominator": Decimal(0)},
            ("[x]", "0", "[z]", "[z]"),
        ),
        ({"state": "suppressed", **NO_NUMBERS}, ("[c]", "[c]", "[c]", "[c]")),
        (SMALL, ("7", "9", "[u]", "[u]")),
        ({**SMALL, "state": "provisional"}, ("7", "9", "[u]", "[p][u]")),
        # What is withheld is never told as cases, even if somebody left its numbers there.
        ({**SMALL, "state": "suppressed"}, ("[c]", "[c]", "[c]", "[c]")),
        ({"flags": ("estimated",)}, ("1,251", "100", "1,251.0", "[e]")),
        ({"flags": ("baseline",)}, ("1,251", "100", "1,251.0", "baseline")),
        ({"value": Decimal(0)}, ("1,251", "100", "0.0", "[low]")),
        ({"value": Decimal(0), "numerator": Decimal(0)}, ("0", "100", "0.0", "")),
    ],
)
def test_a_state_or_flag_is_printed_with_its_marker(changed, given, expected):
    content = build(changed("tickets_solved", **given))

    assert shown(content) == expected
    for marker in MARKER_WORDS:
        if marker in expected[3]:
            assert MARKER_WORDS[marker] in content.sheet("KPI_figures").remarks


def test_a_figure_that_moved_is_marked_as_revised(records, changed):
    later = replace(
        changed("tickets_solved", value=Decimal(50)),
        edition=replace(records.edition, revision=2, reason="Late tickets"),
        earlier=records.figures,
    )

    assert shown(build(later))[3] == "[r]"


def test_the_first_period_of_a_new_version_is_marked_as_a_break(changed):
    records = changed("tickets_solved", version=2)
    versions = (KpiVersion(1, "2023-24-Q1", "First."), KpiVersion(2, "2025-26-Q1", "Holds."))
    broken = tuple(
        replace(d, versions=versions) if d.id == "tickets_solved" else d
        for d in records.definitions
    )

    assert shown(build(replace(records, definitions=broken)))[3] == "[b]"


def test_what_is_withheld_now_is_not_told_by_the_revision_before(records, changed):
    hidden = changed("tickets_solved", state="suppressed", **NO_NUMBERS)
    edition = replace(records.edition, revision=2, reason="")
    content = build(replace(hidden, edition=edition, earlier=records.figures))

    assert [row[0].text for row in content.sheet("Revisions").rows] == ["None"]


def test_withheld_carbon_tells_no_bound_and_no_year(records, changed):
    hidden = changed(
        "net_emissions_avoided", state="suppressed", **NO_NUMBERS, flags=(),
        lower=Decimal(1), upper=Decimal(2), details={"factor_year": "2025"},
    )  # fmt: skip
    row = next(r for r in build(hidden).sheet("Carbon").rows if r[0].text == "2025-26-Q1")

    assert [cell.text for cell in row[3:]] == ["[c]"] * 7


def test_a_row_about_people_that_no_figure_answers_for_is_not_printed(records):
    day = {"month": "2025-06", "directorate": "HR", "home_fte_days": "31.4",
           "office_fte_days": "2", "unknown_fte_days": "0", "remote_share_percent": "94.0",
           "evidence_coverage_percent": "90.0"}  # fmt: skip
    content = build(replace(records, activity={"remote_working": [day]}))
    row = next(r for r in content.sheet("Remote_working").rows if r[1].text == "HR")

    assert {cell.text for cell in row[2:]} == {"[x]"}


def test_small_numbers_are_told_as_cases_in_words(records):
    figures = Figures((replace(records.figures.rows[0], **SMALL),))

    assert Shown(records.definitions[0], figures.rows[0]).text == "7 of 9"
