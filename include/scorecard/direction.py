"""Direction of travel: whether a figure became better, worse or stayed the same.

Printed values are compared, so that two figures that read alike are never "better".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scorecard.kpis import rounded
from scorecard.period import FinancialQuarter, Month, Period

BETTER, WORSE, SAME, NOT_COMPARABLE = "better", "worse", "same", "not_comparable"

# A slope over fewer points says too little: as many as process limits need (proposed).
WINDOW_POINTS = 12


@dataclass(frozen=True)
class Aim:
    """Where a KPI should go: higher, lower, or into a band (an empty end is open)."""

    better: str
    low: Decimal | None = None
    high: Decimal | None = None

    def shortfall(self, value: Decimal) -> Decimal | None:
        """How far a value is from where it should be, less is better; None if nobody said where."""
        if self.better == "higher":
            return -value
        if self.better == "lower":
            return value
        if self.low is None and self.high is None:
            return None
        below = self.low - value if self.low is not None else Decimal(0)
        above = value - self.high if self.high is not None else Decimal(0)
        return max(below, above, Decimal(0))


def compared(now: Decimal | None, before: Decimal | None, aim: Aim) -> str:
    """The direction from an earlier printed value to a later one."""
    if now is None or before is None:
        return NOT_COMPARABLE
    left, right = aim.shortfall(now), aim.shortfall(before)
    if left is None or right is None:
        return NOT_COMPARABLE
    if left == right:
        return SAME
    return BETTER if left < right else WORSE


def from_previous_period(
    now: Decimal | None,
    before: Decimal | None,
    aim: Aim,
    *,
    is_cumulative: bool,
    targets: tuple[object, object],
) -> str:
    """The direction from the period before; none for a cumulative KPI or when the target varies."""
    if is_cumulative or targets[0] != targets[1]:
        return NOT_COMPARABLE
    return compared(now, before, aim)


def over_window(points: Sequence[Decimal], decimals: int, aim: Aim) -> str:
    """The direction of the straight line through a chart's points, oldest first.

    It is "same" when the line's whole rise or fall would not show at the printed decimals.
    """
    if len(points) < WINDOW_POINTS:
        return NOT_COMPARABLE
    middle = Decimal(len(points) - 1) / 2
    mean = sum(points, Decimal(0)) / len(points)
    upward = sum(((place - middle) * value for place, value in enumerate(points)), Decimal(0))
    across = sum(((place - middle) ** 2 for place in range(len(points))), Decimal(0))
    half = upward / across * middle
    if rounded(2 * half, decimals) == 0:
        return SAME
    return compared(mean + half, mean - half, aim)


def period_before(period: Period) -> str | None:
    """The key of the period before one of the same kind; a year to date has none."""
    if period.kind == "month":
        return str(Month.parse(period.key).shifted(-1))
    if period.kind == "quarter":
        return str(FinancialQuarter.parse(period.key).shifted(-1))
    return None


def year_before(period: Period) -> str:
    """The key of the same period of the year before."""
    if period.kind == "month":
        return str(Month.parse(period.key).shifted(-12))
    quarter = period.key[: len("2025-26-Q1")]
    return str(FinancialQuarter.parse(quarter).shifted(-4)) + period.key[len(quarter) :]
