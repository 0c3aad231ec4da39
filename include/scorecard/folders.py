"""Folders that appear whole or not at all, and rooms of which a dead process leaves nothing.

A room is held by a lock of the operating system on a file beside it, which ends with its process
however it ends: with `kill -9` too. Whoever opens a room clears away those that nobody holds.
"""

import ctypes
import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_LOCK = ".lock"
# How Linux and macOS swap two names: the call, its flag, and "below no open folder".
_SWAPS = {"linux": ("renameat2", 2, -100), "darwin": ("renameatx_np", 2, -2)}


@contextmanager
def room(parent: Path | None = None, prefix: str = "scorecard-room-") -> Iterator[Path]:
    """A new folder of this process alone, gone when the block ends."""
    parent = parent or Path(tempfile.gettempdir())
    parent.mkdir(parents=True, exist_ok=True)
    sweep(parent, prefix)
    held, name = tempfile.mkstemp(_LOCK, prefix, parent)
    folder = Path(name.removesuffix(_LOCK))
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        folder.mkdir(0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        Path(name).unlink(missing_ok=True)
        os.close(held)


def sweep(parent: Path, prefix: str) -> None:
    """Clear away the rooms whose process is dead; another user's are left alone."""
    for lock in parent.glob(f"{prefix}*{_LOCK}"):
        try:
            with lock.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
                lock.unlink(missing_ok=True)
        except OSError:
            continue  # it is held, or swept by another process at this moment


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """A folder that appears with all its files on disk, or not at all; it replaces one of its name.

    What it replaces was left by a step that died before it was recorded: nobody was told of it.
    """
    with room(folder.parent, f".{folder.name}-") as made:
        for name, data in files.items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            with (made / name).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for parent in {(made / name).parent for name in files} - {made}:
            _flush(parent)
        made.chmod(0o755)
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)
        _flush(folder.parent)


def beside(folder: Path) -> Path:
    """Where a folder's published files wait until the register says that they are published."""
    return folder.with_name(f".{folder.name}.published")


def replace(folder: Path, by: Path) -> None:
    """Put one whole folder in the place of another, which is gone afterwards.

    In one step where the file system can swap two names. Where it cannot, a machine that stops
    in between leaves `by` whole, and the same call finishes.
    """
    if not (folder.exists() and _swapped(folder, by)):
        shutil.rmtree(folder, ignore_errors=True)
        by.rename(folder)
    _flush(folder.parent)
    shutil.rmtree(by, ignore_errors=True)


def _swapped(one: Path, other: Path) -> bool:
    """Whether two folders changed names, in one step."""
    if sys.platform not in _SWAPS:
        return False
    call, flag, here = _SWAPS[sys.platform]
    swap = getattr(ctypes.CDLL(None), call, None)
    if swap is None:
        return False
    return bool(swap(here, os.fsencode(one), here, os.fsencode(other), flag) == 0)


def _flush(folder: Path) -> None:
    """Let the names in a folder outlast the machine."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
