"""What becomes of an extract that was judged: its good rows are stored, or its refusal recorded."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, update

from scorecard import lots
from scorecard.admission import Refused
from scorecard.judge import Judged
from scorecard.mapping_numbers import text
from scorecard.names import one_line
from scorecard.objects import sha256_of
from scorecard.register.models import AcceptedFile, Check, Extract
from scorecard.stores import Stores
from scorecard.verdicts import Verdict
from scorecard.workbench import Workbench

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Written:
    month: str
    object_id: str
    sha256: str
    rows: int


def settle(stores: Stores, bench: Workbench, judged: Judged, now: datetime) -> int | None:
    """The id of an extract whose rows are stored, or nothing if it is refused."""
    if judged.refusal:
        refuse(stores, judged.staged.n, judged.refusal, now, judged)
        return None
    _store(stores, bench, judged, now)
    return judged.staged.n


def refuse(
    stores: Stores,
    extract_id: int,
    refusal: Refused,
    now: datetime,
    judged: Judged | None = None,
) -> None:
    """Record why nothing of an extract is used, and what the checks found in it."""
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
        written = list(_write_months(stores, bench, judged, folder))
        if judged.rows_set_aside:
            aside = folder / "aside.parquet"
            bench.connection.execute(f"""
                copy (
                    select row, rule, why from ({lots.aside(file.lot, file.n)}) order by row
                ) to {text(str(aside))} (format parquet, compression zstd)
            """)
            stores.objects.put(aside, f"aside/{file.n}.parquet", again=True)
    with stores.register.begin() as connection:
        connection.execute(
            update(Extract)
            .where(Extract.id == file.n)
            .values(state="accepted", accepted_at=now, **_counts(judged))
        )
        _record_checks(connection, file.n, judged.verdicts)
        if written:
            of_file = {"extract_id": file.n, "table": file.mapping.table}
            connection.execute(insert(AcceptedFile), [of_file | one.__dict__ for one in written])
    log.info(
        "%s: %s rows received, %s accepted, %s set aside",
        one_line(file.name),
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
    stores: Stores, bench: Workbench, judged: Judged, folder: Path
) -> Iterator[_Written]:
    file = judged.staged
    for month, rows in judged.months:
        path = folder / f"{month}.parquet"
        bench.connection.execute(f"""
            copy (
                select * exclude (_file, _month), _file as _extract_id from good_{file.lot}
                where _file = {file.n} and _month = {text(month)}
            ) to {text(str(path))} (format parquet, parquet_version v2)
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
