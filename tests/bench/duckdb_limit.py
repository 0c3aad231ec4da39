"""The physical limit: bare DuckDB reads the same files and groups them, and checks nothing.

Every cell that Scorecard uses is read and typed, every feed is grouped by month: less work than
this cannot give a figure. DuckDB reads neither xlsx nor Windows text: calamine reads the ledgers,
and Python turns the print log into UTF-8.
"""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from python_calamine import CalamineWorkbook

# Folder and file pattern, how to read it, what to group by, what to add up.
FEEDS = (
    ("printing/*.csv", "skip=1",
     "strftime(try_cast(column00 as timestamp), '%Y-%m'), column11, column12, column07",
     "sum(try_cast(column02 as bigint) * try_cast(column03 as bigint)), count(*)"),
    ("remote_working/Interactive*.csv", "skip=0",
     "left(column00, 10), column06, column25 like '10.20.%', column27", "count(*)"),
    ("remote_working/desk*.csv", "delim=';'", "left(column05, 10), column02, column01", "count(*)"),
    ("tickets/incident*.csv", "skip=0", "left(column14, 7), column04, column08",
     "count(*), count(try_cast(column14 as timestamp) - try_cast(column12 as timestamp))"),
    ("tickets/sc_req*.csv", "skip=0", "left(column11, 7), column02, column05",
     "count(*), count(try_cast(column11 as timestamp) - try_cast(column09 as timestamp))"),
    ("budget/savings*.csv", "skip=0", "column03, column06", "count(*)"),
    ("workforce/work_patterns*.csv", "skip=0", "column00, column02, column03",
     "sum(try_cast(column05 as decimal(18, 6)))"),
    ("workforce/workforce*.csv", "skip=0", "column00, column01", "count(*)"),
)  # fmt: skip


def main(inbox: str) -> None:
    """Read and group everything; print seconds and memory as JSON."""
    started, processor = time.perf_counter(), time.process_time()
    connection = duckdb.connect()
    connection.execute("set memory_limit = '768MB'; set enable_progress_bar = false")
    rows = 0
    scratch = tempfile.mkdtemp()
    for pattern, how, by, what in FEEDS:
        for found in sorted(Path(inbox).glob(pattern)):
            path = _utf8(found, Path(scratch)) if "printing" in pattern else found
            connection.execute(f"""
                select {by}, {what} from read_csv(
                    '{path}', header = false, all_varchar = true, quote = '"', {how},
                    strict_mode = false, ignore_errors = true,
                    columns = {{{_columns(path, how)}}}, auto_detect = false
                ) group by all
            """)
            rows += len(connection.fetchall())
    for path in sorted(Path(inbox).glob("budget/*.xlsx")):
        rows += len(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took = [time.perf_counter() - started, time.process_time() - processor]
    sys.stdout.write(json.dumps({"parts": {"all": took}, "peak_mb": peak, "groups": rows}))


def _utf8(path: Path, folder: Path) -> Path:
    copy = folder / "utf8.csv"
    copy.write_bytes(path.read_bytes().decode("cp1252").encode())
    return copy


def _columns(path: Path, how: str) -> str:
    """The columns of a file, counted in its headings."""
    banner = 1 if "skip=1" in how else 0
    with path.open("rb") as file:
        head = [file.readline() for _ in range(banner + 1)][-1].decode("utf-8-sig")
    cells = head.count(";" if "delim" in how else ",") + 1 + banner
    return ", ".join(f"'column{n:02d}': 'varchar'" for n in range(cells))


if __name__ == "__main__":
    main(sys.argv[1])
