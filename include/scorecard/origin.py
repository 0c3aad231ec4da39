"""Which code and which locked packages are at work here: what a pack's manifest names."""

import subprocess
from functools import cache
from pathlib import Path

from scorecard.objects import sha256_of
from scorecard.settings import REPOSITORY, Settings

UNKNOWN = "unknown"
LOCK = "requirements.lock"


def code(settings: Settings) -> dict[str, str | None]:
    """The commit, as set or as git says it, and the hash of the lock file."""
    lock = REPOSITORY / LOCK
    return {
        "commit": settings.commit or _commit(REPOSITORY),
        "lock_sha256": sha256_of(lock) if lock.is_file() else None,
    }


@cache
def _commit(repository: Path) -> str:
    """The commit that is checked out; with a plus sign where a file of it was changed since."""
    commit = _git(repository, "rev-parse", "HEAD")
    if commit is None:
        return UNKNOWN
    return f"{commit}+" if _git(repository, "status", "--porcelain", "-uno") else commit


def _git(repository: Path, *asked: str) -> str | None:
    """What git answers; None where there is no git or no repository."""
    try:
        told = subprocess.run(
            ["git", *asked], cwd=repository, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return told.stdout.strip()
