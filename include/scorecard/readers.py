"""Files' rows as the relation `raw` of a DuckDB connection: `_file`, then cells c1, c2, ...

`_file` is the number of the file among those of a step; `_control_total` is what the file states.
Text files are read by DuckDB, sheets by calamine in a child process with a memory limit. Rows that
do not have the file's number of cells are not lost: `rejected` lists them.
"""

import codecs
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from scorecard import json_pages, json_rows, key_value, line_pattern
from scorecard.admission import Refused, Text, check_workbook, look, scan_text
from scorecard.mapping_numbers import text
from scorecard.recognise import Recognised, Sheet, delimiter_of
from scorecard.rejects import rejected
from scorecard.settings import Settings
from scorecard.sheets import EVERY
from scorecard.stated import NOTHING_STATED, Stated
from scorecard.survey import survey
from scorecard.unpacking import in_utf8, unpacked

_SECONDS = 120


@dataclass(frozen=True)
class Opened:
    """The n-th file of a step, recognised, as DuckDB is to read it."""

    n: int
    found: Recognised
    path: Path
    encoding: str
    delimiter: str
    blank_lines: bool  # a line without anything may stand before the file's end
    stated: Stated  # what the file says of itself
    unfit: tuple[tuple[int, str], ...] = ()  # records that cannot be rows, and why
    pages: tuple[int, ...] = ()  # how many records stand before each page
    is_records: bool = False  # written from records of JSON: each row has its number from 1

    @property
    def rows_above(self) -> int:
        """The rows before the first that counts."""
        return 0 if self.is_records else self.found.mapping.file.rows_above


def sheets_of(
    path: Path, settings: Settings, names: list[str], folder: Path, encodings: Sequence[str] = ()
) -> list[Sheet]:
    """What there is to read in a file, packed or not; Refused if it is not safe to open."""
    if json_pages.is_pages(path):
        json_pages.check_size(path, settings.max_file_mb)
        return [Sheet(path)]
    path = unpacked(path, settings.max_unpacked_mb, folder)
    if turned := in_utf8(path, encodings, folder):
        return [Sheet(turned, encoding="utf-16")]
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
    names = json.loads(done.stdout) if names == [EVERY] else names
    found = [(name, folder / f"{number}.csv") for number, name in enumerate(names)]
    return [Sheet(written, name) for name, written in found if written.exists()]


def open_rows(n: int, found: Recognised, folder: Path, stated: Stated = NOTHING_STATED) -> Opened:
    """A recognised file made ready to be read; Refused if its bytes are not what was agreed.

    The folder is the file's own, and named by its number.
    """
    written = None
    if found.sheet.format == "json":
        rows = folder / "records.csv"
        written = json_rows.write(found.sheet.path, found.mapping, rows)
        found = replace(found, sheet=Sheet(rows, "records"))
    in_utf8 = found.sheet.name or found.sheet.encoding
    encoding = "utf-8" if in_utf8 else found.mapping.file.encoding
    scanned = scan_text(found.sheet.path, encoding)
    if found.mapping.file.format == "key_value" and not written:
        key_value.check_whole(found.sheet.path, encoding)
    if found.mapping.file.format == "pattern":
        line_pattern.check_whole(found.sheet.path, found.mapping)
    path = _readable(found.sheet.path, scanned, folder)
    delimiter = "," if found.sheet.name else delimiter_of(found.mapping)
    told = "latin-1" if scanned.encoding == "latin-1" else "utf-8"
    opened = Opened(n, found, path, told, delimiter, scanned.blank_lines, stated)
    if written is None:
        return opened
    return replace(opened, unfit=written.unfit, pages=written.starts, is_records=True)


def read_together(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Opened], query: str
) -> bool:
    """Execute a query that reads the `raw` of several files; False if one is not well-formed."""
    try:
        _view(connection, files)
        connection.execute(query)
    except (duckdb.DataError, duckdb.InvalidInputException):
        return False
    return True


def glance(connection: duckdb.DuckDBPyConnection, opened: Opened) -> None:
    """Create `raw` of one file for a first look: without the rows that are not well-formed."""
    _view(connection, [opened], ", ignore_errors = true")


