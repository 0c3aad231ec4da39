"""A file with its companion: the small file beside it that says what it holds.

Both are delivered as one archive, under names and at times that are always the same: so the same
two files are the same bytes, whatever they were called.
"""

import logging
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from scorecard.connectors.shelf import Seen, Shelf
from scorecard.names import BESIDE, COMPANION_KB, file_name

log = logging.getLogger(__name__)

_PARTS = ("extract", f"{BESIDE}companion")
_WHEN = (1980, 1, 1, 0, 0, 0)  # of every part: the same files are the same bytes


@dataclass(frozen=True)
class Found:
    """A file, with its companion if its feed asks for one."""

    file: Seen
    companion: Seen | None = None

    @property
    def parts(self) -> tuple[Seen, ...]:
        """What is copied, and has to be whole."""
        return (self.file, self.companion) if self.companion else (self.file,)

    @property
    def newest(self) -> Seen:
        """The part that came last: with it, all was there."""
        return max(self.parts, key=lambda part: part.order)

    @property
    def is_too_large(self) -> bool:
        """Whether the companion is larger than one may be."""
        return self.companion is not None and self.companion.size > COMPANION_KB * 1024


def paired(files: Iterable[Seen], companions: Mapping[str, str]) -> Iterator[Found]:
    """Every file with its companion; one that should have one, and has none yet, waits.

    `companions`: the ending of the companion, by what the names of its files look like, in capitals
    or not.
    """
    seen = [(each, _is_companion(each.name, companions)) for each in files]
    there = {each.name.casefold(): each for each, is_beside in seen if is_beside}
    named = [(each, _names(each.name, companions)) for each, is_beside in seen if not is_beside]
    chosen = {
        file.name: next((name.casefold() for name in names if name.casefold() in there), "")
        for file, names in named
    }
    claims = Counter(chosen.values())
    for file, names in named:
        name = chosen[file.name]
        if not names:
            yield Found(file)
        elif not name:
            log.warning("%s waits for its companion, %s.", file_name(file.name), _or(names))
        elif claims[name] > 1:
            log.warning(
                "%s waits: %s can be the companion of another file as well. Call it %s.",
                *(file_name(file.name), file_name(there[name].name), file_name(names[0])),
            )
        elif there[name].order < file.order:
            log.warning("%s is newer than its companion: it waits.", file_name(file.name))
        else:
            yield Found(file, there[name])
    for name in there.keys() - claims.keys():
        lone = file_name(there[name].name)
        log.warning("%s waits for the file whose companion it is.", lone)


def _is_companion(name: str, companions: Mapping[str, str]) -> bool:
    """Whether a name is made of one that should have a companion, and the ending of this."""
    for look, ending in companions.items():
        stem = name.casefold().removesuffix(ending.casefold())
        whole = stem + look[look.rfind(".") :] if "." in look else stem
        if stem != name.casefold() and (_looks(stem, look) or _looks(whole, look)):
            return True
    return False


def _names(name: str, companions: Mapping[str, str]) -> tuple[str, ...]:
    """What a file's companion may be called, the first that is there; nothing if it needs none."""
    ending = next((ending for look, ending in companions.items() if _looks(name, look)), "")
    stem = name.rpartition(".")[0] or name
    return tuple(dict.fromkeys((name + ending, stem + ending))) if ending else ()


def _looks(name: str, look: str) -> bool:
    return fnmatchcase(name.casefold(), look.casefold())


def _or(names: Iterable[str]) -> str:
    return " or ".join(map(file_name, names))


def copied(shelf: Shelf, found: Found, to: Path) -> bool:
    """Whether a file was copied whole, and its companion with it; else both are being written."""
    copies = [to.with_name(f"{to.name}.{n}") for n, _ in enumerate(found.parts)]
    try:
        for part, copy in zip(found.parts, copies, strict=True):
            shelf.copy(part.name, copy)
        for part, copy in zip(found.parts, copies, strict=True):
            if shelf.mark(part.name) != part.mark or copy.stat().st_size != part.size:
                return False
        if found.companion:
            pack(copies[0], copies[1], to)
        else:
            copies[0].rename(to)
        return True
    finally:
        for copy in copies:
            copy.unlink(missing_ok=True)


def pack(file: Path, companion: Path, to: Path) -> None:
    """Write a file and its companion as one archive, not compressed."""
    with zipfile.ZipFile(to, "w") as archive:
        for name, path in zip(_PARTS, (file, companion), strict=True):
            part = zipfile.ZipInfo(name, _WHEN)
            part.create_system, part.file_size = 3, path.stat().st_size
            with path.open("rb") as read, archive.open(part, "w") as written:
                shutil.copyfileobj(read, written)
