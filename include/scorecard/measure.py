"""Step: the KPIs' SQL over the accepted rows of a quarter, as at a moment."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from scorecard.relations import Relation, in_order
from scorecard.settings import INCLUDE

SQL = INCLUDE / "sql"

# The Arrow type in which a relation's column reaches DuckDB, by its type in `sources`.
_ARROW = {
    "text": pa.string(),
    "code": pa.string(),
    "month": pa.string(),
    "moment": pa.timestamp("us", tz="UTC"),
    "date": pa.date32(),
    "int": pa.int64(),
    "dec": pa.decimal128(18, 6),
    "gbp": pa.decimal128(18, 2),
    "flag": pa.bool_(),
}


@contextmanager
def database(memory_mb: int, threads: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty DuckDB in memory that spills to a folder of its own; its clock is UTC."""
    with tempfile.TemporaryDirectory(prefix="scorecard-measure-") as folder:
        options = {
            "memory_limit": f"{memory_mb}MB",
            "threads": threads,
            "temp_directory": folder,
        }
        with duckdb.connect(config=options) as connection:
            connection.execute("set TimeZone = 'UTC'")
            yield connection


def add_relation(connection: duckdb.DuckDBPyConnection, relation: Relation) -> None:
    """Make a table of a relation's rows."""
    schema = pa.schema([(name, _ARROW[kind]) for name, kind in relation.types.items()])
    columns = list(zip(*relation.rows, strict=True)) or [[] for _ in schema]
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    connection.from_arrow(pa.table(arrays, schema=schema)).create(relation.name)


def queries(folder: Path, prefix: str = "") -> dict[str, str]:
    """The SQL of every file of a folder, by the name of the relation that it makes."""
    return {
        f"{prefix}{path.stem}": path.read_text(encoding="utf-8")
        for path in sorted(folder.glob("*.sql"))
    }


def add_tables(connection: duckdb.DuckDBPyConnection, made_by: Mapping[str, str]) -> None:
    """Make a table of every query, each after those that it reads."""
    for name in in_order(made_by):
        connection.sql(made_by[name]).create(name)


def rows_of(connection: duckdb.DuckDBPyConnection, sql: str) -> Sequence[tuple[Any, ...]]:
    """The rows that a query returns."""
    return connection.execute(sql).fetchall()
