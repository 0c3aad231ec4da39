"""What a pack says, before any format: typed rows, and each displayed text made once.

Every writer reads the same frozen `PackContent`; none of them calculates.
"""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from scorecard.council import COUNCIL
from scorecard.packs.pictures import Picture
from scorecard.packs.series import Series
from scorecard.packs.tables import Sheet

# State and dates of publication are given by people and change while the content does not.
_NOT_HASHED = {"state", "state_text", "published_at", "facts"}


@dataclass(frozen=True)
class Commentary:
    """What officers say of one figure that asks for it, or that nobody has said anything yet."""

    directorate: str  # its code
    whose: str  # its name
    status: str  # what it explains; printed above it
    parts: tuple[tuple[str, str], ...]  # cause, action, owner, by when; empty if none was supplied
    owed: str  # that none was supplied, and who owes it by when; the public is not told


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

    @property
    def of_council(self) -> tuple[Commentary, ...]:
        """What is said, or owed, of the whole council's figure; nothing if neither is told."""
        mine = (said for said in self.commentary if said.directorate == COUNCIL)
        return tuple(said for said in mine if said.parts or said.owed)

    @property
    def of_directorates(self) -> tuple[Commentary, ...]:
        """What was said of directorates' figures."""
        return tuple(said for said in self._of_others if said.parts)

    @property
    def awaited(self) -> tuple[Commentary, ...]:
        """The directorates of whose figures nothing was said yet."""
        return tuple(said for said in self._of_others if said.owed and not said.parts)

    @property
    def told(self) -> str:
        """How many of the directorates that are asked gave commentary; empty if none is told."""
        supplied, owed = len(self.of_directorates), len(self._of_others)
        words = f"Commentary of directorates: {self.title}, {supplied} of {owed} supplied"
        return words if self.of_directorates or self.awaited else ""

    @property
    def _of_others(self) -> tuple[Commentary, ...]:
        return tuple(said for said in self.commentary if said.directorate != COUNCIL)


@dataclass(frozen=True)
class Theme:
    """The KPIs of one theme, in the order of the definitions."""

    name: str
    kpis: tuple[KpiSection, ...]


@dataclass(frozen=True)
class Item:
    """One line of a list on the first page: a KPI or another matter, and what is said of it."""

    kpi_id: str  # or the name of the part of the report that tells more
    title: str
    text: str


@dataclass(frozen=True)
class Ask:
    """What needs a decision: of whom what is asked, and the matters of which it is asked."""

    asked: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Overview:
    """The first page: counts by RAG, what needs a decision, what got better or worse."""

    lead: str
    missing_feeds: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    decisions: tuple[Ask, ...]
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
    quarter: tuple[str, ...] = ()  # how the single quarter stands to the headline
    doubts: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    lines: Sheet | None = None
    directorates: tuple[Sheet, ...] = ()
    effects: str = ""
    break_even: str = ""
    not_counted: tuple[str, ...] = ()
    whole: str = ""  # where every estimate is found

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
    ranges: Sheet | None = None  # beside the Summary, for open data: target ranges, intervals
    chased: tuple[str, ...] = ()  # who owes commentary by when, and how much was supplied

    @cached_property
    def sha256(self) -> str:
        """The hash of what the pack says, without its state and dates: what an approval names."""
        said = {
            name: plain(getattr(self, name))
            for name in parts_of(PackContent)
            if name not in _NOT_HASHED
        }
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def sheet(self, name: str) -> Sheet:
        """The table of that name; KeyError if the pack has none."""
        return {sheet.name: sheet for sheet in self.sheets}[name]

    def has(self, name: str) -> bool:
        """Whether the pack has a table of that name: a variant may leave some out."""
        return any(sheet.name == name for sheet in self.sheets)

    @property
    def series(self) -> tuple[Series, ...]:
        """Every chart of the pack, in order."""
        return tuple(kpi.series for theme in self.themes for kpi in theme.kpis if kpi.series)


def plain(value: Any) -> Any:
    """A value of the content as JSON has it; decimals stay exact."""
    if isinstance(value, str) or value is None:  # nine values of ten
        return value
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    kind: Any = type(value)
    if names := parts_of(kind):
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    return value


@cache
def parts_of(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields; none of any other type."""
    return tuple(part.name for part in fields(kind)) if is_dataclass(kind) else ()
