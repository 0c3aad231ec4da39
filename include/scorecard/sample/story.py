"""What happens at Exampleshire: every number of the story, in one place.

Printing falls by a third in 27 months, most when new devices print on both sides and in black by
default (January 2024). Remote working grows from 1.3 days a week to two, and stays. In May 2025 a
network outage floods the service desk, which works its backlog off in June. Children and Young
People overspends, more each year, and part of the savings is at risk.
"""

import numpy as np

from scorecard.period import Month

EPOCH = Month(2023, 4)  # the Digital Strategy and its systems begin
# The systems before them told the same, back to here; nobody leaves in those years, and what was
# open at their end was not carried over.
EARLIEST = Month(2018, 4)
OUTAGE = Month(2025, 5)
NEW_DEVICES = Month(2024, 2)  # the first whole month with them

# Seasons, January to December.
PRINT_SEASON = (1.04, 1.02, 1.10, 0.98, 1.0, 1.02, 0.96, 0.76, 1.06, 1.05, 1.03, 0.78)
TICKET_SEASON = (1.10, 1.0, 1.02, 1.0, 0.98, 0.99, 0.97, 0.86, 1.12, 1.05, 1.0, 0.80)
LEAVE_SHARE = (0.05, 0.09, 0.08, 0.11, 0.09, 0.09, 0.13, 0.20, 0.08, 0.10, 0.06, 0.16)


def since_epoch(month: Month) -> int:
    """How many months the strategy has run."""
    return (month.year - EPOCH.year) * 12 + month.number - EPOCH.number


def history(month: Month) -> int:
    """How many months back the systems of a month reach."""
    first = EARLIEST if month < EPOCH else EPOCH
    return (month.year - first.year) * 12 + month.number - first.number


def _path(month: Month, *points: tuple[int, float]) -> float:
    """A level that moves in straight lines through points of (months since the start, level)."""
    months, levels = zip(*points, strict=True)
    return float(np.interp(since_epoch(month), months, levels))


def print_jobs_per_head(month: Month) -> float:
    """Print jobs of a month for each person in post."""
    trend = _path(month, (0, 1.0), (9, 0.95), (11, 0.85), (26, 0.65))
    return 15.0 * trend * PRINT_SEASON[month.number - 1]


def duplex_share(month: Month) -> float:
    """How many of the jobs that could be printed on both sides are."""
    return 0.76 if month >= NEW_DEVICES else 0.55


def colour_share(month: Month) -> float:
    """How many jobs are printed in colour."""
    return 0.22 if month >= NEW_DEVICES else 0.34


def home_level(month: Month) -> float:
    """Home days a week that a hybrid worker's agreement is drawn around."""
    return _path(month, (0, 1.28), (6, 1.55), (12, 1.9), (18, 2.18), (22, 2.28))


def tickets_per_head(kind: str, month: Month) -> float:
    """Tickets of a month for each person in post."""
    usual = {"incident": 0.37, "request": 0.26}[kind] * TICKET_SEASON[month.number - 1]
    return usual * (1.4 if month == OUTAGE and kind == "incident" else 1.0)


def within_sla(kind: str, month: Month) -> float:
    """How many tickets of a kind, opened in the month, are resolved in time."""
    if month == OUTAGE:
        return {"incident": 0.68, "request": 0.86}[kind]
    return _path(month, (0, 0.92), (26, 0.94))


def answered_within_sla(month: Month) -> float:
    """How many tickets opened in the month get their first response in time."""
    return 0.81 if month == OUTAGE else _path(month, (0, 0.945), (26, 0.96))


def satisfaction(month: Month) -> tuple[float, ...]:
    """How survey answers spread over the scores 1 to 5."""
    if month == OUTAGE:
        return (0.16, 0.16, 0.22, 0.28, 0.18)
    return (0.03, 0.04, 0.10, 0.33, 0.50)


def overspend(directorate: str, year: int) -> float:
    """By which share a directorate ends the financial year over its budget."""
    if directorate == "CYP":
        return {2023: 0.012, 2024: 0.026}.get(year, 0.037 if year > 2024 else 0.005)
    return {"ASC": 0.006, "PLA": -0.004, "HOU": -0.002, "RES": -0.006, "CEX": -0.003}[directorate]
