"""The files of a folder, of this machine or of a server, each copied when it is whole.

Whole is a file whose size and time are the same at two looks and after it was copied; or, where the
feed says `marker`, one beside which lies a file of its name with that ending, no older than it. A
file that has a companion is whole once this is, and both are one delivery.
"""

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

from scorecard.connectors import Ask, Away, CannotFetch, Delivery
from scorecard.connectors.companion import Found, copied, paired
from scorecard.connectors.shelf import Local, Seen, Shelf
from scorecard.names import COMPANION_KB, HALF_WRITTEN, file_name
from scorecard.objects import sha256_of

log = logging.getLogger(__name__)

SETTLING = 10  # seconds between two looks at a folder that a connection names
_LONGEST = 3600  # seconds that may lie between them
_ROOM = 255 - len("_.marker") - 64  # bytes of a file's name, beside its hash


def fetch(ask: Ask) -> Iterator[Delivery]:
    """Every whole file of the feed's folder, in the order in which they arrived.

    A file that cannot be read, or not be moved to the archive, or that is over the limit of size,
    keeps no other out: CannotFetch names it when all are done. What is over the limit is not
    copied, so that it fills no disk. Away if the system as a whole does not answer.
    """
    problems: dict[str, list[str]] = {kind: [] for kind in _MENDS}
    with _shelf(ask) as shelf:
        for number, found in enumerate(_whole(ask, shelf)):
            name = file_name(found.file.name)
            named = f"{ask.source}/{' with '.join(file_name(part.name) for part in found.parts)}"
            copy = ask.folder / str(number)  # a name of ours: theirs is no path here
            if found.file.size > ask.settings.max_file_mb * 1024**2 or found.is_too_large:
                problems["beside" if found.is_too_large else "large"].append(named)
                continue
            try:
                if not copied(shelf, found, copy):
                    log.warning("%s is still being written. It is kept when it is whole.", name)
                    continue
                sha256 = sha256_of(copy) if ask.feed.archive else ""
                yield Delivery(copy, name, found.newest.changed)
                if not _put_by(ask, shelf, found, sha256):
                    problems["stays"].append(named)
            except FileNotFoundError:
                log.warning("%s: was taken away before it was kept. Send it again.", name)
            except PermissionError:
                problems["unreadable"].append(named)
            except Away:
                raise
            except OSError as error:
                why = error.strerror or type(error).__name__
                problems["failed"].append(f"{named} ({why})")
            finally:
                copy.unlink(missing_ok=True)
    if any(problems.values()):
        raise CannotFetch("\n".join(_told(ask, problems)))


# What to say of files that were not copied, or could not be put by.
_MENDS = {
    "large": "over the limit of {mb:,} MB, so it was not copied. Send it in smaller files and take "
    "it away, or raise SCORECARD_MAX_FILE_MB.",
    "beside": "the companion is over {kb} kB, so neither was copied. Send the small file that says "
    "what the other holds, or correct `companion` of the feed.",
    "unreadable": "the account that runs Scorecard may not read it. Give it the right to read the "
    "file, and run the DAG again.",
    "failed": "could not be copied. The next run tries again; if it stays so, look at the share, "
    "and at the space on this machine's disk.",
    "stays": "kept, but it cannot be moved to {archive}. See that {archive} is a folder in which "
    "the account that runs Scorecard may write.",
}


def _told(ask: Ask, problems: dict[str, list[str]]) -> Iterator[str]:
    """Each kind of problem in one sentence for all of its files."""
    limits = {"mb": ask.settings.max_file_mb, "kb": COMPANION_KB, "archive": ask.feed.archive}
    for kind, names in problems.items():
        if names:
            yield f"{', '.join(names)}: {_MENDS[kind].format(**limits)}"


def _shelf(ask: Ask) -> Shelf:
    """Where the files lie: the inbox, unless a connection says otherwise."""
    connection, feed = ask.connection, ask.feed
    if connection is None:
        log.info("%s: no connection names another folder; the inbox is read", ask.source)
        return Local(ask.settings.inbox / feed.folder, may_be_missing=True)
    if connection.kind == "fs":
        return Local(_path_of(ask, str(connection.extra.get("path") or "")))
    from scorecard.connectors.remote import opened

    return opened(ask, connection)


