"""Who sends feeds, who holds roles, and which body sees which pack: a dataclass per file or row."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from scorecard.permitted import Some, WorkingDay


@dataclass(frozen=True)
class Feed:
    """Who sends a source, how it is fetched, which mappings may read it, and by when it is due."""

    owner: str  # a role
    connector: Literal["folder"]
    folder: str  # below the inbox
    connection_id: str
    mappings: Some[str]
    arrival_working_day: WorkingDay
    freeze_working_day: WorkingDay


@dataclass(frozen=True)
class Role:
    """The users who hold a role from a day on."""

    role: Literal["owner", "steward", "approver"]
    starts: date = field(metadata={"key": "from"})
    users: Some[str]


@dataclass(frozen=True)
class Roles:
    """What roles.yaml holds."""

    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Route:
    """A body that sees packs: which variant, by which working day, and who signs it off."""

    body: str
    variant: str
    deadline_working_day: WorkingDay
    visibility: Literal["public", "internal", "restricted"]
    sign_off: str  # a role


@dataclass(frozen=True)
class Routes:
    """What routes.yaml holds."""

    routes: tuple[Route, ...]
