"""A table of a pack, before any format: typed cells, each with the text that a reader sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from scorecard.packs.words import MARKER_WORDS, markers_in, number, number_format, sentences_in

NONE = "None"
BLANK = "Blank cells in the Marker column mean the figure is final."
_OF_MARKERS = frozenset({*MARKER_WORDS.values(), BLANK})


@dataclass(frozen=True, slots=True)  # a pack has a hundred thousand of them
class Cell:
    """One cell: its value, the text that a reader sees, and a spreadsheet's number format."""

    value: Decimal | str
    text: str
    number_format: str = ""

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, Decimal)


def words(text: str) -> Cell:
    """A cell of text."""
    return Cell(text, text)


def figure(value: Decimal | int, decimals: int = 0) -> Cell:
    """A cell with a number of so many decimals; its unit is in a column or a heading."""
    exact = Decimal(value)
    return Cell(exact, number(exact, decimals), number_format(decimals))


@dataclass(frozen=True)
class Sheet:
    """One table: a worksheet of the workbook and a table of the report, with its own name."""

    name: str
    title: str
    remarks: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """What stands between title and table in a worksheet, a sentence to a row."""
        remarks = ("This worksheet has one table.", *self.remarks)
        return tuple(line for remark in remarks for line in sentences_in(remark))

    @cached_property
    def numeric(self) -> frozenset[str]:
        """The columns that hold numbers: markers among them stand to the right as well."""
        return frozenset(
            heading
            for place, heading in enumerate(self.columns)
            if any(row[place].is_number for row in self.rows)
        )


def sheet(
    name: str,
    title: str,
    columns: tuple[str, ...],
    rows: Iterable[tuple[Cell, ...]],
    remarks: tuple[str, ...] = (),
) -> Sheet:
    """A table with a remark for every marker in it. An empty one says None in its only row."""
    made = tuple(rows)
    if not made:
        made = ((words(NONE), *(words("[z]") for _ in columns[1:])),)
    return Sheet(name, title, remarks + _marker_remarks(columns, made), columns, made)


def chosen(table: Sheet, columns: tuple[str, ...]) -> Sheet:
    """A table with these of its columns, in this order, and the remarks that still hold."""
    places = [table.columns.index(name) for name in columns]
    rows = tuple(tuple(row[place] for place in places) for row in table.rows)
    kept = tuple(remark for remark in table.remarks if remark not in _OF_MARKERS)
    return Sheet(table.name, table.title, kept + _marker_remarks(columns, rows), columns, rows)


def _marker_remarks(columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> tuple[str, ...]:
    """The sentences that explain the markers a table uses, and its blank markers."""
    texts = {cell.value for row in rows for cell in row if not cell.is_number}
    used = {marker for text in texts for marker in markers_in(str(text))}
    remarks = [MARKER_WORDS[marker] for marker in MARKER_WORDS if marker in used]
    if "Marker" in columns:
        remarks.append(BLANK)
    return tuple(remarks)
