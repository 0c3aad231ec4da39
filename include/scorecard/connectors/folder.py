"""The files of a folder, each copied when it is whole."""

import logging
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from scorecard.connectors import Ask, CannotFetch, Delivery
from scorecard.names import file_name

log = logging.getLogger(__name__)


def fetch(ask: Ask) -> Iterator[Delivery]:
    """Every whole file of the source's inbox, in the order in which they arrived.

    A file that may not be read keeps no other out: CannotFetch names it when all are done.
    """
    unreadable = []
    for number, file in enumerate(_files(ask.settings.inbox / ask.feed.folder)):
        try:
            if copied := _copied(file, ask.folder / str(number)):
                yield copied
                copied.path.unlink(missing_ok=True)
        except FileNotFoundError:
            log.warning(
                "%s: was taken away before it was kept. Send it again.", file_name(file.name)
            )
        except PermissionError:
            unreadable.append(f"{ask.source}/{file_name(file.name)}")
    if unreadable:
        raise CannotFetch(
            f"{', '.join(unreadable)}: the account that runs Scorecard may not read it. "
            "Give it the right to read the file, and run the DAG again."
        )


def _files(inbox: Path) -> list[Path]:
    """The inbox's files in the order in which they arrived; half-written and hidden ones wait."""
    if not inbox.is_dir():
        return []
    whole = [
        file
        for file in inbox.iterdir()
        if file.is_file() and not file.is_symlink() and not file.name.startswith(".")
        and file.suffix.lower() not in (".part", ".tmp")
    ]  # fmt: skip
    return sorted(whole, key=lambda file: (file.stat().st_mtime_ns, file.name))


def _copied(file: Path, copy: Path) -> Delivery | None:
    """A copy that nobody writes to any more; None if the file changed meanwhile."""
    before = _mark(file)
    shutil.copyfile(file, copy, follow_symlinks=False)
    if _mark(file) != before:
        log.warning("%s is still being written. It is kept when it is whole.", file_name(file.name))
        copy.unlink()
        return None
    return Delivery(copy, file_name(file.name), _arrived(file))


def _mark(file: Path) -> tuple[int, int]:
    seen = file.lstat()
    return seen.st_size, seen.st_mtime_ns


def _arrived(file: Path) -> datetime:
    """When the file itself was last written, which orders the files of one delivery."""
    return datetime.fromtimestamp(file.lstat().st_mtime, UTC)
