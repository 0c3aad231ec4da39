"""Jumps: a month whose volume lies far from that of the months before it.

Only volumes are tested, never how well a service did: a bad month is news, but a feed of which
half is missing, or which came twice, is an error.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from scorecard.kpis import rounded
from scorecard.period import Month
from scorecard.tolerances import JumpLimits


@dataclass(frozen=True)
class Jump:
    """A month's volume, and the median of the months before from which it is so far."""

    month: str
    seen: Decimal
    usual: Decimal
    months: int  # of how many months the median is

    @property
    def is_rise(self) -> bool:
        return self.seen > self.usual

    @property
    def times(self) -> str:
        """How many times the median it is: 4.1, or 0.31 where it fell."""
        return f"{rounded(self.seen / self.usual, 1 if self.is_rise else 2)}"


def jumps_in(
    volumes: Mapping[str, Decimal],
    limits: JumpLimits,
    span: tuple[int, int],
    confirmed: Collection[str] = (),
) -> Iterator[Jump]:
    """The months that lie under or over the limits; a month without a volume is not there.

    `span` says of how many months before the median is made, at most and at least. What a person
    confirmed is usual from then on: a month like a confirmed one of that span is no jump. Chance
    moves a small volume far, but seldom to nothing.
    """
    most, fewest = span
    for month, seen in volumes.items():
        before = [str(Month.parse(month).shifted(-step)) for step in range(1, most + 1)]
        known = [volumes[each] for each in before if each in volumes]
        usual = median(known) if len(known) >= max(fewest, 1) else Decimal(0)
        least = limits.base if seen else min(limits.base, limits.gone)
        if usual <= 0 or usual < least or _is_like(seen, usual, limits):
            continue
        settled = [volumes[each] for each in before if each in volumes and each in confirmed]
        if not any(_is_like(seen, volume, limits) for volume in settled):
            yield Jump(month, seen, usual, len(known))


def _is_like(seen: Decimal, usual: Decimal, limits: JumpLimits) -> bool:
    return limits.under * usual <= seen <= limits.over * usual


def from_first_count(volumes: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The volumes by month from the first that has any: before it nothing was counted."""
    months = sorted(volumes)
    first = next((month for month in months if volumes[month]), None)
    return {month: volumes[month] for month in months if first and month >= first}
