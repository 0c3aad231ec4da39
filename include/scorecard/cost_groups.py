"""Which cost centres and subjectives are the service desk, ICT, print, pay or agency staff.

It is the council's own chart of accounts, so it is the council's file: `cost_groups.csv`. SQL
reads it as the relation `cost_groups`. A group holds for whole financial years, because a month's
cost is its year to date less that of the month before.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scorecard.relations import Relation
from scorecard.strict import WrongDefinition

# The groups that KPIs and tables read, and what each is.
GROUPS = {
    "ict": "Everything that information technology costs",
    "service_desk": "The service desk alone",
    "print": "Leases, clicks and paper of the office printers",
    "pay": "Pay of the council's own staff",
    "agency": "Agency staff",
    "running": "The running costs of all services, before income",
    "staff": "Of a strategy's cost: people",
    "technology": "Of a strategy's cost: equipment, licences and services bought",
    "external": "Of a strategy's cost: consultants and partners",
}

_YEAR = re.compile(r"(\d{4})-(\d\d)")
_CODES = re.compile(r"[\w./ -]*\*?")


@dataclass(frozen=True)
class CostGroup:
    """One rule: lines of these codes, in these financial years, belong to the group."""

    group: str
    first_year: str  # 2025-26
    cost_centre: str  # a code; with * at its end, every code that begins so
    subjective: str
    reason: str
    last_year: str | None = None  # the last one in which it holds; empty: still


def check_cost_groups(rows: Iterable[CostGroup]) -> None:
    """Refuse a group that no KPI knows, and years or codes that could match nothing."""
    for number, row in enumerate(rows, start=2):
        problem = _problem(row)
        if problem:
            raise WrongDefinition(f"cost_groups.csv, row {number}: {problem}")


def _problem(row: CostGroup) -> str:
    """What is wrong with a row, and what to do; empty if it can be used."""
    if row.group not in GROUPS:
        return f"group '{row.group}' is unknown. Use one of {', '.join(GROUPS)}."
    for year in filter(None, (row.first_year, row.last_year)):
        found = _YEAR.fullmatch(year)
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            return f"'{year}' is no financial year. Write it like 2025-26."
    if row.last_year and row.last_year < row.first_year:
        return f"{row.last_year} is before {row.first_year}. Correct one of them."
    for codes in (row.cost_centre, row.subjective):
        if not _CODES.fullmatch(codes):
            return f"'{codes}' is no code. Write a code, or the start of codes and * at its end."
    return ""


def as_relation(rows: Iterable[CostGroup]) -> Relation:
    """The relation `cost_groups`: one row per rule; `*` matches as SQL's glob does."""
    types = ("cost_group", "first_year", "last_year", "cost_centre", "subjective")
    return Relation(
        "cost_groups",
        dict.fromkeys(types, "text"),
        [
            (row.group, row.first_year, row.last_year, row.cost_centre, row.subjective)
            for row in rows
        ],
    )
