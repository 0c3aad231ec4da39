"""How sure the place of a day is, as the report and the checks say it."""

from dataclasses import replace

import pytest

from scorecard.packs.build import build
from scorecard.packs.confidence import confidence, conflict_rows

JUNE = {
    "month": "2025-06", "directorate": "COUNCIL", "strong_percent": "63.0", "weak_percent": "21.5",
    "modelled_percent": "14.4", "unknown_percent": "1.1", "conflicting_percent": "0.8",
}  # fmt: skip


@pytest.fixture
def told(records):
    """The records with these rows of the Remote_working sheet, and a KPI that rests on them."""

    def give(*rows):
        return replace(records, activity={"remote_working": rows})

    definition = replace(records.definitions[0], rests_on="remote_evidence_coverage")
    return give, definition


def test_the_report_says_on_what_evidence_the_newest_month_rests(told):
    give, definition = told
    may = {**JUNE, "month": "2025-05", "strong_percent": "1.0"}
    july = {**JUNE, "month": "2025-07", "strong_percent": "2.0"}
    place = {**JUNE, "directorate": "PLA", "strong_percent": "3.0"}

    assert confidence(give(JUNE, may, july, place), definition) == (
        "In June 2025, 63.0% of the FTE-days rested on strong evidence of their place, 21.5% on "
        "weak evidence and 14.4% on the agreed pattern of work; of 1.1% the place is not known."
    )


@pytest.mark.parametrize("rests_on", ["", "another_kpi"])
def test_nothing_is_said_of_a_kpi_that_does_not_rest_on_coverage(told, rests_on):
    give, definition = told

    assert confidence(give(JUNE), replace(definition, rests_on=rests_on)) == ""


def test_nothing_is_said_of_a_month_in_which_no_day_was_worked(told):
    give, definition = told
    empty = {**JUNE, **{key: None for key in JUNE if key.endswith("percent")}}

    assert confidence(give(empty), definition) == ""
    assert confidence(give(), definition) == ""
    assert list(conflict_rows(give(empty))) == []


def test_the_share_of_days_with_conflicting_traces_stands_with_the_checks(told):
    give, _ = told
    place = {**JUNE, "directorate": "PLA"}

    (row,) = conflict_rows(give(JUNE, place))
    assert [cell.text for cell in row] == [
        *("The traces of a day agree with each other and with leave, June 2025", "remote_working"),
        *("Information", "[z]", "[z]", "0.8% of FTE-days conflict"),
        "Decided by the order of evidence; no row is left out",
    ]
    sheet = build(give(JUNE)).sheet("Data_quality")
    assert [cell.text for cell in row] in [[cell.text for cell in found] for found in sheet.rows]
