"""What the gate found, on the cover, on every sheet and among the checks."""

import io
from dataclasses import replace

import openpyxl
import pytest

from scorecard.gate import Finding
from scorecard.packs import webpage, workbook
from scorecard.packs.build import build

SAID = "printing, print_jobs: incomplete without papercut 2025-06. Head of ICT sends it."
MISSING = Finding("incomplete_feed", "provisional", "print_jobs", "2025-26-Q1", "COUNCIL", SAID)
JUMP = Finding("jump", "confirmed", "tickets", "2025-05", "HR", "tickets of 2025-05: a jump.")


@pytest.fixture
def with_findings(records):
    """The pack's content with findings of the gate."""

    def ask(*findings, **edition):
        edition = replace(records.edition, **edition)
        return build(replace(records, findings=findings, edition=edition))

    return ask


def checks(content):
    return [[cell.text for cell in row] for row in content.sheet("Data_quality").rows]


def test_a_pack_without_findings_says_that_the_gate_found_nothing(content):
    assert content.provisional == ()
    assert content.state_text == "Draft, not for publication"
    assert "The gate found nothing" in " ".join(content.sheet("Data_quality").remarks)


def test_a_provisional_pack_says_so_and_why_in_its_state_and_on_every_sheet(with_findings):
    content = with_findings(MISSING)

    assert content.provisional == (f"{SAID} 2 KPIs rest on it (NET-01 and PAG-01).",)
    assert content.state_text == dict(content.facts)["State"]
    assert content.state_text == "Draft, not for publication; provisional"
    assert {sheet.remarks[-1] for sheet in content.sheets} == {
        "This pack is provisional throughout: the cover says why."
    }


def test_the_cover_and_the_page_say_why_before_any_figure(with_findings):
    content = with_findings(MISSING)
    cover = openpyxl.load_workbook(io.BytesIO(workbook.write(content)))["Cover"]
    page = webpage.write(content).decode()

    assert [cover["A5"].value, cover["A6"].value] == ["Provisional", content.provisional[0]]
    assert page.index(SAID) < page.index('id="summary"')
    assert "This pack is provisional</h2>" in page


def test_a_published_pack_keeps_its_banner_while_it_is_provisional(with_findings):
    final, marked = (
        webpage.write(with_findings(*found, state="published")).decode()
        for found in ((), (MISSING,))
    )

    assert 'class="banner"' not in final
    assert "Published; provisional. Revision 1." in marked


def test_each_finding_stands_among_the_checks_with_its_effect(with_findings):
    one_directorate = replace(JUMP, outcome="provisional")

    assert checks(with_findings(MISSING, JUMP, one_directorate))[:3] == [
        [SAID, "printing", "Gate", "[z]", "[z]", "Provisional",
         "2 KPIs rest on it (NET-01 and PAG-01): figures are provisional or awaited"],
        ["tickets of 2025-05: a jump.", "tickets", "Gate", "[z]", "[z]", "Confirmed", "None"],
        ["tickets of 2025-05: a jump.", "tickets", "Gate", "[z]", "[z]", "Provisional",
         "1 KPI rests on it (TIC-01): figures of HR and the council are provisional or awaited"],
    ]  # fmt: skip


def test_a_confirmed_jump_does_not_make_the_pack_provisional(with_findings):
    assert with_findings(JUMP).provisional == ()


def test_a_feed_of_which_the_gate_tells_is_not_told_twice(records):
    months = {**records.months, "print_jobs": frozenset({"2025-04", "2025-05"})}
    silent = build(replace(records, months=months, findings=()))
    told = build(replace(records, months=months, findings=(MISSING,)))

    assert (len(silent.overview.missing_feeds), told.overview.missing_feeds) == (1, ())


def test_what_is_found_is_part_of_what_is_approved(with_findings):
    assert with_findings(MISSING).sha256 != with_findings().sha256
