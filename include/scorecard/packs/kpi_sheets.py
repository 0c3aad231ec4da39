"""The sheets about KPIs: summary, figures, series, definitions, exceptions and changes."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from scorecard.council import COUNCIL
from scorecard.packs import beside, spans
from scorecard.packs.method_words import rule_in_full
from scorecard.packs.records import FigureRecord, PackRecords
from scorecard.packs.revisions import Key, is_shown
from scorecard.packs.sentences import doubt_of
from scorecard.packs.series import Series
from scorecard.packs.shown import NOT_APPLICABLE, Shown, range_text, shown_for, target_row
from scorecard.packs.tables import Cell, Sheet, figure, sheet, words
from scorecard.packs.variation import NOT_RATED, of_quarter
from scorecard.packs.words import SAID_UNITS, accumulation_of, unit_name, with_unit

_NAMED = ("KPI id", "KPI", "Theme", "Unit", "Better is")
_JUDGED = (
    "Target", "RAG", "Direction of travel", "Variation", "Assurance", "Marker", "Notes",
)  # fmt: skip
SUMMARY = (*_NAMED, spans.THIS_QUARTER, *spans.OF_QUARTER, *_JUDGED)
SUMMARY_OF_YEAR = (*_NAMED, spans.THIS_YEAR, *spans.OF_YEAR, *_JUDGED)
FIGURES = (
    "KPI id", "KPI", "Unit", "Version", "Directorate", "Period", "Numerator", "Denominator",
    "Value", "Target", "RAG", "Direction of travel", "Marker",
)  # fmt: skip
SERIES = (
    "KPI id", "KPI", "Unit", "Month", "Value", "Mean", "Lower process limit", "Upper process limit",
    "Target from", "Target to", "Variation", "Marker",
)  # fmt: skip
DEFINITIONS = (
    "KPI id", "KPI", "Definition", "Unit", "Better is", "Accumulation", "Owner", "Version",
    "Version since", "RAG rule", "Tables",
)  # fmt: skip

_LIMITS = (
    "A month without process limits says [z] for them, and Not rated for its variation; the notes "
    "say when that is. Limits have one decimal more than values."
)


def summary_sheet(records: PackRecords, restated: frozenset[Key]) -> Sheet:
    """One row per KPI: the council's figure now and before, target, rating, direction."""
    rows = (_summary_row(records, definition.id, restated) for definition in records.definitions)
    remarks = (
        "Each row is one KPI for the whole council. The Unit column says what numbers count.",
        "Variation and Assurance are those of the latest month; Not rated where it has no process "
        "limits, or trial limits only.",
        *_forecasts(records),
    )
    headings = SUMMARY_OF_YEAR if records.is_of_year else SUMMARY
    return sheet("Summary", "Summary of the KPIs", headings, rows, remarks)


def _summary_row(records: PackRecords, kpi: str, restated: frozenset[Key]) -> tuple[Cell, ...]:
    periods = spans.columns(records).values()
    now, *others = (shown_for(records, kpi, period, COUNCIL, restated) for period in periods)
    definition = now.definition
    return (
        words(kpi),
        words(definition.title),
        words(definition.theme),
        words(unit_name(definition.unit)),
        words(better_is(definition.better)),
        *(in_unit(shown) for shown in (now, *others)),
        _target(records, now),
        words(now.rag),
        words(now.direction),
        *(words(text) for text in of_quarter(records, kpi)),
        words(now.marker),
        words(_summary_note(records, now)),
    )


def _forecasts(records: PackRecords) -> tuple[str, ...]:
    """A remark on the KPIs whose forecast of the year's end is rated beside them."""
    shown = (shown_for(records, d.id, records.period) for d in records.definitions)
    told = [f"{s.definition.title}: {beside.forecast(s)}" for s in shown if beside.forecast(s)]
    return (f"Rated beside its forecast: {'; '.join(told)}.",) if told else ()


def in_unit(shown: Shown) -> Cell:
    """A figure's cell; a percentage, pounds and emissions say their unit to a reader."""
    cell, unit = shown.cell, shown.definition.unit
    if shown.value is None or unit not in SAID_UNITS:
        return cell
    return replace(cell, text=with_unit(cell.text, unit))


def _target(records: PackRecords, shown: Shown) -> Cell:
    """The target in force; of a range its ends, such as 35.0% to 60.0%, in the row's unit."""
    decided = target_row(records, shown.definition.id, COUNCIL, records.quarter.period)
    if decided and (decided.inner_low is not None or decided.inner_high is not None):
        return words(range_text(shown, decided))
    cell, unit = shown.target_cell, shown.definition.unit
    return replace(cell, text=with_unit(cell.text, unit)) if cell.is_number else cell


