"""The budget monitoring workbook: every line of the ledger with its year so far.

A ledger closes to the penny, so no row of it is dirty: cost centres have leading zeros, periods
still to come are empty, income is negative, and period 2 of 2025-26 is sent again, corrected.
Amounts are whole pence until they are written.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

import numpy as np

from scorecard.period import Month
from scorecard.sample import directorates, dirt, story, workbook
from scorecard.sample.seeds import generator

CORRECTED = Month(2025, 5)  # period 2 of 2025-26
TITLE = "Exampleshire Council: budget monitoring"
CONTROL = "Control total (actual to date)"
PERIODS = tuple(f"P{number:02d}" for number in range(1, 13))
HEADINGS = (
    "Financial year", "Period", "Cost centre", "Cost centre name", "Directorate", "Service",
    "Subjective", "Subjective name", "Project", "Funding source", "Capital or revenue",
    "Expenditure or income", "Original budget", "Revised budget",
    *(f"Actual {period}" for period in PERIODS), *(f"Profile {period}" for period in PERIODS),
    "Commitments", "Forecast outturn", "Forecast version", "As at",
)  # fmt: skip

# Code, name, share of a cost centre's spending, expenditure or income.
_SUBJECTIVES = (
    ("001000", "Salaries", 0.52, "E"),
    ("001900", "Agency staff", 0.06, "E"),
    ("002100", "Premises", 0.07, "E"),
    ("003300", "Supplies and services", 0.12, "E"),
    ("004400", "Third party payments", 0.33, "E"),
    ("009100", "Fees and charges", -0.10, "I"),
)
_SERVICES = (
    ("Older people", "Learning disability", "Mental health", "Hospital discharge"),
    ("Children in care", "SEND and transport", "Early help", "Schools support"),
    ("Highways", "Waste", "Planning", "Leisure"),
    ("Homelessness", "Housing options", "Community safety"),
    ("Finance", "Human resources", "Digital and ICT", "Revenues"),
    ("Democratic services", "Policy and communications"),
)
_NET_BUDGET = (92_000_000, 78_000_000, 34_000_000, 14_000_000, 22_000_000, 6_000_000)  # pounds
# Project, funding source, capital or revenue, pounds a year, first and last year.
_PROJECTS = (
    ("DIG-ENV", "Reserve", "R", 420_000, 2024, 2025),
    ("DIG-ENV", "Reserve", "C", 180_000, 2024, 2025),
    ("NET-REF", "Base budget", "R", 306_600, 2024, 2026),
    ("NET-NEW", "Reserve", "R", 100_000, 2024, 2026),
)


@dataclass(frozen=True)
class Line:
    """A line of the ledger and its year: amounts in pence."""

    labels: tuple[str, ...]  # cost centre ... expenditure or income
    directorate: str
    original: int
    revised: int
    profile: Any  # 12 periods
    actual: Any  # 12 periods


@lru_cache(maxsize=2)
def year_of(seed: int, scale: int, year: int) -> tuple[Line, ...]:
    """Every line of a financial year, as its year turns out."""
    rng = generator(seed, "ledger", year)
    rows: list[Line] = []
    for place, services in enumerate(_SERVICES):
        pounds = _NET_BUDGET[place] * 1.03 ** (year - 2023) / len(services)
        for number, service in enumerate(services):
            for copy in range(scale):
                centre = (
                    f"{(place + 1) * 1000 + number * 100:07d}"
                    if copy == 0
                    else f"{(place + 1) * 100_000 + number * 10_000 + copy:07d}"
                )
                rows += _cost_centre(rng, year, place, (centre, service), pounds)
    return (*rows, *_projects(rng, year))


def _cost_centre(
    rng: np.random.Generator, year: int, place: int, centre: tuple[str, str], pounds: float
) -> list[Line]:
    """The lines of one cost centre."""
    code, service = centre
    rows = []
    for subjective, name, share, sign in _SUBJECTIVES:
        labels = (
            code, f"{service} team", directorates.NAMES[place][int(code[-1]) % 3], service,
            subjective, name, "", "Base budget", "R", sign,
        )  # fmt: skip
        budget = round(pounds * share * (0.9 + 0.2 * rng.random())) * 100
        rows.append(_line(rng, year, labels, directorates.CODES[place], budget))
    return rows


def _projects(rng: np.random.Generator, year: int) -> list[Line]:
    """The lines of the strategy's money."""
    rows = []
    for project, funding, kind, pounds, first, last in _PROJECTS:
        if first <= year <= last:
            labels = (
                "0090100", "Digital strategy", "Resources", "Digital and ICT",
                "003300" if kind == "R" else "005500", "Supplies and services",
                project, funding, kind, "E",
            )  # fmt: skip
            rows.append(_line(rng, year, labels, "RES", pounds * 100))
    return rows


