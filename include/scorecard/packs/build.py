"""One pack's content from the register's rows and the council's decisions."""

from decimal import Decimal

from scorecard.council import COUNCIL
from scorecard.packs import carbon_office, gate_words, spans
from scorecard.packs import kpi_sheets as kpi
from scorecard.packs.activity_sheets import ACTIVITIES, activity_sheet
from scorecard.packs.carbon_section import section_of
from scorecard.packs.carbon_sheets import sheets_of, shown_of
from scorecard.packs.changes_sheet import changes_sheet
from scorecard.packs.commentary_words import chased
from scorecard.packs.content import CarbonSection, PackContent, Theme
from scorecard.packs.evidence_sheets import (
    carbon_sheet,
    factors_sheet,
    provenance_sheet,
    quality_sheet,
)
from scorecard.packs.exceptions_sheet import exceptions_sheet
from scorecard.packs.glossary import GLOSSARY
from scorecard.packs.overview import overview
from scorecard.packs.ranges import ranges
from scorecard.packs.records import Edition, PackRecords
from scorecard.packs.review_sheet import review_sheet
from scorecard.packs.revisions import Key, revised, revisions_sheet
from scorecard.packs.sections import themes
from scorecard.packs.series import Point, Series
from scorecard.packs.strategy_sheets import STRATEGY, sentences_of
from scorecard.packs.tables import Cell, Sheet, figure, sheet, words
from scorecard.packs.value_for_money import panel
from scorecard.packs.wording import LICENCE, STATES, notes
from scorecard.packs.words import day_and_time, listed

CHART_DATA = (
    "KPI id", "Month", "Value", "Mean", "Lower process limit", "Upper process limit",
    "Target from", "Target range height", "Target line", "Target line, changed",
)  # fmt: skip


def build(records: PackRecords) -> PackContent:
    """The pack, whole; the same records give the same content."""
    moved = revised(records)
    restated = frozenset(m.key for m in moved)
    made = themes(records, restated)
    edition, carbon = records.edition, section_of(records)
    return PackContent(
        pack_id=edition.pack_id,
        council=records.council.settled.name,
        title=spans.title(records),
        period=str(records.quarter),
        variant=edition.variant,
        visibility=edition.visibility,
        revision=edition.revision,
        reason=edition.reason,
        state=edition.state,
        state_text=_state_text(records),
        published_at=edition.published_at,
        data_as_at=records.data_as_at,
        licence=LICENCE,
        facts=_facts(records),
        overview=overview(records, moved),
        provisional=gate_words.provisional(records),
        sheets=_sheets(records, made, restated, revisions_sheet(records, moved), carbon),
        themes=made,
        carbon=carbon,
        strategy=_strategy(records),
        notes=_notes(records),
        glossary=tuple(GLOSSARY.items()),
        directorates=tuple(sorted(records.directorates.items())),
        ranges=ranges(records),
        chased=chased(records),
    )


def _strategy(records: PackRecords) -> tuple[str, ...]:
    """The words on the strategies' money, in a pack that has their sheets."""
    is_told = records.leaves_out.isdisjoint(each.name for each in STRATEGY)
    return sentences_of(records.council.settled.strategy_finance) if is_told else ()


def _state_text(records: PackRecords) -> str:
    """The state of the pack in words, and whether all of it is provisional."""
    marked = "; provisional" if gate_words.provisional(records) else ""
    return STATES[records.edition.state] + marked


def _facts(records: PackRecords) -> tuple[tuple[str, str], ...]:
    """The cover's facts, in the order in which a reader wants them."""
    edition, settled = records.edition, records.council.settled
    as_at = records.data_as_at
    return (
        ("State", _state_text(records)),
        ("Revision", f"{edition.revision}" if edition.revision > 1 else "1 (first)"),
        ("Reason", edition.reason or spans.first_reason(records)),
        ("Made for", _readers(records)),
        ("Period", spans.in_full(records)),
        ("Data as at", day_and_time(as_at) if as_at else "No data have been received"),
        ("Published", _published(edition)),
        ("Next pack", spans.following(records)),
        ("Portfolio", settled.portfolio),
        ("Responsible officer", settled.responsible_officer),
        ("Meeting", "Not yet set"),
        ("Decision reference", "Not yet set"),
        ("Contact", settled.contact),
        ("Licence", LICENCE),
    )


def _readers(records: PackRecords) -> str:
    """The bodies that the variant goes to, and how widely it may be seen."""
    edition = records.edition
    bodies = [r.body for r in records.council.governance.routes if r.variant == edition.variant]
    return f"{listed(bodies) or edition.variant} ({edition.visibility})"


