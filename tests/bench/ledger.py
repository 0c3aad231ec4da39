"""A ledger of 200,000 rows as a workbook: Scorecard's guarded reading beside openpyxl and CSV.

Prints its parts as JSON. The workbook's unpacking is the physical limit.
"""

import csv
import json
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import openpyxl

from scorecard import readers, settings

ROWS = 200_000
HEADINGS = tuple(f"heading {number}" for number in range(1, 13))


def rows() -> Iterator[tuple[str | int | float, ...]]:
    """Lines of a ledger: four codes, a text, a month and six amounts."""
    for n in range(ROWS):
        codes = (f"{n % 97:04d}", f"C{n % 913:05d}", f"P{n % 41:03d}", "GF")
        amounts = (n % 1000 / 4, -n % 777 / 8, n / 16, 0.25, n % 13, n % 500 + 0.5)
        yield (*codes, f"Line {n} of the ledger", n % 12 + 1, *amounts)


def make(folder: Path) -> tuple[Path, Path]:
    """The ledger as a workbook and as CSV."""
    workbook, text = folder / "ledger.xlsx", folder / "ledger.csv"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Ledger")
    with text.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for row in (HEADINGS, *rows()):
            sheet.append(row)
            writer.writerow(row)
    book.save(workbook)
    return workbook, text


def unpack(workbook: Path) -> int:
    """The bytes of the sheet, unpacked and thrown away."""
    with zipfile.ZipFile(workbook) as parts:
        return sum(len(parts.read(name)) for name in parts.namelist())


def by_openpyxl(workbook: Path) -> int:
    """The rows as a script would read them."""
    sheet = openpyxl.load_workbook(workbook, read_only=True, data_only=True).active
    assert sheet is not None
    return sum(1 for _ in sheet.iter_rows(values_only=True))


def by_scorecard(workbook: Path) -> int:
    """The rows through every guard of a workbook that somebody sent."""
    with tempfile.TemporaryDirectory() as folder:
        (found,) = readers.sheets_of(workbook, settings.read({}), ["Ledger"], Path(folder))
        with found.path.open("rb") as file:
            return sum(1 for _ in file)


def by_csv(text: Path) -> int:
    """The same rows, sent as CSV."""
    (count,) = duckdb.sql(f"select count(*) from read_csv('{text}', all_varchar = true)").fetchall()
    return int(count[0]) + 1


def main() -> None:
    """Read, and print what each way took."""
    parts: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        workbook, text = make(Path(folder))
        ways: dict[str, Callable[[], int]] = {
            "unpacking": lambda: unpack(workbook),
            "Scorecard": lambda: by_scorecard(workbook),
            "openpyxl": lambda: by_openpyxl(workbook),
            "as CSV": lambda: by_csv(text),
        }
        for name, way in ways.items():
            started = time.perf_counter()
            found = way()
            parts[name] = time.perf_counter() - started
            assert name == "unpacking" or found == ROWS + 1, (name, found)
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"parts": parts, "peak_mb": child}) + "\n")


if __name__ == "__main__":
    main()
