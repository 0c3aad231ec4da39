"""The pack as a document to print: the words and tables of the page in its order, as data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from scorecard.packs import kpi_pages, reader_tables
from scorecard.packs.blocks import (
    Block,
    bullets,
    facts,
    heading,
    in_columns,
    kept_together,
    numbered,
    picture,
    remark,
    table,
    terms,
    text,
)
from scorecard.packs.columns import HALF, UPRIGHT
from scorecard.packs.content import Item, KpiSection, PackContent, Theme
from scorecard.packs.tables import Sheet
from scorecard.packs.words import day_and_time

CARBON = "Carbon"
PARTS = {"kpis", "exceptions", "data-quality", "revisions"}  # to which the first page links
NOT_KNOWN = date(1970, 1, 1)  # a document for the archive must bear a date


@dataclass(frozen=True)
class Page:
    """Blocks that are set on pages of one shape; the next shape begins a new page."""

    is_wide: bool
    blocks: tuple[Block, ...]


def structure(content: PackContent) -> dict[str, Any]:
    """The whole document as plain data."""
    moment = content.published_at or content.data_as_at or NOT_KNOWN
    return {
        "title": content.title,
        "council": content.council,
        "name": f"{content.council}: {content.title}",
        "revision": f"Revision {content.revision}",
        "banner": _banner(content),
        "licence": content.licence,
        "date": [moment.year, moment.month, moment.day],
        "lead": content.overview.lead,
        "alerts": list(_alerts(content)),
        "facts": [list(fact) for fact in content.facts],
        "counts": [list(count) for count in content.overview.counts],
        "lists": list(_lists(content)),
        "pages": [
            {"is_wide": is_wide, "blocks": [block for page in run for block in page.blocks]}
            for is_wide, run in groupby(_pages(content), key=lambda page: page.is_wide)
        ],
    }


def _banner(content: PackContent) -> str:
    """What stands on every page until a pack is published, and while it is provisional."""
    if content.state == "published" and not content.provisional:
        return ""
    return f"{content.state_text}. Revision {content.revision}."


def _alerts(content: PackContent) -> Iterator[dict[str, Any]]:
    if content.provisional:
        yield {"title": "This pack is provisional", "texts": list(content.provisional)}
    if content.overview.missing_feeds:
        yield {"title": "Missing data", "texts": list(content.overview.missing_feeds)}


def _lists(content: PackContent) -> Iterator[dict[str, Any]]:
    """What the first page says of single matters: a list's parts each have what is asked."""
    overview = content.overview
    there = {kpi.kpi_id for theme in content.themes for kpi in _shown(theme, content)} | PARTS
    asks = [_part(each.asked, each.items, there) for each in overview.decisions]
    yield _list("What needs a decision", asks, "Nothing needs a decision.")
    yield _list("What got better", [_part("", overview.better, there)], "No KPI got better.")
    yield _list("What got worse", [_part("", overview.worse, there)], "No KPI got worse.")
    if overview.missing:
        yield _list("Without a figure", [_part("", overview.missing, there)])


def _list(title: str, parts: list[dict[str, Any]], otherwise: str = "") -> dict[str, Any]:
    return {"title": title, "parts": [p for p in parts if p["items"]], "otherwise": otherwise}


def _part(asked: str, items: Iterable[Item], there: set[str]) -> dict[str, Any]:
    rows = [{"title": i.title, "text": i.text, "to": i.kpi_id * (i.kpi_id in there)} for i in items]
    return {"asked": asked, "items": rows}


def _pages(content: PackContent) -> Iterator[Page]:
    named = reader_tables.named_in_words(content)
    yield Page(True, tuple(_council_wide(content, named)))
    for theme in content.themes:
        yield Page(False, tuple(_theme(theme, content)))
        if theme.name == CARBON and content.carbon.is_on:
            tables = map(content.sheet, ("Carbon_assumptions", "Factors"))
            yield Page(True, (remark(content.carbon.whole), *map(table, tables)))
    yield Page(True, tuple(_evidence(content, named)))
    yield Page(False, tuple(_notes(content)))
    yield Page(False, tuple(_months(content)))
    yield Page(True, (table(reader_tables.definitions(content)),))


