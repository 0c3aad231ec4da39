"""How the service is: what answers, what is late and what is due next. It names no person."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from scorecard import alert, known_decisions
from scorecard.council import Council
from scorecard.governance import Feed
from scorecard.objects import MissingObject
from scorecard.period import FinancialQuarter, Month
from scorecard.register import feeds
from scorecard.restate import bank_holidays
from scorecard.stores import Stores

ROOM_GB = 2  # under so much free space, what is taken in may not fit (proposed)
_NEXT = 8  # deadlines that are shown


@dataclass(frozen=True)
class Part:
    """A part that the service stands on, whether it is well, and what is wrong if not."""

    name: str
    is_well: bool
    said: str


@dataclass(frozen=True)
class FeedHealth:
    """A feed: who sends it, what was taken in last, and what of its last month is missing."""

    source: str
    owner: str
    month: str  # whose extracts were due last
    received_at: datetime | None
    state: str  # of the newest extract: received, accepted, refused; empty without one
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Deadline:
    """What falls due, and when."""

    what: str
    at: datetime


@dataclass(frozen=True)
class Health:
    """The whole: without a part that is well, there is nothing to say of feeds."""

    at: datetime
    parts: tuple[Part, ...]
    feeds: tuple[FeedHealth, ...]
    deadlines: tuple[Deadline, ...]

    @property
    def status(self) -> str:
        """down: a part does not answer; late: something is missing; well: neither."""
        if not all(part.is_well for part in self.parts):
            return "down"
        return "late" if any(feed.missing for feed in self.feeds) else "well"


def look(opened: Callable[[], Stores], now: datetime) -> Health:
    """How the service is at a moment. `opened` opens the stores, which may not answer."""
    try:
        stores = opened()
    except Exception as error:
        return Health(now, (_broken("Register", error),), (), ())
    decided = known_decisions.read(stores.settings.council, now)
    parts = (
        _part("Register", partial(feeds.newest, stores.register)),
        _part("Object store", partial(_newest_is_there, stores)),
        _space(stores),
    )
    told = tuple(_feeds(stores, decided, now)) if parts[0].is_well else ()
    return Health(now, parts, told, tuple(_deadlines(decided, now))[:_NEXT])


def _part(name: str, asks: Callable[[], object]) -> Part:
    try:
        asks()
    except Exception as error:
        return _broken(name, error)
    return Part(name, True, "Answers.")


def _newest_is_there(stores: Stores) -> None:
    """Ask the store for the extract that was received last, as the register knows it."""
    sha256 = feeds.newest_sha256(stores.register)
    if sha256 and not stores.objects.holds(f"raw/{sha256}"):
        raise MissingObject(f"raw/{sha256}")


def _broken(name: str, error: Exception) -> Part:
    # An error of a server may name its address, its user or a file: its kind says enough here.
    said = f"Does not answer ({type(error).__name__}). The log of the API server says more."
    return Part(name, False, said)


def _space(stores: Stores) -> Part:
    free = shutil.disk_usage(stores.settings.home).free / 1024**3
    said = f"{free:,.1f} GB free where Scorecard writes; {ROOM_GB} GB are needed."
    return Part("Space", free >= ROOM_GB, said)


def _feeds(stores: Stores, decided: Council, now: datetime) -> Iterator[FeedHealth]:
    newest = feeds.newest(stores.register)
    for source, feed in sorted(decided.feeds.items()):
        month = str(_due_last(feed, now))
        missing = tuple(words for _, words in alert.missing(stores, source, month, feed.owner))
        received, state = newest.get(source, (None, ""))
        yield FeedHealth(source, feed.owner, month, received, state, missing)


def _due_last(feed: Feed, now: datetime) -> Month:
    month = Month.containing(now).shifted(-1)
    while not alert.is_due(feed, month, now):
        month = month.shifted(-1)
    return month


def _deadlines(decided: Council, now: datetime) -> list[Deadline]:
    """What falls due after a moment, the next first: feeds, drafts, and each body's pack."""
    holidays = bank_holidays()
    last = FinancialQuarter.containing(now).shifted(-1)
    months = [Month.containing(now).shifted(-1), Month.containing(now)]
    found = [
        Deadline(f"{source} of {month}", month.due_at(feed.arrival_working_day, holidays))
        for source, feed in decided.feeds.items()
        for month in months
    ]
    drafted = decided.settled.publication.drafted_working_day
    for quarter in (last, last.shifted(1)):
        found.append(Deadline(f"Drafts of {quarter}", quarter.due_at(drafted, holidays)))
        found += [
            Deadline(f"{quarter} for {route.body}",
                     quarter.due_at(route.deadline_working_day, holidays))
            for route in decided.governance.routes
        ]  # fmt: skip
    return sorted((each for each in found if each.at > now), key=lambda each: each.at)
