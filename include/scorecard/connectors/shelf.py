"""A folder whose files are looked at, copied and put by: of this machine, or of a server."""

import shutil
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self


@dataclass(frozen=True)
class Seen:
    """A file as it was seen at one look."""

    name: str
    size: int
    changed: datetime
    order: int  # when it changed, as finely as the folder tells
    mark: Hashable  # another one means that the file changed


class Shelf(Protocol):
    """A folder. Names are those that it gave, and say nothing of where a copy goes."""

    def look(self) -> list[Seen]:
        """Its files; no folders, links or devices."""

    def mark(self, name: str) -> Hashable:
        """What tells whether a file changed; FileNotFoundError if it is gone."""

    def copy(self, name: str, to: Path) -> None:
        """A file's bytes into a file of this machine."""

    def move(self, name: str, to: str) -> None:
        """A file to a place below the folder."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


@dataclass(frozen=True)
class Local:
    """A folder of this machine, or one that is mounted."""

    folder: Path
    may_be_missing: bool = False

    def look(self) -> list[Seen]:
        if self.may_be_missing and not self.folder.is_dir():
            return []
        files = [f for f in self.folder.iterdir() if f.is_file() and not f.is_symlink()]
        return [_seen(file) for file in files]

    def mark(self, name: str) -> Hashable:
        return _seen(self.folder / name).mark

    def copy(self, name: str, to: Path) -> None:
        shutil.copyfile(self.folder / name, to, follow_symlinks=False)

    def move(self, name: str, to: str) -> None:
        target = self.folder / to
        target.parent.mkdir(exist_ok=True)
        (self.folder / name).rename(target)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""


def _seen(file: Path) -> Seen:
    found = file.lstat()
    changed = datetime.fromtimestamp(found.st_mtime, UTC)
    mark = (found.st_size, found.st_mtime_ns)
    return Seen(file.name, found.st_size, changed, found.st_mtime_ns, mark)
