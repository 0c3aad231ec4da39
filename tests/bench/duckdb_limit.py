"""The physical limit: bare DuckDB reads the same files and groups them as the figures need.

It checks nothing, stores nothing, forgets nobody's name and knows each file's layout beforehand.
DuckDB reads neither xlsx nor Windows text: calamine reads the ledgers, and Python turns the print
log into UTF-8.
"""

import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
from python_calamine import CalamineWorkbook
from tests.bench.held import peak


@dataclass(frozen=True)
class Feed:
    """One kind of file: where it lies, how it is written, and what is asked of it."""

    files: str
    select: str  # over the cells c1, c2, ...
    delimiter: str = ","
    banner: int = 0
    spare: int = 0  # cells without a heading
    encoding: str = "utf-8"
    quote: str = '"'
    heading: bool = True


_TICKETS = """
    select
        strftime(try_cast({opened} as timestamp), '%Y-%m') as month, {group},
        strftime(try_cast({resolved} as timestamp), '%Y-%m') as resolved_in, count(*),
        count(*) filter (try_cast({answered} as timestamp) is not null),
        sum(date_diff('minute', try_cast({opened} as timestamp), try_cast({resolved} as timestamp)))
    from cells group by all
"""
_FEEDS = (
    Feed(
        "workforce/work_patterns*.csv",
        """select c1 as month, lower(c2) as person, any_value(c3) as directorate,
            sum(try_cast(c6 as decimal(18, 6))) as fte
        from cells group by all""",
    ),
    Feed(
        "printing/*.csv",
        """select
            timezone('Europe/London', try_cast(c1 as timestamp))::date as day, staff.directorate,
            c8 as paper, c12 as duplex, count(*),
            sum(try_cast(c3 as bigint) * try_cast(c4 as bigint)),
            sum(if(c13 = 'GRAYSCALE', 0, try_cast(c3 as bigint) * try_cast(c4 as bigint)))
        from cells left join staff
            on staff.person = lower(c2) and staff.month = left(c1, 7)
        group by all""",
        banner=1, spare=1, encoding="cp1252",
    ),
    Feed(
        "remote_working/Interactive*.csv",
        """select lower(split_part(c7, '@', 1)) as person,
            timezone('Europe/London', try_cast(c1 as timestamptz))::date as day,
            max(c26 like '10.20.%' or c26 like '198.51.100.%')
        from cells where c28 = 'Success' group by all""",
    ),
    Feed(
        "remote_working/desk*.csv",
        """select lower(c3) as person, try_strptime(c6, '%d/%m/%Y %H:%M')::date as day, max(c2)
        from cells group by all""",
        delimiter=";",
    ),
    # A log of keys and values: each line is one cell.
    Feed(
        "remote_working/fortigate*.log",
        """select split_part(split_part(c1, 'user="', 2), '"', 1) as person,
            timezone('Europe/London', ended - to_seconds(seconds))::date as day, sum(seconds)
        from (
            select c1, try_cast(split_part(split_part(c1, ' duration=', 2), ' ', 1) as bigint)
                as seconds,
                try_strptime(
                    split_part(split_part(c1, 'date=', 2), ' ', 1)
                    || split_part(split_part(c1, ' time=', 2), ' ', 1)
                    || split_part(split_part(c1, 'tz="', 2), '"', 1), '%Y-%m-%d%H:%M:%S%z'
                ) as ended
            from cells where contains(c1, 'action="tunnel-down"')
        ) group by all""",
        delimiter="\x01", quote="", heading=False,
    ),
    Feed("tickets/incident*.csv", _TICKETS.format(
        opened="c13", answered="c14", resolved="c15", group="c5, c9, c11")),
    Feed("tickets/sc_req*.csv", _TICKETS.format(
        opened="c10", answered="c11", resolved="c12", group="c3, c6, c8")),
    Feed("budget/savings*.csv", "select c4, c7, count(*) from cells group by all"),
    Feed("workforce/workforce*.csv", """select c1, c2, sum(try_cast(c8 as decimal(18, 6)))
        from cells group by all"""),
)  # fmt: skip


def main(inbox: str) -> None:
    """Read and group everything; print seconds and memory as JSON."""
    started, processor = time.perf_counter(), time.process_time()
    groups = 0
    with duckdb.connect() as connection, tempfile.TemporaryDirectory() as scratch:
        connection.execute("set memory_limit = '768MB'; set enable_progress_bar = false")
        for feed in _FEEDS:
            for path in sorted(Path(inbox).glob(feed.files)):
                _open(connection, feed, path, Path(scratch))
                name = "staff" if "patterns" in feed.files else "groups"
                connection.execute(f"create table if not exists {name} as {feed.select} limit 0")
                connection.execute(f"insert into {name} {feed.select}")
            groups += 0 if name == "staff" else _emptied(connection)
        for path in sorted(Path(inbox).glob("budget/*.xlsx")):
            groups += len(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
    most = peak()
    told = {
        "parts": {"in all": time.perf_counter() - started},
        "cpu": time.process_time() - processor,
        "peak_mb": most,
        "groups": groups,
    }
    sys.stdout.write(json.dumps(told) + "\n")


def _emptied(connection: duckdb.DuckDBPyConnection) -> int:
    """How many groups there were; their table makes way for the next feed's."""
    ((count,),) = connection.execute("select count(*) from groups").fetchall()
    connection.execute("drop table groups")
    return int(count)


def _open(connection: duckdb.DuckDBPyConnection, feed: Feed, path: Path, scratch: Path) -> None:
    """Create the view `cells` over a file."""
    with path.open("rb") as file:
        head = [file.readline() for _ in range(feed.banner + 1)][-1].decode("utf-8-sig")
    if feed.encoding != "utf-8":
        readable = scratch / "readable.csv"
        readable.write_bytes(path.read_bytes().decode(feed.encoding).encode())
        path = readable
    cells = head.count(feed.delimiter) + 1 + feed.spare
    columns = ", ".join(f"c{n}: 'varchar'" for n in range(1, cells + 1))
    # Mixed line ends are read only by a lenient parser, on one core.
    strict = "false" if "incident" in path.name else "true"
    connection.execute(f"""
        create or replace temp view cells as select * from read_csv(
            '{path}', columns = {{{columns}}}, header = {feed.heading}, auto_detect = false,
            skip = {feed.banner}, delim = '{feed.delimiter}', quote = '{feed.quote}',
            escape = '{feed.quote}',
            ignore_errors = true, strict_mode = {strict}
        )
    """)


if __name__ == "__main__":
    main(sys.argv[1])
