"""Why a figure moved, from facts: what came late, what was sent again, what else changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scorecard.arrivals import AcceptedMonth
from scorecard.kpis import KpiDefinition, KpiVersion
from scorecard.packs.causes import Basis, cause_of
from scorecard.period import period_named

JULY = datetime(2025, 7, 4, 9, tzinfo=UTC)
AUGUST = datetime(2025, 8, 12, 9, tzinfo=UTC)
TICKETS = KpiDefinition(
    id="tickets_solved", code="SD-01", title="Tickets solved", definition="", theme="Service desk",
    tables=("tickets",), unit="percent", decimals=1, better="higher", accumulation="discrete",
    direction="previous_period", kind="ratio",
    versions=(KpiVersion(1, "2023-24-Q1", "First."), KpiVersion(2, "2025-26-Q1", "On hold.")),
)  # fmt: skip


def basis(table, **identity):
    """What figures rest on: rows written `table extract month rows days-after-August-12`."""
    months = []
    for line in table.strip().splitlines():
        name, extract, month, rows, days = line.split()
        received = AUGUST + timedelta(days=int(days))
        months.append(AcceptedMonth(name, "s", month, int(rows), int(extract), received))
    return Basis(identity, tuple(months))


THEN = basis("tickets 1 2025-05 900 -40")


def cause(now, then=THEN, period="2025-05", kind="correction"):
    return cause_of(TICKETS, period_named(period), basis(now), then, kind)


@pytest.mark.parametrize(
    ("what", "now", "words"),
    [
        ("the rows of the period", "tickets 2 2025-05 14 0\ntickets 2 2025-07 800 0",
         "14 late rows of tickets, received 12 August 2025"),
        ("one row", "tickets 2 2025-05 1 0", "1 late row of tickets, received 12 August 2025"),
        ("rows of earlier months whose cases end in the period", "tickets 2 2025-04 3 0",
         "3 late rows of tickets, received 12 August 2025"),
        ("rows of later months, if there are no others", "tickets 2 2025-07 8 0",
         "8 late rows of tickets, received 12 August 2025"),
        ("two deliveries", "tickets 2 2025-05 14 0\ntickets 3 2025-05 1 21",
         "14 late rows of tickets, received 12 August 2025; "
         "1 late row of tickets, received 2 September 2025"),
        ("two files of one day", "tickets 2 2025-05 14 0\ntickets 3 2025-05 1 0",
         "15 late rows of tickets, received 12 August 2025"),
        ("no table that the figure does not read", "print_jobs 2 2025-05 14 0",
         "The register names no cause."),
    ],
)  # fmt: skip
def test_late_rows_are_counted_by_the_day_on_which_they_were_received(what, now, words):
    assert cause(f"tickets 1 2025-05 900 -40\n{now}") == words, what


def test_of_many_deliveries_three_are_named():
    lines = "\n".join(f"tickets {n} 2025-05 1 {n}" for n in range(2, 8))

    assert cause(lines).endswith("received 16 August 2025; 3 other deliveries")


def test_rows_that_were_awaited_are_not_late():
    assert cause("tickets 2 2025-05 14 0", kind="scheduled") == (
        "14 rows of tickets, received 12 August 2025"
    )


def test_a_quarter_counts_the_rows_of_its_months():
    now = "tickets 2 2025-03 5 0\ntickets 2 2025-04 2 0\ntickets 2 2025-06 3 0"

    assert cause(now, period="2025-26-Q1").startswith("5 late rows")


def test_a_new_version_says_what_it_changed():
    assert cause("", kind="version") == "Version 2 of the definition: On hold."


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"inputs": {"tickets": ["b", "a"]}}, "Files of tickets were sent again, or taken back."),
        ({"inputs": {"print_jobs": ["b"]}}, "The register names no cause."),
        ({"kpis": [{"id": TICKETS.id, "sha256": "y"}]}, "Its definition was corrected."),
        ({"kpis": [{"id": "another", "sha256": "y"}]}, "The register names no cause."),
        ({"told": "y"}, "Another pack was published, and with it other figures must be withheld."),
        ({"open": []}, "A period that was open has ended."),
        ({"council": "y"}, "A decision of the council changed."),
        ({"code": "y"}, "The way in which figures are reckoned was corrected."),
        ({"open": [], "council": "y"},
         "A period that was open has ended. A decision of the council changed."),
    ],
)  # fmt: skip
def test_without_new_extracts_it_is_what_else_differs(part, words):
    same = {"inputs": {"tickets": ["a", "b"]}, "open": ["2025-05"], "council": "x", "code": "x"}
    then = replace(THEN, identity=same)
    now = replace(THEN, identity={**same, **part})
    if "print_jobs" in part.get("inputs", {}):
        now = replace(now, identity={**same, "inputs": {**same["inputs"], **part["inputs"]}})

    assert cause_of(TICKETS, period_named("2025-05"), now, then, "correction") == words
