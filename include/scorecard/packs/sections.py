"""The report's sections: themes, a section per KPI with its series, and the first page."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from scorecard.council import COUNCIL
from scorecard.decisions import Target
from scorecard.kpis import KpiDefinition
from scorecard.packs import beside, commentary_words, sentences, spans
from scorecard.packs.by_directorate import by_directorate
from scorecard.packs.confidence import confidence
from scorecard.packs.content import Commentary, Item, KpiSection, Overview, Theme
from scorecard.packs.feeds import missing_feeds
from scorecard.packs.records import FigureRecord, PackRecords
from scorecard.packs.reorganisations import events_of
from scorecard.packs.revisions import Key
from scorecard.packs.series import Point, Series
from scorecard.packs.shown import (
    Shown,
    band_of,
    shown_for,
    target_row,
    target_text,
)
from scorecard.packs.variation import chart_note, marks_of, verdict
from scorecard.packs.words import accumulation_of, counted, month_label, month_name, unit_name
from scorecard.period import Month
from scorecard.visibility import may_see

FEWEST_POINTS = 3  # a line through fewer says nothing
_UNUSUAL = ("Blue", "Awaiting data")  # counted on the first page where there are any
MOST_MOVES = 6  # a reader of the first page is told no more of them


def themes(records: PackRecords, restated: frozenset[Key]) -> tuple[Theme, ...]:
    """Themes in the order of their first KPI, each with its KPIs."""
    names = dict.fromkeys(definition.theme for definition in records.definitions)
    said = commentary_words.by_kpi(records)
    return tuple(
        Theme(
            name,
            tuple(
                section(records, d, restated, said.get(d.id, ()))
                for d in records.definitions
                if d.theme == name
            ),
        )
        for name in names
    )


def section(
    records: PackRecords,
    definition: KpiDefinition,
    restated: frozenset[Key],
    commentary: tuple[Commentary, ...],
) -> KpiSection:
    """What the report says about one KPI of the council."""
    now = shown_for(records, definition.id, records.period, COUNCIL, restated)
    decided = target_row(records, definition.id, COUNCIL, records.quarter.period)
    return KpiSection(
        kpi_id=definition.id,
        code=definition.code,
        title=definition.title,
        headline=sentences.headline(now, decided),
        paragraph=(
            *sentences.paragraph(now),
            *filter(None, [confidence(records, definition)]),
            *beside.explained(records, now),
        ),
        rag=now.rag,
        facts=_facts(records, now, decided),
        series=series(records, now, decided),
        by_directorate=by_directorate(records, definition, restated),
        beside=beside.short(now),
        commentary=commentary,
    )


def _facts(records: PackRecords, now: Shown, decided: Target | None) -> tuple[tuple[str, str], ...]:
    (own, _), *others = spans.columns(records).items()
    others = [*others, *spans.beside(records).items()]
    latest = shown_for(records, now.definition.id, str(records.quarter))
    return (
        (own, f"{now.told} {now.marker}".strip() if now.value is not None else now.text),
        *((name, shown_for(records, now.definition.id, key).told) for name, key in others),
        ("Target", sentences.target_sentence(now, decided)),
        ("Direction of travel", now.direction),
        *zip(("Variation", "Assurance"), verdict(latest), strict=True),
        ("Accumulation", accumulation_of(now.definition.accumulation)),
        *([("Confidence", "Low")] if _is_doubted(now) else []),
    )


def _is_doubted(shown: Shown) -> bool:
    return shown.record is not None and "low_confidence" in shown.record.flags


def series(
    records: PackRecords, now: Shown, decided: Target | None, whose: str = COUNCIL
) -> Series | None:
    """The months of the council, or of a directorate; None if there are too few to draw."""
    definition = now.definition
    found = {f.period: f for f in records.figures.of(definition.id, "month", whose)}
    points = [
        _point(definition, month, found.get(month), target_row(records, definition.id, whose,
                                                               Month.parse(month).period))
        for month in _months(records, found)
    ]  # fmt: skip
    if sum(point.value is not None for point in points) < FEWEST_POINTS:
        return None
    said = target_text(now, decided)
    known = [point for point in points if point.value is not None]
    events = (*records.council.events, *events_of(records.council))
    months = f"{month_name(points[0].period)} to {month_name(points[-1].period)}"
    return Series(
        kpi_id=definition.id,
        title=definition.title,
        subtitle=f"{definition.title}, {unit_name(definition.unit)}, by month, {months}",
        unit=definition.unit,
        decimals=definition.decimals,
        points=tuple(points),
        target_text=said,
        latest_text=known[-1].text,
        marks=tuple(marks_of(events, definition, (p.period for p in points))),
        alt=sentences.alt_text(definition, points, said),
        limits_note=chart_note(points),
    )


def _months(records: PackRecords, found: Iterable[str]) -> list[str]:
    """Every month from the first that was measured to the quarter's last: gaps stay visible."""
    last = records.quarter.months[-1]
    first = min((Month.parse(month) for month in found), default=last)
    count = (last.year - first.year) * 12 + last.number - first.number + 1
    return [str(first.shifted(step)) for step in range(count)]


