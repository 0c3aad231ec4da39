"""Which extracts a period needs, and whether they were there."""

import pytest

from scorecard.arrivals import AcceptedMonth, arrivals_of, unsettled
from scorecard.period import Month, period_named

Q = period_named("2025-26-Q1")


def arrived(text):
    """Extracts written `table system 2025-04 2025-05:3+2025-06:9`, 9 rows where none are named.

    Each was received when its last month was over; `;` begins another table or system.
    """
    rows = []
    for line in text.split("; "):
        table, system, *extracts = line.split()
        for extract in extracts:
            months = [(*part.split(":"), "9")[:2] for part in extract.split("+")]
            received = Month.parse(months[-1][0]).ends_at
            number = len(rows)
            rows += [AcceptedMonth(table, system, m, int(n), number, received) for m, n in months]
    return arrivals_of(rows)


@pytest.mark.parametrize(
    ("given", "table", "expected"),
    [
        # Events are needed for every month; year-to-date amounts for the last; lists for any.
        ("tickets a 2025-04 2025-05 2025-06", "tickets", "complete"),
        ("tickets a 2025-04 2025-06", "tickets", "partial"),
        ("tickets a 2025-03", "tickets", "none"),
        ("tickets a 2025-07", "tickets", "none"),
        ("ledger a 2025-06", "ledger", "complete"),
        ("ledger a 2025-05", "ledger", "partial"),
        ("staff a 2024-01", "staff", "complete"),
        ("staff a 2025-07", "staff", "none"),
        ("tickets a 2025-04", "travel_survey", "complete"),
        # One extract of a whole quarter: a month with under half the fullest month's rows is late.
        ("tickets a 2025-04:5+2025-05:9+2025-06:10", "tickets", "complete"),
        ("tickets a 2025-04:4+2025-05:9+2025-06:10", "tickets", "partial"),
        # A second system counts from the first month that it sent.
        ("tickets a 2025-04 2025-05 2025-06; tickets b 2025-06", "tickets", "complete"),
        ("tickets a 2025-04 2025-05 2025-06; tickets b 2025-05", "tickets", "partial"),
    ],
)
def test_a_period_needs_the_months_that_its_table_needs(given, table, expected):
    assert arrived(given).of(table, Q).state == expected


def test_the_first_month_is_the_first_that_was_sent_whole():
    assert arrived("tickets a 2025-03:2+2025-04:9").first_month == "2025-04"


@pytest.mark.parametrize(
    ("given", "days", "is_unsettled"),
    [
        ("tickets a 2025-06", 14, True),
        ("tickets a 2025-07", 14, False),
        ("tickets a 2025-06", 0, False),
    ],
)
def test_cases_settle_with_the_extract_that_would_show_a_change(given, days, is_unsettled):
    assert bool(unsettled(arrived(given), "tickets", Q, days)) is is_unsettled
