"""Step: every new file of a source into the object store, exactly as received."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select, union_all
from sqlalchemy.dialects.postgresql import insert

from scorecard import connectors, council
from scorecard.connectors import Ask, Away, CannotFetch, Delivery
from scorecard.governance import Feed
from scorecard.names import file_name
from scorecard.objects import sha256_of
from scorecard.period import Month
from scorecard.pulls import months_to_ask
from scorecard.register import only_one, removals
from scorecard.register.models import Extract, Resent
from scorecard.register.pulls import pulled as pulls_of
from scorecard.stores import Stores

log = logging.getLogger(__name__)


def lock_of(sha256: str) -> str:
    """The lock under which bytes are kept, and removed."""
    return f"raw/{sha256}"


def run(
    stores: Stores,
    source: str,
    now: datetime,
    month: str | None = None,
    connection: connectors.Connection | None = None,
    own: Mapping[str, connectors.Connection] | None = None,
) -> list[int]:
    """The extracts that were not kept before, oldest first.

    From a folder comes everything new, of any month; a system that is asked is asked for `month`,
    or without one for every month that was not pulled. The same bytes are the same extract. Sent
    again, they are the sender's last word again, and count from then on as if they came after what
    came in between. `own` are the connections of systems that are not fetched by the source's.

    What cannot be fetched keeps nothing else out: CannotFetch or Away tells of it when all is done.
    """
    feed = council.feeds_in(stores.settings.council)[source]
    fetched = 0
    new: list[int] = []
    problems: list[CannotFetch | Away] = []
    away: set[str] = set()  # what did not answer will not answer the next question either
    for asks in _asks(stores, source, feed, now, month, connection, own or {}):
        if any(ask.named in away for ask in asks):
            continue
        try:
            for delivery in _deliveries(stores, feed, asks):
                fetched += 1
                new += filter(None, [_keep(stores, source, delivery, now)])
        except CannotFetch as problem:
            problems.append(problem)
        except Away as problem:
            problems.append(problem)
            away |= {ask.named for ask in asks}
    log.info("%s: %d files fetched, %d of them new", source, fetched, len(new))
    if problems:
        mends = [each for each in problems if isinstance(each, CannotFetch)]
        raise type((mends or problems)[0])("\n".join(str(each) for each in problems))
    return new


def _asks(
    stores: Stores,
    source: str,
    feed: Feed,
    now: datetime,
    month: str | None,
    connection: connectors.Connection | None,
    own: Mapping[str, connectors.Connection],
) -> Iterator[list[Ask]]:
    """What the feed's connector is asked, system by system."""
    asked = Month.parse(month) if month else None
    first = Month.parse(feed.pull_from) if feed.pull_from else None
    if asked and first and asked < first and feed.connector != "folder":
        log.warning("%s: %s is before pull_from (%s) and is not asked for", source, asked, first)

    def ask(system: str, month: Month) -> Ask:
        by = own.get(system, connection)
        return Ask(source, system, month, now, by, Path(), stores.settings, feed)

    if feed.connector == "folder":
        yield [ask("", Month.containing(now))]
    elif feed.pull:  # the others come as files: by its connection, unless that is a system's
        by = None if connectors.needs_its_own(feed) else connection
        yield [replace(ask("", Month.containing(now)), connection=by)]
    for system in _systems(source, feed):
        pulled = pulls_of(stores.register, source, system)
        yield [ask(system, each) for each in months_to_ask(asked, first, pulled, now)]


def _systems(source: str, feed: Feed) -> tuple[str, ...]:
    """The systems that are asked; CannotFetch if one that should be cannot, or none can."""
    asked = connectors.asked_of(feed)
    lack = ", ".join(f"'{name}'" for name in feed.pull if name not in asked)
    if feed.connector != "folder" and (lack or not asked):
        twin = "/".join(connectors.twin_of(feed.connector, "<system>").parts[-3:])
        what = f"{lack} cannot" if lack else "none of its mappings can"
        raise CannotFetch(
            f"feeds.yaml: {source}: its connector is {feed.connector}, and {what} be asked for. "
            f"Write {twin}, or list a mapping that has one."
        )
    return asked


def _deliveries(stores: Stores, feed: Feed, asks: list[Ask]) -> Iterator[Delivery]:
    """The files that answer, each in a room that is cleared when the next question is asked."""
    for ask in asks:
        connector = connectors.named(feed.connector if ask.system else "folder")
        with stores.objects.workroom() as folder:
            yield from connector.fetch(replace(ask, folder=folder))


def _keep(stores: Stores, source: str, file: Delivery, now: datetime) -> int | None:
    """The id of a file's extract, or nothing if the same bytes were kept before."""
    copy, name, arrived = file.path, file_name(file.name), file.arrived_at
    sha256 = sha256_of(copy)
    place = f"raw/{sha256}"
    lock = only_one(stores.register, lock_of(sha256))
    with lock, stores.register.begin() as connection:
        seen = select(Extract, removals.is_of(place, Extract.id).label("is_gone")).where(
            Extract.source == source, Extract.sha256 == sha256
        )
        before = connection.execute(seen).first()
        if before:
            if not before.is_gone:
                stores.objects.put(copy, place)  # in case somebody removed the object
            is_back = _last_under(connection, source, name) not in (None, before.id)
            _keep_again(connection, before, name, now if is_back else arrived, now)
            return None
        size = copy.stat().st_size
        stores.objects.put(copy, place)
        return connection.scalar(
            insert(Extract)
            .values(
                source=source,
                sha256=sha256,
                file_name=name,
                bytes=size,
                received_at=now,
                arrived_at=arrived,
                state="kept",
            )
            .on_conflict_do_nothing()
            .returning(Extract.id)
        )


def _last_under(connection: Connection, source: str, name: str) -> int | None:
    """The extract that was last received under a file's name.

    If it is another one, then these bytes took its place again, whatever time the file has kept.
    """
    first = select(Extract.id, Extract.received_at).where(Extract.file_name == name)
    again = select(Extract.id, Resent.received_at).join(Resent).where(Resent.file_name == name)
    every = union_all(*(each.where(Extract.source == source) for each in (first, again))).subquery()
    return connection.scalar(select(every.c.id).order_by(every.c.received_at.desc()).limit(1))


def _keep_again(
    connection: Connection, before: Row[Any], name: str, arrived: datetime, now: datetime
) -> None:
    """Record that bytes were sent again. The same file still lying in the inbox was not."""
    if (before.file_name, before.arrived_at) == (name, arrived):
        return
    again = insert(Resent).values(
        extract_id=before.id, file_name=name, arrived_at=arrived, received_at=now
    )
    if connection.execute(again.on_conflict_do_nothing().returning(Resent.id)).first():
        log.info("%s: the same bytes as %s were sent again", name, before.file_name)
