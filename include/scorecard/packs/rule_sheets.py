"""The sheets of exceptions, and of what changed in the rules."""

from collections.abc import Iterable

from scorecard.council import COUNCIL, last_day_of
from scorecard.decisions import EVERY, Event, Target
from scorecard.packs import sentences
from scorecard.packs.content import Cell, Sheet, sheet, words
from scorecard.packs.kpi_sheets import rule_text
from scorecard.packs.records import PackRecords
from scorecard.packs.shown import shown_for
from scorecard.packs.words import day, month_name
from scorecard.period import london_day

EXCEPTIONS = (
    "KPI id", "Directorate", "Why listed", "Cause", "Action", "Owner role", "By when",
)  # fmt: skip
CHANGES = ("Kind", "KPI id", "Previous", "New", "From", "Reason", "Approved by")
NOT_GIVEN = "Not yet given"


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
                words(f"Red: {shown.text}, {sentences.basis(shown.record.rag_basis)}"),
                words(NOT_GIVEN),
                words(NOT_GIVEN),
                words(owner.owner if owner else "No owner is named"),
                words(NOT_GIVEN),
            )


def changes_sheet(records: PackRecords) -> Sheet:
    """Targets, definitions and baselines that changed within the year the pack looks back on."""
    rows = [*_version_changes(records), *_target_changes(records), *_baseline_changes(records)]
    rows += _reset_changes(records)
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


def _reset_changes(records: PackRecords) -> Iterable[tuple[Cell, ...]]:
    """Where process limits start again, because the council recorded that a process changed."""
    since = london_day(records.quarter.shifted(-4).ends_at)
    until = last_day_of(records.quarter.period)
    for event in sorted(records.council.events, key=lambda e: (e.day, e.kpi)):
        if event.kind == "baseline_reset" and since <= event.day <= until:
            new = f"Limits of the months from {month_name(f'{event.day:%Y-%m}')}"
            texts = (
                "Process limits",
                _reset_of(event),
                "Limits of the months before",
                new,
                day(event.day),
            )
            yield tuple(words(text) for text in (*texts, event.reason, event.title))


def _reset_of(event: Event) -> str:
    if event.kpi != EVERY:
        return event.kpi
    return "Every KPI" if event.theme == EVERY else f"Every KPI of {event.theme}"
