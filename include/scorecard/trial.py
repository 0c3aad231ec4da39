"""What would become of a file if it were sent: `scorecard try`. Nothing is stored."""

import secrets
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from scorecard import lookups, lots
from scorecard.admission import Refused
from scorecard.connectors.companion import pack
from scorecard.intake import Arrived, Staged, stage
from scorecard.judge import Judged, judge
from scorecard.mapping import load
from scorecard.settings import Settings
from scorecard.trial_reasons import reasons, undecided
from scorecard.workbench import workbench

# How many rows set aside are listed one by one; all of them are counted.
_LISTED = 1000


def try_file(
    path: Path,
    settings: Settings,
    now: datetime,
    mapping: str | None = None,
    using: Path | None = None,
    beside: Path | None = None,
) -> dict[str, Any]:
    """What would be accepted, set aside or refused, and why. `beside` is the file's companion.

    Keys: rows_received, rows_accepted, rows_set_aside, rows_refused (those of a refused file that
    no rule sets aside), months (rows by month), refusals, set_aside (row, rule, why; the first
    thousand), by_rule, reasons (see `trial_reasons`), undecided (lines of the mapping in `using`
    that say `# ?`), columns, system, table, and amounts where the mapping names a column whose
    amounts must add up.
    """
    empty = _nothing(path, mapping)
    if missing := [each for each in (path, beside) if each and not each.is_file()]:
        refusal = f"{missing[0]}: there is no such file. Check the path."
        return {**empty, "refusals": [refusal]}
    known = lookups.read(settings.council, secrets.token_bytes(32))
    # Whoever names a mapping tries it before a feed lists it.
    feeds = {} if mapping or using else known.council.feeds
    with workbench(settings, known, feeds) as bench:
        if using:
            mapping = using.stem
            bench = replace(bench, mappings={mapping: load(using)})
            empty["undecided"] = undecided(using.read_text(encoding="utf-8"))
        try:
            sent = bench.folder / "with_its_companion" if beside else path
            if beside:
                pack(path, beside, sent)
            file = stage(bench, 1, Arrived(sent, path.name, now), mapping)
        except Refused as refusal:
            return {**empty, "refusals": [str(refusal)]}
        (judged,) = judge(bench.connection, [file])
        told = _told(bench.connection, judged)
        why = _by_reason(bench.connection)
        mends = reasons(why, file.mapping, settings.council, str(using or ""))
        return {**empty, **told, "reasons": mends}


def _nothing(path: Path, mapping: str | None) -> dict[str, Any]:
    """What is told of a file of which nothing was read."""
    return {
        "file": path.name, "system": mapping, "table": None, "rows_received": 0,
        "rows_accepted": 0, "rows_set_aside": 0, "rows_refused": 0, "months": {}, "refusals": [],
        "set_aside": [], "by_rule": {}, "reasons": [], "undecided": [], "columns": [],
        "amounts": None,
    }  # fmt: skip


def _by_reason(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int, int]]:
    """How many rows are set aside for each rule and reason, and the first of them."""
    return connection.execute(
        "select rule, why, count(*), min(row) from aside_1 group by rule, why order by all"
    ).fetchall()


def _told(connection: duckdb.DuckDBPyConnection, judged: Judged) -> dict[str, Any]:
    file = judged.staged
    aside = connection.execute(
        f"select row, rule, why from ({lots.aside(1, 1)}) order by row limit {_LISTED}"
    ).fetchall()
    by_rule = connection.execute(
        "select rule, count(*) from aside_1 group by rule order by rule"
    ).fetchall()
    refused = judged.refusal is not None
    return {
        "system": file.mapping.system,
        "table": file.mapping.table,
        "rows_received": file.rows_received,
        "rows_accepted": 0 if refused else file.rows_received - judged.rows_set_aside,
        "rows_set_aside": judged.rows_set_aside,
        "rows_refused": file.rows_received - judged.rows_set_aside if refused else 0,
        "months": {} if refused else dict(judged.months),
        "refusals": [str(judged.refusal)] if refused else [],
        "set_aside": [{"row": row, "rule": rule, "why": why} for row, rule, why in aside],
        "by_rule": dict(by_rule),
        "columns": [c.name for c in file.mapping.of.columns if c.name in file.mapping.columns],
        "amounts": _amounts(connection, file),
    }


def _amounts(connection: duckdb.DuckDBPyConnection, file: Staged) -> dict[str, Any] | None:
    """The sums of the column that must add up: received, accepted and set aside."""
    stated = file.mapping.control_total
    column = file.mapping.reconcile or (stated.of if stated else None)
    if column is None:
        return None
    row = connection.execute(f"""
        select
            coalesce(sum({column}), 0),
            coalesce(sum({column}) filter (where gone.row is null), 0),
            coalesce(sum({column}) filter (where gone.row is not null), 0),
            count(*) filter (where {column} is null)
        from mapped_1 left join aside_1 as gone on gone.row = _row
    """).fetchone()
    assert row
    received, accepted, aside, unreadable = row
    return {
        "column": column,
        "received": _text(received),
        "accepted": _text(accepted),
        "set_aside": _text(aside),
        "rows_without_amount": unreadable,
        "control_total": _text(file.control_total),
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
