"""Reorganisations: which directorate of an earlier time one is compared with, if with any.

A directorate keeps its code and its figures for as long as it existed. What it is compared with
in an earlier period is itself, or the one directorate that it succeeded whole; after a merger or a
split there is nothing like it to compare with, and the pack says so with the day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from scorecard.decisions import Directorate
from scorecard.period import Period, london_day

RENAMED, MERGED, SPLIT, REORGANISED = "renamed", "merged", "split", "reorganised"


@dataclass(frozen=True, order=True)
class Reorganisation:
    """What became of what on a day: codes before it and after it."""

    day: date
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Renamed, merged, split, or none of these alone."""
        sides = len(self.before) > 1, len(self.after) > 1
        return {(False, False): RENAMED, (True, False): MERGED, (False, True): SPLIT}.get(
            sides, REORGANISED
        )

    def touches(self, code: str) -> bool:
        """Whether a directorate ended, began or grew by it."""
        return code in self.before or code in self.after


@dataclass(frozen=True)
class Lineage:
    """The directorates of a council, and how they followed one another."""

    directorates: tuple[Directorate, ...] = ()

    @cached_property
    def events(self) -> tuple[Reorganisation, ...]:
        """Every reorganisation that moved work between codes, oldest first."""
        ended: dict[date, list[tuple[str, str]]] = {}
        for each in self.directorates:
            day = each.last_day if each.last_day == date.max else each.last_day + timedelta(days=1)
            ended.setdefault(day, []).extend((each.code, code) for code in each.succeeded_by)
        found = (self._event(day, group) for day in ended for group in _groups(ended[day]))
        return tuple(sorted(found))

    def _event(self, day: date, pairs: set[tuple[str, str]]) -> Reorganisation:
        """One reorganisation; a successor that existed before it is among what went before."""
        new = {code for _, code in pairs}
        grown = {d.code for d in self.directorates if d.code in new and d.effective_from < day}
        old = {code for code, _ in pairs}
        return Reorganisation(day, tuple(sorted(old | grown)), tuple(sorted(new)))

    @cached_property
    def _touched(self) -> frozenset[str]:
        return frozenset(c for event in self.events for c in (*event.before, *event.after))

    def knows(self, code: str) -> bool:
        """Whether a directorate was ever reorganised."""
        return code in self._touched

    def counterpart(self, code: str, period: Period, then: Period) -> str | None:
        """The directorate of an earlier period that one of now is compared with, if there is."""
        return self._followed(code, period, then)[0]

    def broken_on(self, code: str, period: Period, then: Period) -> date | None:
        """The day of the reorganisation because of which there is nothing to compare with."""
        return self._followed(code, period, then)[1]

    def _followed(self, code: str, period: Period, then: Period) -> tuple[str | None, date | None]:
        """Back from a period to an earlier one: the code there, or the day that broke the line."""
        if code not in self._touched:
            return code, None
        current = code
        for event in reversed(self._between(then, period)):
            if not event.touches(current):
                continue
            is_whole = _last(then) < event.day <= london_day(period.starts_at)
            if event.kind != RENAMED or not is_whole or current not in event.after:
                return None, event.day
            current = event.before[0]
        return current, None

    def _between(self, then: Period, period: Period) -> list[Reorganisation]:
        """The reorganisations after the first day of one period and by the last of another."""
        first, last = london_day(then.starts_at), _last(period)
        return [event for event in self.events if first < event.day <= last]

    def followers(
        self, pairs: Iterable[tuple[Period, Period]]
    ) -> Iterator[tuple[str, str, str, str]]:
        """Period, the one before it that it is compared with, a directorate then, its follower."""
        for period, then in pairs:
            for code in sorted(self._touched):
                before = self.counterpart(code, period, then)
                if before and before != code:
                    yield period.key, then.key, before, code

    def within(self, code: str, period: Period) -> date | None:
        """The day on which a directorate began, grew or ended in the middle of a period."""
        if code not in self._touched:
            return None
        days = (event.day for event in self._between(period, period) if event.touches(code))
        return max(days, default=None)

    def units(self, period: Period, then: Period, codes: Iterable[str]) -> dict[str, str]:
        """What each code of either period is reckoned as, so that now and then hold the same.

        That is the directorate of now; where there is no like, all that were reorganised together
        under one name, which is no directorate and serves the council's total alone.
        """
        events = self._between(then, period)
        joined: dict[str, str] = {}
        for group in _groups((b, a) for e in events for b in e.before for a in e.after):
            members = {code for pair in group for code in pair}
            now = {c for c in members if self.counterpart(c, period, then) in members}
            name = min(now) if len(now) == 1 else "+".join(sorted(members))
            joined |= dict.fromkeys(members, name)
        return {code: joined.get(code, code) for code in codes}


def _last(period: Period) -> date:
    return london_day(period.ends_at - timedelta(microseconds=1))


def _groups(pairs: Iterable[tuple[str, str]]) -> Iterator[set[tuple[str, str]]]:
    """Pairs that share a code, directly or through others, together."""
    waiting = sorted(set(pairs))
    while waiting:
        group = {waiting.pop(0)}
        while more := {p for p in waiting if any(set(p) & set(q) for q in group)}:
            group |= more
            waiting = [pair for pair in waiting if pair not in more]
        yield group
