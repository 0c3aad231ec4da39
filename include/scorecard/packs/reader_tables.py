"""Tables as readers of the page and the document meet them: names for codes, fewer columns."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from scorecard.council import COUNCIL
from scorecard.packs.content import KpiSection, PackContent
from scorecard.packs.series import Point, Series
from scorecard.packs.shown import MISSING, NOT_APPLICABLE
from scorecard.packs.spans import OF_YEAR, THIS_YEAR
from scorecard.packs.tables import NONE, Cell, Sheet, chosen, figure, sheet, words
from scorecard.packs.variation import NOT_RATED
from scorecard.packs.words import amount, markers_in, month_name, period_name

# The page shows these of the Summary's columns; the workbook has them all.
SUMMARY = (
    "KPI", "Unit", "This quarter", "Previous quarter", "Same quarter last year", "Year to date",
    "Target", "RAG", "Direction of travel", "Variation", "Assurance", "Marker",
)  # fmt: skip
SUMMARY_OF_YEAR = (
    "KPI", "Unit", THIS_YEAR, *OF_YEAR, "Target", "RAG", "Direction of travel", "Marker",
)  # fmt: skip
# Of the value-for-money panel.
PANEL = (
    "KPI", "Aspect", "Unit", "Better is", "This quarter", "Previous quarter",
    "Same quarter last year", THIS_YEAR, *OF_YEAR, "Direction of travel", "Marker",
)  # fmt: skip
EXCEPTIONS = (
    "KPI", "Directorate", "Why listed", "Cause", "Action", "Owner role", "By when",
)  # fmt: skip
REVIEW = ("KPI", "Directorate", "Test", "What was found", "What to check", "Owner role")
DEFINITIONS = (
    "KPI", "Definition", "Unit", "Better is", "Accumulation", "Owner", "Version", "RAG rule",
)  # fmt: skip
STRATEGY = ("Strategy_money", "Strategy_years", "Strategy_savings")
NAMED = ("Changes", "Revisions", "Carbon_effects")


@dataclass(frozen=True)
class Group:
    """The rows of one theme in the Summary table."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def summary(content: PackContent) -> Sheet:
    """The Summary with the columns that a page has room for."""
    whole = content.sheet("Summary")
    return chosen(whole, SUMMARY_OF_YEAR if THIS_YEAR in whole.columns else SUMMARY)


def panel(content: PackContent) -> Sheet:
    """The panel of value for money with the columns that a page has room for."""
    whole = content.sheet("Value_for_money")
    return chosen(whole, tuple(name for name in PANEL if name in whole.columns))


def strategy(content: PackContent) -> tuple[Sheet, ...]:
    """What the strategies' money is this quarter."""
    if not content.strategy:
        return ()
    return tuple(_of_quarter(content.sheet(name), content.period) for name in STRATEGY)


def review(content: PackContent) -> Sheet:
    """What somebody should look at, with the columns that a page has room for."""
    return chosen(content.sheet("Review_these"), REVIEW)


def definitions(content: PackContent) -> Sheet:
    """What each KPI means, with the columns that a page has room for."""
    return chosen(content.sheet("KPI_definitions"), DEFINITIONS)


def _of_quarter(table: Sheet, period: str) -> Sheet:
    """The rows of a table that are of one quarter; their numbers say their marker themselves."""
    place = table.columns.index("Period")
    rows = tuple(row for row in table.rows if row[place].text == period)
    others = tuple(name for name in table.columns if name not in ("Period", "Marker"))
    return chosen(replace(table, rows=rows), others) if rows else _part(table, table.title, rows)


def exceptions(content: PackContent) -> tuple[Sheet, Sheet]:
    """The exceptions of the whole council, and those of directorates, which the page folds away."""
    named = chosen(content.sheet("Exceptions"), EXCEPTIONS)
    council = dict(content.directorates)[COUNCIL]
    place = named.columns.index("Directorate")
    ours = [row for row in named.rows if row[place].text == council]
    theirs = [row for row in named.rows if row[place].text not in (council, "[z]")]
    return _part(named, "Whole council: figures that ask for commentary", ours), _part(
        named, "Directorates: figures that ask for commentary", theirs
    )


def _part(table: Sheet, title: str, rows: Iterable[tuple[Cell, ...]]) -> Sheet:
    return sheet(table.name, title, table.columns, rows)


