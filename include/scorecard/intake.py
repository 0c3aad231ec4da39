"""One file from bytes to mapped rows, each with its number in the file or the reason it is aside.

For the n-th file of a step DuckDB holds the table `rows_<n>`, in memory as far as its limit goes;
the view `mapped_<n>`, the same rows by their numbers; the table `aside_<n>` of row, rule and why;
and one table `looked_up_<kind>` of persons, directorates and networks, for all files together.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from scorecard.admission import Refused
from scorecard.lookups import resolve
from scorecard.mapping import Mapping
from scorecard.mapping_cells import Received, text
from scorecard.mapping_sql import UNNAMED, staged
from scorecard.readers import number_rows, open_rows, read_rows, sheets_of
from scorecard.recognise import Recognised, recognise
from scorecard.workbench import Workbench

_LOOKED_UP = pa.schema([(name, pa.string()) for name in ("words", "month", "value")])


@dataclass(frozen=True)
class Arrived:
    """A file to be read: where its bytes are, what it was called, and when it was received."""

    path: Path
    name: str
    received_at: datetime


@dataclass(frozen=True)
class Staged:
    """The n-th file of a step: its rows mapped, numbered and looked up, but not yet checked."""

    n: int
    name: str
    mapping: Mapping
    rows_received: int
    control_total: Decimal | None


def stage(bench: Workbench, n: int, file: Arrived, wanted: str | None = None) -> Staged:
    """The file's rows as one table's columns; Refused says where, what, and what to do."""
    with TemporaryDirectory(dir=bench.folder) as name:
        folder = Path(name)
        found = _recognised(bench, file, folder, wanted)
        total = _control_total(file.name, found)
        query = _reading(n, file, found, total)
        opened = open_rows(found, folder)
        rejected, blank = read_rows(bench.connection, file.name, opened, query)
    _check_keys(bench.connection, n, file.name, found.mapping)
    well_formed = _one(bench.connection, f"select count(*) from rows_{n}")
    if well_formed + len(rejected) == 0:
        raise Refused(
            f"{file.name}: it has headings and no rows. If nothing happened in the month, say so "
            "to the performance team; else export it again."
        )
    first = found.mapping.file.rows_above
    missing = [*(row for row, _ in rejected), *(row for row in blank if row > first)]
    row = "_row" if found.mapping.keep_last else "rowid + 1"
    number = number_rows(bench.connection, f"rows_{n}", row, first, missing)
    _set_aside(bench.connection, n, found.mapping, number, rejected)
    _look_up(bench, n, found.mapping)
    return Staged(n, file.name, found.mapping, well_formed + len(rejected), total)


def _recognised(bench: Workbench, file: Arrived, folder: Path, wanted: str | None) -> Recognised:
    if wanted and wanted not in bench.mappings:
        known = ", ".join(bench.mappings)
        raise Refused(f"{file.name}: the mapping '{wanted}' is unknown. Use one of {known}.")
    names = sorted({m.file.sheet for m in bench.mappings.values() if m.file.sheet})
    sheets = sheets_of(_under_its_name(file, folder), bench.settings, names, folder)
    return recognise(file.name, sheets, bench.mappings.values(), wanted)


def _under_its_name(file: Arrived, folder: Path) -> Path:
    """The file under the name that its sender knows: the store names it by its hash."""
    place = folder / "received" / file.name.replace("/", "_")
    place.parent.mkdir()
    place.symlink_to(file.path.absolute())
    return place


def _control_total(name: str, found: Recognised) -> Decimal | None:
    """The total that the export states of itself, above its headings."""
    where = found.mapping.control_total
    if where is None:
        return None
    row = found.banner[where.row - 1] if len(found.banner) >= where.row else ()
    written = row[where.cell - 1].strip().replace(",", "") if len(row) >= where.cell else ""
    try:
        return Decimal(written)
    except InvalidOperation:
        raise Refused(
            f"{name}, row {where.row}: the control total is '{written}', which is no amount. "
            "Export the file with its control total."
        ) from None


def _reading(n: int, file: Arrived, found: Recognised, total: Decimal | None) -> str:
    """What reads the file once into the table `rows_<n>`, mapping every column on the way."""
    received = Received(
        found.headings,
        found.cells,
        None if total is None else str(total),
        f"{text(file.received_at.isoformat())}::timestamptz",
    )
    return f"create table rows_{n} as {staged(found.mapping, received)}"


def _check_keys(connection: duckdb.DuckDBPyConnection, n: int, name: str, mapping: Mapping) -> None:
    """Refuse a log with a key that nobody named: it may be personal data."""
    found = connection.execute(
        f"select _why from rows_{n} where _rule = {text(UNNAMED)} limit 1"
    ).fetchone()
    if found:
        raise Refused(
            f"{name}: {found[0]}. Export the agreed keys, or map or drop it in "
            f"include/sources/{mapping.system}.yaml."
        )


def _set_aside(
    connection: duckdb.DuckDBPyConnection,
    n: int,
    mapping: Mapping,
    number: str,
    rejected: tuple[tuple[int, str], ...],
) -> None:
    """Give every row its number in the file, and set aside what could not be read or mapped."""
    shaped = pa.table({
        "row": pa.array([row for row, _ in rejected], pa.int64()),
        "why": pa.array([why for _, why in rejected], pa.string()),
    })  # fmt: skip
    connection.register("rows_rejected", shaped)
    connection.execute(f"""
        create table aside_{n} (row bigint, rule varchar, why varchar);
        insert into aside_{n} select row, 'row_shape', why from rows_rejected;
    """)
    connection.unregister("rows_rejected")
    cells = ", ".join(column.name for column in mapping.of.columns)
    cells += ", _alike, _month, _rule, _why"
    connection.execute(f"""
        create view mapped_{n} as
        select {cells}, {number} as _row from rows_{n};
        insert into aside_{n} select _row, _rule, _why from mapped_{n} where _rule is not null
    """)


def _look_up(bench: Workbench, n: int, mapping: Mapping) -> None:
    """Resolve persons, directorates and networks; a text that stands for nothing is set aside."""
    for column, kind in mapping.looked_up.items():
        # Two files at once may ask for the same person: one asks, the other finds the answer.
        with bench.looking_up:
            _resolve_new(bench, n, column, kind)
        if kind == "directorates":
            bench.connection.execute(f"""
                insert into aside_{n}
                select _row, '{column}_unknown', '{column}: ''' || found.words
                    || ''' is not in the council''s list of {kind}'
                from mapped_{n} as mapped inner join looked_up_{kind} as found
                    on mapped.{column} = found.words and mapped._month = found.month
                where found.value is null and mapped._rule is null
                    and not exists (select 1 from aside_{n} as gone where gone.row = _row)
            """)


def _resolve_new(bench: Workbench, n: int, column: str, kind: str) -> None:
    """Add what no file before has asked for to the table of a kind."""
    month = _month_of(kind, "mapped")
    distinct = bench.connection.execute(f"""
        select distinct {column} as words, {month} as month from mapped_{n} as mapped
        where {column} is not null and _rule is null and not exists (
            select 1 from looked_up_{kind} as known
            where known.words = mapped.{column} and known.month = {month}
        )
    """).fetchall()
    if distinct:
        parts = list(zip(*resolve(bench.lookups.of(kind), distinct), strict=True))
        values = pa.table([pa.array(part, pa.string()) for part in parts], schema=_LOOKED_UP)
        bench.connection.register("values_found", values)
        bench.connection.execute(f"insert into looked_up_{kind} select * from values_found")
        bench.connection.unregister("values_found")


def _month_of(kind: str, rows: str) -> str:
    """What a look-up depends on besides the text: the council's lists change, persons do not."""
    return "''" if kind == "person" else f"{rows}._month"


def resolved(staged: Staged) -> str:
    """A select of the file's good rows in the table's columns, persons as pseudonyms."""
    columns = staged.mapping.looked_up
    joins = " ".join(
        f"left join looked_up_{kind} as l_{name} on l_{name}.words = mapped.{name} "
        f"and l_{name}.month = {_month_of(kind, 'mapped')}"
        for name, kind in columns.items()
    )
    names = [f"l_{c.name}.value as {c.name}" if c.name in columns else f"mapped.{c.name}"
             for c in staged.mapping.of.columns]  # fmt: skip
    return f"""
        select {", ".join(names)}, _row, _month from mapped_{staged.n} as mapped {joins}
        where not exists (select 1 from aside_{staged.n} as gone where gone.row = _row)
    """


def forget(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Give back the memory of a file that is done with."""
    n = staged.n
    connection.execute(f"drop view mapped_{n}; drop table rows_{n}; drop table aside_{n}")


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    ((number,),) = connection.execute(query).fetchall()
    return int(number)
