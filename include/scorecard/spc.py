"""Statistical process control of one monthly series: the XmR chart of Making Data Count.

Limits are the mean plus and minus 2.66 times the average moving range. Source: requirements,
section 5. Fractions are exact, so that a point on a limit is on it on every machine: a division
in floats, or in decimals of any length, may put it on either side.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor

# Both are of a moving range of two points: 3 / 1.128, and what 99.7 of 100 ranges stay below.
WIDTH = Fraction("2.66")
SCREEN = Fraction("3.267")

TREND, SHIFT = 7, 7  # points that move one way; points on one side of the mean
OUTSIDE, TRENDING, NEAR, ONE_SIDE = "outside", "trend", "near_limit", "one_side"
HIGH, LOW = "high", "low"
COMMON = "Common cause"
MEETING, MISSING = "Consistently meeting", "Consistently missing"
HIT_OR_MISS, NO_ASSURANCE = "Hit or miss", "Not applicable"


@dataclass(frozen=True)
class ProcessLimits:
    """Between what a process varies by chance, and on how many points that rests."""

    mean: Fraction
    spread: Fraction | None  # from the mean to a limit; None if no moving range is left to tell
    points: int

    @property
    def lower(self) -> Fraction | None:
        """What the process does not fall below by chance."""
        return None if self.spread is None else self.mean - self.spread

    @property
    def upper(self) -> Fraction | None:
        """What the process does not rise above by chance."""
        return None if self.spread is None else self.mean + self.spread

    def side(self, value: Fraction) -> int:
        """1 above the mean, -1 below it, 0 on it."""
        return (value > self.mean) - (value < self.mean)

    def is_outside(self, value: Fraction) -> bool:
        """Whether a value is beyond a limit; one on it is inside."""
        return self.spread is not None and abs(value - self.mean) > self.spread

    def is_near(self, value: Fraction) -> bool:
        """Whether a value is between two thirds of the way to a limit and that limit."""
        if self.spread is None:
            return False
        return self.spread * Fraction(2, 3) < abs(value - self.mean) <= self.spread


@dataclass(frozen=True)
class SpecialCause:
    """Why a point is more than chance: the first rule that it meets, and which way it lies."""

    rule: str
    way: str  # high or low; of a trend, where it goes

    def words(self) -> str:
        """The rule as a reader sees it."""
        return _WORDS[self.rule, self.way]


_WORDS = {
    (OUTSIDE, HIGH): "above the upper limit",
    (OUTSIDE, LOW): "below the lower limit",
    (TRENDING, HIGH): f"one of {TREND} points that rise",
    (TRENDING, LOW): f"one of {TREND} points that fall",
    (NEAR, HIGH): "one of 2 points in 3 near the upper limit",
    (NEAR, LOW): "one of 2 points in 3 near the lower limit",
    (ONE_SIDE, HIGH): f"one of {SHIFT} points in a row above the mean",
    (ONE_SIDE, LOW): f"one of {SHIFT} points in a row below the mean",
}


def limits_of(
    values: Sequence[Fraction], baseline_points: int | None = None, is_screened: bool = False
) -> ProcessLimits:
    """The limits that the first points give, or all points if no number is named.

    Screening leaves out ranges of 3.267 times the average or more, once. If none is left (a
    lone point, or a screened series that never moves), there is a mean without limits.
    """
    first = values[:baseline_points]
    ranges = [abs(after - before) for before, after in pairwise(first)]
    if is_screened and ranges:
        most = SCREEN * _mean(ranges)
        ranges = [moved for moved in ranges if moved < most]
    return ProcessLimits(_mean(first), WIDTH * _mean(ranges) if ranges else None, len(first))


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def special_causes(values: Sequence[Fraction], limits: ProcessLimits) -> list[SpecialCause | None]:
    """The special cause of each point by the first rule that it meets; None is common cause."""
    rules = (
        (OUTSIDE, _outside(values, limits)),
        (TRENDING, _trending(values)),
        (NEAR, _near_a_limit(values, limits)),
        (ONE_SIDE, _on_one_side(values, limits)),
    )
    found: list[SpecialCause | None] = []
    for place in range(len(values)):
        met = ((rule, ways[place]) for rule, ways in rules if place in ways)
        first = next(met, None)
        found.append(SpecialCause(first[0], HIGH if first[1] > 0 else LOW) if first else None)
    return found


def _outside(values: Sequence[Fraction], limits: ProcessLimits) -> dict[int, int]:
    """The points beyond a limit, and on which side."""
    return {
        place: limits.side(value) for place, value in enumerate(values) if limits.is_outside(value)
    }


def _trending(values: Sequence[Fraction]) -> dict[int, int]:
    """The points of moves in one direction; where one trend turns into another, the later one."""
    moves = [(after > before) - (after < before) for before, after in pairwise(values)]
    return {
        place: moves[start]
        for start in _runs(moves, TREND - 1)
        for place in range(start, start + TREND)
    }


def _on_one_side(values: Sequence[Fraction], limits: ProcessLimits) -> dict[int, int]:
    """The points of a run on one side of the mean; a point on the mean ends the run."""
    sides = [limits.side(value) for value in values]
    return {
        place: sides[start]
        for start in _runs(sides, SHIFT)
        for place in range(start, start + SHIFT)
    }


def _runs(signs: Sequence[int], length: int) -> Iterator[int]:
    """Where stretches of so many equal signs begin; 0 is no sign."""
    for start in range(len(signs) - length + 1):
        if signs[start] != 0 and len(set(signs[start : start + length])) == 1:
            yield start


def _near_a_limit(values: Sequence[Fraction], limits: ProcessLimits) -> dict[int, int]:
    """The points near a limit of which three in a row have two, all three on its side of the mean.

    The third point is not meant itself, wherever on that side it lies.
    """
    near = [limits.is_near(value) for value in values]
    sides = [limits.side(value) for value in values]
    return {
        place: sides[place]
        for start in _runs(sides, 3)
        if sum(near[start : start + 3]) >= 2
        for place in range(start, start + 3)
        if near[place]
    }


def variation(cause: SpecialCause | None, better: str) -> str:
    """What a point shows: common cause; improvement, concern or, in a band, neutral; its way."""
    if cause is None:
        return COMMON
    if better == "band":
        return f"Neutral {cause.way}"
    is_better = cause.way == {"higher": HIGH, "lower": LOW}[better]
    return f"{'Improvement' if is_better else 'Concern'} {cause.way}"


def assurance(limits: ProcessLimits, target: Fraction | None, better: str) -> str:
    """Whether the process meets a target always, never or by chance; on a limit it is by chance.

    Not applicable without a target, and for a band, which the published method does not judge.
    """
    if target is None or better == "band":
        return NO_ASSURANCE
    if not limits.is_outside(target):
        return HIT_OR_MISS
    is_above = limits.side(target) > 0
    return MISSING if is_above == (better == "higher") else MEETING


def rounded(number: Fraction, decimals: int) -> Decimal:
    """A limit as a decimal of so many places, half up and away from zero."""
    shifted = floor(abs(number) * 10**decimals + Fraction(1, 2))
    return Decimal(shifted if number >= 0 else -shifted).scaleb(-decimals)
