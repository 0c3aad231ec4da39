"""Every SCORECARD_* setting, read in this one place; `.env.example` explains each."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

INCLUDE = Path(__file__).resolve().parent.parent
REPOSITORY = INCLUDE.parent


class WrongSetting(ValueError):
    """A setting whose value cannot be used."""


@dataclass(frozen=True)
class Settings:
    """Where Scorecard keeps things, and how much it may use."""

    home: Path  # inbox, store, register, packs
    database_url: str  # empty: the embedded PostgreSQL of `home`
    store_url: str  # the object store; empty: the folder `store` of `home`
    packs: Path  # where pack folders are written
    council: Path  # what the council decides
    memory_mb: int  # how much memory one step's queries may use
    threads: int  # how many threads one step's queries may use
    max_file_mb: int  # a larger file is refused
    max_unpacked_mb: int  # a workbook or archive that unpacks to more is refused
    commit: str = ""  # of the code at work, where no git can say it

    @property
    def inbox(self) -> Path:
        """Where a folder feed finds its files: one subfolder per source."""
        return self.home / "inbox"


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "") or str(default)
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        raise WrongSetting(f"{name}: '{text}' is not a whole number above 0. Correct it in .env.")
    return int(text)


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in force; WrongSetting names the one that cannot be used."""
    home = Path(environment.get("SCORECARD_HOME") or REPOSITORY / "data").absolute()
    return Settings(
        home=home,
        database_url=environment.get("SCORECARD_DATABASE_URL", ""),
        store_url=environment.get("SCORECARD_STORE_URL") or str(home / "store"),
        packs=Path(environment.get("SCORECARD_PACKS") or home / "packs").absolute(),
        council=Path(environment.get("SCORECARD_COUNCIL") or INCLUDE / "council").absolute(),
        memory_mb=_number(environment, "SCORECARD_MEMORY_MB", 768),
        threads=_number(environment, "SCORECARD_THREADS", os.cpu_count() or 1),
        max_file_mb=_number(environment, "SCORECARD_MAX_FILE_MB", 4096),
        max_unpacked_mb=_number(environment, "SCORECARD_MAX_UNPACKED_MB", 400),
        commit=environment.get("SCORECARD_COMMIT", ""),
    )
