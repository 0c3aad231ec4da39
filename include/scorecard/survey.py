"""A careful look at a text file that is not well-formed, before its faults are listed.

Slower than reading, and in bounded memory, whatever the file holds.
"""

import csv
from collections.abc import Iterator
from typing import TextIO

from scorecard.admission import Refused

# Cells missing or too many; each is remembered with its row, so there must be an end to them.
_MISSHAPEN = 200_000
_REMEMBERED = 64 * 1024**2
# If most of so many rows are misshapen, nobody wants to see the list.
_LOOKED_AT = 1000
# No row is as long as this: what looks like one has a quotation mark too many or too few.
_LONGEST = 64 * 1024**2


class _Lines:
    """A file's lines, counted since the row began to which the next one belongs."""

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.lines = self.characters = 0

    def __iter__(self) -> Iterator[str]:
        for line in self.file:
            self.lines += 1
            self.characters += len(line)
            if self.characters > _LONGEST:
                raise csv.Error("a row without an end")
            yield line


def survey(name: str, file: TextIO, delimiter: str, cells: int, headings: int) -> tuple[int, ...]:
    """The numbers of the blank lines; Refused if faults are too many, or rows have no end.

    The first `headings` rows are not looked at.
    """
    lines = _Lines(file)
    blank, misshapen, faults, remembered, number = [], 0, 0, 0, 0
    for number, row in enumerate(_rows(name, lines, delimiter), start=1):
        if row == []:
            blank.append(number)
        elif number > headings and (found := _faults(row, cells)):
            misshapen += 1
            faults += found
            remembered += found * lines.characters
        if faults > _MISSHAPEN or remembered > _REMEMBERED:
            raise Refused(
                f"{name}, row {number}: up to here more than {min(faults, _MISSHAPEN):,} cells are "
                "missing or too many. Check the delimiter and the quotation marks, and export the "
                "file again."
            )
        if number == _LOOKED_AT and misshapen > _LOOKED_AT // 2:
            raise Refused(
                f"{name}: most rows do not have the {cells} cells that the headings ask for. "
                "Check the delimiter and the quotation marks, and export it again."
            )
        lines.lines = lines.characters = 0
    return tuple(blank)


def _rows(name: str, lines: _Lines, delimiter: str) -> Iterator[list[str] | None]:
    """Each row's cells, or nothing for one whose quotation marks are wrong."""
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            if lines.lines > 1:
                raise Refused(
                    f"{name}, row {number}: a quotation mark is opened and never closed, so the "
                    "rows after it cannot be told apart. Export the file again."
                ) from None
            yield None


def _faults(row: list[str] | None, cells: int) -> int:
    """How many faults a row has; empty cells at its end are none."""
    if row is None:
        return 1
    if len(row) > cells and not any(row[cells:]):
        return 0
    return abs(len(row) - cells)