def _summary_note(records: PackRecords, now: Shown) -> str:
    """What a reader should know beside the number and beside its rating."""
    colours = [f"{text}." for text in beside.short(now)]
    said = (notes_of(now), *colours, *beside.explained(records, now))
    return " ".join(text for text in said if text) or "No note"


def better_is(better: str) -> str:
    """Which way is better, as the tables say it."""
    return {"higher": "Higher", "lower": "Lower", "band": "In range"}[better]


def notes_of(shown: Shown) -> str:
    """What a reader should know beside the number: why it is in its state."""
    if shown.record is None:
        return "No figure was measured."
    small = f"{shown.text}: too few cases for a figure." if shown.replaced_by == "[u]" else ""
    estimate = f"{shown.told}." if shown.has_interval else ""
    is_final = shown.record.state == "final"
    why = doubt_of(shown.record.why) if is_final else shown.record.why
    return " ".join(part for part in (small, estimate, why) if part)


def figures_sheet(records: PackRecords, restated: frozenset[Key]) -> Sheet:
    """Quarters and years to date by directorate, with what each figure was divided from."""
    order = {definition.id: place for place, definition in enumerate(records.definitions)}
    figures = [
        f for f in records.figures.newest() if is_shown(f) and f.period_kind != "month"
    ]  # fmt: skip
    figures.sort(key=lambda f: (order[f.kpi_id], _council_first(f.directorate), f.period))
    rows = (_figure_row(records, record, restated) for record in figures)
    remark = "Quarters and years to date. Months of the whole council are on the KPI_series sheet. "
    remark += "Intervals of estimates [e] are on the Carbon sheet."
    return sheet("KPI_figures", "Figures by KPI and directorate", FIGURES, rows, (remark,))


def _council_first(directorate: str) -> tuple[bool, str]:
    return directorate != COUNCIL, directorate


def _figure_row(
    records: PackRecords, record: FigureRecord, restated: frozenset[Key]
) -> tuple[Cell, ...]:
    key = (record.kpi_id, record.directorate, record.period)
    shown = Shown(records.definition(record.kpi_id), record, key in restated)
    return (
        *_named(shown),
        figure(record.version),
        words(record.directorate),
        words(record.period),
        *shown.parts(),
        shown.cell,
        shown.target_cell,
        words(shown.rag),
        words(shown.direction),
        words(shown.marker),
    )


def series_sheet(records: PackRecords, series: Iterable[Series], restated: frozenset[Key]) -> Sheet:
    """The council's months, one row each, as the charts draw them."""
    rows = (row for one in series for row in _series_rows(records, one, restated))
    remarks = ("The whole council by month. Targets are those in force for each month.", _LIMITS)
    return sheet("KPI_series", "Monthly series", SERIES, rows, remarks)


def _series_rows(
    records: PackRecords, series: Series, restated: frozenset[Key]
) -> Iterable[tuple[Cell, ...]]:
    for point in series.points:
        shown = shown_for(records, series.kpi_id, point.period, COUNCIL, restated)
        limits = (point.mean, point.lower, point.upper)
        yield (
            *_named(shown),
            words(point.period),
            shown.cell,
            *(_number(limit, series.limits_decimals) for limit in limits),
            *(_number(end, series.decimals) for end in point.target),
            words(point.variation or NOT_RATED),
            words(shown.marker),
        )


def _named(shown: Shown) -> tuple[Cell, Cell, Cell]:
    definition = shown.definition
    return words(definition.id), words(definition.title), words(unit_name(definition.unit))


def _number(value: Decimal | None, decimals: int) -> Cell:
    return words(NOT_APPLICABLE) if value is None else figure(value, decimals)


def definitions_sheet(records: PackRecords) -> Sheet:
    """What each KPI means, who owns it, how it is rated."""
    rows = (_definition_row(records, definition.id) for definition in records.definitions)
    return sheet("KPI_definitions", "What each KPI means", DEFINITIONS, rows)


def _definition_row(records: PackRecords, kpi: str) -> tuple[Cell, ...]:
    definition, period = records.definition(kpi), records.quarter.period
    owner = records.council.owner_of(kpi, period)
    version = definition.version_for(period)
    since = next(v.starts for v in definition.versions if v.version == version)
    return (
        words(kpi),
        words(f"{definition.title} ({definition.code})"),
        words(definition.definition),
        words(unit_name(definition.unit)),
        words(better_is(definition.better)),
        words(accumulation_of(definition.accumulation)),
        words(owner.owner if owner else "No owner is named"),
        figure(version),
        words(since),
        words(rule_in_full(definition, target_row(records, kpi, COUNCIL, period))),
        words(", ".join(definition.tables)),
    )