def _point(
    definition: KpiDefinition, month: str, record: FigureRecord | None, decided: Target | None
) -> Point:
    shown = Shown(definition, record)
    low, high = _target_ends(shown, decided)
    details = record.details if record else {}
    return Point(
        period=month,
        label=month_label(month),
        value=shown.value,
        text=shown.text,
        mean=_decimal(details.get("mean")),
        lower=_decimal(details.get("lower_limit")),
        upper=_decimal(details.get("upper_limit")),
        variation=str(details.get("variation") or ""),
        special_cause=str(details.get("special_cause") or ""),
        baseline_points=int(details.get("baseline_points") or 0),
        is_trial=bool(details.get("is_trial")),
        is_reset=bool(details.get("is_reset")),
        limits_note=str(details.get("limits_note") or ""),
        target_low=low,
        target_high=high,
    )


def _decimal(value: Any) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def _target_ends(now: Shown, decided: Target | None) -> tuple[Decimal | None, Decimal | None]:
    """The ends of a figure's target band; a single target is a band without height."""
    if decided and (decided.inner_low is not None or decided.inner_high is not None):
        low, high = band_of(now, decided)
        single = high if low is None else low if high is None else None
        return (single, single) if single is not None else (low, high)
    target = decided.target if decided and not decided.relative_to else None
    target = now.record.target if now.record else target
    return target, target


def overview(records: PackRecords) -> Overview:
    """The first page, counted from the council's figures of the quarter."""
    all_shown = [shown_for(records, d.id, records.period) for d in records.definitions]
    counts = dict.fromkeys(("Green", "Amber", "Red", "Blue", "Not rated"), 0)
    counts |= {"Awaiting data": 0}
    for shown in all_shown:
        counts["Awaiting data" if _awaits(shown) else shown.rag] += 1
    better = [s for s in all_shown if s.direction == "Better" and s.value is not None]
    worse = [s for s in all_shown if s.direction == "Worse" and s.value is not None]
    return Overview(
        lead=_only(records) + sentences.lead(counts, len(better), len(worse), len(all_shown)),
        missing_feeds=missing_feeds(records),
        counts=tuple((word, n) for word, n in counts.items() if n or word not in _UNUSUAL),
        reds=tuple(_item(records, s) for s in all_shown if s.rag == "Red"),
        better=_moves(records, better),
        worse=_moves(records, worse),
        missing=tuple(_missing(s) for s in all_shown if s.replaced_by),
    )


def _only(records: PackRecords) -> str:
    """That a pack shows exceptions only, and of how many KPIs that its readers may see."""
    edition, whole = records.edition, records.whole or records
    variants = records.council.governance.variants
    if not any(v.name == edition.variant and v.kpis == "exceptions" for v in variants):
        return ""
    seen = sum(may_see(edition.visibility, d.visibility) for d in whole.definitions)
    return f"Exceptions only: {len(records.definitions)} of {counted(seen, 'KPI')}. "


def _awaits(shown: Shown) -> bool:
    return shown.record is None or shown.record.state == "awaiting"


def _item(records: PackRecords, shown: Shown) -> Item:
    definition = shown.definition
    decided = target_row(records, definition.id, COUNCIL, records.quarter.period)
    return Item(definition.id, definition.title, sentences.message(shown, decided))


def _moves(records: PackRecords, moved: list[Shown]) -> tuple[Item, ...]:
    """The KPIs that moved most for their size, rated ones first, and how many more there are."""
    ordered = sorted(
        moved, key=lambda s: (s.rag == "Not rated", -sentences.size_of_move(s, records))
    )
    few = tuple(_moved(records, shown) for shown in ordered[:MOST_MOVES])
    more = len(ordered) - len(few)
    rest = Item("summary", counted(more, "more KPI"), "in the table of the KPIs")
    return (*few, rest) if more else few


def _moved(records: PackRecords, shown: Shown) -> Item:
    definition = shown.definition
    return Item(definition.id, definition.title, sentences.moved(shown, records))


def _missing(shown: Shown) -> Item:
    """A KPI without a number: its few cases, or why it has none."""
    why = shown.record.why.strip() if shown.record else "No figure was measured."
    is_small = shown.replaced_by == "[u]"
    text = f"{shown.text}: too few cases for a figure" if is_small else why
    return Item(shown.definition.id, shown.definition.title, text.rstrip("."))
