"""The figures that describe one group of people as one table: its cells and what they are sums of.

A cell is a period and a directorate. KPIs of one group share what they count, so that a cell is
withheld in all of them or in none. Every cell is a sum of atoms: the months that all periods have
in common or not at all, by directorate. The council is the sum of its directorates.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from scorecard.arrivals import months_of
from scorecard.council import COUNCIL
from scorecard.drafts import Draft
from scorecard.sensitive import Protection, cover_of, has_numbers, is_sensitive
from scorecard.states import NOT_APPLICABLE

Cell = tuple[str, str]  # period, directorate
Sum = dict[int, int]  # atom to how often


@dataclass(frozen=True)
class Tabulation:
    """One table, and of each cell whether it is sensitive and how many people it can cover."""

    drafts: Mapping[Cell, Sequence[Draft]]  # those with numbers
    zeros: frozenset[Cell]  # nothing was counted, and the pack says so
    sensitive: frozenset[Cell]
    cover: Mapping[Cell, Decimal]
    slots: Mapping[str, tuple[int, ...]]  # period to the parts of time of which it consists

    @cached_property
    def directorates(self) -> tuple[str, ...]:
        return tuple(sorted({d for _, d in {*self.drafts, *self.zeros}} - {COUNCIL}))

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Directorates from the one whose figures are missed least: the fewest people first."""
        people: dict[str, Decimal] = defaultdict(Decimal)
        for (_, directorate), cover in self.cover.items():
            people[directorate] += cover
        ordered = sorted(self.directorates, key=lambda d: (people[d], d))
        return {directorate: place for place, directorate in enumerate(ordered)}

    def sum_of(self, cell: Cell) -> Sum:
        """The atoms of a cell."""
        period, directorate = cell
        count = len(self.directorates)
        mine = range(count) if directorate == COUNCIL else (self.directorates.index(directorate),)
        return {slot * count + place: 1 for slot in self.slots[period] for place in mine}

    def parts_of(self, cell: Cell) -> list[Cell]:
        """The shortest cells of a directorate that lie in a longer one of its own."""
        period, directorate = cell
        within = set(self.slots[period])
        return [
            (other, directorate)
            for other, slots in self.slots.items()
            if len(slots) == 1 < len(within) and within.issuperset(slots)
            if (other, directorate) in self.drafts
        ]

    def overlap(self, cell: Cell, other: Cell) -> bool:
        """Whether two periods have time in common."""
        return not set(self.slots[cell[0]]).isdisjoint(self.slots[other[0]])


def tabulated(drafts: Iterable[Draft], about: Protection) -> Tabulation:
    """The table of the KPIs of one group."""
    every: dict[Cell, list[Draft]] = defaultdict(list)
    for draft in drafts:
        every[draft.period.key, draft.directorate].append(draft)
    numbers = {
        cell: told for cell, found in every.items() if (told := [d for d in found if _tells(d)])
    }
    periods = {draft.period.key: draft for found in every.values() for draft in found}
    present = {d for _, d in numbers} - {COUNCIL}  # none if it is measured for the council alone
    return Tabulation(
        drafts=numbers,
        zeros=frozenset(
            (period, directorate)
            for period in periods
            for directorate in {d for _, d in every} - {COUNCIL}
            if present and _is_nothing(every.get((period, directorate), ()))
        ),
        sensitive=frozenset(
            cell for cell, found in numbers.items() if any(is_sensitive(d, about) for d in found)
        ),
        cover={cell: min(cover_of(d, about) for d in found) for cell, found in numbers.items()},
        slots=_slots(periods),
    )


def _tells(draft: Draft) -> bool:
    return has_numbers(draft.standing)


def _is_nothing(found: Sequence[Draft]) -> bool:
    """Whether a directorate had nothing to count: it was not there, or its figures say so."""
    is_silent = not any(_tells(draft) for draft in found)
    return is_silent and all(
        d.standing.state == NOT_APPLICABLE or d.standing.numerator == 0
        for d in found
        if d.definition.is_measured_for(d.period)
    )


def _slots(periods: Mapping[str, Draft]) -> dict[str, tuple[int, ...]]:
    """The parts of time: months that are in the same periods are one part."""
    within: dict[str, set[str]] = defaultdict(set)
    for key, draft in periods.items():
        for month in months_of(draft.period):
            within[str(month)].add(key)
    parts = sorted({tuple(sorted(keys)) for keys in within.values()})
    return {
        period: tuple(place for place, keys in enumerate(parts) if period in keys)
        for period in periods
    }
