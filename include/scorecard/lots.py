"""What DuckDB holds of a lot: files of one layout, named by the number of the first.

The table `rows_<lot>`, in memory as far as its limit goes; the view `mapped_<lot>`, the same rows
by `_file` and `_row`; the table `aside_<lot>` of file, row, rule and why; at last `good_<lot>`, the
rows that are stored.
"""

import duckdb
import pyarrow as pa

from scorecard.looking_up import resolved
from scorecard.mapping import Mapping


def number(
    connection: duckdb.DuckDBPyConnection, lot: int, mapping: Mapping, row: str, starts: str = ""
) -> None:
    """Give every row its number in its file, and set aside what could not be mapped."""
    cells = ", ".join(column.name for column in mapping.of.columns)
    cells += ", _file, _alike, _month, _rule, _why"
    first = "order by _rule = 'counted_together'" if mapping.unpivot else ""
    once = "distinct on (_file, _row)" if mapping.unpivot else ""  # a row of many periods
    connection.execute(f"""
        create table aside_{lot} (file bigint, row bigint, rule varchar, why varchar);
        create view mapped_{lot} as select {cells}, {row} as _row from rows_{lot} {starts};
        insert into aside_{lot}
        select {once} _file, _row, _rule, _why from mapped_{lot} where _rule is not null {first}
    """)


def reject(
    connection: duckdb.DuckDBPyConnection, n: int, rejected: tuple[tuple[int, str], ...]
) -> None:
    """Set aside the rows of a file that could not be read."""
    shaped = pa.table({
        "row": pa.array([row for row, _ in rejected], pa.int64()),
        "why": pa.array([why for _, why in rejected], pa.string()),
    })  # fmt: skip
    connection.register("rows_rejected", shaped)
    connection.execute(
        f"insert into aside_{n} select {n}, row, 'row_shape', why from rows_rejected"
    )
    connection.unregister("rows_rejected")


def good_rows(lot: int) -> str:
    """A select of a lot's rows that are not set aside."""
    gone = f"select 1 from aside_{lot} as gone where gone.file = _file and gone.row = _row"
    return f"select * from mapped_{lot} where not exists ({gone})"


def make_good(
    connection: duckdb.DuckDBPyConnection, lot: int, mapping: Mapping, files: int
) -> None:
    """Make `good_<lot>`; a table if several files are written from it, one after the other."""
    kind = "table" if files > 1 else "view"
    connection.execute(f"create {kind} good_{lot} as {resolved(good_rows(lot), mapping)}")


def forget(connection: duckdb.DuckDBPyConnection, lot: int, files: int) -> None:
    """Give back the memory of a lot that is done with."""
    kind = "table" if files > 1 else "view"
    connection.execute(f"""
        drop {kind} good_{lot}; drop view mapped_{lot}; drop table rows_{lot};
        drop table aside_{lot}; drop table if exists starts_{lot}
    """)
