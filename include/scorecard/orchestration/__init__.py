"""What a task is given: the stores it works on, the moment, and who asked.

Importing this is cheap: Airflow and the stores are imported when a task asks for them.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.period import LONDON

if TYPE_CHECKING:
    from scorecard.settings import Settings
    from scorecard.stores import Stores

# The Airflow connection whose password turns persons into keyed hashes.
HASH_KEY = "scorecard_hash_key"
_SHORTEST_KEY = 16
# The Airflow connection whose password signs packs: 64 hexadecimal digits.
SIGNING_KEY = "scorecard_signing_key"


class WrongMoment(ValueError):
    """A text that names no moment."""


class WrongHashKey(ValueError):
    """A hash key that would not protect anybody."""


def now() -> datetime:
    """The moment at which a task runs, in UTC; steps are told it and never ask."""
    return datetime.now(UTC)


def moment(text: str | None) -> datetime:
    """The moment that a run was asked to look as at, in London if it names no zone; else now."""
    if not text:
        return now()
    try:
        asked = datetime.fromisoformat(text)
    except ValueError:
        raise WrongMoment(
            f"as_at: '{text}' is no moment. Write it like 2025-08-01T09:30."
        ) from None
    return (asked if asked.tzinfo else asked.replace(tzinfo=LONDON)).astimezone(UTC)


def drafter(dag_run: Any) -> str:
    """Who asked for a run: the person's user name, or the schedule."""
    return getattr(dag_run, "triggering_user_name", None) or "schedule"


def stores() -> "Stores":
    """The register, the object store, the settings and the keys that a task works with."""
    return _opened(_settings(), _hash_key(), _signing_key())


def stores_without_keys() -> "Stores":
    """The same for whoever only reads: nothing can be signed with it, and nobody pseudonymised."""
    return _kept_open(_settings())


def _settings() -> "Settings":
    from scorecard import settings

    return settings.read()


@lru_cache(maxsize=1)
def _kept_open(chosen: "Settings") -> "Stores":
    """One for all requests of a process: its connections are used again."""
    return _opened(chosen)


def _opened(chosen: "Settings", hash_key: bytes = b"", signing_key: bytes = b"") -> "Stores":
    from scorecard.objects import open_store
    from scorecard.orchestration import postgres
    from scorecard.register import open_register
    from scorecard.stores import Stores

    url = chosen.database_url
    if not url:
        folder = chosen.home / "postgres"
        postgres.start(folder)
        url = postgres.address(folder, "register")
    return Stores(open_register(url), open_store(chosen.store_url), chosen, hash_key, signing_key)


def log_folder() -> Path:
    """Where Airflow writes the logs of tasks on this machine."""
    from airflow.sdk.configuration import conf

    return Path(conf.get("logging", "base_log_folder")).absolute()


def something(result: Sequence[int]) -> Sequence[int]:
    """What a step returned; with nothing in it the task is marked as skipped, not as done."""
    from airflow.sdk.exceptions import AirflowSkipException

    if not result:
        raise AirflowSkipException("Nothing new.")
    return result


def _hash_key() -> bytes:
    from airflow.sdk import Connection

    key = (Connection.get(HASH_KEY).password or "").encode()
    if len(key) < _SHORTEST_KEY:
        raise WrongHashKey(
            f"connection {HASH_KEY}: its password has {len(key)} characters, fewer than "
            f"{_SHORTEST_KEY}. Give the connection a long random password, and keep a copy of it."
        )
    return key


def _signing_key() -> bytes:
    from airflow.sdk import Connection

    from scorecard.packs.signature import secret_from

    return secret_from(Connection.get(SIGNING_KEY).password or "", f"connection {SIGNING_KEY}")