def _whole(ask: Ask, shelf: Shelf) -> list[Found]:
    """The files that may be copied, first arrived first."""
    first = _candidates(ask, _look(ask, shelf))
    if first and (wait := _settling(ask)):
        time.sleep(wait)
        again = {seen.name: seen.mark for seen in _look(ask, shelf)}
        growing = [f for f in first if any(again.get(p.name) != p.mark for p in f.parts)]
        for found in growing:
            log.warning("%s is still being written.", file_name(found.file.name))
        first = [found for found in first if found not in growing]
    return sorted(first, key=lambda found: (found.newest.order, found.file.name))


def _look(ask: Ask, shelf: Shelf) -> list[Seen]:
    """The files of a folder; CannotFetch if it cannot be looked into."""
    try:
        return shelf.look()
    except Away:
        raise
    except OSError as error:
        raise CannotFetch(
            f"{ask.named}: folder {ask.feed.folder} cannot be read ({error.strerror}). Correct "
            "path of the connection or folder in feeds.yaml, or give the account that runs "
            "Scorecard the right to read it."
        ) from None


def _candidates(ask: Ask, seen: list[Seen]) -> list[Found]:
    """Files whose name says nothing against them, with what has to lie beside them."""
    marker, markers = ask.feed.marker, {each.name: each for each in seen}
    files = [
        each
        for each in seen
        if not each.name.startswith(".") and "/" not in each.name and "\0" not in each.name
        and not each.name.lower().endswith(HALF_WRITTEN)
        and (not marker or not each.name.endswith(marker))
    ]  # fmt: skip
    found = list(paired(files, ask.feed.companion))
    if not marker:
        return found
    return [each for each in found if _is_marked(each, markers.get(each.file.name + marker))]


def _is_marked(found: Found, marker: Seen | None) -> bool:
    """Whether a file has its marker. One that is older was left by another file of this name."""
    if marker and marker.order < found.newest.order:
        log.warning("%s is newer than its marker: it waits.", file_name(found.newest.name))
        return False
    return marker is not None


def _settling(ask: Ask) -> float:
    """How many seconds to wait between two looks: none in the inbox, as it always was."""
    if ask.connection is None:
        return 0
    try:
        seconds = float(str(ask.connection.extra.get("settle_seconds", SETTLING)))
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= _LONGEST:
        raise CannotFetch(
            f"{ask.named}: settle_seconds is no number from 0 to {_LONGEST:,}. Correct its extra "
            "fields."
        )
    return seconds


def _put_by(ask: Ask, shelf: Shelf, found: Found, sha256: str) -> bool:
    """Move a file that was kept to the archive under its hash, unless it has changed since.

    False if the archive does not take it.
    """
    if not ask.feed.archive:
        return True
    name, marker = found.file.name, ask.feed.marker
    try:
        changed = [each.name for each in found.parts if shelf.mark(each.name) != each.mark]
    except FileNotFoundError:
        return True
    if changed:
        log.warning("%s changed after it was kept: it stays for the next run.", changed[0])
        return True
    to = f"{ask.feed.archive}/{sha256}_{_short(name)}"
    try:
        if marker:  # before the file: what stays behind would vouch for the next one
            shelf.move(name + marker, f"{to}.marker")
        shelf.move(name, to)
        if found.companion:  # after it: a file that stays behind would take the next one's
            shelf.move(found.companion.name, f"{to}.beside")
    except (OSError, CannotFetch, Away) as error:
        log.warning("%s cannot be moved: %s", file_name(name), file_name(str(error)))
        return False
    return True


def _short(name: str) -> str:
    """A file's name, of a long one its end: a name may have 255 bytes, and a hash has 64."""
    while len(os.fsencode(name)) > _ROOM:
        name = name[1:]
    return name


def _path_of(ask: Ask, path: str) -> Path:
    """The feed's folder below the one that a connection names."""
    if not path:
        raise CannotFetch(
            f"{ask.named}: does not say where its folders lie. Add path to its extra fields."
        )
    return Path(path) / ask.feed.folder