def _published(edition: Edition) -> str:
    return day_and_time(edition.published_at) if edition.published_at else "Not published"


def _sheets(
    records: PackRecords,
    made: tuple[Theme, ...],
    restated: frozenset[Key],
    revisions: Sheet,
    carbon: CarbonSection,
) -> tuple[Sheet, ...]:
    """Every table of the pack in the workbook's order, Notes and Contents first."""
    series = tuple(section.series for t in made for section in t.kpis if section.series)
    every = (
        kpi.summary_sheet(records, restated),
        exceptions_sheet(records),
        changes_sheet(records),
        panel(records, restated),
        review_sheet(records),
        kpi.figures_sheet(records, restated),
        kpi.series_sheet(records, series, restated),
        kpi.definitions_sheet(records),
        *(activity_sheet(records, activity) for activity in ACTIVITIES),
        carbon_sheet(records, restated),
        *sheets_of(records, carbon.pictures),
        *carbon_office.sheets_of(records, shown_of(records)),
        factors_sheet(records),
        revisions,
        quality_sheet(records),
        provenance_sheet(records),
        _chart_data(series),
    )
    tables = (_notes_sheet(records), *(t for t in every if t.name not in records.leaves_out))
    bound = (_contents(*tables, charts=len(series)), *tables)
    return gate_words.watermarked(bound) if gate_words.provisional(records) else bound


def _notes(records: PackRecords) -> tuple[str, ...]:
    """The numbered notes; those on RAG methods are of the methods that rate this quarter."""
    period = records.quarter.period
    rows = (records.council.target_for(d.id, COUNCIL, period) for d in records.definitions)
    named = (name for row in rows if row for name in (row.method, row.base_method) if name)
    return notes(records.council.settled, frozenset(named))


def _notes_sheet(records: PackRecords) -> Sheet:
    glossary = (f"{term}: {meaning}" for term, meaning in GLOSSARY.items())
    numbered = enumerate((*_notes(records), *glossary), start=1)
    rows = ((figure(n), words(text)) for n, text in numbered)
    return sheet("Notes", "Notes and glossary", ("Note number", "Note text"), rows)


def _contents(*tables: Sheet, charts: int) -> Sheet:
    """One row per worksheet, with the number of rows of its table."""
    rows = [_contents_row(table) for table in tables]
    rows.append((words("Charts"), words("Charts by KPI"), figure(charts)))
    remark = "The first column links to the worksheet. For Charts, Rows is the number of charts."
    return sheet("Contents", "Contents", ("Worksheet", "Title", "Rows"), rows, (remark,))


def _contents_row(table: Sheet) -> tuple[Cell, ...]:
    return words(table.name), words(table.title), figure(len(table.rows))


def _chart_data(series: tuple[Series, ...]) -> Sheet:
    """What the workbook's charts read. A month without a figure is blank, so that lines break."""
    rows = (row for one in series for row in _chart_rows(one))
    remark = (
        "Blank cells are months without a figure, or lines that a chart does not have: a chart "
        "would draw a marker as zero."
    )
    return sheet("Chart_data", "Data of the charts", CHART_DATA, rows, (remark,))


def _chart_rows(series: Series) -> list[tuple[Cell, ...]]:
    places = (series.decimals, *[series.limits_decimals] * 3, *[series.decimals] * 4)
    lines = _target_lines(series)
    return [
        (
            words(series.kpi_id),
            words(point.period),
            *(
                words("") if value is None else figure(value, decimals)
                for value, decimals in zip(
                    (point.value, point.mean, point.lower, point.upper, *_target(point), *line),
                    places,
                    strict=True,
                )
            ),
        )
        for point, line in zip(series.points, lines, strict=True)
    ]


def _target_lines(series: Series) -> list[tuple[Decimal | None, Decimal | None]]:
    """Single targets by month, each that follows another in the other of two columns.

    A spreadsheet joins the months of a column: so the line of a target ends where another begins.
    """
    found: list[tuple[Decimal | None, Decimal | None]] = [(None, None)] * len(series.points)
    for number, stretch in enumerate(s for s in series.stretches if s.low == s.high):
        line = (None, stretch.low) if number % 2 else (stretch.low, None)
        for place in range(stretch.first, stretch.last + 1):
            found[place] = line
    return found


def _target(point: Point) -> tuple[Decimal | None, Decimal | None]:
    """The lower end of the month's target, and how high its range is."""
    low, high = point.target
    return low, (None if low is None or high is None else high - low)
