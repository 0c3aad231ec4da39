"""What DuckDB holds of a lot: files of one layout, named by the number of the first.

The table `rows_<lot>`, in memory as far as its limit goes, or packed if it is large; the view
`mapped_<lot>`, the same rows by `_file` and `_row`; the table `aside_<lot>` of file, row, rule and
why; `pages_<lot>`, where the pages begin on which its rows stand; at last `good_<lot>`, the rows
that are stored.
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
        create table pages_{lot} (before bigint, page bigint);
        create view mapped_{lot} as select {cells}, {row} as _row from rows_{lot} {starts};
        insert into aside_{lot}
        select {once} _file, _row, _rule, _why from mapped_{lot} where _rule is not null {first}
    """)


def numbered(
    connection: duckdb.DuckDBPyConnection, table: str, row: str, first: int, missing: list[int]
) -> str:
    """The number in the file of each row of a table, as SQL.

    `row` counts the rows that DuckDB read. Row `first` of the file has the headings, and the rows
    that are `missing` were not read: the count leaves room for them.
    """
    if not missing:
        return f"{row} + {first}"
    after = [gone - first - nth for nth, gone in enumerate(sorted(missing), start=1)]
    gaps = pa.table({"read_before": after, "gaps": list(range(1, len(after) + 1))})
    connection.register("gaps_found", gaps)
    connection.execute(f"""
        create or replace table {table} as
        with gaps as (
            select read_before, max(gaps) as gaps from gaps_found group by read_before
        ),
        counted as (select {row} as _read, * from {table})
        select counted.*, counted._read + coalesce(gaps.gaps, 0) as _number
        from counted asof left join gaps on counted._read > gaps.read_before
    """)
    connection.unregister("gaps_found")
    return f"_number + {first}"


def reject(
    connection: duckdb.DuckDBPyConnection, n: int, rejected: tuple[tuple[int, str], ...]
) -> None:
    """Set aside the rows of a file that could not be read."""
    if not rejected:
        return
    shaped = pa.table({
        "row": pa.array([row for row, _ in rejected], pa.int64()),
        "why": pa.array([why for _, why in rejected], pa.string()),
    })  # fmt: skip
    connection.register("rows_rejected", shaped)
    connection.execute(
        f"insert into aside_{n} select {n}, row, 'row_shape', why from rows_rejected"
    )
    connection.unregister("rows_rejected")


def begin_pages(connection: duckdb.DuckDBPyConnection, n: int, starts: tuple[int, ...]) -> None:
    """Remember how many records stand before each page of a file."""
    if not starts:
        return
    found = pa.table({"before": pa.array(starts, pa.int64())})
    connection.register("pages_found", found)
    connection.execute(
        f"insert into pages_{n} select before, row_number() over () from pages_found"
    )
    connection.unregister("pages_found")


def aside(lot: int, file: int) -> str:
    """A select of a file's rows that are set aside: row, rule, and why, with the page if any."""
    return f"""
        select
            gone.row,
            gone.rule,
            gone.why || coalesce(
                ' (page ' || pages.page || ', record ' || gone.row - pages.before || ')', ''
            ) as why
        from aside_{lot} as gone
        asof left join pages_{lot} as pages on gone.row > pages.before
        where gone.file = {file}
    """


def good_rows(lot: int) -> str:
    """A select of a lot's rows that are not set aside."""
    gone = f"select 1 from aside_{lot} as gone where gone.file = _file and gone.row = _row"
    return f"select * from mapped_{lot} where not exists ({gone})"


def set_repeats_aside(connection: duckdb.DuckDBPyConnection, lot: int) -> None:
    """Of rows that are one row sent twice, keep the first."""
    connection.execute(f"""
        insert into aside_{lot}
        with twice as (
            select _file, _alike, min(_row) as first_row from mapped_{lot}
            where _rule is null and _alike is not null group by _file, _alike having count(*) > 1
        )
        select distinct on (_file, _row)
            _file, _row, 'repeated_row', 'the same as row ' || twice.first_row
        from ({good_rows(lot)}) as good inner join twice using (_file, _alike)
        where _row > twice.first_row
    """)


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
        drop table aside_{lot}; drop table pages_{lot}; drop table if exists starts_{lot}
    """)
