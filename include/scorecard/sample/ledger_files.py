"""The budget monitoring workbook: one wide row for each line of the ledger, its year so far.

A ledger closes to the penny, so no row of it is dirty. Its traps are others: codes have leading
zeros, periods still to come are empty, income is negative, and one period is sent again, corrected.
"""

from datetime import timedelta
from typing import Any

import numpy as np

from scorecard.period import Month
from scorecard.sample import directorates, dirt, workbook
from scorecard.sample.ledger import Line, year_of
from scorecard.sample.seeds import generator

CORRECTED = Month(2025, 5)  # period 2 of 2025-26 is sent again
PERIODS = tuple(f"P{number:02d}" for number in range(1, 13))
HEADINGS = (
    "Financial year", "Period", "Cost centre", "Cost centre name", "Directorate", "Service",
    "Subjective", "Subjective name", "Project", "Funding source", "Capital or revenue",
    "Expenditure or income", "Original budget", "Revised budget",
    *(f"Actual {period}" for period in PERIODS), *(f"Profile {period}" for period in PERIODS),
    "Commitments", "Forecast outturn", "Forecast version", "As at",
)  # fmt: skip
_TITLE = "Exampleshire Council: budget monitoring"
_CONTROL = "Control total (actual to date)"


def period_of(month: Month) -> int:
    """A month's period in its financial year: April is 1."""
    return (month.number - 4) % 12 + 1


def extract(seed: int, scale: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's workbook as it first comes: the file, its rows, the dirt in it."""
    if month != CORRECTED:
        return _workbook(seed, scale, month, set())
    return _workbook(seed, scale, month, {1, 31, 61, 91})


def extract_again(seed: int, scale: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's workbook, sent again with every journal posted."""
    return _workbook(seed, scale, month, set())


def _workbook(
    seed: int, scale: int, month: Month, unposted: set[int]
) -> tuple[bytes, int, dirt.Planted]:
    """The workbook of a month; the unposted lines lack the month's own actual."""
    period, rng = period_of(month), generator(seed, "ledger", month)
    year = year_of(seed, scale, month.quarter.year)
    actuals = [
        line.actual[:period] * _posted(period, number in unposted)
        for number, line in enumerate(year)
    ]
    control = sum(int(actual.sum()) for actual in actuals)
    top: list[list[Any]] = [[_TITLE], [_CONTROL, control / 100], [], list(HEADINGS)]
    rows = [_cells(rng, line, actual, month) for line, actual in zip(year, actuals, strict=True)]
    planted = {"corrected_later": len(unposted)} if unposted else {}
    return workbook.to_bytes("Ledger", [*top, *rows]), len(rows), planted


def _posted(period: int, is_unposted: bool) -> Any:
    """Ones for the periods that are posted, a zero for one that is not yet."""
    posted = np.ones(period, np.int64)
    posted[-1] = not is_unposted
    return posted


def _cells(rng: np.random.Generator, line: Line, actual: Any, month: Month) -> list[Any]:
    """One row of the workbook; pence become pounds."""
    account, period, year = line.account, len(actual), month.quarter.year
    over = account.over(year) + (0.0 if account.project else 0.004 * (rng.random() - 0.5))
    to_come = max(0, line.revised - int(actual.sum()))
    has_orders = not account.is_income and account.subjective_name != "Salaries"
    ordered = round(to_come * 0.08 * rng.random()) if has_orders else 0
    names = directorates.NAMES[account.place]
    return [
        month.quarter.financial_year, period, account.cost_centre, account.name,
        names[int(account.cost_centre[2]) % 3], account.service, account.subjective,
        account.subjective_name, account.project, account.funding, account.kind,
        "I" if account.is_income else "E", line.original / 100, line.revised / 100,
        *(pence / 100 for pence in actual.tolist()), *(None,) * (12 - period),
        *(pence / 100 for pence in line.profile.tolist()),
        ordered / 100, round(line.revised * (1 + over)) / 100, PERIODS[period - 1],
        month.shifted(1).first_day - timedelta(days=1),
    ]  # fmt: skip
