"""The object store: bytes named by their SHA-256, in a folder, S3 or Azure Blob."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import fsspec
from fsspec import AbstractFileSystem
from fsspec.implementations.local import LocalFileSystem

from scorecard.folders import room


class MissingObject(LookupError):
    """An object that the register names and the store does not hold."""


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> Path:
    """The file, on disk for certain, and for this user's eyes alone."""
    path.chmod(0o600)
    with path.open("rb") as written:
        os.fsync(written.fileno())
    return path


@dataclass(frozen=True)
class ObjectStore:
    """A place for immutable objects. An object appears whole under its name, or not at all."""

    files: AbstractFileSystem
    root: str

    def put(self, path: Path, object_id: str, again: bool = False) -> None:
        """Store a file's bytes under an id such as raw/<sha256>; twice is the same as once.

        `again`: what a step left there before it died is replaced; no register row names it yet.
        """
        target = f"{self.root}/{object_id}"
        if self.files.exists(target) and not again:
            return
        if not isinstance(self.files, LocalFileSystem):
            self.files.put_file(str(path), target)
            return
        # A folder has no whole-object writes: write beside, flush, rename.
        self._make_private(Path(target).parent)
        if path.is_relative_to(self.root):
            _flush(path).replace(target)
            return
        beside = Path(f"{target}.{uuid4().hex}.part")
        shutil.copyfile(path, beside)
        _flush(beside).replace(target)

    def _make_private(self, folder: Path) -> None:
        """Make a folder of the store, and those above it, for this user alone."""
        root = Path(self.root)
        between = [parent for parent in folder.parents if root in parent.parents]
        for each in (root, *reversed(between), folder):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def workroom(self) -> Iterator[Path]:
        """A folder from which files are put without being copied; what is not put is lost."""
        here = Path(self.root) / "incoming" if isinstance(self.files, LocalFileSystem) else None
        if here:
            self._make_private(here)
        with room(here) as folder:
            yield folder

    def local(self, object_id: str, folder: Path) -> Path:
        """The object as a file of this machine: where it lies, or fetched into a folder."""
        place = f"{self.root}/{object_id}"
        if not self.files.exists(place):
            raise MissingObject(
                f"{object_id}: the object store {self.root} does not hold it. "
                "Restore it from the backup, or send the extract again."
            )
        if isinstance(self.files, LocalFileSystem):
            return Path(place)
        fetched = folder / object_id.replace("/", "-")
        self.files.get_file(place, str(fetched))
        return fetched

    def address(self, object_id: str) -> str:
        """Where DuckDB reads the object: a path, or an address of the store's own file system."""
        place = f"{self.root}/{object_id}"
        return (
            place if isinstance(self.files, LocalFileSystem) else self.files.unstrip_protocol(place)
        )

    def lend_to(self, connection: Any) -> None:
        """Let a DuckDB read the addresses of a store that is no folder."""
        if not isinstance(self.files, LocalFileSystem):
            connection.register_filesystem(self.files)

    def holds(self, object_id: str) -> bool:
        """Whether the object is there; an error if the store does not answer."""
        return bool(self.files.exists(f"{self.root}/{object_id}"))

    def delete(self, object_id: str) -> None:
        """Remove an object; only retention does. OSError if it is a link to other bytes."""
        if isinstance(self.files, LocalFileSystem) and Path(self.root, object_id).is_symlink():
            raise OSError(f"{object_id} is a link")
        self.files.rm_file(f"{self.root}/{object_id}")


def open_store(url: str) -> ObjectStore:
    """The object store at a folder's path or an address such as s3://bucket/scorecard."""
    files, root = fsspec.core.url_to_fs(url)
    return ObjectStore(files, root.rstrip("/"))
