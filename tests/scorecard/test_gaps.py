"""A quarter that lacks a month, now or as a baseline, is not known and never the months it has."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from small_council import DIRECTORATES, month_counts, reckoning

from scorecard import kpis
from scorecard.arrivals import AcceptedMonth
from scorecard.carbon.activity import ACTIVITY
from scorecard.period import FinancialQuarter, Month
from scorecard.reckoning import figures_of
from scorecard.register.measurements import MeasuredRow
from scorecard.settings import INCLUDE

NOW, BASELINE = "2025-26-Q1", "2023-24-Q1"
PRINTING, COMMUTING = "printing_emissions_avoided", "commuting_emissions_avoided"
HOME, NET = "home_working_emissions_added", "net_emissions_avoided"
PER_FTE, REDUCTION = "net_emissions_avoided_per_fte", "print_reduction_from_baseline"
OF_PRINT = {PRINTING, NET, PER_FTE, REDUCTION, "pages_printed"}
KPIS = {
    kpi: found
    for kpi, found in kpis.load(INCLUDE / "sql" / "kpi").items()
    if kpi in {*ACTIVITY, PER_FTE, REDUCTION}
}
MONTHS = [str(m) for q in (BASELINE, NOW) for m in FinancialQuarter.parse(q).months]
TABLES = ("presence_events", "staff", "workforce", "print_jobs")


def arrived(lost=()):
    """Every table's extract of every month, but for the pairs of table and month in `lost`."""
    return [
        AcceptedMonth(table, "example", month, 100, number, Month.parse(month).ends_at)
        for number, (table, month) in enumerate(
            (t, m) for t in TABLES for m in ("2023-03", *MONTHS)
        )
        if (table, month) not in lost
    ]


def printed():
    """What the SQL returns of printing: more in the baseline quarter than now."""
    for period, pages in ((BASELINE, 90_000), (NOW, 60_000)):
        for directorate in DIRECTORATES:
            for kpi, numbers in {"pages_printed": (pages, 1), PRINTING: (pages, 3_000)}.items():
                yield MeasuredRow(kpi, 1, period, directorate, *map(Decimal, numbers))
    yield MeasuredRow(REDUCTION, 1, NOW, "COUNCIL", Decimal(30_000), Decimal(90_000))


def known(*lost, **given):
    """The council's measurement, of which some months of some tables are lost."""
    share = {"2023": 2, "2025": 5}
    counts = {
        (month, directorate): month_counts(50, share[month[:4]])
        for month in MONTHS
        for directorate in DIRECTORATES
    }
    made = reckoning(counts, NOW)
    rows = [row for row in made.rows if row.kpi_id != PRINTING]
    made = replace(made, rows=[*rows, *printed()], accepted=arrived(lost), definitions=KPIS)
    return replace(made, **given)


def council_of(made, period=NOW):
    """The council's figures of the quarter, by KPI."""
    return {
        f.kpi_id: f for f in figures_of(made) if (f.period, f.directorate) == (period, "COUNCIL")
    }


def test_with_every_month_of_both_quarters_every_line_is_final():
    found = council_of(known())
    assert {found[kpi].state for kpi in (PRINTING, COMMUTING, HOME, NET, PER_FTE, REDUCTION)} == {
        "final"
    }


@pytest.mark.parametrize("month", ["2023-04", "2023-06", "2025-04", "2025-06"])
@pytest.mark.parametrize("table", ["print_jobs", "workforce"])
def test_without_a_month_of_its_quarter_or_its_baseline_printing_is_not_known(table, month):
    found = council_of(known((table, month)))
    printing, net = found[PRINTING], found[NET]
    assert (printing.state, printing.value) == ("awaiting", None)
    assert f"incomplete without example {month}" in printing.why
    assert "sends it" in printing.why
    assert (net.state, "partial" in net.flags) == ("provisional", True)
    assert month in net.why


@pytest.mark.parametrize("month", ["2023-05", "2025-05"])
def test_without_a_month_of_sign_ins_both_lines_of_home_working_are_not_known(month):
    found = council_of(known(("presence_events", month)))
    assert [found[kpi].state for kpi in (COMMUTING, HOME, PRINTING)] == [
        "awaiting", "awaiting", "final",
    ]  # fmt: skip
    assert "partial" in found[NET].flags


@pytest.mark.parametrize("month", ["2023-04", "2025-04"])
def test_a_reduction_without_a_month_of_print_is_provisional_and_names_the_month(month):
    found = council_of(known(("print_jobs", month)))[REDUCTION]
    assert found.state == "provisional"
    assert f"incomplete without example {month}" in found.why


def test_a_baseline_quarter_that_lacks_a_month_is_not_the_average_of_its_other_quarters():
    made = known(("print_jobs", "2023-04"))
    autumn = [replace(row, period="2023-24-Q2") for row in made.rows if row.period == BASELINE]
    months = [
        AcceptedMonth(table, "example", month, 100, 900 + number, Month.parse(month).ends_at)
        for number, (table, month) in enumerate(
            (t, m) for t in TABLES for m in ("2023-07", "2023-08", "2023-09")
        )
    ]
    found = council_of(
        replace(made, rows=[*made.rows, *autumn], accepted=[*made.accepted, *months])
    )
    assert (found[PRINTING].state, found[PRINTING].value) == ("awaiting", None)


def test_a_quarter_that_is_still_open_lacks_no_month_that_is_to_come():
    lost = [(table, "2025-06") for table in TABLES]
    found = council_of(known(*lost, as_at=datetime(2025, 6, 10, tzinfo=UTC)))
    assert {found[kpi].state for kpi in (PRINTING, COMMUTING, HOME, NET)} == {"provisional"}
    assert found[PRINTING].value is not None
