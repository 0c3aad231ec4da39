"""Step: kept extracts to checked Parquet, one file for each month that an extract touches.

A refused extract leaves nothing but its refusal; what was accepted before it stands.
"""

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, insert, update

from scorecard import lookups
from scorecard.admission import Refused, one_line
from scorecard.intake import Arrived, Staged, forget, resolved, stage
from scorecard.judge import Judged, Verdict, judge
from scorecard.mapping_cells import text
from scorecard.objects import sha256_of
from scorecard.register import only_one
from scorecard.register.models import AcceptedFile, Check, Extract
from scorecard.sources import TABLES
from scorecard.stores import Stores
from scorecard.waiting import waiting
from scorecard.workbench import Workbench, workbench

log = logging.getLogger(__name__)

# Files are read, then checked together: up to this many, or this many bytes.
_BATCH_FILES = 60
_BATCH_BYTES = 256 * 1024**2
# Two files at once: while one is read by DuckDB, another is looked up and hashed by Python.
_AT_ONCE = 2


@dataclass(frozen=True)
class _Written:
    month: str
    object_id: str
    sha256: str
    rows: int


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
    with ThreadPoolExecutor(_AT_ONCE) as hands:
        staged = hands.map(lambda extract: _stage(stores, bench.place(), extract, now), extracts)
        judged = judge(bench.connection, [file for file in staged if file])
        done = hands.map(lambda file: _settle(stores, bench.place(), file, now), judged)
        return [extract for extract in done if extract]


def _stage(stores: Stores, bench: Workbench, extract: Row[Any], now: datetime) -> Staged | None:
    """The extract's rows, or nothing if it is refused."""
    try:
        with stores.objects.local(f"raw/{extract.sha256}") as path:
            file = Arrived(path, extract.file_name, extract.received_at)
            staged = stage(bench, extract.id, file)
        _belongs(staged, extract.source)
    except Refused as refusal:
        _refuse(stores, extract.id, refusal, None, now)
        return None
    return staged


def _settle(stores: Stores, bench: Workbench, judged: Judged, now: datetime) -> int | None:
    """The id of an extract whose rows are stored, or nothing if it is refused."""
    if judged.refusal:
        _refuse(stores, judged.staged.n, judged.refusal, judged, now)
    else:
        _store(stores, bench, judged, now)
    forget(bench.connection, judged.staged)
    return None if judged.refusal else judged.staged.n


def _belongs(file: Staged, source: str) -> None:
    """Refuse a file that is another source's: somebody put it into the wrong folder."""
    theirs = TABLES[file.mapping.table].source
    if theirs != source:
        raise Refused(
            f"{file.name}: a file of {file.mapping.system}, which belongs to {theirs}, arrived "
            f"with {source}. Put it into the inbox of {theirs}."
        )


def _refuse(
    stores: Stores, extract_id: int, refusal: Refused, judged: Judged | None, now: datetime
) -> None:
    log.warning("%s", one_line(str(refusal)))
    with stores.register.begin() as connection:
        values: dict[str, Any] = {"state": "refused", "refusal": str(refusal), "accepted_at": now}
        if judged:
            values |= _counts(judged) | {"rows_accepted": 0}
            values["rows_set_aside"] = judged.staged.rows_received
            _record_checks(connection, extract_id, judged.verdicts)
        connection.execute(update(Extract).where(Extract.id == extract_id).values(**values))


def _store(stores: Stores, bench: Workbench, judged: Judged, now: datetime) -> None:
    """Write the good rows and the list of the others, then record both in one transaction."""
    file = judged.staged
    with stores.objects.workroom() as folder:
        written = list(_write_months(stores, bench, file, folder))
        if judged.rows_set_aside:
            aside = folder / "aside.parquet"
            bench.connection.execute(f"""
                copy (select row, rule, why from aside_{file.n} order by row)
                to {text(str(aside))} (format parquet, compression zstd)
            """)
            stores.objects.put(aside, f"aside/{file.n}.parquet", again=True)
    with stores.register.begin() as connection:
        connection.execute(
            update(Extract)
            .where(Extract.id == file.n)
            .values(state="accepted", accepted_at=now, **_counts(judged))
        )
        _record_checks(connection, file.n, judged.verdicts)
        for one in written:
            connection.execute(
                insert(AcceptedFile).values(
                    extract_id=file.n, table=file.mapping.table, **one.__dict__
                )
            )
    log.info(
        "%s: %s rows received, %s accepted, %s set aside",
        file.name,
        f"{file.rows_received:,}",
        f"{file.rows_received - judged.rows_set_aside:,}",
        f"{judged.rows_set_aside:,}",
    )


def _counts(judged: Judged) -> dict[str, Any]:
    file = judged.staged
    return {
        "system": file.mapping.system,
        "mapping_version": file.mapping.version,
        "table": file.mapping.table,
        "rows_received": file.rows_received,
        "rows_accepted": file.rows_received - judged.rows_set_aside,
        "rows_set_aside": judged.rows_set_aside,
        "control_total": file.control_total,
    }


def _write_months(
    stores: Stores, bench: Workbench, file: Staged, folder: Path
) -> Iterator[_Written]:
    months = bench.connection.execute(f"""
        select _month, count(*) from mapped_{file.n}
        where not exists (select 1 from aside_{file.n} as gone where gone.row = _row)
        group by _month order by _month
    """).fetchall()
    for month, rows in months:
        path = folder / f"{month}.parquet"
        bench.connection.execute(f"""
            copy (
                select * exclude (_month), {file.n}::bigint as _extract_id
                from ({resolved(file)}) where _month = {text(month)}
            ) to {text(str(path))} (format parquet)
        """)
        object_id = f"accepted/{file.mapping.table}/{month}/{file.n}.parquet"
        sha256 = sha256_of(path)
        stores.objects.put(path, object_id, again=True)
        yield _Written(month, object_id, sha256, rows)


def _record_checks(connection: Connection, extract_id: int, verdicts: tuple[Verdict, ...]) -> None:
    connection.execute(
        insert(Check),
        [
            {
                "extract_id": extract_id,
                "rule": verdict.rule,
                "dimension": verdict.dimension,
                "severity": verdict.severity,
                "rows_checked": verdict.rows_checked,
                "rows_set_aside": verdict.rows_failed,
                "result": verdict.result,
                "why": verdict.why,
            }
            for verdict in verdicts
        ],
    )


def aside_of(stores: Stores, extract_id: int) -> Path:
    """Where the list of an extract's rows set aside lies in the object store."""
    return Path(stores.objects.address(f"aside/{extract_id}.parquet"))
