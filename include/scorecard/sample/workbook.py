"""An xlsx file whose bytes depend on its cells alone: no time of writing, no compression."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import openpyxl

_FIXED = datetime(2023, 4, 1)  # noqa: DTZ001 - a file's own time has no zone
_MODIFIED = b"</dcterms:modified>"


def to_bytes(title: str, rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet.

    It is stored, not compressed: how well zlib compresses differs from machine to machine.
    """
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    book.properties.creator = "Exampleshire Council"
    book.properties.created = _FIXED
    written = io.BytesIO()
    book.save(written)
    return _at_rest(written)


def _at_rest(written: io.BytesIO) -> bytes:
    """The same workbook with every time in it fixed."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _with_fixed_time(content)
            new.writestr(zipfile.ZipInfo(name, (2023, 4, 1, 0, 0, 0)), content)
    return fixed.getvalue()


def _with_fixed_time(core: bytes) -> bytes:
    """The document properties without the moment of saving."""
    before, after = core.split(_MODIFIED)
    opening = before.rindex(b">") + 1
    return before[:opening] + f"{_FIXED:%Y-%m-%dT%H:%M:%SZ}".encode() + _MODIFIED + after
