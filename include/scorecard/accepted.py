"""The accepted rows of a table as at a moment, as one DuckDB select over exactly named files.

How an extract meets earlier ones is a line of its mapping. `whole_month`: the newest extract of
a month replaces that month. `by_key`: rows add up, and for one key of one sender the newest extract
wins: two desks may number their tickets alike. A mapping is a sender, unless it is `same_as` one.
Of one sender a whole month takes the place of its pieces, which would tell the same rows again. One
that was received before the month was over gives way to pieces that were received after it.

The newest is the last that was received: not the last that was processed. Files received in one
delivery follow the times of the files, then their names and hashes. The same bytes received again
count from then on as the newest.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from scorecard.mapping import Mapping, load_all
from scorecard.period import Month
from scorecard.register import receipts
from scorecard.register.receipts import ReceivedFile
from scorecard.settings import INCLUDE
from scorecard.sources import STORED_AS, TABLES
from scorecard.stores import Stores


@dataclass(frozen=True)
class AcceptedRows:
    """One table as at a moment: its select, the extracts it reads and the months they cover."""

    table: str
    sql: str  # columns of the table, then _row, _extract_id and _sender
    every: str  # the same with the rows that newer extracts replaced
    extracts: dict[int, datetime]  # those it reads, and when the bytes that count were received
    months: frozenset[str]  # months for which at least one extract was accepted
    systems: frozenset[str]  # the mappings that read them
    files: tuple[str, ...]  # what identifies the rows, in the order in which they were received


def select(stores: Stores, table: str, as_at: datetime) -> AcceptedRows:
    """The rows of a table that were accepted from extracts that were accepted by a moment."""
    mappings = load_all(INCLUDE / "sources")
    files = receipts.of_table(stores.register, table, as_at)
    told = _told_whole(files, mappings)
    whole = [f for f in files if mappings[f.system].meets == "whole_month"]
    read = _newest_of_month([f for f in whole if _place(f, mappings) in told], mappings)
    # Files hold the columns that their systems send; the others are empty.
    parts = [_empty(table), *_of_each(stores, read, mappings)]
    keyed: dict[tuple[str, tuple[str, ...]], list[ReceivedFile]] = defaultdict(list)
    for file in files:
        if mappings[file.system].meets == "by_key" and _place(file, mappings) not in told:
            keyed[_sender(file, mappings), mappings[file.system].key].append(file)
    for (sender, _), same in sorted(keyed.items()):
        read += same
        parts.append(_by_key(stores, same, mappings[same[0].system], sender))
    return AcceptedRows(
        table=table,
        sql=_together(parts),
        every=_together([_empty(table), *_of_each(stores, read, mappings)]),
        extracts={f.extract_id: f.received_at for f in read},
        months=frozenset(f.month for f in read),
        systems=frozenset(f.system for f in read),
        files=tuple(_identity(f) for f in sorted(read, key=files.index)),
    )


def _identity(file: ReceivedFile) -> str:
    """What identifies a file's rows: SHA-256 as received, mapping, month; and if it came early."""
    early = " early" if _is_early(file) else ""
    return f"{file.sha256} {file.system}/{file.version} {file.month}{early}"


def _is_early(file: ReceivedFile) -> bool:
    """Whether a file was received before the month of its rows was over."""
    return file.received_at < Month.parse(file.month).ends_at


def _told_whole(files: list[ReceivedFile], mappings: dict[str, Mapping]) -> set[tuple[str, str]]:
    """Which months of which senders count as a whole month tells them, and not as pieces do."""
    told, over = set(), set()
    for file in files:  # in the order in which they were received
        place = _place(file, mappings)
        if mappings[file.system].meets == "whole_month":
            told.add(place)
            if not _is_early(file):
                over.add(place)
        elif place not in over:
            told.discard(place)
    return told


def _newest_of_month(files: list[ReceivedFile], mappings: dict[str, Mapping]) -> list[ReceivedFile]:
    """Of the extracts of one sender and month, the newest, however it was fetched."""
    return list({_place(file, mappings): file for file in files}.values())


def _place(file: ReceivedFile, mappings: dict[str, Mapping]) -> tuple[str, str]:
    return _sender(file, mappings), file.month


def _sender(file: ReceivedFile, mappings: dict[str, Mapping]) -> str:
    return mappings[file.system].same_as or file.system


def _of_each(
    stores: Stores, files: list[ReceivedFile], mappings: dict[str, Mapping]
) -> Iterator[str]:
    """One select for each sender of the files."""
    for sender in dict.fromkeys(_sender(file, mappings) for file in files):
        yield _read(stores, [f for f in files if _sender(f, mappings) == sender], sender)


def _together(parts: list[str]) -> str:
    return " union all by name ".join(f"select * from ({part})" for part in parts)


def _read(stores: Stores, files: list[ReceivedFile], sender: str) -> str:
    places = [stores.objects.address(file.object_id) for file in files]
    listed = ", ".join("'" + place.replace("'", "''") + "'" for place in places)
    return (
        f"select *, '{sender}' as _sender "
        f"from read_parquet([{listed}], union_by_name = true, hive_partitioning = false)"
    )


def _by_key(stores: Stores, files: list[ReceivedFile], mapping: Mapping, sender: str) -> str:
    """The rows of all of a sender's files, less those whose key a newer extract has as well.

    A key that two files have is in one of them that is not the largest. So only the keys of the
    others are looked up, and a table of many millions is read once. If the key holds the column
    that dates a row, then a row and its repeat lie in one month, and each month has its largest.
    """
    dated = mapping.month_from[0] in mapping.key
    largest: dict[str, ReceivedFile] = {}
    for file in files:
        place = file.month if dated else ""
        largest[place] = max(largest.get(place, file), file, key=lambda f: f.rows)
    others = [file for file in files if file is not largest[file.month if dated else ""]]
    if not others:
        return _read(stores, files, sender)
    key = ", ".join(mapping.key)
    # One column tells nearly every row from those that may be doubled; the whole key the rest.
    quick = mapping.month_from[0] if dated else mapping.key[0]
    alike = " and ".join(f"every.{name} is not distinct from shared.{name}" for name in mapping.key)
    nth = "row_number() over (partition by _extract_id, {key} order by _row)"
    nth = nth.format(key=key) if mapping.key_repeats == "numbered" else "1"
    arrived = list(dict.fromkeys(file.extract_id for file in files))
    return f"""
        with shared as materialized (select distinct {key} from ({_read(stores, others, sender)})),
        every as not materialized (select * from ({_read(stores, files, sender)})),
        doubtful as (select * from every where {quick} in (select {quick} from shared)),
        doubled as (
            select *, {nth} as _nth, list_position({arrived}, _extract_id) as _arrival
            from doubtful as every where exists (select 1 from shared where {alike})
        ),
        newest as (select {key}, _nth, max(_arrival) as _arrival from doubled group by all)
        select * from every where {quick} not in (select {quick} from shared)
        union all by name
        select * from doubtful as every where not exists (select 1 from shared where {alike})
        union all by name
        select every.* exclude (_nth, _arrival) from doubled as every inner join newest as shared
            on {alike} and every._nth = shared._nth and every._arrival = shared._arrival
    """


def _empty(table: str) -> str:
    """The table's columns and no row."""
    columns = [f"null::{STORED_AS[c.type]} as {c.name}" for c in TABLES[table].columns]
    return (
        f"select {', '.join(columns)}, null::bigint as _row, null::bigint as _extract_id, "
        "null::varchar as _sender where false"
    )
