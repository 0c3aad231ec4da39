"""Step: kept extracts to checked Parquet, one file for each month that an extract touches.

A refused extract leaves nothing but its refusal; what was accepted before it stands.
"""

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from sqlalchemy import Row

from scorecard import lookups, lots
from scorecard.admission import Refused
from scorecard.intake import Arrived, Ready, Staged, lots_of, ready, stage_all
from scorecard.judge import judge
from scorecard.objects import MissingObject
from scorecard.register import only_one
from scorecard.settle import refuse, settle
from scorecard.stores import Stores
from scorecard.waiting import waiting
from scorecard.workbench import Workbench, workbench

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")

# Files are read and checked together: up to this many, or this many bytes.
_BATCH_FILES = 60
_BATCH_BYTES = 256 * 1024**2
# Two lots at once: while one is read by DuckDB, another is looked up and hashed by Python. And
# while a batch is worked on, the files of the next are looked over.
_AT_ONCE = 2


def run(stores: Stores, source: str, now: datetime) -> list[int]:
    """The extracts of a source that were accepted.

    Looked at are those that were kept, and those refused by definitions that have changed since.
    MissingObject, when all others are done, if the store does not hold the bytes of one.
    """
    missing: list[str] = []
    with only_one(stores.register, f"accept {source}"):
        kept = waiting(stores, source, now)
        known = lookups.read(stores.settings.council, stores.hash_key)
        feeds = known.council.feeds
        accepted: list[int] = []
        with (
            workbench(stores.settings, known, feeds) as bench,
            ThreadPoolExecutor(1) as opener,
        ):
            batches = _one_ahead(
                opener, lambda batch: _opened(stores, bench, batch, now, missing), _batches(kept)
            )
            for folder, files in batches:
                with folder:
                    accepted += _accept(stores, bench, files, now)
    log.info("%s: %d extracts, %d accepted", source, len(kept), len(accepted))
    if missing:
        raise MissingObject(" ".join(missing))
    return accepted


def _one_ahead(
    hand: ThreadPoolExecutor, function: Callable[[T], R], items: Iterable[T]
) -> Iterator[R]:
    """What a function returns for each item; while one is used, the next is made."""
    coming: deque[Future[R]] = deque()
    for item in items:
        coming.append(hand.submit(function, item))
        if len(coming) > 1:
            yield coming.popleft().result()
    if coming:
        yield coming.popleft().result()


def _batches(kept: Sequence[Row[Any]]) -> Iterator[list[Row[Any]]]:
    batch: list[Row[Any]] = []
    for extract in kept:
        full = len(batch) == _BATCH_FILES or sum(e.bytes for e in batch) > _BATCH_BYTES
        if batch and full:
            yield batch
            batch = []
        batch.append(extract)
    if batch:
        yield batch


def _opened(
    stores: Stores, bench: Workbench, extracts: list[Row[Any]], now: datetime, missing: list[str]
) -> tuple[TemporaryDirectory[str], list[Ready]]:
    """The files of a batch that may be read, and the folder in which they are made readable."""
    folder = TemporaryDirectory(dir=bench.folder)

    def opened(extract: Row[Any]) -> Ready | None:
        try:
            return _open(stores, bench, extract, Path(folder.name), now)
        except MissingObject as error:
            missing.append(f"Extract {extract.id} of {extract.source}: {error}")
            return None

    with ThreadPoolExecutor(_AT_ONCE) as hands:
        return folder, [file for file in hands.map(opened, extracts) if file]


def _accept(stores: Stores, bench: Workbench, files: list[Ready], now: datetime) -> list[int]:
    """The ids of a batch's extracts that were accepted."""
    with ThreadPoolExecutor(_AT_ONCE) as hands:
        staged = hands.map(lambda lot: _stage(stores, bench.place(), lot, now), lots_of(files))
        judged = judge(bench.connection, [file for lot in staged for file in lot])
        sizes = Counter(file.staged.lot for file in judged)
        for lot, mapping in {file.staged.lot: file.staged.mapping for file in judged}.items():
            lots.make_good(bench.connection, lot, mapping, sizes[lot])
        done = list(hands.map(lambda file: settle(stores, bench.place(), file, now), judged))
        for lot in sizes:
            lots.forget(bench.connection, lot, sizes[lot])
        return [extract for extract in done if extract]


def _open(
    stores: Stores, bench: Workbench, extract: Row[Any], folder: Path, now: datetime
) -> Ready | None:
    """The extract as it will be read, or nothing if it is refused."""
    try:
        path = stores.objects.local(f"raw/{extract.sha256}", folder)
        arrived = Arrived(path, extract.file_name, extract.received_at, extract.source)
        return ready(bench, extract.id, arrived, folder)
    except Refused as refusal:
        refuse(stores, extract.id, refusal, now)
        return None


def _stage(stores: Stores, bench: Workbench, lot: list[Ready], now: datetime) -> list[Staged]:
    """The rows of files of one layout, less those that are refused."""

    def refused(file: Ready, refusal: Refused) -> None:
        refuse(stores, file.opened.n, refusal, now)

    return stage_all(bench, lot, refused)
