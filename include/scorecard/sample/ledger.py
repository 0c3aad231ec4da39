"""The ledger: every line of a financial year, as its year turns out, in whole pence.

Directorates spend along their profile, with noise; an overspend shows more and more as the year
goes on. The strategy's money has lines of its own, and lags behind its profile.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from scorecard.sample import directorates, story
from scorecard.sample.seeds import generator

_SERVICES = (  # of each directorate; every one is a cost centre
    ("Older people", "Learning disability", "Mental health", "Hospital discharge"),
    ("Children in care", "SEND and transport", "Early help", "Schools support"),
    ("Highways", "Waste", "Planning", "Leisure"),
    ("Homelessness", "Housing options", "Community safety"),
    ("Finance", "Human resources", "Digital and ICT", "Revenues"),
    ("Democratic services", "Policy and communications"),
)
_NET_POUNDS = (92_000_000, 78_000_000, 34_000_000, 14_000_000, 22_000_000, 6_000_000)
_GROWTH = 1.03  # of budgets, each year since 2023
_SUBJECTIVES = (  # code, name, share of the cost centre's net budget
    ("001000", "Salaries", 0.52),
    ("001900", "Agency staff", 0.06),
    ("002100", "Premises", 0.07),
    ("003300", "Supplies and services", 0.12),
    ("004400", "Third party payments", 0.33),
    ("009100", "Fees and charges", -0.10),
)
_PROJECTS = (  # project, funding source, capital or revenue, pounds a year, first and last year
    ("DIG-ENV", "Reserve", "R", 420_000, 2024, 2025),
    ("DIG-ENV", "Reserve", "C", 180_000, 2024, 2025),
    ("NET-REF", "Base budget", "R", 206_600, 2024, 2026),  # with NET-NEW, 919,800 in three years
    ("NET-NEW", "Reserve", "R", 100_000, 2024, 2026),
)
_TEAMS = (  # cost centre, name, service, subjective, its name, pounds in 2023, growth a year
    (521_000, "Service desk", "001000", "Salaries", 350_000, 1.03),
    (521_000, "Service desk", "001900", "Agency staff", 30_000, 0.9),
    (521_000, "Service desk", "003300", "Supplies and services", 95_000, 1.0),
    # Fewer clicks since printing fell, and a cheaper lease; the paper of those who print less.
    (522_000, "Managed print", "003410", "Print leases and clicks", 118_000, 0.86),
    (522_000, "Managed print", "003420", "Paper", 24_000, 0.84),
)
_PROGRAMME = (  # of capital: cost centre, name, directorate's number, service, pounds a year
    (610_000, "School places", 1, "Schools support", 5_600_000),
    (620_000, "Roads and bridges", 2, "Highways", 8_400_000),
    (630_000, "Homes adapted", 3, "Housing options", 3_200_000),
    (640_000, "Offices and depots", 4, "Finance", 1_400_000),
    (523_000, "Devices and network", 4, "Digital and ICT", 650_000),
)
_RESOURCES = 4
_PROJECT_SPEED = 0.86  # of its profile, a project spends
_PROGRAMME_SPEED = 0.9


@dataclass(frozen=True)
class Account:
    """What a line of the ledger is about: the columns before its money."""

    cost_centre: str
    name: str
    place: int  # the directorate's number
    service: str
    subjective: str
    subjective_name: str
    project: str = ""
    funding: str = "Base budget"
    kind: str = "R"

    @property
    def is_income(self) -> bool:
        return self.subjective == "009100"

    def over(self, year: int) -> float:
        """By which share the line ends its year over its budget."""
        if self.project or self.is_income or self.kind == "C":
            return 0.0
        return story.overspend(directorates.CODES[self.place], year)


@dataclass(frozen=True)
class Line:
    """A line of the ledger and its whole year."""

    account: Account
    original: int
    revised: int
    profile: Any  # 12 periods
    actual: Any  # 12 periods


@lru_cache(maxsize=2)
def year_of(seed: int, scale: int, year: int) -> tuple[Line, ...]:
    """Every line of a financial year; `scale` multiplies the cost centres."""
    rng = generator(seed, "ledger", year)
    budgets = [
        (account, round(pounds * (0.9 + 0.2 * rng.random())) * 100)
        for account, pounds in _accounts(scale, year)
    ]
    running = [_line(rng, year, account, original) for account, original in budgets]
    projects = [_line(rng, year, account, pounds * 100) for account, pounds in _projects(year)]
    own = generator(seed, "ledger teams", year)
    others = [*_teams(scale, year), *_programme(scale)]
    more = [_line(own, year, account, pounds * 100) for account, pounds in others]
    return (*running, *projects, *more)


def _accounts(scale: int, year: int) -> list[tuple[Account, float]]:
    """The accounts of the directorates' services, each with its usual budget in pounds."""
    return [
        (
            Account(f"{centre + copy:07d}", f"{service} team", place, service, code, name),
            pounds * share,
        )
        for place, services in enumerate(_SERVICES)
        for number, service in enumerate(services)
        for pounds in [_NET_POUNDS[place] * _GROWTH ** (year - 2023) / len(services)]
        for centre in [(place + 1) * 100_000 + number * 10_000]
        for copy in range(scale)
        for code, name, share in _SUBJECTIVES
    ]


def _projects(year: int) -> list[tuple[Account, int]]:
    """The accounts of the strategy's money, each with its budget in pounds."""
    return [
        (
            Account(
                "0090100", "Digital strategy", _RESOURCES, "Digital and ICT",
                "003300" if kind == "R" else "005500",
                "Supplies and services" if kind == "R" else "Equipment",
                project, funding, kind,
            ),
            pounds,
        )
        for project, funding, kind, pounds, first, last in _PROJECTS
        if first <= year <= last
    ]  # fmt: skip


def _teams(scale: int, year: int) -> list[tuple[Account, int]]:
    """The accounts of teams that have cost centres of their own, each with its budget in pounds."""
    return [
        (
            Account(f"{centre + copy:07d}", name, _RESOURCES, "Digital and ICT", code, said),
            round(pounds * growth ** (year - 2023)),
        )
        for centre, name, code, said, pounds, growth in _TEAMS
        for copy in range(scale)
    ]


def _programme(scale: int) -> list[tuple[Account, int]]:
    """The accounts of the capital programme, each with its budget in pounds."""
    return [
        (
            Account(
                f"{centre + copy:07d}", name, place, service, "007700", "Works and equipment",
                funding="Capital", kind="C",
            ),
            pounds,
        )
        for centre, name, place, service, pounds in _PROGRAMME
        for copy in range(scale)
    ]  # fmt: skip


def _line(rng: np.random.Generator, year: int, account: Account, original: int) -> Line:
    """An account's year: budget moved a little, profile, and what is spent."""
    moved = round(original * 0.03 * (rng.random() - 0.5) / 100) * 100
    revised = original if account.project else original + moved
    weight = 1 + 0.12 * (rng.random(12) - 0.5)
    profile = np.floor(revised * weight / weight.sum()).astype(np.int64)
    profile[-1] += revised - int(profile.sum())
    speed = _PROJECT_SPEED if account.project else 1.0
    speed = _PROGRAMME_SPEED if account.funding == "Capital" else speed
    growing = account.over(year) * np.linspace(0.7, 1.3, 12)
    noise = 0.05 * (rng.random(12) - 0.5)
    actual = np.round(profile * speed * (1 + growing + noise)).astype(np.int64)
    return Line(account, original, revised, profile, actual)
