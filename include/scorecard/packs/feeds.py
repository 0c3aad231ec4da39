"""Which feeds have sent nothing for the quarter: said on the first page, never left to guess."""

from scorecard.packs import spans
from scorecard.packs.gate_words import rest_on
from scorecard.packs.records import PackRecords
from scorecard.packs.words import listed, month_name
from scorecard.sources import TABLES

# A survey comes in waves, not by month.
_NOT_MONTHLY = {"travel_survey"}


def missing_feeds(records: PackRecords) -> tuple[str, ...]:
    """A sentence for each table that lacks months of the quarter, if the gate does not say so."""
    return tuple(
        f"{_name(table)} has sent nothing for {gap}: {rest_on(records, table)}."
        for table, gap in gaps(records)
    )


def gaps(records: PackRecords) -> tuple[tuple[str, str], ...]:
    """The tables that lack months of the quarter, and which; not those that the gate names."""
    told = {f.table for f in records.findings if f.kind == "incomplete_feed"}
    needed = sorted({t for definition in records.definitions for t in definition.tables} - told)
    found = ((table, _gap(records, table)) for table in needed if table in TABLES)
    return tuple((table, gap) for table, gap in found if gap)


def _gap(records: PackRecords, table: str) -> str:
    """The months that are missing, in words; empty if none is."""
    received = records.months.get(table, frozenset())
    if table in _NOT_MONTHLY:
        return "" if received else "any month"
    own = [str(month) for month in spans.months(records)]
    missing = [month for month in own if month not in received]
    if missing == own:
        return spans.whole(records)
    return listed([month_name(month) for month in missing])


def _name(table: str) -> str:
    return f"The feed {TABLES[table].source} ({table.replace('_', ' ')})"
