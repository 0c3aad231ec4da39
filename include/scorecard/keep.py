"""Step: every new file of a source's inbox into the object store, exactly as received."""

import logging
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select, union_all
from sqlalchemy.dialects.postgresql import insert

from scorecard.admission import one_line
from scorecard.objects import sha256_of
from scorecard.register import only_one, removals
from scorecard.register.models import Extract, Resent
from scorecard.stores import Stores

log = logging.getLogger(__name__)


def lock_of(sha256: str) -> str:
    """The lock under which bytes are kept, and removed."""
    return f"raw/{sha256}"


class Unreadable(RuntimeError):
    """A file of the inbox that the account of Scorecard may not read."""


def run(stores: Stores, source: str, now: datetime) -> list[int]:
    """The extracts that were not kept before, oldest first.

    The same bytes are the same extract. Sent again, they are the sender's last word again, and
    count from then on as if they came after what came in between.

    A file that may not be read keeps no other out: Unreadable names it when all are done.
    """
    inbox = stores.settings.inbox / source
    files = _files(inbox)
    kept, unreadable = [], []
    for file in files:
        try:
            kept.append(_keep(stores, source, file, now))
        except FileNotFoundError:
            log.warning("%s: was taken away before it was kept. Send it again.", _name(file))
        except PermissionError:
            unreadable.append(f"{source}/{_name(file)}")
    new = [extract for extract in kept if extract]
    log.info("%s: %d files in the inbox, %d of them new", source, len(files), len(new))
    if unreadable:
        raise Unreadable(
            f"{', '.join(unreadable)}: the account that runs Scorecard may not read it. "
            "Give it the right to read the file, and run the DAG again."
        )
    return new


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


def _keep(stores: Stores, source: str, file: Path, now: datetime) -> int | None:
    """The id of a file's extract, or nothing if the same bytes were kept before."""
    before = _mark(file)
    with stores.objects.workroom() as folder:
        copy = folder / "copy"
        shutil.copyfile(file, copy, follow_symlinks=False)
        if _mark(file) != before:
            log.warning("%s is still being written. It is kept when it is whole.", _name(file))
            return None
        return _keep_copy(stores, source, file, copy, now)


def _mark(file: Path) -> tuple[int, int]:
    seen = file.lstat()
    return seen.st_size, seen.st_mtime_ns


def _name(file: Path) -> str:
    """The file's name as text that a register can hold and that stays on one line of a log."""
    return one_line(file.name.encode("utf-8", "replace").decode())


def _arrived(file: Path) -> datetime:
    """When the file itself was last written, which orders the files of one delivery."""
    return datetime.fromtimestamp(file.lstat().st_mtime, UTC)


def _keep_copy(stores: Stores, source: str, file: Path, copy: Path, now: datetime) -> int | None:
    """Hash and store the same bytes: a copy that nobody writes to any more."""
    sha256, name, arrived = sha256_of(copy), _name(file), _arrived(file)
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
