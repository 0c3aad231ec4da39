"""A file's rows as the relation `raw` of a DuckDB connection: `_row`, then cells c1, c2, ...

Text files are read by DuckDB, sheets by calamine in a child process with a memory limit.
Rows that do not have the file's number of cells are not lost: `rejected` lists them.
"""

import codecs
import csv
import subprocess
import sys
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from scorecard.admission import Refused, Text, check_workbook, look, scan_text
from scorecard.mapping_cells import text
from scorecard.recognise import Recognised, Sheet, delimiter_of
from scorecard.settings import Settings

_SECONDS = 120
# Cells missing or too many; each is remembered, so there must be an end to them.
_MISSHAPEN = 200_000
_LOOKED_AT = 1000


def sheets_of(path: Path, settings: Settings, names: list[str], folder: Path) -> list[Sheet]:
    """What there is to read in a file; Refused if it is not safe to open."""
    if look(path, settings.max_file_mb) == "text":
        return [Sheet(path)]
    check_workbook(path, settings.max_unpacked_mb)
    command = [sys.executable, "-m", "scorecard.sheets", str(path), str(folder), *names]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode != 0:
        raise Refused(
            f"{path.name}: the workbook could not be read within 1 GB and {_SECONDS} seconds. "
            "Delete the empty rows and columns and save it again, or send it as CSV."
        )
    found = [(name, folder / f"{number}.csv") for number, name in enumerate(names)]
    return [Sheet(written, name) for name, written in found if written.exists()]


def open_rows(
    connection: duckdb.DuckDBPyConnection, found: Recognised, folder: Path
) -> tuple[int, ...]:
    """Create the view `raw` over a recognised file; the numbers of its blank lines come back."""
    shape = found.mapping.file
    encoding = "utf-8" if found.sheet.name else shape.encoding
    scanned = scan_text(found.sheet.path, encoding)
    path = _readable(found.sheet.path, scanned, folder)
    columns = ", ".join(f"c{n}: 'varchar'" for n in range(1, found.cells + 1))
    delimiter = "," if found.sheet.name else delimiter_of(found.mapping)
    _check_shape(found, path, scanned.encoding, delimiter)
    row = "row_number() over () as _row, " if found.mapping.keep_last else ""
    connection.execute(f"""
        create or replace temp view raw as
        select {row}* from read_csv(
            {text(str(path))}, columns = {{{columns}}}, header = true, auto_detect = false,
            skip = {shape.banner_rows}, delim = {text(delimiter)}, quote = '"', escape = '"',
            encoding = '{"latin-1" if scanned.encoding == "latin-1" else "utf-8"}',
            store_rejects = true, rejects_table = 'rejects', rejects_scan = 'reject_scans',
            rejects_limit = {_MISSHAPEN}, hive_partitioning = false, compression = 'none'
        )
    """)
    return _blank_lines(path, scanned.encoding, delimiter) if scanned.blank_lines else ()


def _readable(path: Path, scanned: Text, folder: Path) -> Path:
    """The file itself, or its copy in UTF-8 with one kind of line end where DuckDB needs that."""
    if scanned.encoding in ("utf-8", "latin-1") and not scanned.mixed_line_ends:
        # Under a name of ours: DuckDB takes brackets and stars in a path for a search.
        link = folder / "as_received"
        link.symlink_to(path.absolute())
        return link
    copy = folder / "readable"
    decode = codecs.getincrementaldecoder(scanned.encoding)()
    with path.open("rb") as read, copy.open("wb") as written:
        kept = ""
        while chunk := read.read(4 * 1024 * 1024):
            part = kept + decode.decode(chunk)
            if scanned.mixed_line_ends:
                # A carriage return may be the first half of a line end: it waits for the rest.
                kept = part[-1:] if part.endswith("\r") else ""
                part = _one_line_end(part[: len(part) - len(kept)])
            written.write(part.encode())
        written.write(_one_line_end(kept).encode())
    return copy


def _one_line_end(part: str) -> str:
    return part.replace("\r\n", "\n").replace("\r", "\n")


