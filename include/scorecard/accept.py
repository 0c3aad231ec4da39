"""Step: kept extracts to checked Parquet, one file for each month that an extract touches.

A refused extract leaves nothing but its refusal; what was accepted before it stands.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Row

from scorecard import lookups, lots
from scorecard.admission import Refused
from scorecard.intake import Arrived, Ready, Staged, lots_of, ready, stage_lot, stage_one
from scorecard.judge import judge
from scorecard.register import only_one
from scorecard.settle import refuse, settle
from scorecard.sources import TABLES
from scorecard.stores import Stores
from scorecard.waiting import waiting
from scorecard.workbench import Workbench, workbench

log = logging.getLogger(__name__)

# Files are read and checked together: up to this many, or this many bytes.
_BATCH_FILES = 60
_BATCH_BYTES = 256 * 1024**2
# Two lots at once: while one is read by DuckDB, another is looked up and hashed by Python.
_AT_ONCE = 2


def run(stores: Stores, source: str, now: datetime) -> list[int]:
    """The extracts of a source that were accepted.

    Looked at are those that were kept, and those refused by definitions that have changed since.
    """
    with only_one(stores.register, f"accept {source}"):
        kept = waiting(stores, source, now)
        known = lookups.read(stores.settings.council, stores.hash_key)
        with workbench(stores.settings, known) as bench:
            batches = _batches(kept)
            accepted = [done for batch in batches for done in _accept(stores, bench, batch, now)]
    log.info("%s: %d extracts, %d accepted", source, len(kept), len(accepted))
    return accepted


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


def _accept(stores: Stores, bench: Workbench, extracts: list[Row[Any]], now: datetime) -> list[int]:
    """The ids of a batch's extracts that were accepted."""
    with TemporaryDirectory(dir=bench.folder) as folder, ThreadPoolExecutor(_AT_ONCE) as hands:
        opened = hands.map(lambda e: _open(stores, bench, e, Path(folder), now), extracts)
        together = lots_of(file for file in opened if file)
        staged = hands.map(lambda lot: _stage(stores, bench.place(), lot, now), together)
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
        arrived = Arrived(path, extract.file_name, extract.received_at)
        file = ready(bench, extract.id, arrived, folder)
        _belongs(file, extract.source)
    except Refused as refusal:
        refuse(stores, extract.id, refusal, now)
        return None
    return file


def _stage(stores: Stores, bench: Workbench, lot: list[Ready], now: datetime) -> list[Staged]:
    """The rows of files of one layout, less those that are refused."""
    together = stage_lot(bench, lot) if len(lot) > 1 else None
    if together is not None:
        return together
    staged = []
    for file in lot:
        try:
            staged.append(stage_one(bench, file))
        except Refused as refusal:
            refuse(stores, file.opened.n, refusal, now)
    return staged


def _belongs(ready: Ready, source: str) -> None:
    """Refuse a file that is another source's: somebody put it into the wrong folder."""
    mapping = ready.opened.found.mapping
    theirs = TABLES[mapping.table].source
    if theirs != source:
        raise Refused(
            f"{ready.file.name}: a file of {mapping.system}, which belongs to {theirs}, arrived "
            f"with {source}. Put it into the inbox of {theirs}."
        )
