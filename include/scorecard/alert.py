"""Step: the owner of a feed is told that it is late, was refused, or lost too many rows."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from scorecard import arrivals, contacts, council, notices, notify
from scorecard.governance import Feed
from scorecard.notices import Found, Notice
from scorecard.notify import Outlets
from scorecard.period import Month, london_day
from scorecard.register import feeds
from scorecard.register.feeds import Taken
from scorecard.restate import bank_holidays
from scorecard.sources import tables_of
from scorecard.stores import Stores


def run(stores: Stores, outlets: Outlets, source: str, month: str | None, now: datetime) -> int:
    """How many letters left. `month`: that of the run, whose arrival day may have passed."""
    feed = council.read(stores.settings.council).feeds[source]
    if month and is_due(feed, Month.parse(month), now):
        notify.tell(stores, "late", partial(_late, stores, source, month, feed.owner), now)
    notify.tell(stores, "refused", partial(_refused, stores, source, feed.owner), now)
    notify.tell(stores, "set aside", partial(_set_aside, stores, source, feed.owner), now)
    return notify.run(stores, outlets, now)


def is_due(feed: Feed, month: Month, now: datetime) -> bool:
    """Whether a month is the one whose extracts were due last: of those before nobody is told.

    A month that is taken in years later, as in a backfill, is not late.
    """
    holidays = bank_holidays()
    due, following = (
        each.due_at(feed.arrival_working_day, holidays) for each in (month, month.shifted(1))
    )
    return due <= now < following


def _late(stores: Stores, source: str, month: str, owner: str, told: set[str]) -> Iterator[Notice]:
    absent = [each for each in missing(stores, source, month, owner)
               if f"{source} {each[0]}" not in told]  # fmt: skip
    if absent:
        yield notices.late(source, month, owner, absent)


def missing(stores: Stores, source: str, month: str, owner: str) -> Iterator[tuple[str, str]]:
    """What is missing of a month: by table if the source has sent it ever, else as a whole."""
    found = arrivals.arrivals_of(feeds.months(stores.register, source))
    sent = [table.name for table in tables_of(source) if table.name in found.whole]
    if not sent:
        words = f"{source}: nothing has been accepted for {month}, nor before. {owner} sends it."
        yield month, words
    for table in sent:
        arrival = found.of(table, Month.parse(month).period)
        if arrival.state != arrivals.COMPLETE:
            key = f"{table} {month} {', '.join(arrival.missing)}"
            yield key, arrivals.in_words(table, owner, arrival)


def _refused(stores: Stores, source: str, owner: str, told: set[str]) -> Iterator[Notice]:
    found = [_as_refused(source, one) for one in feeds.taken(stores.register, source, "refused")]
    if new := [one for one in found if one.key not in told]:
        yield notices.refused(source, owner, new)


def _as_refused(source: str, one: Taken) -> Found:
    """The same file refused for another reason, or of another source, is told again."""
    why = hashlib.sha256(one.refusal.encode()).hexdigest()
    words = (
        f"the critical rule {one.rule} fails. {one.why}"
        if one.rule
        else "it is not the export that was agreed, or cannot be read."
    )
    day = f"{london_day(one.received_at):%-d %B %Y}"
    return Found(one.extract_id, f"{source} {one.sha256} {why}", f"received {day}; {words}")


def _set_aside(stores: Stores, source: str, owner: str, told: set[str]) -> Iterator[Notice]:
    decided = contacts.read(stores.settings.council)
    found = [
        _as_set_aside(source, one)
        for one in feeds.taken(stores.register, source, "accepted")
        if decided.is_beyond(one.rows_set_aside, one.rows_received)
    ]
    if new := [one for one in found if one.key not in told]:
        yield notices.set_aside(source, owner, new)


def _as_set_aside(source: str, one: Taken) -> Found:
    rule = f", most often by the rule {one.rule}" if one.rule else ""
    words = f"{one.rows_set_aside:,} of {one.rows_received:,} rows were set aside{rule}."
    return Found(one.extract_id, f"{source} {one.sha256}", words)
