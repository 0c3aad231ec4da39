"""How a source's files come in: taken from a folder, or asked of a database or a web service.

Each connector is a module with `fetch(ask)`, which yields whole files one by one. When the next is
asked for, the one before has been kept. A connector knows no rule about figures, and no Airflow.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from scorecard.governance import Feed
from scorecard.names import one_line
from scorecard.period import Month
from scorecard.settings import INCLUDE, Settings

# What a connector that asks needs to know of a system: the twin of its mapping.
TWINS = {
    "sql": INCLUDE / "sql" / "extract" / "{system}.sql",
    "rest": INCLUDE / "rest" / "{system}.yaml",
}


_SHORTEST = 6  # of a secret in an extra field: shorter texts there are modes, such as `true`


class CannotFetch(RuntimeError):
    """What a person has to mend before anything comes in: where, what, and what to do."""


class Away(ConnectionError):
    """A system that did not answer, which may pass by itself: where, what, and what to do."""


@dataclass(frozen=True)
class Connection:
    """What a connection of Airflow holds. Its secrets are in no text that is made of it."""

    name: str
    kind: str  # postgres, sftp, http, ...
    host: str = ""
    port: int | None = None
    login: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    schema: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def without_secrets(self, text: str) -> str:
        """A text from outside, on one line, with no secret of the connection in it."""
        secrets = [s for s in _texts_in(self.extra) if len(s) >= _SHORTEST]
        for secret in sorted(filter(None, [self.password, *secrets]), key=len, reverse=True):
            text = text.replace(secret, "***")
        return one_line(" ".join(text.split()))


@dataclass(frozen=True)
class Ask:
    """What a connector is asked for."""

    source: str
    system: str  # the mapping's name; empty where a folder is asked for what lies in it
    month: Month  # whose rows are asked for
    at: datetime  # the moment of asking
    connection: Connection | None
    folder: Path  # a workroom of its own: what is written there is delivered or lost
    settings: Settings
    feed: Feed

    @property
    def named(self) -> str:
        """The connection as an error names it."""
        return f"connection {self.connection.name if self.connection else self.feed.connection_id}"


@dataclass(frozen=True)
class Delivery:
    """One whole file, as received. A file that was asked for arrived when it was asked for."""

    path: Path
    name: str
    arrived_at: datetime


def _texts_in(value: Any) -> Iterator[str]:
    """Every text in what an extra field holds, at any depth."""
    if isinstance(value, str):
        yield value
    parts = value.values() if isinstance(value, Mapping) else value
    if not isinstance(value, str) and isinstance(parts, Iterable):
        for part in parts:
            yield from _texts_in(part)


class Connector(Protocol):
    """A module of this package."""

    def fetch(self, ask: Ask) -> Iterator[Delivery]:
        """The files that answer; CannotFetch or Away if there is no answer."""


def named(name: str) -> Connector:
    """The connector that a line of feeds.yaml names."""
    return cast("Connector", import_module(f"scorecard.connectors.{name}"))


def asked_of(feed: Feed) -> tuple[str, ...]:
    """The systems that a feed's connector asks: those in `pull`, else all that have a twin."""
    if feed.connector not in TWINS:
        return ()
    asked = feed.pull or feed.mappings
    return tuple(name for name in asked if twin_of(feed.connector, name).exists())


def needs_its_own(feed: Feed) -> bool:
    """Whether a system is asked through the feed's own connection."""
    return not set(asked_of(feed)) <= set(feed.connections) or not feed.connections


def twin_of(connector: str, system: str) -> Path:
    """The file that says how a system is asked."""
    pattern = TWINS[connector]
    return pattern.with_name(pattern.name.format(system=system))
