"""The accepted rows of a table as at a moment, as one DuckDB select over exactly named files.

How an extract meets earlier ones is a line of its mapping. `whole_month`: the newest extract of
a month replaces that month. `by_key`: rows add up, and for one key the newest extract wins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from scorecard.objects import ObjectStore
from scorecard.register.models import AcceptedFile, Extract
from scorecard.sources import STORED_AS, TABLES


@dataclass(frozen=True)
class AcceptedRows:
    """One table as at a moment: its select, the extracts it reads and the months they cover."""

    table: str
    sql: str  # columns of the table, then _row and _extract_id
    extracts: tuple[int, ...]
    months: frozenset[str]  # months for which at least one extract was accepted
    systems: frozenset[str]  # the mappings that read them


@dataclass(frozen=True)
class _File:
    extract_id: int
    month: str
    address: str
    system: str
    meets: str
    key: tuple[str, ...]


def empty(table: str) -> str:
    """A select with the table's columns and no row, for a feed that has sent nothing."""
    columns = [f"null::{STORED_AS[c.type]} as {c.name}" for c in TABLES[table].columns]
    return f"select {', '.join(columns)}, null::bigint as _row, null::bigint as _extract_id where false"
