"""Where files are worked on: a DuckDB of bounded memory, and a folder that is gone afterwards."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import duckdb

from scorecard.folders import room
from scorecard.governance import Feed
from scorecard.lookups import KINDS, Lookups
from scorecard.mapping import Mapping as SourceMapping
from scorecard.mapping import load_all
from scorecard.mapping_numbers import text
from scorecard.settings import INCLUDE, Settings

SOURCES = INCLUDE / "sources"
# Files are taken in with so much memory for a thread, and for four at least: with more it is hardly
# faster, and with less a thread finds no room.
MB_OF_A_THREAD = 40
# Where the rows of large files lie: packed, in a file. They take a tenth of the memory there.
PACKED = "packed"
_BOTH = f"set search_path = 'memory.main,{PACKED}.main'"


@dataclass(frozen=True)
class Workbench:
    """A DuckDB of bounded memory, a folder, and what is needed to read any file."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    settings: Settings
    lookups: Lookups
    mappings: dict[str, SourceMapping]
    looking_up: Lock
    feeds: Mapping[str, Feed]  # whose files may be read; without any, those of every system

    def place(self) -> "Workbench":
        """A place at the same bench for another file, worked on at the same time."""
        connection = self.connection.cursor()
        connection.execute(_BOTH)
        return replace(self, connection=connection)


def room_and_hands(settings: Settings) -> tuple[int, int]:
    """How many megabytes and threads files are taken in with, within what the settings allow."""
    threads = max(1, min(settings.threads, settings.memory_mb // MB_OF_A_THREAD))
    return min(settings.memory_mb, MB_OF_A_THREAD * max(4, threads)), threads


@contextmanager
def workbench(
    settings: Settings, lookups: Lookups, feeds: Mapping[str, Feed] | None = None
) -> Iterator[Workbench]:
    """A place to work at; nothing of it is left when the block ends."""
    memory_mb, threads = room_and_hands(settings)
    with room() as folder, duckdb.connect() as connection:
        connection.execute(f"""
            set memory_limit = '{memory_mb}MB';
            set threads = {threads};
            set temp_directory = {text(str(folder / "spill"))};
            set global timezone = 'UTC';
            set enable_progress_bar = false;
            attach {text(str(folder / "rows.duckdb"))} as {PACKED};
            {_BOTH};
        """)
        for kind in KINDS:
            connection.execute(
                f"create table looked_up_{kind} (words varchar, month varchar, value varchar)"
            )
        known = load_all(SOURCES)
        yield Workbench(connection, folder, settings, lookups, known, Lock(), feeds or {})
