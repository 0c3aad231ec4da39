"""Files that were last written before a moment; those of the inbox, by what was kept of them."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

from scorecard.connectors.companion import pack
from scorecard.names import COMPANION_KB
from scorecard.objects import sha256_of

Parts = tuple[Path, ...]  # a file, or a file and its companion, which were kept as one


def before(folder: Path, moment: datetime) -> Iterator[Path]:
    """Files below a folder that were last written before a moment; links are not followed."""
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if not file.is_symlink() and file.is_file() and written(file) < moment:
            yield file


def written(file: Path) -> datetime:
    """When a file was last written."""
    return datetime.fromtimestamp(file.lstat().st_mtime, UTC)


def kept_as(
    folder: Path, moment: datetime, wanted: Collection[str], room: Path
) -> Iterator[tuple[str, Parts]]:
    """Those files below a folder whose bytes were kept under a wanted hash, with the hash.

    Whether a feed still names companions does not matter: each that a name allows is tried.
    """
    files = list(before(folder, moment))
    for file in files:
        alone = sha256_of(file)
        if alone in wanted:
            yield alone, (file,)
        for companion in (other for other in files if _may_be_beside(file, other)):
            both = room / "both"
            pack(file, companion, both)
            if (sha256 := sha256_of(both)) in wanted:
                yield sha256, (file, companion)


def _may_be_beside(file: Path, other: Path) -> bool:
    """Whether one file can be the companion of another, by its place, name and size."""
    stem = file.name.rpartition(".")[0] or file.name
    is_there = other != file and other.parent == file.parent
    small = COMPANION_KB * 1024
    is_named_so = other.name.casefold().startswith(f"{stem}.".casefold())
    return is_there and is_named_so and other.stat().st_size <= small
