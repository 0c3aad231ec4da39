"""The sheets about KPIs: summary, figures, series, definitions, exceptions and changes."""

from collections.abc import Iterable

from scorecard.council import COUNCIL, last_day_of
from scorecard.decisions import Target
from scorecard.packs.content import Cell, Series, Sheet, figure, sheet, words
from scorecard.packs.records import FigureRecord, PackRecords
from scorecard.packs.revisions import Key, is_shown
from scorecard.packs.shown import NOT_APPLICABLE, Shown, shown_for, target_row
from scorecard.packs.words import day, unit_name
from scorecard.period import london_day

SUMMARY = (
    "KPI id", "KPI", "Theme", "Unit", "Better is", "This quarter", "Previous quarter",
    "Same quarter last year", "Year to date", "Target", "RAG", "Direction of travel", "Variation",
    "Assurance", "Marker", "Notes",
)  # fmt: skip
FIGURES = (
    "KPI id", "Version", "Directorate", "Period", "Numerator", "Denominator", "Value", "Target",
    "RAG", "Direction of travel", "Marker",
)  # fmt: skip
SERIES = (
    "KPI id", "Month", "Value", "Mean", "Lower process limit", "Upper process limit",
    "Target from", "Target to", "Variation", "Marker",
)  # fmt: skip
DEFINITIONS = (
    "KPI id", "KPI", "Definition", "Unit", "Better is", "Accumulation", "Owner", "Version",
    "Version since", "RAG rule", "Tables",
)  # fmt: skip
EXCEPTIONS = (
    "KPI id", "Directorate", "Why listed", "Cause", "Action", "Owner role", "By when",
)  # fmt: skip
CHANGES = ("Kind", "KPI id", "Previous", "New", "From", "Reason", "Approved by")

NOT_RATED = "Not rated"
NOT_GIVEN = "Not yet given"
_NO_LIMITS = (
    "Process limits, variation and assurance are not calculated in this pack: "
    "limits say [z], and verdicts say Not rated."
)


def summary_sheet(records: PackRecords, restated: frozenset[Key]) -> Sheet:
    """One row per KPI: the council's figure now and before, target, rating, direction."""
    rows = (_summary_row(records, definition.id, restated) for definition in records.definitions)
    remarks = (
        "Each row is one KPI for the whole council. The Unit column says what numbers count.",
        "Variation and Assurance say Not rated where no process limits are calculated.",
    )
    return sheet("Summary", "Summary of all KPIs", SUMMARY, rows, remarks)


def _summary_row(records: PackRecords, kpi: str, restated: frozenset[Key]) -> tuple[Cell, ...]:
    quarter = records.quarter
    periods = (quarter, quarter.shifted(-1), quarter.shifted(-4), quarter.year_to_date.key)
    now, *others = (shown_for(records, kpi, str(p), COUNCIL, restated) for p in periods)
    definition = now.definition
    latest = records.figures.get(kpi, str(quarter.months[-1]))
    details = latest.details if latest else {}
    return (
        words(kpi),
        words(definition.title),
        words(definition.theme),
        words(unit_name(definition.unit)),
        words(better_is(definition.better)),
        now.cell,
        *(other.cell for other in others),
        now.target_cell,
        words(now.rag),
        words(now.direction),
        words(str(details.get("variation") or NOT_RATED)),
        words(str(details.get("assurance") or NOT_RATED)),
        words(now.marker),
        words(notes_of(now)),
    )


def better_is(better: str) -> str:
    """Which way is better, as the tables say it."""
    return {"higher": "Higher", "lower": "Lower", "band": "In range"}[better]


def notes_of(shown: Shown) -> str:
    """What a reader should know beside the number: why it is in its state."""
    if shown.record is None:
        return "No figure was measured."
    small = f"{shown.text} cases." if shown.replaced_by == "[u]" else ""
    why = shown.record.why if shown.record.state != "final" else ""
    return " ".join(part for part in (small, why) if part) or "No note"


def figures_sheet(records: PackRecords, restated: frozenset[Key]) -> Sheet:
    """Quarters and years to date by directorate, with what each figure was divided from."""
    order = {definition.id: place for place, definition in enumerate(records.definitions)}
    figures = [
        f for f in records.figures.newest() if is_shown(f) and f.period_kind != "month"
    ]  # fmt: skip
    figures.sort(key=lambda f: (order[f.kpi_id], _council_first(f.directorate), f.period))
    rows = (_figure_row(records, record, restated) for record in figures)
    remark = "Quarters and years to date. Months of the whole council are on the KPI_series sheet."
    return sheet("KPI_figures", "Figures by KPI and directorate", FIGURES, rows, (remark,))


def _council_first(directorate: str) -> tuple[bool, str]:
    return directorate != COUNCIL, directorate


