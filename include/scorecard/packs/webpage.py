"""The pack as one web page: no script, nothing loaded from outside, charts inside."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from scorecard.packs import bar_charts, charts, interval_chart, pages, reader_tables, scales
from scorecard.packs.content import PackContent
from scorecard.packs.pictures import Picture
from scorecard.packs.series import Series
from scorecard.packs.words import day_and_time, seen

TEMPLATES = Path(__file__).parent / "templates"

RAGS = ("Green", "Amber", "Red", "Blue", "Not rated")


@dataclass(frozen=True)
class Download:
    """A file that the page links to, with its type and size in the link's text."""

    path: str
    title: str
    type: str
    bytes: int

    @property
    def text(self) -> str:
        """Such as: Workbook (Excel, 412 KB)."""
        return f"{self.title} ({self.type}, {max(1, round(self.bytes / 1024)):,} KB)"


def write(content: PackContent, downloads: Iterable[Download] = ()) -> bytes:
    """The page's bytes; the same content gives the same bytes."""
    named = reader_tables.named_in_words(content)
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    page = (
        _environment()
        .get_template("report.html.j2")
        .render(
            pack=content,
            named=named,
            exceptions=reader_tables.exceptions(content),
            review=reader_tables.review(content) if content.has("Review_these") else None,
            summary=reader_tables.summary(content),
            definitions=reader_tables.definitions(content),
            panel=reader_tables.panel(content),
            strategy=reader_tables.strategy(content),
            effects=reader_tables.effects(content),
            provenance=reader_tables.provenance(content),
            summary_groups=reader_tables.groups(content),
            downloads=tuple(downloads),
            data_as_at=day_and_time(content.data_as_at) if content.data_as_at else "not known",
            style=Markup(style),
            style_hash=pages.style_hash(style),
        )
    )
    return seen(page).encode()


def _environment() -> Environment:
    return pages.environment(
        TEMPLATES,
        charts_of=charts_of,
        picture_of=_picture_of,
        data_of=reader_tables.months_of,
        rag_class=rag_class,
        anchor=_anchor,
    )


def charts_of(series: Series) -> Markup:
    """A chart for wide screens and one for narrow ones; the stylesheet shows one of them."""
    # Only our own drawing is marked as safe; its texts are escaped in charts.
    return Markup("".join(charts.draw(series, size) for size in (scales.WIDE, scales.NARROW)))


def _picture_of(picture: Picture) -> Markup:
    """A picture of the carbon section, for wide and for narrow screens."""
    if picture.bars:
        drawn = [bar_charts.draw(picture, f) for f in (bar_charts.WIDE, bar_charts.NARROW)]
    else:
        sizes = (interval_chart.WIDE, interval_chart.NARROW)
        drawn = [interval_chart.draw(picture, size) for size in sizes]
    return Markup("".join(drawn))


def rag_class(text: str) -> str:
    """The style of a rating's word; the word itself is always shown."""
    return f"rag {text.lower().replace(' ', '-')}" if text in RAGS else ""


def _anchor(text: str) -> str:
    """A heading's name in an address."""
    return "".join(c if c.isalnum() else "-" for c in text.lower()).strip("-")
