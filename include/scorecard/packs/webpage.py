"""The pack as one web page: no script, nothing loaded from outside, charts inside."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scorecard.council import COUNCIL
from scorecard.packs import bar_charts, charts, interval_chart, scales
from scorecard.packs.content import Cell, KpiSection, PackContent, Sheet, sheet, words
from scorecard.packs.pictures import Picture
from scorecard.packs.series import Point, Series
from scorecard.packs.variation import NOT_RATED
from scorecard.packs.words import day_and_time, month_name

TEMPLATES = Path(__file__).parent / "templates"

# The page shows these of the Summary's columns; the workbook has them all.
SUMMARY = (
    "KPI", "Unit", "This quarter", "Previous quarter", "Same quarter last year", "Year to date",
    "Target", "RAG", "Forecast RAG", "Direction of travel", "Variation", "Assurance", "Marker",
)  # fmt: skip
# Of the value-for-money panel.
PANEL = (
    "KPI", "Aspect", "Unit", "Better is", "This quarter", "Previous quarter",
    "Same quarter last year", "Direction of travel", "Marker",
)  # fmt: skip
STRATEGY = ("Strategy_money", "Strategy_years", "Strategy_savings")
NAMED = ("Exceptions", "Changes", "Review_these", "Revisions", "Carbon", "Carbon_effects")
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


@dataclass(frozen=True)
class Group:
    """The rows of one theme in the Summary table."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def write(content: PackContent, downloads: Iterable[Download] = ()) -> bytes:
    """The page's bytes; the same content gives the same bytes."""
    named = _named(content)
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    page = (
        _environment()
        .get_template("report.html.j2")
        .render(
            pack=content,
            named=named,
            exceptions=_exceptions(named["Exceptions"], content),
            summary=_summary(content),
            panel=_chosen(content.sheet("Value_for_money"), PANEL),
            strategy=[
                _of_quarter(content.sheet(name), content.period)
                for name in STRATEGY
                if content.strategy
            ],
            summary_groups=_groups(content),
            downloads=tuple(downloads),
            data_as_at=day_and_time(content.data_as_at) if content.data_as_at else "not known",
            style=Markup(style),
            style_hash=_style_hash(style),
        )
    )
    return page.encode()


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        charts_of=charts_of,
        picture_of=_picture_of,
        data_of=_data_of,
        rag_class=rag_class,
        anchor=_anchor,
    )
    return environment


def _style_hash(style: str) -> str:
    """What the page's security policy names so that only our own style applies."""
    digest = hashlib.sha256(style.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


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


def _data_of(kpi: KpiSection) -> Sheet:
    assert kpi.series is not None
    return months_of(kpi.kpi_id, kpi.series)


def months_of(kpi_id: str, series: Series) -> Sheet:
    """The numbers behind a chart as a table, with what process limits say of each month."""
    rows = (
        (words(month_name(p.period)), words(p.text), words(_variation(p))) for p in series.points
    )
    columns = ("Month", "Value", "Variation")
    return sheet(f"{kpi_id}_months", series.subtitle, columns, rows)


def _variation(point: Point) -> str:
    """The verdict on a month, and for a special cause the rule that it meets."""
    said = point.variation or NOT_RATED
    return f"{said}: {point.special_cause}" if point.is_special else said


def rag_class(text: str) -> str:
    """The style of a rating's word; the word itself is always shown."""
    return f"rag {text.lower().replace(' ', '-')}" if text in RAGS else ""


def _anchor(text: str) -> str:
    """A heading's name in an address."""
    return "".join(c if c.isalnum() else "-" for c in text.lower()).strip("-")


def _summary(content: PackContent) -> Sheet:
    """The Summary with the columns that a page has room for."""
    return _chosen(content.sheet("Summary"), SUMMARY)


def _chosen(table: Sheet, columns: tuple[str, ...]) -> Sheet:
    """A table with these of its columns, in this order."""
    places = [table.columns.index(name) for name in columns]
    rows = tuple(tuple(row[place] for place in places) for row in table.rows)
    return Sheet(table.name, table.title, table.remarks, columns, rows)


def _of_quarter(table: Sheet, period: str) -> Sheet:
    """The rows of a table that are of one quarter; their numbers say their marker themselves."""
    place = table.columns.index("Period")
    rows = [row for row in table.rows if row[place].text == period]
    others = tuple(name for name in table.columns if name not in ("Period", "Marker"))
    return _chosen(sheet(table.name, table.title, table.columns, rows, table.remarks[:1]), others)


def _exceptions(named: Sheet, content: PackContent) -> tuple[Sheet, Sheet]:
    """The exceptions of the whole council, and those of directorates, which the page folds away."""
    council = dict(content.directorates)[COUNCIL]
    place = named.columns.index("Directorate")
    ours = [row for row in named.rows if row[place].text == council]
    theirs = [row for row in named.rows if row[place].text not in (council, "[z]")]
    return _part(named, "Whole council: figures that ask for commentary", ours), _part(
        named, "Directorates: figures that ask for commentary", theirs
    )


def _part(table: Sheet, title: str, rows: Iterable[tuple[Cell, ...]]) -> Sheet:
    return sheet(table.name, title, table.columns, rows)


def _named(content: PackContent) -> dict[str, Sheet]:
    """Tables that name KPIs and directorates by code, in the words of the page."""
    kpis = {kpi.kpi_id: kpi.title for theme in content.themes for kpi in theme.kpis}
    directorates = dict(content.directorates)
    return {
        name: _in_words(content.sheet(name), kpis, directorates)
        for name in NAMED
        if content.has(name)
    }


def _in_words(table: Sheet, kpis: dict[str, str], directorates: dict[str, str]) -> Sheet:
    def said(heading: str, cell: Cell) -> Cell:
        known = {"KPI id": kpis, "Directorate": directorates}.get(heading, {})
        return words(known.get(cell.text, cell.text)) if known else cell

    rows = tuple(
        tuple(said(heading, cell) for heading, cell in zip(table.columns, row, strict=True))
        for row in table.rows
    )
    columns = tuple("KPI" if heading == "KPI id" else heading for heading in table.columns)
    return Sheet(table.name, table.title, table.remarks, columns, rows)


def _groups(content: PackContent) -> tuple[Group, ...]:
    whole, shown = content.sheet("Summary"), _summary(content)
    theme = whole.columns.index("Theme")
    names = dict.fromkeys(row[theme].text for row in whole.rows)
    pairs = list(zip(whole.rows, shown.rows, strict=True))
    return tuple(
        Group(name, tuple(shown_row for row, shown_row in pairs if row[theme].text == name))
        for name in names
    )
