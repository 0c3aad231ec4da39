"""Ten million print jobs of one month asked of a PaperCut database, beside the bare driver.

The bare driver runs the same query through a cursor of the server and throws the rows away;
Scorecard writes them as the file that is kept, and then reads and checks it. Each has a process to
itself, at the default settings; what it held of memory, with its children, is watched from outside.
Prints its parts as JSON.
"""

import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
from tests.bench import held

from scorecard import council, settings
from scorecard.connectors import Ask, Connection, query, sql, twin_of
from scorecard.orchestration import postgres
from scorecard.period import Month

ROWS = 10_000_000
MONTH = Month(2025, 6)
SYSTEM = "papercut_database"
TABLES = """
    create table tbl_user as
        select n as user_id, 'user' || n as user_name, 'Place' as department
        from generate_series(0, 2999) n;
    create table tbl_printer as
        select n as printer_id, 'SRV1' as server_name, 'MFD-' || n as printer_name
        from generate_series(0, 149) n;
    create unlogged table tbl_printer_usage_log as
        select n::bigint as printer_usage_log_id,
            timestamp '2025-06-01' + n * interval '30 days' / {rows} as usage_date,
            n % 3000 as used_by_user_id, n % 150 as printer_id,
            (n % 12 + 1) * (n % 3 + 1) as total_pages, 0 as total_color_pages,
            (n % 12 + 1) * (n % 3 + 1) * (n % 2) as duplex_pages, n % 3 + 1 as copies,
            'A4' as paper_size, 0.18 as usage_cost,
            'Y' as usage_allowed, 'Y' as printed, 'N' as refunded
        from generate_series(0, {rows} - 1) n;
    alter table tbl_printer_usage_log add primary key (printer_usage_log_id);
    analyze;
"""


def bare(folder: Path, _room: Path) -> int:
    """The rows as the driver alone brings them."""
    written = query.read(twin_of("sql", SYSTEM))
    known = query.parameters_of(MONTH)
    for name in query.parameters_in(written):
        written = written.replace(f":{name}", f"%({name})s")
    with psycopg2.connect(host=str(folder), user="postgres", dbname="print") as connection:
        cursor = connection.cursor("bench")
        cursor.itersize = 2000
        cursor.execute(written, known)
        return sum(1 for _ in cursor)


def scorecard(folder: Path, room: Path) -> int:
    """The rows as a file that is kept."""
    feed = council.feeds_in(settings.INCLUDE / "council")["printing"]
    connection = Connection("bench", "postgres", str(folder), None, "postgres", "", "print")
    now, chosen = datetime.now(UTC), settings.read({})
    ask = Ask("printing", SYSTEM, MONTH, now, connection, room, chosen, feed)
    (delivery,) = sql.fetch(ask)
    with delivery.path.open("rb") as file:
        return sum(1 for _ in file) - 1


def reading(_folder: Path, room: Path) -> int:
    """The rows of that file, read and checked."""
    from scorecard.trial import try_file  # its libraries are not those of a pull

    (file,) = room.glob("*.csv")
    told = try_file(file, settings.read({"SCORECARD_HOME": str(room)}), datetime.now(UTC))
    assert told["refusals"] == [], told["refusals"]
    return int(told["rows_received"])


WAYS = {"bare driver": bare, "Scorecard": scorecard, "read": reading}


def main(rows: int) -> None:
    """Fill a server, ask it in each way, and print what each took."""
    parts, peaks = {}, {}
    with tempfile.TemporaryDirectory(prefix="scorecard-bench-") as folder:
        server, room = Path(folder) / "postgres", Path(folder) / "room"
        room.mkdir()
        postgres.start(server)
        try:
            socket = postgres.socket_folder(server)
            _fill(socket, rows)
            for name in WAYS:
                command = [sys.executable, "-m", "tests.bench.pull", name, str(socket), str(room)]
                said, peaks[name] = held.run(command)
                told = json.loads(said.splitlines()[-1])
                parts[name] = told["seconds"]
                assert told["rows"] == rows, told
        finally:
            postgres.stop(server)
    told = {"rows": rows, "parts": parts, "peaks": peaks}
    sys.stdout.write(json.dumps(told) + "\n")


def _fill(server: Path, rows: int) -> None:
    admin = psycopg2.connect(host=str(server), user="postgres", dbname="postgres")
    admin.autocommit = True
    admin.cursor().execute("create database print")
    admin.close()
    with psycopg2.connect(host=str(server), user="postgres", dbname="print") as connection:
        connection.cursor().execute(TABLES.format(rows=rows))


def ask(name: str, server: str, room: str) -> None:
    """One way, alone in its process."""
    started = time.perf_counter()
    rows = WAYS[name](Path(server), Path(room))
    told = {"rows": rows, "seconds": time.perf_counter() - started}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] and not sys.argv[1].isdigit():
        ask(*sys.argv[1:])
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
