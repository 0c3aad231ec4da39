"""The money of the council's strategies: savings, envelopes and costs, by year, never added.

A saving is what a strategy promises to take out of the budget, an envelope is what it may spend,
a gross cost is what a programme costs in all. Of a gross cost, a part may be new money; the rest
is existing budget, which is derived here and said. Adding kinds would count money twice, or set
a saving off against a cost: rows that do are refused.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from scorecard.decisions import StrategyMoney
from scorecard.relations import Relation
from scorecard.strict import WrongDefinition

SAVING, ENVELOPE, GROSS, NEW = "saving", "funding_envelope", "cost_gross", "cost_new_money"
EXISTING = "cost_existing_budget"  # derived: a gross cost less its new money
KINDS = (SAVING, ENVELOPE, GROSS, NEW)

# The tables of activity whose rows are each of one strategy and one kind.
TABLES = ("strategy_money", "strategy_years", "strategy_savings")


@dataclass(frozen=True)
class Line:
    """One sum of one kind: its years, what it is planned to be in each, where it is spent."""

    strategy: str
    kind: str
    funding_source: str
    years: tuple[str, ...]
    amount_gbp: Decimal  # of all years together
    projects: tuple[str, ...]
    profile: Mapping[str, Decimal] = field(default_factory=dict)  # empty: not planned by year


def check_strategy_money(rows: Sequence[StrategyMoney]) -> None:
    """Refuse money whose kind, years or parts contradict each other."""
    for number, row in enumerate(rows, start=1):
        problem = _problem(row, rows)
        if problem:
            where = f"council.yaml: strategy_finance[{number}]: {row.strategy}, {row.kind}"
            raise WrongDefinition(f"{where}: {problem}")


def _problem(row: StrategyMoney, rows: Sequence[StrategyMoney]) -> str:
    """What is wrong with a row, and what to do; empty if it can be used."""
    if row.kind not in KINDS:
        return f"the kind is unknown. Use one of {', '.join(KINDS)}."
    if row.last_year < row.first_year:
        return f"it ends with {row.last_year}, before it begins. Correct one of the years."
    if [each for each in rows if (each.strategy, each.kind) == (row.strategy, row.kind)] != [row]:
        return "it stands there twice. Write one sum of each kind for a strategy."
    codes = [each.project_code for each in rows]
    if row.project_code and codes.count(row.project_code) > 1:
        return f"project {row.project_code} has another sum too and would count twice. Part them."
    return _profile_problem(row) or _part_problem(row, rows)


def _profile_problem(row: StrategyMoney) -> str:
    if not row.profile:
        return ""
    if tuple(sorted(row.profile)) != _years(row):
        return f"its profile is not of the years {', '.join(_years(row))}. Name each of them."
    total = sum(row.profile.values())
    if total != _whole(row):
        return f"its profile adds up to {total}, the sum is {_whole(row)}. Correct one of them."
    return ""


def _part_problem(row: StrategyMoney, rows: Sequence[StrategyMoney]) -> str:
    """New money is a part of a gross cost of the same strategy and years, and no more than it."""
    if row.kind != NEW:
        return ""
    gross = _of_kind(rows, row.strategy, GROSS)
    if gross is None:
        return f"the strategy has no {GROSS} of which it is a part. Add it."
    if _years(gross) != _years(row):
        return f"its years are not those of the {GROSS}. Correct one of them."
    if _whole(row) > _whole(gross):
        return f"{_whole(row)} is more than the {GROSS} of {_whole(gross)}. Correct one of them."
    return ""


def kinds_of(lines: Iterable[Line]) -> frozenset[tuple[str, str]]:
    """Strategy and kind of every sum: what each row of the tables must be of."""
    return frozenset((line.strategy, line.kind) for line in lines)


def lines_of(rows: Sequence[StrategyMoney]) -> tuple[Line, ...]:
    """Every sum as decided, in their order, and the existing budget after its new money."""
    return tuple(line for row in rows for line in _lines(row, rows))


def _lines(row: StrategyMoney, rows: Sequence[StrategyMoney]) -> Iterator[Line]:
    new = _of_kind(rows, row.strategy, NEW) if row.kind == GROSS else None
    yield _line(row, (new,) if new else ())
    gross = _of_kind(rows, row.strategy, GROSS) if row.kind == NEW else None
    if gross is not None:
        yield _existing(_line(gross, ()), _line(row, ()))


def _line(row: StrategyMoney, with_projects_of: Sequence[StrategyMoney]) -> Line:
    projects = (each.project_code for each in (row, *with_projects_of))
    profile = dict.fromkeys(_years(row), row.amount_gbp) if row.each_year else row.profile
    return Line(
        *(row.strategy, row.kind, row.funding_source, _years(row), _whole(row)),
        tuple(code for code in projects if code),
        profile,
    )


def _existing(gross: Line, new: Line) -> Line:
    """What is left of a gross cost without its new money: spent under the gross cost's project."""
    planned = gross.profile and new.profile
    return Line(
        *(gross.strategy, EXISTING, gross.funding_source, gross.years),
        gross.amount_gbp - new.amount_gbp,
        gross.projects,
        {year: gross.profile[year] - new.profile[year] for year in gross.years} if planned else {},
    )


def _of_kind(rows: Iterable[StrategyMoney], strategy: str, kind: str) -> StrategyMoney | None:
    return next((row for row in rows if (row.strategy, row.kind) == (strategy, kind)), None)


def _years(row: StrategyMoney) -> tuple[str, ...]:
    """The financial years of a sum, such as 2024-25 and 2025-26."""
    first, last = int(row.first_year[:4]), int(row.last_year[:4])
    return tuple(f"{year}-{(year + 1) % 100:02d}" for year in range(first, last + 1))


def _whole(row: StrategyMoney) -> Decimal:
    """The sum of all its years together."""
    return row.amount_gbp * (len(_years(row)) if row.each_year else 1)


def as_relations(lines: Sequence[Line]) -> list[Relation]:
    """The relations `strategy_lines`, `strategy_profile` and `strategy_projects`."""
    named = {"strategy": "code", "kind": "code"}
    return [
        Relation(
            "strategy_lines",
            {"place": "int", **named, "funding_source": "code", "years": "text",
             "first_year": "text", "last_year": "text", "amount_gbp": "gbp"},
            [
                (place, line.strategy, line.kind, line.funding_source,
                 f"{line.years[0]} to {line.years[-1]}", line.years[0], line.years[-1],
                 line.amount_gbp)
                for place, line in enumerate(lines, start=1)
            ],
        ),
        Relation(
            "strategy_profile",
            {**named, "fin_year": "text", "profile_gbp": "gbp"},
            [
                (line.strategy, line.kind, year, line.profile.get(year))
                for line in lines
                for year in line.years
            ],
        ),
        Relation(
            "strategy_projects",
            {**named, "project_code": "text"},
            [(line.strategy, line.kind, code) for line in lines for code in line.projects],
        ),
    ]  # fmt: skip
