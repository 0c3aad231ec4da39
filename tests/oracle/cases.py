"""The four cases: rows of the sources, the months received, and what the KPIs should say."""

import os
from dataclasses import dataclass

import numpy as np

from oracle import (
    council,
    expected_money,
    expected_presence,
    expected_printing,
    expected_tickets,
    given_money,
    given_people,
    given_presence,
    given_printing,
    given_tickets,
)
from oracle.calendar import WorkingTime, month, month_text, span

SIZE = int(os.environ.get("SCORECARD_ORACLE_ROWS", "1000000"))
SEED = 20_250_401
STAFF = 40_000  # rows of the staff list at most: each becomes twenty days of a person

MONTHS = [month_text(number) for number in range(month("2023-04"), month("2025-06") + 1)]
QUARTERS = [f"{year}-{year - 1999}-Q{n}" for year in (2023, 2024) for n in (1, 2, 3, 4)]
QUARTERS.append("2025-26-Q1")
SPANS = [span(key) for key in (*MONTHS, *QUARTERS, *(f"{quarter}-YTD" for quarter in QUARTERS))]
CLOCK = WorkingTime(council.HOURS, council.bank_holidays())


@dataclass(frozen=True)
class Case:
    """Rows by table, the months received of each, and the oracle's answers by KPI."""

    given: dict
    received: dict
    expected: dict


def service_desk(size):
    tickets = given_tickets.tickets(np.random.default_rng(SEED), size)
    expected = expected_tickets.expected(tickets, CLOCK, council.SLA, SPANS)
    return Case({"tickets": tickets}, {"tickets": MONTHS}, expected)


def budget(size):
    rng = np.random.default_rng(SEED)
    ledger, of_ledger = given_money.ledger(rng, size)
    savings, of_savings = given_money.savings(rng, size)
    finance = council.SETTLED.strategy_finance
    expected = {
        **expected_money.expected_ledger(ledger, SPANS, finance),
        **expected_money.expected_savings(savings, SPANS, finance),
    }
    given = {"ledger": ledger, "savings": savings}
    return Case(given, {"ledger": of_ledger, "savings": of_savings}, expected)


def printing(size):
    rng = np.random.default_rng(SEED)
    staff = given_people.staff(rng, min(size, STAFF))
    workforce = given_people.workforce(rng)
    people = int(staff["person_pseud"].max()) + 1
    jobs = given_printing.print_jobs(rng, size, people)
    force = expected_presence.workforce_by_month(workforce, CLOCK)
    expected = expected_printing.expected(jobs, staff, force, SPANS)
    given = {"staff": staff, "workforce": workforce, "print_jobs": jobs}
    return Case(given, dict.fromkeys(given, MONTHS), expected)


def remote_working(size):
    rng = np.random.default_rng(SEED)
    staff = given_people.staff(rng, min(size, STAFF))
    workforce = given_people.workforce(rng)
    events = given_presence.presence_events(rng, size, staff)
    survey = given_people.travel_survey(rng, size)
    force = expected_presence.workforce_by_month(workforce, CLOCK)
    expected = expected_presence.expected(staff, force, events, survey, CLOCK, SPANS)
    given = {
        "staff": staff,
        "workforce": workforce,
        "presence_events": events,
        "travel_survey": survey,
    }
    received = {**dict.fromkeys(given, MONTHS), "travel_survey": survey.labels["surveyed_month"]}
    return Case(given, received, expected)


CASES = {
    "service desk": service_desk,
    "budget": budget,
    "printing": printing,
    "remote working": remote_working,
}