def _line(
    rng: np.random.Generator, year: int, labels: tuple[str, ...], code: str, original: int
) -> Line:
    """A line whose spending follows its profile, with noise and the directorate's overspend."""
    moved = round(original * 0.03 * (rng.random() - 0.5) / 100) * 100 if not labels[6] else 0
    revised = original + moved
    weight = 1 + 0.12 * (rng.random(12) - 0.5)
    profile = np.floor(revised * weight / weight.sum()).astype(np.int64)
    profile[11] += revised - int(profile.sum())
    over = 0.0 if labels[6] or labels[9] == "I" else story.overspend(code, year)
    growing = np.linspace(0.7, 1.3, 12)  # an overspend shows more and more
    noise = 0.05 * (rng.random(12) - 0.5)
    actual = np.round(profile * (1 + over * growing + noise)).astype(np.int64)
    if labels[6]:
        actual = np.round(actual * 0.86).astype(np.int64)
    return Line(labels, code, original, revised, profile, actual)


def extract(
    seed: int, scale: int, month: Month, *, corrected: bool = True
) -> tuple[bytes, int, dirt.Planted]:
    """A month's workbook: the file, its rows, the dirt in it."""
    year, period = month.quarter.year, (month.number - 4) % 12 + 1
    rows = year_of(seed, scale, year)
    actuals = [row.actual[:period].copy() for row in rows]
    planted: dirt.Planted = {"period_still_to_come": 12 - period}
    if not corrected:
        wrong = range(1, len(rows), max(2, len(rows) // 5))
        planted["corrected_later"] = len(wrong)
        for number in wrong:
            actuals[number][-1] = 0  # a journal not yet posted
    control = sum(int(actual.sum()) for actual in actuals)
    rng = generator(seed, "ledger", month)
    body = [
        _cells(rng, row, actual, month, period) for row, actual in zip(rows, actuals, strict=True)
    ]
    top = [[TITLE], [CONTROL, control / 100], [], HEADINGS]
    return workbook.to_bytes("Ledger", [*top, *body]), len(body), planted


def _cells(
    rng: np.random.Generator, row: Line, actual: Any, month: Month, period: int
) -> list[Any]:
    """One row of the workbook; pence become pounds."""
    last_day = month.shifted(1).first_day - timedelta(days=1)
    over = 0.0 if row.labels[9] == "I" else story.overspend(row.directorate, month.quarter.year)
    forecast = (
        row.revised
        if row.labels[6]
        else round(row.revised * (1 + over + 0.004 * (rng.random() - 0.5)))
    )
    open_orders = (
        0.0 if row.labels[9] == "I" or row.labels[5] == "Salaries" else 0.08 * rng.random()
    )
    commitments = round((row.revised - int(actual.sum())) * open_orders)
    return [
        month.quarter.financial_year, period, *row.labels,
        row.original / 100, row.revised / 100,
        *(amount / 100 for amount in actual.tolist()), *(None,) * (12 - period),
        *(amount / 100 for amount in row.profile.tolist()),
        max(0, commitments) / 100, forecast / 100, PERIODS[period - 1], last_day,
    ]  # fmt: skip
