"""Reorganisations in words: what became of which directorate, for charts and for changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from scorecard.council import Council, in_force
from scorecard.decisions import EVERY, Directorate, Event
from scorecard.lineage import Reorganisation
from scorecard.packs.words import listed


@dataclass(frozen=True, order=True)
class Change:
    """What became of a directorate, or of several, on a day: names before and after."""

    day: date
    before: str
    verb: str  # became, joined, is called
    after: str

    @property
    def title(self) -> str:
        """Such as: Resources became Corporate; Housing joined Place."""
        return f"{self.before} {self.verb} {self.after}"


def changes_of(decided: Council) -> tuple[Change, ...]:
    """Every reorganisation, and every directorate that took another name, oldest first."""
    moved = (_change(decided, event) for event in decided.lineage.events)
    return tuple(sorted([*moved, *_new_names(decided)]))


def events_of(decided: Council) -> tuple[Event, ...]:
    """The reorganisations as events that every chart draws."""
    return tuple(
        Event(change.day, "event", EVERY, EVERY, change.title, "") for change in changes_of(decided)
    )


def _change(decided: Council, event: Reorganisation) -> Change:
    joined = [code for code in event.before if code not in event.after]
    return Change(
        event.day,
        listed([_name(decided, code, event.day - timedelta(days=1)) for code in joined]),
        "joined" if len(joined) < len(event.before) else "became",
        listed([_name(decided, code, event.day) for code in event.after]),
    )


def _name(decided: Council, code: str, day: date) -> str:
    found = in_force((d for d in decided.directorates if d.code == code), day)
    return found.name if found else code


def _new_names(decided: Council) -> Iterator[Change]:
    """A directorate that kept its code and took another name."""
    rows: dict[str, list[Directorate]] = {}
    for each in sorted(decided.directorates, key=lambda d: d.effective_from):
        rows.setdefault(each.code, []).append(each)
    for own in rows.values():
        for old, new in pairwise(own):
            if old.name != new.name:
                yield Change(new.effective_from, old.name, "is called", new.name)