def named_in_words(content: PackContent) -> dict[str, Sheet]:
    """Tables that name KPIs and directorates by code, in the words of the page."""
    kpis = {kpi.kpi_id: kpi.title for theme in content.themes for kpi in theme.kpis}
    directorates = dict(content.directorates)
    return {
        name: _in_words(_without_ids(content.sheet(name)), kpis, directorates)
        for name in NAMED
        if content.has(name)
    }


def _in_words(table: Sheet, kpis: dict[str, str], directorates: dict[str, str]) -> Sheet:
    def said(heading: str, cell: Cell) -> Cell:
        if heading == "Period" and cell.text != NONE and not markers_in(cell.text):
            return words(period_name(cell.text))
        known = {"KPI id": kpis, "Directorate": directorates}.get(heading, {})
        return words(known.get(cell.text, cell.text)) if known else cell

    rows = tuple(
        tuple(said(heading, cell) for heading, cell in zip(table.columns, row, strict=True))
        for row in table.rows
    )
    columns = tuple("KPI" if heading == "KPI id" else heading for heading in table.columns)
    return Sheet(table.name, table.title, table.remarks, columns, rows)


def effects(content: PackContent) -> Sheet | None:
    """What staff did and what the factors did, of the council in the headline's period alone.

    None of a pack that tells nothing of carbon.
    """
    if not content.has("Carbon_effects"):
        return None
    whole = named_in_words(content)["Carbon_effects"]
    period, council = (whole.rows[0][place].text for place in (0, 1))
    rows = tuple(row for row in whole.rows if (row[0].text, row[1].text) == (period, council))
    title = "What staff did, and what the factors did"
    told = replace(whole, title=title if period == NONE else f"{title}, {period}", rows=rows)
    return chosen(told, whole.columns[2:])


def provenance(content: PackContent) -> Sheet:
    """What each source sent, added up; the sheet names every extract by its hash."""
    whole = content.sheet("Provenance")
    if whole.rows[0][0].text == NONE:
        return whole
    rows = []
    for source, several in groupby(whole.rows, key=lambda row: row[0].text):
        own = list(several)
        counts = ([row[place] for row in own] for place in (4, 5, 6))
        rows.append((words(source), figure(len(own)), own[-1][3], *map(_total, counts)))
    columns = ("Source", "Extracts", "Last received", *whole.columns[4:])
    where = "Every extract is named by its SHA-256 on the sheet Provenance of the workbook, in "
    where += "provenance.csv and in manifest.json."
    return sheet("Provenance", whole.title, columns, rows, (*whole.remarks, where))


def _total(cells: list[Cell]) -> Cell:
    """A sum of counts; not known if one of them is not."""
    counts = [cell.value for cell in cells if isinstance(cell.value, Decimal)]
    return figure(sum(counts, Decimal(0))) if len(counts) == len(cells) else words(MISSING)


def _without_ids(table: Sheet) -> Sheet:
    """A table without ids, if it has the KPIs' names as well."""
    if "KPI" not in table.columns:
        return table
    return chosen(table, tuple(name for name in table.columns if name != "KPI id"))


def groups(content: PackContent) -> tuple[Group, ...]:
    """The rows of the Summary theme by theme."""
    whole, shown = content.sheet("Summary"), summary(content)
    theme = whole.columns.index("Theme")
    names = dict.fromkeys(row[theme].text for row in whole.rows)
    pairs = list(zip(whole.rows, shown.rows, strict=True))
    return tuple(
        Group(name, tuple(shown_row for row, shown_row in pairs if row[theme].text == name))
        for name in names
    )


def months_of(kpi: KpiSection) -> Sheet:
    """The numbers behind the chart of a KPI as a table."""
    assert kpi.series is not None
    return months_in(kpi.series)


def months_in(series: Series) -> Sheet:
    """The numbers of a chart as a table, with what process limits say of each month."""
    columns = ("Month", "Value", *(["Target"] if series.stretches else []), "Variation")
    rows = (
        (
            words(month_name(point.period)),
            words(point.text),
            *([words(_target(series, point))] if series.stretches else []),
            words(_variation(point)),
        )
        for point in series.points
    )
    return sheet(f"{series.kpi_id}_months", series.subtitle, columns, rows)


def _target(series: Series, point: Point) -> str:
    """The target that was in force for a month: one number, or the two ends of a range."""
    ends = dict.fromkeys(end for end in point.target if end is not None)
    said = " to ".join(amount(end, series.unit, series.decimals) for end in ends)
    return said or NOT_APPLICABLE


def _variation(point: Point) -> str:
    """The verdict on a month, and for a special cause the rule that it meets."""
    said = point.variation or NOT_RATED
    return f"{said}: {point.special_cause}" if point.is_special else said
