"""A file's rows as the relation `raw` of a DuckDB connection: `_row`, then cells c1, c2, ...

Text files are read by DuckDB, sheets by calamine in a child process with a memory limit.
Rows that do not have the file's number of cells are not lost: `rejected` lists them.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scorecard.admission import Refused, Text, check_workbook, look, scan_text
from scorecard.mapping_cells import text
from scorecard.recognise import Recognised, Sheet, delimiter_of
from scorecard.settings import Settings

_SECONDS = 120


@dataclass(frozen=True)
class Read:
    """What reading found: how many rows were well formed, and which were not."""

    well_formed: int
    rejected: tuple[tuple[int, str], ...]  # number of the row in the file, and what is wrong

    @property
    def rows(self) -> int:
        return self.well_formed + len(self.rejected)


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
    connection: duckdb.DuckDBPyConnection, name: str, found: Recognised, folder: Path
) -> None:
    """Create the view `raw` over a recognised file; nothing is read yet."""
    shape = found.mapping.file
    encoding = "utf-8" if found.sheet.name else shape.encoding
    scanned = scan_text(found.sheet.path, encoding)
    path = _readable(found.sheet.path, scanned, folder)
    cells = len(found.headings) + shape.trailing_cells
    columns = ", ".join(f"c{n}: 'varchar'" for n in range(1, cells + 1))
    delimiter = "," if found.sheet.name else delimiter_of(found.mapping)
    connection.execute(f"""
        create or replace temp view raw as
        select row_number() over () as _row, * from read_csv(
            {text(str(path))}, columns = {{{columns}}}, header = true, auto_detect = false,
            skip = {shape.banner_rows}, delim = {text(delimiter)}, quote = '"', escape = '"',
            encoding = '{"latin-1" if scanned.encoding == "latin-1" else "utf-8"}',
            store_rejects = true, rejects_table = 'rejects', rejects_scan = 'reject_scans',
            rejects_limit = 0
        )
    """)


def _readable(path: Path, scanned: Text, folder: Path) -> Path:
    """The file itself, or its copy in UTF-8 with one kind of line end where DuckDB needs that."""
    if scanned.encoding in ("utf-8", "latin-1") and not scanned.mixed_line_ends:
        return path
    copy = folder / "readable.csv"
    with (
        path.open("r", encoding=scanned.encoding, newline=None) as read,
        copy.open("w", encoding="utf-8", newline="\n") as written,
    ):
        while chunk := read.read(4 * 1024 * 1024):
            written.write(chunk)
    return copy


def rejected_rows(
    connection: duckdb.DuckDBPyConnection, name: str, found: Recognised
) -> tuple[tuple[int, str], ...]:
    """The rows that had too few or too many cells; Refused if the file breaks off."""
    rows = connection.execute("""
        select line, max(error_type), max(csv_line) from rejects group by line order by line
    """).fetchall()
    connection.execute("drop table rejects; drop table reject_scans")
    for line, error, words in rows:
        if error == "UNQUOTED VALUE" and "\n" in words.rstrip():
            raise Refused(
                f"{name}, row {line}: a quotation mark is opened and never closed, so the rows "
                "after it cannot be told apart. Export the file again."
            )
    if rows and _breaks_off(found.sheet.path, rows[-1][2]):
        raise Refused(
            f"{name}, row {rows[-1][0]}: the file breaks off in the middle of a row. "
            "Export it again and send it whole."
        )
    return tuple((line, _in_words(error)) for line, error, _ in rows)


def _breaks_off(path: Path, last_line: str) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4096))
        end = file.read().decode("utf-8", "replace")
    return not end.endswith(("\n", "\r")) and end.endswith(last_line[-40:].rstrip("\r\n"))


def _in_words(error: str) -> str:
    words = {
        "MISSING COLUMNS": "the row has fewer cells than there are headings",
        "TOO MANY COLUMNS": "the row has more cells than there are headings",
        "UNQUOTED VALUE": "a quotation mark in the row has no partner",
    }
    return words.get(error, f"the row cannot be read ({error.lower()})")
