"""The report's sections: themes, and a section per KPI with its series."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from scorecard.council import COUNCIL
from scorecard.decisions import Target
from scorecard.kpis import KpiDefinition
from scorecard.packs import beside, commentary_words, sentences, spans
from scorecard.packs.by_directorate import by_directorate
from scorecard.packs.confidence import confidence
from scorecard.packs.content import Commentary, KpiSection, Theme
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
from scorecard.packs.variation import chart_note, marks_of, of_quarter
from scorecard.packs.words import accumulation_of, month_label, month_name, unit_name
from scorecard.period import Month

FEWEST_POINTS = 3  # a line through fewer says nothing


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
    return (
        (own, f"{now.told} {now.marker}".strip() if now.value is not None else now.text),
        *((name, shown_for(records, now.definition.id, key).told) for name, key in others),
        ("Target", sentences.target_sentence(now, decided)),
        ("Direction of travel", now.direction),
        *zip(("Variation", "Assurance"), of_quarter(records, now.definition.id), strict=True),
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
        is_few=shown.replaced_by == "[u]",
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
