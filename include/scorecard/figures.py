"""Figures: a standing becomes a value with its target, colour and direction of travel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scorecard.colours import beside, rated
from scorecard.direction import (
    NOT_COMPARABLE,
    Aim,
    compared,
    from_previous_period,
    over_window,
    period_before,
    year_before,
)
from scorecard.drafts import Draft, Drafts, other_of
from scorecard.period import period_named
from scorecard.rating import Rule
from scorecard.states import SHOWN

WINDOW = 36  # points of a chart, at most


@dataclass(frozen=True)
class Figure:
    """One figure as the register keeps it and as packs print it."""

    kpi_id: str
    version: int
    period: str
    period_kind: str
    directorate: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    state: str
    flags: tuple[str, ...]
    why: str
    target: Decimal | None
    rag: str
    rag_basis: str
    direction: str
    lower: Decimal | None = None
    upper: Decimal | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def finished(draft: Draft, drafts: Drafts) -> Figure:
    """The figure of a draft, rated and compared with the others of its KPI and directorate."""
    rating = rated(draft, drafts)
    flags, doubt = draft.standing.flags, _doubt(draft, drafts)
    if doubt:
        flags = (*flags, "low_confidence")
    if draft.rule is None and draft.gap is None and draft.standing.state in SHOWN:
        flags = (*flags, "baseline")
    return Figure(
        kpi_id=draft.definition.id,
        version=draft.version,
        period=draft.period.key,
        period_kind=draft.period.kind,
        directorate=draft.directorate,
        numerator=draft.standing.numerator,
        denominator=draft.standing.denominator,
        value=draft.printed,
        state=draft.standing.state,
        flags=flags,
        why=f"{draft.standing.why} {doubt}".strip(),
        target=_target(draft),
        rag=rating.rag,
        rag_basis=rating.basis,
        direction=direction_of(draft, drafts),
        lower=draft.standing.lower,
        upper=draft.standing.upper,
        details={**draft.details, **beside(draft, drafts, rating), **_reorganised(draft)},
    )


def _doubt(draft: Draft, drafts: Drafts) -> str:
    """A sentence if the KPI that a figure rests on misses its floor for the same period."""
    basis = drafts.get((draft.definition.rests_on, draft.period.key, draft.directorate))
    if basis is None or draft.printed is None or basis.printed is None or basis.rule is None:
        return ""
    exact, floor = basis.standing.exact, basis.rule.floor
    if exact is None or floor is None or exact >= floor:
        return ""
    return (
        f"Low confidence: {basis.definition.title} is {basis.printed}, under its floor of {floor}."
    )


def direction_of(draft: Draft, drafts: Drafts) -> str:
    """Better, worse or same by the KPI's own method; not comparable across versions."""
    aim = _aim(draft)
    if draft.comparable is None or draft.is_in_doubt:
        return NOT_COMPARABLE
    if draft.definition.direction == "regression_window":
        return over_window(_points(draft, drafts), draft.definition.decimals, aim)
    if draft.definition.direction == "same_period_last_year":
        ago = other_of(draft, year_before(draft.period), drafts)
        return compared(draft.comparable, ago.comparable if ago else None, aim)
    before = other_of(draft, period_before(draft.period), drafts)
    if before is None:
        return NOT_COMPARABLE
    cumulative = draft.definition.accumulation in ("year_to_date", "rolling_12")
    targets = (_wanted(draft.rule), _wanted(before.rule))
    return from_previous_period(
        draft.comparable, before.comparable, aim, is_cumulative=cumulative, targets=targets
    )


def _reorganised(draft: Draft) -> dict[str, str]:
    """The day of the reorganisation because of which a figure is compared with nothing."""
    if not draft.lineage.knows(draft.directorate):
        return {}
    is_yearly = draft.definition.direction == "same_period_last_year"
    then = (year_before if is_yearly else period_before)(draft.period)
    broken = (
        draft.lineage.within(draft.directorate, draft.period)
        if then is None
        else draft.lineage.broken_on(draft.directorate, draft.period, period_named(then))
    )
    return {"reorganised_on": broken.isoformat()} if broken else {}


def _wanted(rule: Rule | None) -> tuple[Decimal | None, ...] | None:
    """What a rule wants of a figure: its target, or the band in which it is green."""
    return (rule.target, rule.inner_low, rule.inner_high) if rule else None


def _target(draft: Draft) -> Decimal | None:
    return draft.rule.target if draft.rule else None


def _aim(draft: Draft) -> Aim:
    rule = draft.rule
    if rule is None:
        return Aim(draft.definition.better)
    low, high = rule.inner_low, rule.inner_high
    if low is None and high is None:
        low = high = rule.target
    return Aim(draft.definition.better, low, high)


def _points(draft: Draft, drafts: Drafts) -> list[Decimal]:
    """The chart's points up to a draft's period, oldest first, back to the first gap."""
    period = draft.period
    if not draft.definition.quarterly_only and period.kind != "month":
        last = [d.period for d in drafts.values() if d.period.kind == "month"]
        period = max((p for p in last if p.ends_at == period.ends_at), default=period)
    points: list[Decimal] = []
    key: str | None = period.key
    while key and len(points) < WINDOW:
        other = other_of(draft, key, drafts)
        if other is None or other.comparable is None:
            break
        points.append(other.comparable)
        key = period_before(period_named(key))
    return points[::-1]
