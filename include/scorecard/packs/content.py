"""What a pack says, before any format: typed rows, and each displayed text made once.

Every writer reads the same frozen `PackContent`; none of them calculates.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from scorecard.packs.pictures import Picture
from scorecard.packs.series import Series
from scorecard.packs.words import MARKER_WORDS, markers_in, number, number_format, sentences_in

NONE = "None"
BLANK = "Blank cells in the Marker column mean the figure is final."
_OF_MARKERS = frozenset({*MARKER_WORDS.values(), BLANK})


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Commentary:
    """What officers say of one figure that asks for it, or that nobody has said anything yet."""

    directorate: str  # its code
    whose: str  # its name
    status: str  # what it explains; printed above it
    parts: tuple[tuple[str, str], ...]  # cause, action, owner, by when; empty if none was supplied
    owed: str  # that none was supplied, and who owes it by when


@dataclass(frozen=True)
class KpiSection:
    """What the report says about one KPI."""

    kpi_id: str
    code: str
    title: str
    headline: str
    paragraph: tuple[str, ...]
    rag: str
    facts: tuple[tuple[str, str], ...]
    series: Series | None
    by_directorate: Sheet
    beside: tuple[str, ...] = ()  # other colours beside the rating: the forecast's, the original's
    commentary: tuple[Commentary, ...] = ()


@dataclass(frozen=True)
class Theme:
    """The KPIs of one theme, in the order of the definitions."""

    name: str
    kpis: tuple[KpiSection, ...]


@dataclass(frozen=True)
class Item:
    """One line of a list on the first page: a KPI and what is said about it."""

    kpi_id: str
    title: str
    text: str


@dataclass(frozen=True)
class Overview:
    """The first page: counts by RAG, what got better or worse, what is missing."""

    lead: str
    missing_feeds: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    reds: tuple[Item, ...]
    better: tuple[Item, ...]
    worse: tuple[Item, ...]
    missing: tuple[Item, ...]


@dataclass(frozen=True)
class CarbonSection:
    """What the report says about carbon beside its KPIs; or why it says nothing."""

    instead: str = ""  # what stands in its place, if the council switched it off
    link: str = ""  # to where the council reports it
    headline: str = ""
    sentences: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    lines: Sheet | None = None
    directorates: tuple[Sheet, ...] = ()
    effects: str = ""
    break_even: str = ""
    not_counted: tuple[str, ...] = ()

    @property
    def is_on(self) -> bool:
        return not self.instead


@dataclass(frozen=True)
class PackContent:
    """One pack, whole: who, what period, what the first page says, tables, themes, notes."""

    pack_id: str
    council: str
    title: str
    period: str
    variant: str
    visibility: str
    revision: int
    reason: str
    state: str
    state_text: str
    published_at: datetime | None
    data_as_at: datetime | None
    licence: str
    facts: tuple[tuple[str, str], ...]
    overview: Overview
    provisional: tuple[str, ...]  # why the whole pack is, if it is
    sheets: tuple[Sheet, ...]  # every table of the workbook, in order
    themes: tuple[Theme, ...]
    carbon: CarbonSection
    strategy: tuple[str, ...]  # what the strategies' money is, in words
    notes: tuple[str, ...]
    glossary: tuple[tuple[str, str], ...]
    directorates: tuple[tuple[str, str], ...]  # code, name
    chased: tuple[str, ...] = ()  # who owes commentary by when, and how much was supplied

    def sheet(self, name: str) -> Sheet:
        """The table of that name; KeyError if the pack has none."""
        return {sheet.name: sheet for sheet in self.sheets}[name]

    @property
    def series(self) -> tuple[Series, ...]:
        """Every chart of the pack, in order."""
        return tuple(kpi.series for theme in self.themes for kpi in theme.kpis if kpi.series)


# State and dates of publication are given by people and change while the content does not.
_NOT_HASHED = {"state", "state_text", "published_at", "facts"}


def content_sha256(content: PackContent) -> str:
    """The hash of what the pack says, without its state and dates: what an approval names."""
    plain = {
        part.name: _plain(getattr(content, part.name))
        for part in fields(content)
        if part.name not in _NOT_HASHED
    }
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A value of the content as JSON has it; decimals stay exact."""
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    return value
