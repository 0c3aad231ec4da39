"""The parts of a document as plain data: headings, text, tables, charts; no format knows them yet.

Each block has a `kind` that the document's template sets in its own way. Text stays text.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from scorecard.packs import bar_charts, charts, interval_chart, scales
from scorecard.packs.columns import WIDE, Paper, broken, fits, opening_of, widths_of
from scorecard.packs.content import Commentary
from scorecard.packs.pictures import Picture
from scorecard.packs.reader_tables import Group
from scorecard.packs.series import Series
from scorecard.packs.tables import BLANK, Cell, Sheet
from scorecard.packs.typeface import NAME

Block = dict[str, Any]

MOST_IN_A_CELL = 1500  # letters of a row that still stands on one page
RATINGS = ("RAG", "Forecast RAG")  # columns whose words stand beside a shape
_HALO = ' paint-order="stroke" stroke="#fff" stroke-width="4"'
_LINES = scales.Size("paper", 440, 204, 54, 112, 14, 12)  # beside a table
_INTERVALS = scales.Size("paper", 640, 250, 62, 22, 15, 12)
_PICTURE = 78  # percent of the page's width
_BARS = bar_charts.Frame("paper", 640, 178, 140, 36, 17, 7, 12)


def heading(level: int, text: str, anchor: str = "", opens: bool = False) -> Block:
    """A heading; the anchor is what other parts link to, and some open a page."""
    return {"kind": "heading", "level": level, "text": text, "anchor": anchor, "opens": opens}


def text(said: str) -> Block:
    """A paragraph."""
    return {"kind": "text", "text": said}


def small(said: str) -> Block:
    """A paragraph among others of one page's parts, in smaller type."""
    return {"kind": "small", "text": said}


def remark(said: str) -> Block:
    """A paragraph in small print."""
    return {"kind": "remark", "text": said}


def label(said: str) -> Block:
    """What the tables or the commentary below are about, where the page folds them away."""
    return {"kind": "label", "text": said}


def facts(rows: Iterable[tuple[str, str]], columns: int) -> Block:
    """Names and what they are, in so many columns."""
    return {"kind": "facts", "rows": [list(row) for row in rows], "columns": columns}


def terms(rows: Iterable[tuple[str, str]]) -> Block:
    """Words and what they mean."""
    return {"kind": "terms", "rows": [list(row) for row in rows]}


def bullets(rows: Iterable[str]) -> Block:
    """A list."""
    return {"kind": "bullets", "rows": list(rows)}


def numbered(rows: Iterable[str]) -> Block:
    """A list whose entries have numbers."""
    return {"kind": "numbered", "rows": list(rows)}


def rating(rag: str, beside: Sequence[str], code: str) -> Block:
    """The rating of a KPI, other ratings beside it, and its code."""
    return {"kind": "rating", "rag": rag, "beside": list(beside), "code": code}


def commentary(said: Commentary) -> Block:
    """What officers say of one figure."""
    return {
        "kind": "commentary",
        "heading": f"Commentary: {said.whose}",
        "status": f"{said.status}.",
        "parts": [list(part) for part in said.parts],
        "owed": "" if said.parts else said.owed,
    }


def kept_together(parts: Iterable[Block]) -> Block:
    """Blocks between which no page ends; so few that they are less than a page."""
    return {"kind": "together", "parts": list(parts)}


def side_by_side(left: Iterable[Block], right: Iterable[Block], width: float) -> Block:
    """Blocks in two columns, of which the left one is so many points wide."""
    return {"kind": "beside", "left": list(left), "right": list(right), "width": width}


def in_columns(parts: Iterable[Block]) -> Block:
    """Blocks that run down one half of the page and then the other."""
    return {"kind": "columns", "parts": list(parts)}


def table(sheet: Sheet, groups: Sequence[Group] = (), paper: Paper = WIDE) -> Block:
    """A table with its caption; of a grouped one, a row with its name opens each group."""
    places = range(len(sheet.columns))
    ratings = [sheet.columns[n] in RATINGS for n in places]
    rows = _grouped(groups) if groups else [_texts(row) for row in sheet.rows]
    widths = widths_of(sheet.columns, rows, ratings, paper)
    return {
        "kind": "table",
        "caption": sheet.title,
        "columns": list(sheet.columns),
        "widths": widths,
        "numeric": [sheet.columns[n] in sheet.numeric and n > 0 for n in places],
        "rating": ratings,
        "rows": [_broken(row, widths, paper) for row in rows],
        "lines": [_is_a_line(row, widths, ratings, paper) for row in rows],
        "breaks": max(len(text) for row in rows for text in row) > MOST_IN_A_CELL,
        "remarks": " ".join(said for said in sheet.remarks if said != BLANK),
        "paper": paper.name,
        "room": opening_of(sheet.columns, rows, paper),
        "size": paper.type,
    }


def _texts(row: Iterable[Cell]) -> list[str]:
    return [cell.text for cell in row]


def _grouped(groups: Iterable[Group]) -> list[list[str]]:
    return [row for g in groups for row in ([g.name], *(_texts(cells) for cells in g.rows))]


def _broken(row: list[str], widths: list[float], paper: Paper) -> list[str]:
    if len(row) < len(widths):
        return row
    return [broken(text, width, paper) for text, width in zip(row, widths, strict=True)]


def _is_a_line(row: list[str], widths: list[float], ratings: list[bool], paper: Paper) -> bool:
    """Whether a row is surely one line high: then nobody need measure it again."""
    if len(row) < len(widths):
        return False
    cells = zip(row, widths, ratings, strict=True)
    return all(fits(text, width, is_rating, paper) for text, width, is_rating in cells)


def chart(series: Series) -> tuple[Block, str]:
    """The chart of a KPI by month with what stands above it, and the notes to set below."""
    target = series.target_text
    above = series.subtitle + (f". Target: {target}" if target != "none" else "")
    notes = (series.limits_note, _marked([mark.title for mark in series.marks]))
    said = " ".join(note for note in notes if note)
    return _figure(charts.draw(series, _LINES), series.alt, above, (), 100), said


def picture(drawn: Picture) -> Block:
    """A picture of an estimate, with what stands above and below it."""
    svg = bar_charts.draw(drawn, _BARS) if drawn.bars else interval_chart.draw(drawn, _INTERVALS)
    notes = (drawn.legend, _marked([said for _, said in drawn.marks]))
    return _figure(svg, drawn.alt, drawn.subtitle, notes, _PICTURE)


def _figure(svg: str, alt: str, caption: str, notes: Iterable[str], width: int) -> Block:
    # Outside a web page a drawing names its language and its typeface itself. On paper no line
    # of an axis runs through words, and the white below them would cover their neighbours.
    drawn = svg.replace(_HALO, "").replace(
        "<svg ", f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{NAME}" ', 1
    )
    said = [note for note in notes if note]
    return {
        "kind": "figure",
        "svg": drawn,
        "alt": alt,
        "caption": caption,
        "notes": said,
        "width": width,
    }


def _marked(titles: Sequence[str]) -> str:
    """The events that are numbered on a chart, by their number."""
    named = "; ".join(f"{number}, {title}" for number, title in enumerate(titles, start=1))
    return f"On the chart: {named}." if named else ""
