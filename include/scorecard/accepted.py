"""The accepted rows of a table as at a moment, as one DuckDB select over exactly named files.

How an extract meets earlier ones is a line of its mapping. `whole_month`: the newest extract of
a month replaces that month. `by_key`: rows add up, and for one key the newest extract wins.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select as query

from scorecard.mapping import Mapping, load_all
from scorecard.register.models import AcceptedFile, Extract
from scorecard.settings import INCLUDE
from scorecard.sources import STORED_AS, TABLES
from scorecard.stores import Stores


@dataclass(frozen=True)
class AcceptedRows:
    """One table as at a moment: its select, the extracts it reads and the months they cover."""

    table: str
    sql: str  # columns of the table, then _row and _extract_id
    every: str  # the same with the rows that newer extracts replaced
    extracts: tuple[int, ...]
    months: frozenset[str]  # months for which at least one extract was accepted
    systems: frozenset[str]  # the mappings that read them
    files: tuple[str, ...]  # what identifies the rows: SHA-256 as received, mapping, month


@dataclass(frozen=True)
class _File:
    extract_id: int
    received: str  # SHA-256 of the file as received
    month: str
    address: str
    system: str
    version: int


def select(stores: Stores, table: str, as_at: datetime) -> AcceptedRows:
    """The rows of a table that were accepted from extracts that were accepted by a moment."""
    mappings = load_all(INCLUDE / "sources")
    files = _files(stores, table, as_at)
    whole = [f for f in files if mappings[f.system].meets == "whole_month"]
    read = _newest_of_month(whole)
    parts = [_read(read)] if read else []
    for key in sorted({mappings[f.system].key for f in files if f not in whole}):
        same = [f for f in files if f not in whole and mappings[f.system].key == key]
        read += same
        parts.append(_by_key(same, mappings[same[0].system]))
    return AcceptedRows(
        table=table,
        sql=" union all by name ".join(f"select * from ({part})" for part in parts)
        or _empty(table),
        every=_read(read) if read else _empty(table),
        extracts=tuple(sorted({f.extract_id for f in read})),
        months=frozenset(f.month for f in read),
        systems=frozenset(f.system for f in read),
        files=tuple(sorted(f"{f.received} {f.system}/{f.version} {f.month}" for f in read)),
    )


def _files(stores: Stores, table: str, as_at: datetime) -> list[_File]:
    """The table's accepted files, oldest extract first."""
    asked = (
        query(
            AcceptedFile.extract_id,
            Extract.sha256,
            AcceptedFile.month,
            AcceptedFile.object_id,
            Extract.system,
            Extract.mapping_version,
        )
        .join(Extract, Extract.id == AcceptedFile.extract_id)
        .where(AcceptedFile.table == table, Extract.accepted_at <= as_at)
        .order_by(AcceptedFile.extract_id, AcceptedFile.month)
    )
    with stores.register.connect() as connection:
        rows = connection.execute(asked).all()
    return [
        _File(extract, sha256, month, stores.objects.address(object_id), system or "", version or 0)
        for extract, sha256, month, object_id, system, version in rows
    ]


def _newest_of_month(files: list[_File]) -> list[_File]:
    """Of the extracts of one system and month, the newest."""
    newest = {(file.system, file.month): file for file in files}
    return list(newest.values())


def _read(files: list[_File]) -> str:
    listed = ", ".join("'" + file.address.replace("'", "''") + "'" for file in files)
    return (
        f"select * from read_parquet([{listed}], union_by_name = true, hive_partitioning = false)"
    )


def _by_key(files: list[_File], mapping: Mapping) -> str:
    """The rows of all the files, less those whose key a newer extract has as well.

    Only keys that a newer file has are looked up, so that a table of many millions is read once.
    If the key holds the column that dates a row, then a row and its repeat lie in one month, and
    only months with several files can have a repeat.
    """
    dated = mapping.month_from[0] in mapping.key
    begun: set[str] = set()
    newer = []
    for file in files:
        place = file.month if dated else ""
        if place in begun:
            newer.append(file)
        begun.add(place)
    if not newer:
        return _read(files)
    key = ", ".join(mapping.key)
    # One column tells nearly every row from those that may be doubled; the whole key the rest.
    quick = mapping.month_from[0] if dated else mapping.key[0]
    alike = " and ".join(f"every.{name} is not distinct from later.{name}" for name in mapping.key)
    nth = "row_number() over (partition by _extract_id, {key} order by _row)"
    nth = nth.format(key=key) if mapping.key_repeats == "numbered" else "1"
    return f"""
        with later as materialized (select distinct {key} from ({_read(newer)})),
        every as not materialized (select * from ({_read(files)})),
        doubtful as (select * from every where {quick} in (select {quick} from later)),
        doubled as (
            select *, {nth} as _nth from doubtful as every
            where exists (select 1 from later where {alike})
        )
        select * from every where {quick} not in (select {quick} from later)
        union all by name
        select * from doubtful as every where not exists (select 1 from later where {alike})
        union all by name
        select * exclude (_nth) from doubled
        qualify row_number() over (partition by {key}, _nth order by _extract_id desc) = 1
    """


def _empty(table: str) -> str:
    """The table's columns and no row, for a feed that has sent nothing."""
    columns = [f"null::{STORED_AS[c.type]} as {c.name}" for c in TABLES[table].columns]
    return (
        f"select {', '.join(columns)}, null::bigint as _row, null::bigint as _extract_id "
        "where false"
    )
