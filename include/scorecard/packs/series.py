"""A KPI by month, as charts draw it: points, process limits, target and dated events."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby


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
    is_few: bool = False  # left out of the chart: too few cases for a figure
    target_low: Decimal | None = None  # in force for the month; of a single target, both are it
    target_high: Decimal | None = None

    @property
    def target(self) -> tuple[Decimal | None, Decimal | None]:
        """The two ends of the target in force for the month."""
        return self.target_low, self.target_high

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
class Stretch:
    """A target, and the places of the first and last month for which it held."""

    first: int
    last: int
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Series:
    """A KPI by month for the council, with what a chart of it must say."""

    kpi_id: str
    title: str
    subtitle: str
    unit: str
    decimals: int
    points: tuple[Point, ...]
    target_text: str  # the target in force at the end
    latest_text: str
    marks: tuple[Mark, ...]
    alt: str
    limits_note: str = ""  # where limits come from, or why there are none

    @property
    def limits_decimals(self) -> int:
        """One more than the values have, so that a value on a limit is told from one beyond."""
        return self.decimals + 1

    @property
    def target_low(self) -> Decimal | None:
        """The lower end of the target in force at the end, or the target if it is a single one."""
        return self.points[-1].target_low

    @property
    def target_high(self) -> Decimal | None:
        """The upper end of the target in force at the end, or the target if it is a single one."""
        return self.points[-1].target_high

    @property
    def has_band(self) -> bool:
        """Whether a target that it has, or had, is a range."""
        return any(stretch.low != stretch.high for stretch in self.stretches)

    @cached_property
    def stretches(self) -> tuple["Stretch", ...]:
        """The months for which each target held, one after another; none where there was none."""
        found = []
        for target, run in groupby(enumerate(self.points), key=lambda pair: pair[1].target):
            places = [place for place, _ in run]
            low, high = target
            if low is not None and high is not None:
                found.append(Stretch(places[0], places[-1], low, high))
        return tuple(found)