def _check_shape(found: Recognised, path: Path, encoding: str, delimiter: str) -> None:
    """Refuse a file most of whose first rows are misshapen: DuckDB would remember every cell."""
    encoding = "latin-1" if encoding == "latin-1" else "utf-8"
    with path.open(encoding=encoding, newline="") as file:
        first = list(islice(csv.reader(file, delimiter=delimiter), _LOOKED_AT))
    other = [row for row in first if row and len(row) != found.cells]
    if len(first) == _LOOKED_AT and len(other) > _LOOKED_AT // 2:
        raise Refused(
            f"{found.sheet.path.name}: most rows do not have the {found.cells} cells that the "
            "headings ask for. Check the delimiter and the quotation marks, and export it again."
        )


def _blank_lines(path: Path, encoding: str, delimiter: str) -> tuple[int, ...]:
    """Lines without anything: DuckDB passes over them, a spreadsheet numbers them."""
    encoding = "latin-1" if encoding == "latin-1" else "utf-8"
    with path.open(encoding=encoding, newline="") as file:
        rows = csv.reader(file, delimiter=delimiter)
        return tuple(number for number, cells in enumerate(rows, start=1) if not cells)


def number_rows(
    connection: duckdb.DuckDBPyConnection, table: str, row: str, first: int, missing: list[int]
) -> str:
    """The number in the file of each row of a table, as SQL.

    `row` counts the rows that DuckDB read. Row `first` of the file has the headings, and the rows
    that are `missing` were not read: the count leaves room for them.
    """
    if not missing:
        return f"{row} + {first}"
    after = [gone - first - nth for nth, gone in enumerate(sorted(missing), start=1)]
    gaps = pa.table({"read_before": after, "gaps": list(range(1, len(after) + 1))})
    connection.register("gaps_found", gaps)
    connection.execute(f"""
        create or replace table {table} as
        with gaps as (
            select read_before, max(gaps) as gaps from gaps_found group by read_before
        ),
        counted as (select {row} as _read, * from {table})
        select counted.*, counted._read + coalesce(gaps.gaps, 0) as _number
        from counted asof left join gaps on counted._read > gaps.read_before
    """)
    connection.unregister("gaps_found")
    return f"_number + {first}"


def rejected_rows(
    connection: duckdb.DuckDBPyConnection, name: str, found: Recognised
) -> tuple[tuple[int, str], ...]:
    """The rows that had too few or too many cells; Refused if the file breaks off."""
    try:
        return _rejected(connection, name, found)
    finally:
        connection.execute("drop table rejects; drop table reject_scans")


def _rejected(
    connection: duckdb.DuckDBPyConnection, name: str, found: Recognised
) -> tuple[tuple[int, str], ...]:
    ((errors,),) = connection.execute("select count(*) from rejects").fetchall()
    if errors >= _MISSHAPEN:
        raise Refused(
            f"{name}: more than {_MISSHAPEN:,} cells are missing or too many. "
            "Check the delimiter and the quotation marks, and export the file again."
        )
    rows = connection.execute("""
        select line, max(error_type), max(csv_line) from rejects group by line order by line
    """).fetchall()
    for line, error, words in rows:
        if error == "UNQUOTED VALUE" and "\n" in words.rstrip():
            raise Refused(
                f"{name}, row {line}: a quotation mark is opened and never closed, so the rows "
                "after it cannot be told apart. Export the file again."
            )
    if rows and _breaks_off(found, rows[-1][2]):
        raise Refused(
            f"{name}, row {rows[-1][0]}: the file breaks off in the middle of a row. "
            "Export it again and send it whole."
        )
    return tuple((line, _in_words(error)) for line, error, _ in rows)


def _breaks_off(found: Recognised, last_line: str) -> bool:
    """Whether a row that could not be read is the end of a file without a last line end."""
    path = found.sheet.path
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4096))
        end = file.read().decode(found.mapping.file.encoding, "replace")
    return not end.endswith(("\n", "\r")) and end.endswith(last_line[-40:].rstrip("\r\n"))


def _in_words(error: str) -> str:
    words = {
        "MISSING COLUMNS": "the row has fewer cells than there are headings",
        "TOO MANY COLUMNS": "the row has more cells than there are headings",
        "UNQUOTED VALUE": "a quotation mark in the row has no partner",
    }
    return words.get(error, f"the row cannot be read ({error.lower()})")
