"""The row that ends a file and is none of its rows: it states what stands above it.

An interface file of a ledger ends so: `T,1204,1234567.89`. One that does not was cut off.
"""

import csv
import os
import shutil
from dataclasses import replace
from pathlib import Path

from scorecard.admission import Refused
from scorecard.recognise import Recognised, delimiter_of

_TAIL = 64 * 1024  # bytes of a file's end: more than a trailer has
_NOTHING = b' \t\r\n,;|"\x0c\x1a'  # what a row without anything is made of, and old files' end


def cut(name: str, found: Recognised, folder: Path) -> Recognised:
    """The file without its trailer, whose cells are then `trailer`; as it is if none was agreed.

    Refused if its last row does not begin with the word that was agreed.
    """
    word, sheet = found.mapping.file.trailer, found.sheet
    if not word or sheet.format == "json":
        return found
    last, start = _last_row(sheet.path)
    is_utf8 = sheet.name or sheet.encoding
    text = last.decode("utf-8" if is_utf8 else found.mapping.file.encoding, "replace")
    delimiter = "," if sheet.name else delimiter_of(found.mapping)
    (cells,) = csv.reader([text.rstrip("\r\n")], delimiter=delimiter)
    filled = next((cell.strip() for cell in cells if cell.strip()), "")
    if filled.casefold() != word.casefold():
        raise Refused(
            f"{name}, its last row: does not begin with '{word}', as the row that ends such a file "
            "does. It was cut off, or is another file. Export it again."
        )
    place = folder / "without_trailer" / sheet.path.name
    place.parent.mkdir()
    shutil.copyfile(sheet.path, place)
    os.truncate(place, start)
    return replace(found, sheet=replace(sheet, path=place), trailer=tuple(cells))


def _last_row(path: Path) -> tuple[bytes, int]:
    """The last row that is not empty, and the byte at which it begins."""
    start = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, start - _TAIL))
        lines = file.read().splitlines(keepends=True)
    last = b""
    while lines and not last.strip(_NOTHING):
        last = lines.pop()
        start -= len(last)
    return last, start
