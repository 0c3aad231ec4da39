"""Rows of a database, asked for by a query of include/sql/extract/, as one CSV file for a month.

The query is read-only and runs once. Its rows stream into the file, so that memory does not grow
with them; a file that is not whole is never delivered.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection as Session
from sqlalchemy import text

from scorecard.connectors import Ask, CannotFetch, Delivery, cells, query, twin_of
from scorecard.connectors.database import session

log = logging.getLogger(__name__)

_ROWS = 2000  # that are held in memory at once


def fetch(ask: Ask) -> Iterator[Delivery]:
    """The rows of a system's month as `<system>_<month>.csv`; nothing if there are none."""
    statement = query.read(twin_of("sql", ask.system))
    path = ask.folder / f"{ask.system}_{ask.month}.csv"
    with session(ask) as opened:
        rows = _streamed(ask, opened, statement, path)
    log.info("%s %s: %s rows pulled", ask.system, ask.month, f"{rows:,}")
    if rows:
        yield Delivery(path, path.name, ask.at)


def _streamed(ask: Ask, opened: Session, statement: str, path: Path) -> int:
    """How many rows were written; CannotFetch if one of them cannot be."""
    known = query.parameters_of(ask.month)
    asked = {name: known[name] for name in query.parameters_in(statement)}
    streaming = opened.execution_options(stream_results=True, max_row_buffer=_ROWS)
    where, most = f"{ask.system}.sql, {ask.month}", ask.settings.max_file_mb * 1024**2
    try:
        with streaming.execute(text(query.as_text(statement)), asked) as result:
            headings = list(result.keys())
            if not all(headings):
                raise CannotFetch(f"{where}: a column has no name. Name it with `as`.")
            return cells.write(path, headings, result.partitions(_ROWS), most)
    except cells.TooLarge:
        raise CannotFetch(
            f"{where}: the answer is over the limit of {ask.settings.max_file_mb:,} MB. Ask "
            "for fewer columns or rows, or raise SCORECARD_MAX_FILE_MB."
        ) from None
    except cells.NoText as error:
        raise CannotFetch(
            f"{where}: a column holds values of the type {error}, which have no agreed text. "
            "Cast it in the query, to a text, number or moment."
        ) from None
    except (ValueError, OverflowError):
        raise CannotFetch(
            f"{where}: a value cannot be read, such as a day after the year 9999. Leave such "
            "rows out in the query, or cast the column to a text."
        ) from None