def _figure_row(
    records: PackRecords, record: FigureRecord, restated: frozenset[Key]
) -> tuple[Cell, ...]:
    key = (record.kpi_id, record.directorate, record.period)
    shown = Shown(records.definition(record.kpi_id), record, key in restated)
    return (
        words(record.kpi_id),
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
    remarks = ("The whole council by month.", _NO_LIMITS)
    return sheet("KPI_series", "Monthly series", SERIES, rows, remarks)


def _series_rows(
    records: PackRecords, series: Series, restated: frozenset[Key]
) -> Iterable[tuple[Cell, ...]]:
    for point in series.points:
        shown = shown_for(records, series.kpi_id, point.period, COUNCIL, restated)
        decimals = series.decimals
        limits = (point.mean, point.lower, point.upper, series.target_low, series.target_high)
        yield (
            words(series.kpi_id),
            words(point.period),
            shown.cell,
            *(words(NOT_APPLICABLE) if v is None else figure(v, decimals) for v in limits),
            words(point.variation or NOT_RATED),
            words(shown.marker),
        )


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
        words(definition.accumulation.replace("_", " ").capitalize()),
        words(owner.owner if owner else "No owner is named"),
        figure(version),
        words(since),
        words(rule_text(target_row(records, kpi, COUNCIL, period))),
        words(", ".join(definition.tables)),
    )


def rule_text(decided: Target | None) -> str:
    """How a KPI is rated, by the name of the method and its tolerance."""
    if decided is None or decided.method == "none":
        return "Not rated: data only"
    name = decided.method.replace("_", " ").capitalize()
    return f"{name}, tolerance {decided.tolerance:f}" if decided.tolerance is not None else name


def exceptions_sheet(records: PackRecords) -> Sheet:
    """Red figures of the quarter, the council's first, with room for the officers' commentary."""
    rows = (row for d in records.definitions for row in _exception_rows(records, d.id))
    remark = "Cause, action and date are the officers' commentary; they are due before approval."
    return sheet("Exceptions", "Exceptions: figures rated Red", EXCEPTIONS, rows, (remark,))


def _exception_rows(records: PackRecords, kpi: str) -> Iterable[tuple[Cell, ...]]:
    owner = records.council.owner_of(kpi, records.quarter.period)
    codes = [d.code for d in records.council.directorates_in(records.quarter.period)]
    for directorate in (COUNCIL, *codes):
        shown = shown_for(records, kpi, str(records.quarter), directorate)
        if shown.record and shown.record.rag == "red":
            yield (
                words(kpi),
                words(directorate),
                words(f"Red: {shown.text}. {shown.record.rag_basis}".strip()),
                words(NOT_GIVEN),
                words(NOT_GIVEN),
                words(owner.owner if owner else "No owner is named"),
                words(NOT_GIVEN),
            )


def changes_sheet(records: PackRecords) -> Sheet:
    """Targets, definitions and baselines that changed within the year the pack looks back on."""
    rows = [*_version_changes(records), *_target_changes(records), *_baseline_changes(records)]
    remark = "Changes since the same quarter last year, the oldest quarter that the summary shows."
    return sheet("Changes", "What changed in the rules", CHANGES, rows, (remark,))


def _version_changes(records: PackRecords) -> Iterable[tuple[Cell, ...]]:
    first, last = str(records.quarter.shifted(-4)), str(records.quarter)
    for definition in records.definitions:
        for version in definition.versions:
            if version.version > 1 and first < version.starts <= last:
                before, after = f"Version {version.version - 1}", f"Version {version.version}"
                texts = ("KPI set", definition.id, before, after, version.starts, version.why)
                yield tuple(words(text) for text in (*texts, "See the KPI's definition"))


def _target_changes(records: PackRecords) -> Iterable[tuple[Cell, ...]]:
    since = london_day(records.quarter.shifted(-4).ends_at)
    until = last_day_of(records.quarter.period)
    for new in records.council.targets:
        older = [
            t
            for t in records.council.targets
            if (t.kpi, t.directorate) == (new.kpi, new.directorate)
            and t.effective_from < new.effective_from
        ]
        if older and since <= new.effective_from <= until:
            old = max(older, key=lambda t: t.effective_from)
            yield tuple(
                words(text)
                for text in ("Target", new.kpi, _target_words(old), _target_words(new),
                             day(new.effective_from), new.reason, new.decision)
            )  # fmt: skip


def _target_words(target: Target) -> str:
    value = "no target" if target.target is None else f"{target.target:f}"
    return f"{value}, {rule_text(target).lower()}"


def _baseline_changes(records: PackRecords) -> Iterable[tuple[Cell, ...]]:
    first, last = str(records.quarter.shifted(-4)), str(records.quarter)
    before = "No baseline"
    for baseline in sorted(records.council.settled.baselines, key=lambda b: b.starts):
        if first < baseline.starts <= last:
            texts = ("Baseline", "All that compare with it", before, baseline.year)
            yield tuple(
                words(t) for t in (*texts, baseline.starts, baseline.reason, baseline.decision)
            )
        before = baseline.year
