"""What a pack shows is read as measures: a column of a table by period and directorate."""

from dataclasses import replace

from scorecard.packs.build import build
from scorecard.packs.measures import measures_of


def told(records, name):
    """The numbers of a measure by period and directorate."""
    return {m.name: dict(m.numbers) for m in measures_of(build(records))}[name]


def with_tickets(records, *rows):
    columns = ("month", "directorate", "type", "opened", "resolved", "resolved_within_sla",
               "open_at_month_end")  # fmt: skip
    found = [dict(zip(columns, row.split(), strict=True)) for row in rows]
    return replace(records, activity={"tickets": found})


ROWS = (
    "2025-04 COUNCIL incident 5 4 3 9",
    "2025-05 COUNCIL incident 6 5 3 8",
    "2025-06 COUNCIL incident 7 6 3 7",
    "2025-06 COUNCIL request  1 1 1 2",
    "2025-06 HR      incident 2 2 1 3",
)


def test_a_figure_is_a_measure_by_kpi_and_part(records):
    measure = told(records, "KPI_figures, tickets_solved, Denominator")

    assert measure["2025-26-Q1", "HR"] == 100


def test_a_measure_of_months_is_also_told_over_longer_added_up_and_at_the_end(records):
    known = with_tickets(records, *ROWS)
    quarter, year = ("2025-26-Q1", "COUNCIL"), ("2025-26-Q1-YTD", "COUNCIL")

    assert told(known, "Tickets, incident, Opened, months added up")[quarter] == 5 + 6 + 7
    assert told(known, "Tickets, incident, Open at month end")[year] == 7


def test_a_month_that_is_not_shown_leaves_no_sum_of_its_quarter(records):
    known = with_tickets(records, *ROWS[:2], *ROWS[3:])

    assert ("2025-26-Q1", "COUNCIL") not in told(
        known, "Tickets, incident, Opened, months added up"
    )


def test_what_a_table_shows_in_parts_is_also_a_measure_of_all_parts(records):
    assert told(with_tickets(records, *ROWS), "Tickets, all, Opened")["2025-06", "COUNCIL"] == 8
