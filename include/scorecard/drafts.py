"""A figure before it is compared with others: its standing, and the rules in force for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from scorecard.decisions import Target
from scorecard.kpis import KpiDefinition, rounded
from scorecard.lineage import Lineage
from scorecard.period import Period, period_named
from scorecard.rating import Rule
from scorecard.states import SHOWN, Standing

# Flags of an estimate that bears neither a colour nor an arrow.
DOUBTS = frozenset({"indistinguishable_from_zero", "too_small_to_estimate"})


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
    original: Rule | None = None  # the first that was decided, if another is in force now
    gap: tuple[date, date | None] | None = None  # first and last day without a target, after one
    lineage: Lineage = field(default_factory=Lineage)

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

    @property
    def is_in_doubt(self) -> bool:
        """Whether it is an estimate that cannot be told from none, or that is too small to make."""
        return not DOUBTS.isdisjoint(self.standing.flags)


Drafts = Mapping[tuple[str, str, str], Draft]


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


def other_of(draft: Draft, period: str | None, drafts: Drafts) -> Draft | None:
    """The draft of another period: of the same version of the definition, and of its like then."""
    if period is None:
        return None
    then: str | None = draft.directorate
    if draft.lineage.knows(draft.directorate):
        then = draft.lineage.counterpart(draft.directorate, draft.period, period_named(period))
    found = drafts.get((draft.definition.id, period, then or ""))
    return found if found is not None and found.version == draft.version else None
