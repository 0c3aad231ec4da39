"""Who sends feeds, who holds roles, and which body sees which pack: a dataclass per file or row."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Feed:
    """Who sends a source, how it is fetched, which mappings may read it, and by when it is due."""

    owner: str  # a role
    connector: str  # folder, or a system that is queried
    folder: str  # below the inbox
    connection_id: str
    mappings: tuple[str, ...]
    arrival_working_day: int
    freeze_working_day: int


@dataclass(frozen=True)
class Role:
    """The users who hold a role from a day on."""

    role: str  # owner, steward or approver
    starts: date = field(metadata={"key": "from"})
    users: tuple[str, ...]


@dataclass(frozen=True)
class Roles:
    """What roles.yaml holds."""

    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Route:
    """A body that sees packs: which variant, by which working day, and who signs it off."""

    body: str
    variant: str
    deadline_working_day: int
    visibility: str  # public, internal or restricted
    sign_off: str  # a role


@dataclass(frozen=True)
class Routes:
    """What routes.yaml holds."""

    routes: tuple[Route, ...]