def read_rows(
    connection: duckdb.DuckDBPyConnection, name: str, opened: Opened, query: str
) -> tuple[tuple[tuple[int, str], ...], tuple[int, ...]]:
    """Execute a query that reads `raw`; the rows that it could not read, and the blank lines.

    DuckDB remembers each cell that is missing or too many, with its row: a million such rows fill
    20 GB. So a file is read strictly at first, at no cost if it is well-formed; only one that is
    not is surveyed, and read again if its faults are few.
    """
    blank = _survey(name, opened) if opened.blank_lines else ()
    try:
        _view(connection, [opened])
        connection.execute(query)
    except (duckdb.DataError, duckdb.InvalidInputException):
        blank = _survey(name, opened)
        _view(connection, [opened], ", store_rejects = true, rejects_limit = 0")
        return _read_again(connection, name, opened, query), blank
    return (), blank


def _survey(name: str, opened: Opened) -> tuple[int, ...]:
    """The blank lines of a file, by their number; Refused if its faults are too many."""
    headings = opened.rows_above
    with opened.path.open(encoding=opened.encoding, newline="") as file:
        if opened.found.mapping.file.format in ("key_value", "pattern"):
            return tuple(n for n, line in enumerate(file, start=1) if not line.strip())
        return survey(name, file, opened.delimiter, opened.found.cells, headings)


def _view(connection: duckdb.DuckDBPyConnection, files: Sequence[Opened], how: str = "") -> None:
    """Create the view `raw` over files of one layout, one after the other."""
    mapping = files[0].found.mapping
    row = "row_number() over () as _row, " if mapping.is_numbered else ""
    rows = f"select {_about(files)}, {row}* exclude (_path) from {_cells(files, how)}"
    if mapping.unpivot:
        periods = f"unnest(generate_series(1, {mapping.unpivot.last}))::varchar as c0"
        rows = f"select *, {periods} from ({rows})"
    connection.execute(f"create or replace temp view raw as {rows}")


def _cells(files: Sequence[Opened], how: str) -> str:
    """What reads the cells of files, with the path of each row's file."""
    opened = files[0]
    found, shape = opened.found, opened.found.mapping.file
    if shape.format in ("key_value", "pattern") and not opened.is_records:
        log = key_value if shape.format == "key_value" else line_pattern
        return f"({log.lines(found.mapping, [f.path for f in files], opened.encoding, how)})"
    paths = ", ".join(text(str(file.path)) for file in files)
    columns = ", ".join(f"c{n}: 'varchar'" for n in range(1, found.cells + 1))
    doubts = ", null::varchar as _unnamed, false as _misshapen"
    above = 0 if opened.is_records else shape.banner_rows
    return f"""
        (select *{doubts if shape.format == "key_value" else ""} from read_csv(
            [{paths}], columns = {{{columns}}}, header = {not shape.names}, auto_detect = false,
            skip = {above}, delim = {text(opened.delimiter)},
            quote = '"', escape = '"', encoding = '{opened.encoding}', filename = '_path',
            hive_partitioning = false, compression = 'none'{how}
        ))
    """


def _about(files: Sequence[Opened]) -> str:
    """The number of a row's file, by the folder in which it lies, and what the file states."""
    number = f"{files[0].n}" if len(files) == 1 else "split_part(_path, '/', -2)"
    stated = {file.n: file.stated.total for file in files if file.stated.total is not None}
    totals = " ".join(f"when {n} then '{total}'" for n, total in stated.items())
    total = f"case {number}::bigint {totals} end" if totals else "null::varchar"
    return f"{number}::bigint as _file, {total} as _control_total"


def _read_again(
    connection: duckdb.DuckDBPyConnection, name: str, opened: Opened, query: str
) -> tuple[tuple[int, str], ...]:
    try:
        connection.execute(query)
    except (duckdb.DataError, duckdb.InvalidInputException) as error:
        what = str(error).splitlines()[0]
        raise Refused(f"{name}: cannot be read as CSV ({what}). Export it again.") from None
    try:
        return rejected(connection, name, opened.found)
    finally:
        connection.execute("drop table reject_errors; drop table reject_scans")


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
        while chunk := read.read(1024 * 1024):
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
