"""What the pictures of an estimate show, before any drawing: steps, swings and moments."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Bar:
    """One bar that lies on its side, named, with its number in words.

    Of a waterfall it runs from `start` to `end`, and its line from `lower` to `upper`. Of a
    tornado it runs from the estimate with an assumption low to that with it high.
    """

    name: str
    text: str
    start: Decimal
    end: Decimal
    kind: str  # avoided, added, total; of a tornado: swing
    lower: Decimal | None = None
    upper: Decimal | None = None
    note: str = ""  # of a tornado: how far the assumption is moved


@dataclass(frozen=True)
class Moment:
    """One quarter: its estimate with its interval, and whether it is clear of zero."""

    period: str
    label: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    kind: str  # clear, unclear, partial, small, baseline, missing


@dataclass(frozen=True)
class Picture:
    """A picture with the words it needs, and the sheet that holds its data. In kilograms."""

    name: str
    headline: str
    subtitle: str
    alt: str
    legend: str  # what its shapes mean, in words
    table: str
    per: Decimal  # kilograms in one of what its axis counts
    suffix: str
    bars: tuple[Bar, ...] = ()
    central: Decimal | None = None  # of a tornado, the estimate itself
    moments: tuple[Moment, ...] = ()
    marks: tuple[tuple[int, str], ...] = ()  # places among the moments, and what happened there

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The smallest and the largest number drawn, in what the axis counts; zero is shown."""
        drawn = [Decimal(0), *filter_known(self._drawn())]
        return min(drawn) / self.per, max(drawn) / self.per

    def _drawn(self) -> Iterable[Decimal | None]:
        yield self.central
        for bar in self.bars:
            yield from (bar.start, bar.end, bar.lower, bar.upper)
        for moment in self.moments:
            yield from (moment.value, moment.lower, moment.upper)


def filter_known(numbers: Iterable[Decimal | None]) -> Iterable[Decimal]:
    """The numbers among what may not be known."""
    return (number for number in numbers if number is not None)
