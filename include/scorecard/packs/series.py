"""A KPI by month, as charts draw it: points, process limits, target and dated events."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Point:
    """One month of a series; None is a month without a figure, never zero."""

    period: str
    label: str
    value: Decimal | None
    text: str
    mean: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    variation: str = ""  # common cause, or improvement, concern, neutral with high or low
    special_cause: str = ""  # why it is more than chance
    baseline_points: int = 0  # on how many months its limits rest
    is_trial: bool = False  # limits on too few points for a verdict
    is_reset: bool = False  # the process changed here: lines break
    limits_note: str = ""  # why it has no limits or verdict

    @property
    def is_special(self) -> bool:
        """Whether the month is more than chance."""
        return bool(self.special_cause)


@dataclass(frozen=True)
class Mark:
    """A dated event on a chart's axis."""

    period: str
    title: str


@dataclass(frozen=True)
class Series:
    """A KPI by month for the council, with what a chart of it must say."""

    kpi_id: str
    title: str
    subtitle: str
    unit: str
    decimals: int
    points: tuple[Point, ...]
    target_low: Decimal | None  # of a single target, both are the target
    target_high: Decimal | None
    target_text: str
    latest_text: str
    marks: tuple[Mark, ...]
    alt: str
    limits_note: str = ""  # where limits come from, or why there are none

    @property
    def limits_decimals(self) -> int:
        """One more than the values have, so that a value on a limit is told from one beyond."""
        return self.decimals + 1

    @property
    def target(self) -> Decimal | None:
        """The single target, if it is one and not a band."""
        return self.target_low if self.target_low == self.target_high else None
