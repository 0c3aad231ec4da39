"""Figures: a standing becomes a value with its target, colour and direction of travel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scorecard.decisions import Target
from scorecard.direction import (
    NOT_COMPARABLE,
    Aim,
    compared,
    from_previous_period,
    over_window,
    period_before,
    year_before,
)
from scorecard.kpis import KpiDefinition, rounded
from scorecard.period import Period, period_named
from scorecard.rating import NOT_RATED, Case, Rating, Rule, rate
from scorecard.states import SHOWN, Standing

WINDOW = 36  # points of a chart, at most

_UNRATED = {
    "awaiting": "awaiting data",
    "not_applicable": "not applicable",
    "suppressed": "suppressed",
}


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


@dataclass(frozen=True)
class Draft:
    """A figure before it is compared with others: its standing and the rule in force for it."""

    definition: KpiDefinition
    version: int
    period: Period
    directorate: str
    standing: Standing
    rule: Rule | None
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        return self.definition.id, self.period.key, self.directorate

    @property
    def printed(self) -> Decimal | None:
        """The value as printed; None where no number is shown."""
        exact = self.standing.exact
        if exact is None or self.standing.state not in SHOWN:
            return None
        return rounded(exact, self.definition.decimals)

    @property
    def comparable(self) -> Decimal | None:
        """The printed value, unless it rests on too few cases to compare."""
        return None if "small_numbers" in self.standing.flags else self.printed


def rule_from(target: Target | None, elapsed: Decimal | None) -> Rule | None:
    """The rule of a target; one that is relative to elapsed time is moved by what has passed."""
    if target is None:
        return None
    moved = rounded(elapsed or Decimal(0), 1) if target.relative_to else Decimal(0)

    def at(number: Decimal | None) -> Decimal | None:
        return None if number is None else number + moved

    return Rule(
        target.method,
        target=at(target.target),
        floor=at(target.floor),
        tolerance=target.tolerance,
        inner_low=at(target.inner_low),
        inner_high=at(target.inner_high),
        outer_low=at(target.outer_low),
        outer_high=at(target.outer_high),
        base_method=target.base_method,
        reason=target.reason,
    )


def finished(draft: Draft, drafts: Mapping[tuple[str, str, str], Draft]) -> Figure:
    """The figure of a draft, rated and compared with the others of its KPI and directorate."""
    rating = _rated(draft, drafts)
    flags, doubt = draft.standing.flags, _doubt(draft, drafts)
    if doubt:
        flags = (*flags, "low_confidence")
    if draft.rule is None and draft.standing.state in SHOWN:
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
        details={**draft.details, **({"forecast_rag": rating.beside} if rating.beside else {})},
    )


def _doubt(draft: Draft, drafts: Mapping[tuple[str, str, str], Draft]) -> str:
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


def _rated(draft: Draft, drafts: Mapping[tuple[str, str, str], Draft]) -> Rating:
    """The colour of a draft, or why it has none."""
    exact, printed = draft.standing.exact, draft.printed
    if exact is None or printed is None:
        return Rating(NOT_RATED, _UNRATED[draft.standing.state])
    if draft.rule is None:
        return Rating(NOT_RATED, "baseline: no target yet")
    if "small_numbers" in draft.standing.flags:
        return Rating(NOT_RATED, "small numbers: too few cases to rate")
    ago = _other(draft, year_before(draft.period), drafts)
    year_ago = ago.standing.exact if ago and ago.comparable is not None else None
    return rate(Case(exact, printed, draft.definition.better, year_ago), draft.rule)


def direction_of(draft: Draft, drafts: Mapping[tuple[str, str, str], Draft]) -> str:
    """Better, worse or same by the KPI's own method; not comparable across versions."""
    aim = _aim(draft)
    if draft.comparable is None:
        return NOT_COMPARABLE
    if draft.definition.direction == "regression_window":
        return over_window(_points(draft, drafts), draft.definition.decimals, aim)
    if draft.definition.direction == "same_period_last_year":
        ago = _other(draft, year_before(draft.period), drafts)
        return compared(draft.comparable, ago.comparable if ago else None, aim)
    before = _other(draft, period_before(draft.period), drafts)
    if before is None:
        return NOT_COMPARABLE
    cumulative = draft.definition.accumulation in ("year_to_date", "rolling_12")
    targets = (_target(draft), _target(before))
    return from_previous_period(
        draft.comparable, before.comparable, aim, is_cumulative=cumulative, targets=targets
    )


def _other(
    draft: Draft, period: str | None, drafts: Mapping[tuple[str, str, str], Draft]
) -> Draft | None:
    """The draft of another period, if it was made under the same version of the definition."""
    found = drafts.get((draft.definition.id, period or "", draft.directorate))
    return found if found is not None and found.version == draft.version else None


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


def _points(draft: Draft, drafts: Mapping[tuple[str, str, str], Draft]) -> list[Decimal]:
    """The chart's points up to a draft's period, oldest first, back to the first gap."""
    period = draft.period
    if not draft.definition.quarterly_only and period.kind != "month":
        last = [d.period for d in drafts.values() if d.period.kind == "month"]
        period = max((p for p in last if p.ends_at == period.ends_at), default=period)
    points: list[Decimal] = []
    key: str | None = period.key
    while key and len(points) < WINDOW:
        other = _other(draft, key, drafts)
        if other is None or other.comparable is None:
            break
        points.append(other.comparable)
        key = period_before(period_named(key))
    return points[::-1]
