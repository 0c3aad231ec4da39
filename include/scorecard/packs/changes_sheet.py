"""The sheet of what changed in the rules: KPIs, targets, tolerances, methods, owners, baselines."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, pairwise

from scorecard.council import last_day_of
from scorecard.decisions import EVERY, Event, Owner, Target
from scorecard.packs.method_words import name_of, tolerated, wanted
from scorecard.packs.records import PackRecords
from scorecard.packs.reorganisations import changes_of
from scorecard.packs.tables import Sheet, sheet, words
from scorecard.packs.words import day, month_name
from scorecard.period import london_day

CHANGES = ("Kind", "KPI id", "KPI", "Previous", "New", "From", "Reason", "Approved by")
_NOT_RECORDED = "Not recorded"

Row = tuple[str, ...]


def changes_sheet(records: PackRecords) -> Sheet:
    """Whatever the rules of figures changed in within the year that the pack looks back on."""
    rows = [
        *_version_changes(records),
        *_target_changes(records),
        *_owner_changes(records),
        *_directorate_changes(records),
        *_baseline_changes(records),
        *_reset_changes(records),
    ]
    titles = {definition.id: definition.title for definition in records.definitions}
    remark = "Changes since the same quarter last year, the oldest quarter that the summary shows."
    if records.is_of_year:
        remark = "Changes of the year."
    texts = (
        tuple(map(words, (kind, kpi, titles.get(kpi, kpi), *rest))) for kind, kpi, *rest in rows
    )
    return sheet("Changes", "What changed in the rules", CHANGES, texts, (remark,))


def _looked_back_on(records: PackRecords, on: date) -> bool:
    since = london_day(records.quarter.shifted(-4).ends_at)
    return since <= on <= last_day_of(records.quarter.period)


def _version_changes(records: PackRecords) -> Iterator[Row]:
    first, last = str(records.quarter.shifted(-4)), str(records.quarter)
    for definition in records.definitions:
        for version in definition.versions:
            if version.version > 1 and first < version.starts <= last:
                before, after = f"Version {version.version - 1}", f"Version {version.version}"
                texts = ("KPI set", definition.id, before, after, version.starts, version.why)
                yield (*texts, "See the KPI's definition")


def _target_changes(records: PackRecords) -> Iterator[Row]:
    """A row for each of target, tolerance and method that a decision changed."""
    known = {definition.id for definition in records.definitions}
    targets = [target for target in records.council.targets if target.kpi in known]
    targets.sort(key=_scope)
    for _, own in groupby(targets, key=lambda t: _scope(t)[:2]):
        for old, new in _followed(own):
            if _looked_back_on(records, new.effective_from):
                yield from _target_rows(records, old, new)


def _scope(target: Target) -> tuple[str, str, date, date]:
    decided = target.decided_on or date.min
    return target.kpi, target.directorate, target.effective_from, decided


def _followed(targets: Iterable[Target]) -> Iterator[tuple[Target, Target]]:
    """Each target with the one before it; of those from one day the last decided counts."""
    yield from pairwise({target.effective_from: target for target in targets}.values())


def _target_rows(records: PackRecords, old: Target, new: Target) -> Iterator[Row]:
    definition = records.definition(new.kpi)
    whom = "" if new.directorate == EVERY else f" for {new.directorate}"
    for kind, before, after in (
        ("Target", wanted(definition, old), wanted(definition, new)),
        ("Tolerance", tolerated(definition, old), tolerated(definition, new)),
        ("Method", _method(old), _method(new)),
    ):
        if before != after:
            since = day(new.effective_from)
            texts = (kind, new.kpi, f"{before}{whom}", f"{after}{whom}")
            yield (*texts, since, new.reason, new.decision)


def _method(target: Target) -> str:
    return " by ".join(name_of(m) for m in (target.method, target.base_method) if m)


def _owner_changes(records: PackRecords) -> Iterator[Row]:
    known = {definition.id for definition in records.definitions}
    rows = sorted(
        (row for row in records.council.owners if row.kpi in known),
        key=lambda row: (row.kpi, row.effective_from, row.decided_on or date.min),
    )
    for _, own in groupby(rows, key=lambda row: row.kpi):
        for old, new in pairwise({row.effective_from: row for row in own}.values()):
            if _looked_back_on(records, new.effective_from):
                yield from _owner_rows(old, new)


def _owner_rows(old: Owner, new: Owner) -> Iterator[Row]:
    """A row for each role that answers for a KPI and is another one now."""
    for part in ("owner", "steward", "approver"):
        before, after = getattr(old, part), getattr(new, part)
        if before != after:
            reason = f"Another role is the {part} of the KPI"
            since = day(new.effective_from)
            yield "Owner", new.kpi, before, after, since, reason, _NOT_RECORDED


def _directorate_changes(records: PackRecords) -> Iterator[Row]:
    for change in changes_of(records.council):
        if _looked_back_on(records, change.day):
            what = ("Directorate", "All with directorates", change.before, change.after)
            yield (*what, day(change.day), f"Reorganised: {change.title}", _NOT_RECORDED)


def _baseline_changes(records: PackRecords) -> Iterator[Row]:
    first, last = str(records.quarter.shifted(-4)), str(records.quarter)
    before = "No baseline"
    for baseline in sorted(records.council.settled.baselines, key=lambda b: b.starts):
        if first < baseline.starts <= last:
            texts = ("Baseline", "All that compare with it", before, baseline.in_words)
            yield (*texts, baseline.starts, baseline.reason, baseline.decision)
        before = baseline.in_words


def _reset_changes(records: PackRecords) -> Iterator[Row]:
    """Where process limits start again, because the council recorded that a process changed."""
    for event in sorted(records.council.events, key=lambda e: (e.day, e.kpi)):
        if event.kind == "baseline_reset" and _looked_back_on(records, event.day):
            new = f"Limits of the months from {month_name(f'{event.day:%Y-%m}')}"
            texts = ("Process limits", _reset_of(event), "Limits of the months before", new)
            yield (*texts, day(event.day), event.title, event.reason)


def _reset_of(event: Event) -> str:
    if event.kpi != EVERY:
        return event.kpi
    return "Every KPI" if event.theme == EVERY else f"Every KPI of {event.theme}"
