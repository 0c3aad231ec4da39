"""Which feeds have sent nothing for the quarter: said on the first page, never left to guess."""

from collections.abc import Iterable

from scorecard.packs.records import PackRecords
from scorecard.packs.words import counted, listed, month_name
from scorecard.sources import TABLES

# A survey comes in waves, not by month.
_NOT_MONTHLY = {"travel_survey"}


def missing_feeds(records: PackRecords) -> tuple[str, ...]:
    """A sentence for each table that a KPI needs and that lacks months of the quarter."""
    needed = sorted({table for definition in records.definitions for table in definition.tables})
    said = ((table, _gap(records, table)) for table in needed if table in TABLES)
    return tuple(
        f"{_name(table)} has sent nothing for {gap}: {_effect(records, table)}."
        for table, gap in said
        if gap
    )


def _gap(records: PackRecords, table: str) -> str:
    """The months that are missing, in words; empty if none is."""
    received = records.months.get(table, frozenset())
    if table in _NOT_MONTHLY:
        return "" if received else "any month"
    months = [str(month) for month in records.quarter.months if str(month) not in received]
    if len(months) == 3:
        return "the whole quarter"
    return listed([month_name(month) for month in months])


def _name(table: str) -> str:
    return f"The feed {TABLES[table].source} ({table.replace('_', ' ')})"


def _effect(records: PackRecords, table: str) -> str:
    kpis = [d.code for d in records.definitions if table in d.tables]
    count = counted(len(kpis), "KPI rests", "KPIs rest")
    return f"{count} on it ({listed(_first(kpis))})"


def _first(codes: Iterable[str]) -> list[str]:
    ordered = sorted(codes)
    return ordered if len(ordered) <= 6 else [*ordered[:5], f"{len(ordered) - 5} more"]
