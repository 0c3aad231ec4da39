"""Reconciliation: parts add up to their whole, and the ledger agrees with its control total."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from scorecard.council import COUNCIL
from scorecard.kpis import KpiDefinition

CONTROL = "ledger_difference_from_control"


class DoesNotReconcile(ValueError):
    """Extracts that are incomplete or contradict themselves: nothing is drafted from them."""


class Counted(Protocol):
    """A row that was measured: of which KPI, period and directorate, and its numerator."""

    @property
    def kpi_id(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def directorate(self) -> str: ...
    @property
    def numerator(self) -> Decimal | None: ...


@dataclass(frozen=True)
class Unbalanced:
    """A KPI and period whose directorates do not add up to the council."""

    kpi_id: str
    period: str
    parts: Decimal
    whole: Decimal | None


def control_differences(
    rows: Iterable[Counted], periods: Collection[str]
) -> Iterator[tuple[str, Decimal]]:
    """The periods of which the ledger differs from its control total, and by how much."""
    for row in sorted(rows, key=lambda row: (len(row.period), row.period)):
        is_asked = row.kpi_id == CONTROL and row.period in periods and row.directorate == COUNCIL
        if is_asked and row.numerator:
            yield row.period, row.numerator


def unbalanced(
    rows: Iterable[Counted], definitions: Mapping[str, KpiDefinition]
) -> Iterator[Unbalanced]:
    """Where the directorates of a count or a sum do not add up to the council."""
    parts: dict[tuple[str, str], Decimal] = {}
    whole: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        if row.numerator is None or not _adds_up(definitions.get(row.kpi_id)):
            continue
        key = row.kpi_id, row.period
        if row.directorate == COUNCIL:
            whole[key] = row.numerator
        else:
            parts[key] = parts.get(key, Decimal(0)) + row.numerator
    for key, total in parts.items():
        if total != whole.get(key):
            yield Unbalanced(*key, total, whole.get(key))


def _adds_up(definition: KpiDefinition | None) -> bool:
    """Whether a KPI's directorates must add up; differences without a sign do not."""
    return (
        definition is not None
        and definition.kind in ("count", "sum")
        and (definition.id != CONTROL)
    )


def present_directorates(
    rows: Iterable[Counted],
    definitions: Mapping[str, KpiDefinition],
) -> dict[tuple[str, str], set[str]]:
    """Per table and period, the directorates that have a row in any KPI of that table alone.

    Where no directorate has one, the table is not broken down, and nobody is missing.
    """
    present: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        definition = definitions.get(row.kpi_id)
        if definition and len(definition.tables) == 1 and row.directorate != COUNCIL:
            present.setdefault((definition.tables[0], row.period), set()).add(row.directorate)
    return present


def check_kinds(
    table: str, rows: Iterable[Mapping[str, Any]], decided: Collection[tuple[str, str]]
) -> None:
    """Stop if a row of a table is not of one strategy and one kind of money that were decided."""
    for row in rows:
        strategy, kind = row.get("strategy") or "", row.get("kind") or ""
        if (strategy, kind) not in decided:
            raise DoesNotReconcile(
                f"{table}: a row is of strategy '{strategy}' and kind '{kind}', which nobody "
                "decided: kinds of money are never added. Correct "
                f"include/sql/table/{table}.sql."
            )