def _council_wide(content: PackContent, named: dict[str, Sheet]) -> Iterator[Block]:
    """Everything between the first page and the themes."""
    yield heading(2, "All KPIs", "kpis")
    yield table(reader_tables.summary(content), reader_tables.groups(content))
    yield heading(2, "Exceptions", "exceptions", opens=True)
    yield from map(text, content.chased)
    ours, theirs = reader_tables.exceptions(content)
    yield table(ours)
    yield table(theirs)
    yield heading(2, "Changes")
    yield table(named["Changes"])
    if content.has("Review_these"):
        yield heading(2, "Review these")
        yield table(reader_tables.review(content))
    yield heading(2, "Value for money")
    yield table(reader_tables.panel(content))
    if content.strategy:
        yield heading(2, "Money of the strategies")
        yield from map(text, content.strategy)
        yield from map(table, reader_tables.strategy(content))


def _shown(theme: Theme, content: PackContent) -> tuple[KpiSection, ...]:
    """The KPIs of a theme; none of carbon if the council switched it off."""
    return theme.kpis if theme.name != CARBON or content.carbon.is_on else ()


def _theme(theme: Theme, content: PackContent) -> Iterator[Block]:
    name, kpis = heading(2, theme.name), _shown(theme, content)
    if theme.name == CARBON:
        yield from _carbon(name, content)
    for place, kpi in enumerate(kpis):
        opens = place == 0 and theme.name != CARBON
        yield from kpi_pages.blocks_of(kpi, (name,) if opens else ())


def _months(content: PackContent) -> Iterator[Block]:
    """The data of every chart, which would part a KPI's words from the next one's."""
    shown = [kpi for theme in content.themes for kpi in _shown(theme, content) if kpi.series]
    if shown:
        yield heading(2, "Data of the charts", opens=True)
        yield in_columns(table(reader_tables.months_of(kpi), paper=HALF) for kpi in shown)


def _carbon(name: Block, content: PackContent) -> Iterator[Block]:
    """What is said about carbon beside its KPIs, or why nothing is."""
    carbon = content.carbon
    if carbon.instead:
        yield kept_together((name, text(carbon.instead)))
        if carbon.link:
            yield {"kind": "link", "text": "The council's own report on carbon", "to": carbon.link}
        return
    told = (heading(3, carbon.headline), *map(text, carbon.sentences), facts(carbon.facts, 3))
    yield kept_together((name, *told))
    for drawn in carbon.pictures:
        yield kept_together((heading(3, drawn.headline), picture(drawn)))
        yield table(content.sheet(drawn.table), paper=UPRIGHT)
    yield heading(3, "Line by line, and the last quarter alone")
    yield from map(text, carbon.quarter)
    if carbon.lines:
        yield table(carbon.lines, paper=UPRIGHT)
    yield from map(remark, carbon.doubts)
    yield from (table(part, paper=UPRIGHT) for part in carbon.directorates)
    yield heading(3, "What staff did, and what the factors did")
    yield text(carbon.effects)
    if split := reader_tables.effects(content):
        yield table(split, paper=UPRIGHT)
    yield kept_together(
        (
            heading(3, "How far a commute must be for a home day to save carbon"),
            text(carbon.break_even),
            table(content.sheet("Carbon_break_even"), paper=UPRIGHT),
        )
    )
    yield kept_together((heading(3, "What is not counted"), bullets(carbon.not_counted)))
    yield table(content.sheet("Carbon_alternatives"), paper=UPRIGHT)


def _evidence(content: PackContent, named: dict[str, Sheet]) -> Iterator[Block]:
    """How good the data are, where they come from, and what was revised."""
    as_at = day_and_time(content.data_as_at) if content.data_as_at else "not known"
    yield heading(2, "Data quality", "data-quality", opens=True)
    yield text(f"Data as at {as_at}.")
    yield table(content.sheet("Data_quality"))
    yield table(reader_tables.provenance(content))
    yield heading(2, "Revisions", "revisions")
    yield table(named["Revisions"])


def _notes(content: PackContent) -> Iterator[Block]:
    yield heading(2, "Method, notes and glossary")
    yield numbered(content.notes)
    yield heading(3, "Glossary")
    yield terms(content.glossary)
