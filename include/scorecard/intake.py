"""Files from bytes to mapped rows, each with its number in its file or the reason it is aside.

Files of one layout are a lot: they are read and looked up together, because what a statement costs
hardly depends on its rows.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from scorecard import lots, senders, trailer
from scorecard.admission import Refused
from scorecard.looking_up import look_up
from scorecard.mapping import Mapping
from scorecard.mapping_cells import Received
from scorecard.mapping_numbers import text
from scorecard.mapping_sql import staged
from scorecard.proving import proved
from scorecard.readers import Opened, open_rows, read_rows, read_together, sheets_of
from scorecard.recognise import Recognised, recognise
from scorecard.stated import check_count, stated_by
from scorecard.unpacking import apart
from scorecard.whole_files import check_days, check_rows, refusing
from scorecard.workbench import PACKED, Workbench

# A lot is at most so large, so that several can be worked on at once.
_LOT_BYTES = 64 * 1024**2
# The rows of larger lots are packed; what that costs in writing to disk is too much for small ones.
_LARGE_BYTES = 16 * 1024**2
_LONG_NAME = 200  # bytes: a disk takes 255
_SHOWN = 24  # letters of a longer name, at each of its ends


@dataclass(frozen=True)
class Arrived:
    """A file to be read: where its bytes are, what it was called, and when it was received."""

    path: Path
    name: str
    received_at: datetime
    source: str = ""  # with whose files it came, if that is known


@dataclass(frozen=True)
class Ready:
    """A file that was recognised and may be read."""

    file: Arrived
    opened: Opened

    @property
    def layout(self) -> tuple[object, ...]:
        """What files have in common that one query can read."""
        opened, found = self.opened, self.opened.found
        # Rows of an event log supersede one another; blank lines are found file by file.
        mapping = found.mapping
        is_alone = opened.blank_lines or mapping.is_numbered or mapping.is_proved
        is_alone = is_alone or mapping.by_day is not None
        is_alone = is_alone or opened.is_records
        return (
            *(found.mapping.system, tuple(found.headings.items()), found.cells, opened.encoding),
            *(self.file.received_at, opened.n if is_alone else None),
        )


@dataclass(frozen=True)
class Staged:
    """The n-th file of a step: its rows mapped, numbered and looked up, but not yet checked."""

    n: int
    name: str
    mapping: Mapping
    rows_received: int
    control_total: Decimal | None
    lot: int


def stage(bench: Workbench, n: int, file: Arrived, wanted: str | None = None) -> Staged:
    """The file's rows as one table's columns; Refused says where, what, and what to do."""
    with TemporaryDirectory(dir=bench.folder) as folder:
        return stage_one(bench, ready(bench, n, file, Path(folder), wanted))


def ready(
    bench: Workbench, n: int, file: Arrived, folder: Path, wanted: str | None = None
) -> Ready:
    """The n-th file, recognised and made readable in a folder; Refused if it may not be read."""
    own = folder / str(n)
    own.mkdir()
    place = _under_its_name(file, own)
    try:
        path, companion = apart(place, bench.settings.max_file_mb, own)
        found = _recognised(bench, file.name, path, own, wanted, file.source)
        if bench.feeds:
            senders.check(file.name, found.mapping, bench.feeds, file.source)
        found = trailer.cut(file.name, found, own)
        return Ready(file, open_rows(n, found, own, stated_by(file.name, found, companion)))
    except Refused as refusal:  # whoever hides the file's name has to find it whole
        raise Refused(str(refusal).replace(place.name, file.name)) from None


def lots_of(files: Iterable[Ready]) -> list[list[Ready]]:
    """Files of one layout together, in the order of their first; none too large."""
    found: dict[tuple[object, ...], list[list[Ready]]] = {}
    for file in files:
        alike = found.setdefault(file.layout, [[]])
        size = sum(one.file.path.stat().st_size for one in [*alike[-1], file])
        if alike[-1] and size > _LOT_BYTES:
            alike.append([])
        alike[-1].append(file)
    return [lot for alike in found.values() for lot in alike]


def stage_all(
    bench: Workbench, lot: Sequence[Ready], refuse: Callable[[Ready, Refused], None]
) -> list[Staged]:
    """The rows of files of one layout, less those that are refused.

    They are read together. If one of them cannot be, each half is tried by itself.
    """
    if len(lot) > 1:
        together = stage_lot(bench, lot)
        if together is not None:
            return together
        half = len(lot) // 2
        return [*stage_all(bench, lot[:half], refuse), *stage_all(bench, lot[half:], refuse)]
    try:
        return [stage_one(bench, lot[0])]
    except Refused as refusal:
        refuse(lot[0], refusal)
        return []


def stage_lot(bench: Workbench, lot: Sequence[Ready]) -> list[Staged] | None:
    """The rows of files of one layout; None if they must be looked at one by one."""
    first, name = lot[0].opened, lot[0].opened.n
    reading = f"create table {_table(lot)} as {_select(lot[0])}"
    if not read_together(bench.connection, [one.opened for one in lot], reading):
        return None
    bench.connection.execute(f"""
        create table starts_{name} as
        select _file, min(rowid) as first_row, count(*) as rows from rows_{name} group by _file
    """)
    rows = dict(bench.connection.execute(f"select _file, rows from starts_{name}").fetchall())
    counts = [one.opened.stated.rows in (None, rows.get(one.opened.n, 0)) for one in lot]
    if not all(counts) or len(rows) < len(lot) or refusing(bench.connection, lot[0].opened):
        bench.connection.execute(f"drop table starts_{name}; drop table rows_{name}")
        return None
    number = f"rows_{name}.rowid - first_row + {first.rows_above + 1}"
    mapping = first.found.mapping
    lots.number(bench.connection, name, mapping, number, f"inner join starts_{name} using (_file)")
    look_up(bench, name, mapping)
    return [_staged(one, rows[one.opened.n], name) for one in lot]


def stage_one(bench: Workbench, one: Ready) -> Staged:
    """The rows of one file, however it is written; Refused says where, what, and what to do."""
    name = one.file.name
    one = replace(one, opened=proved(bench.connection, name, one.opened, one.file.received_at))
    opened, mapping = one.opened, one.opened.found.mapping
    table = _table([one])
    reading = f"create table {table} as {_select(one)}"
    rejected, blank = read_rows(bench.connection, name, opened, reading)
    rejected += opened.unfit
    check_rows(bench.connection, name, opened)
    counted = "distinct _row" if mapping.unpivot else "*"
    well_formed = _one(bench.connection, f"select count({counted}) from rows_{opened.n}")
    if well_formed + len(rejected) == 0:
        raise Refused(
            f"{name}: it has headings and no rows. If nothing happened in the month, say so "
            "to the performance team; else export it again."
        )
    check_count(name, opened.stated, well_formed + len(rejected))
    first = opened.rows_above
    missing = [*(row for row, _ in rejected), *(row for row in blank if row > first)]
    row = "_row" if mapping.is_numbered else "rowid + 1"
    number = lots.numbered(bench.connection, table, row, first, missing)
    lots.number(bench.connection, opened.n, mapping, number)
    lots.reject(bench.connection, opened.n, rejected)
    check_days(bench.connection, name, opened)
    lots.begin_pages(bench.connection, opened.n, opened.pages)
    look_up(bench, opened.n, mapping)
    return _staged(one, well_formed + len(rejected), opened.n)


def _staged(one: Ready, rows: int, lot: int) -> Staged:
    opened = one.opened
    return Staged(opened.n, one.file.name, opened.found.mapping, rows, opened.stated.total, lot)


def _recognised(
    bench: Workbench, name: str, path: Path, folder: Path, wanted: str | None, source: str
) -> Recognised:
    if wanted and wanted not in bench.mappings:
        known = ", ".join(bench.mappings)
        raise Refused(f"{name}: the mapping '{wanted}' is unknown. Use one of {known}.")
    names = sorted({m.file.sheet for m in bench.mappings.values() if m.file.sheet})
    encodings = sorted({m.file.encoding for m in bench.mappings.values()})
    sheets = sheets_of(path, bench.settings, names, folder, encodings)
    listed = senders.listed(bench.feeds, source) if bench.feeds else ()
    return recognise(name, sheets, bench.mappings.values(), wanted, listed)


def _under_its_name(file: Arrived, folder: Path) -> Path:
    """The file under the name that its sender knows: the store names it by its hash."""
    name = file.name.replace("/", "_")
    if len(os.fsencode(name)) > _LONG_NAME or not name.strip("."):
        name = f"{name[:_SHOWN]}…{name[-_SHOWN:]}"  # a letter has up to 4 bytes
    place = folder / "received" / name
    place.parent.mkdir()
    place.symlink_to(file.path.absolute())
    return place


def _table(lot: Sequence[Ready]) -> str:
    """Where the rows of a lot come to lie: in memory, or packed if they are many."""
    size = sum(one.opened.path.stat().st_size for one in lot)
    rows = f"rows_{lot[0].opened.n}"
    return f"{PACKED}.{rows}" if size > _LARGE_BYTES else rows


def _select(one: Ready) -> str:
    """What reads a lot once, mapping every column on the way."""
    found = one.opened.found
    at = f"{text(one.file.received_at.isoformat())}::timestamptz"
    return staged(found.mapping, Received(found.headings, found.cells, at))


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    ((number,),) = connection.execute(query).fetchall()
    return int(number)
