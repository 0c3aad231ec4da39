"""A workbook's sheets as CSV text, read in a process of its own: `python -m scorecard.sheets`.

One stray cell in the last column of the last row makes a parser ask for 512 GiB. The process has
a memory limit, so that only it dies, and its death is a refusal.
"""

import csv
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineWorkbook

from scorecard.broken_cells import as_texts, is_marked, whole_cells

_MEMORY = 1024**3
EVERY = "*"  # instead of names: the first sheets, whatever they are called
_MOST = 20
_CHUNK = 1024 * 1024


def as_text(cell: Any) -> str:
    """A cell as a person would read it: numbers to 15 digits as Excel shows them, dates as ISO."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case float():
            return f"{cell:.15g}"
        case datetime():
            midnight = cell.time() == time()
            return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell)


def errors_as_text(path: Path, folder: Path) -> Path:
    """The workbook, or its copy in which errors and formulas without a value are texts.

    calamine tells them as empty cells, and an empty cell may be allowed.
    """
    with zipfile.ZipFile(path) as read:
        parts = [part.filename for part in read.infolist()]
        if not any(is_marked(xml) for part in parts for xml in _pieces(read.open(part))):
            return path
        (folder / "errors_as_text").mkdir()
        copy = folder / "errors_as_text" / path.name
        with zipfile.ZipFile(copy, "w") as written:
            for part in parts:
                with written.open(part, "w") as to:
                    to.writelines(map(as_texts, _pieces(read.open(part))))
    return copy


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a part, cut before a tag and never in the middle of a cell with a formula."""
    rest = b""
    with part:
        while chunk := part.read(_CHUNK):
            xml = rest + chunk
            cut = whole_cells(xml)
            yield xml[:cut]
            rest = xml[cut:]
    yield rest


def main(path: str, folder: str, wanted: list[str]) -> None:
    """Write each wanted sheet that the workbook has as <folder>/<its number in `wanted`>.csv.

    If every sheet is wanted, what they are called is printed as JSON.
    """
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    workbook = CalamineWorkbook.from_path(str(errors_as_text(Path(path), Path(folder))))
    if wanted == [EVERY]:
        wanted = workbook.sheet_names[:_MOST]
        sys.stdout.write(json.dumps(wanted))
    for number, name in enumerate(wanted):
        if name not in workbook.sheet_names:
            continue
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        with (Path(folder) / f"{number}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(
                [as_text(cell) for cell in row] for row in rows
            )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
