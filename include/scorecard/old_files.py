"""Files that were last written before a moment; those of the inbox, by what was kept of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
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
    beside = _by_stem(files)
    both = room / "both"
    for file in files:
        alone = sha256_of(file)
        if alone in wanted:
            yield alone, (file,)
        stem = file.name.rpartition(".")[0] or file.name
        for companion in beside[file.parent, stem.casefold()]:
            if companion == file:
                continue
            pack(file, companion, both)
            if (sha256 := sha256_of(both)) in wanted:
                yield sha256, (file, companion)


def _by_stem(files: Iterable[Path]) -> dict[tuple[Path, str], list[Path]]:
    """The files that are small enough for a companion, by each stem that its file may have."""
    found: dict[tuple[Path, str], list[Path]] = defaultdict(list)
    for file in files:
        if file.stat().st_size <= COMPANION_KB * 1024:
            name = file.name.casefold()
            for dot in (n for n, letter in enumerate(name) if letter == "." and n):
                found[file.parent, name[:dot]].append(file)
    return found
