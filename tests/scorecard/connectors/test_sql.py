"""Rows of real databases as files: PostgreSQL, and MariaDB where it is installed."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace

import pytest

from scorecard.connectors import CannotFetch, sql
from scorecard.objects import open_store, sha256_of
from scorecard.settings import INCLUDE

TABLE = """
    create table jobs (
        id bigint primary key, pages int, cost numeric(12, 4), user_name varchar(40),
        printed_on date, usage_date timestamp null, colour {flag}
    )
"""
ROWS = [
    (1, 3, "0.1800", "jsmith", "2025-06-01", "2025-06-01 00:00:00", 1),
    (2, None, None, 'a "quoted", name\nof two lines', "2025-06-30", "2025-06-30 23:59:59", 0),
    (3, -1, "-1234.5000", "Zoë", "2025-07-01", "2025-07-01 00:00:00", None),
    (4, 0, "0.0000", "", "2025-05-31", "2025-05-31 23:59:59", 1),
]
QUERY = """
    select id, pages, cost, user_name as "User name", printed_on, usage_date, colour
    from jobs where usage_date >= :from_local and usage_date < :until_local order by id
"""


@pytest.fixture
def jobs(source):
    """A table of print jobs, of June and of the moments before and after it."""
    is_postgres = source.connection.kind == "postgres"
    source.say(TABLE.format(flag="boolean" if is_postgres else "smallint"))
    values = ", ".join(
        f":{n}" if n != "g" or not is_postgres else "cast(:g as smallint)::int::boolean"
        for n in "abcdefg"
    )
    source.put(
        f"insert into jobs values ({values})",
        [dict(zip("abcdefg", row, strict=True)) for row in ROWS],
    )
    return source


def text_of(delivery):
    return delivery.path.read_bytes().decode()


def test_the_rows_of_a_month_are_one_file_with_a_name_of_ours(jobs, ask):
    (delivery,) = sql.fetch(asked := ask(jobs.connection, QUERY))

    true, false = ("true", "false") if jobs.connection.kind == "postgres" else ("1", "0")
    assert text_of(delivery) == (
        "id,pages,cost,User name,printed_on,usage_date,colour\n"
        f"1,3,0.1800,jsmith,2025-06-01,2025-06-01 00:00:00,{true}\n"
        '2,,,"a ""quoted"", name\nof two lines",2025-06-30,2025-06-30 23:59:59,' + false + "\n"
    )
    assert (delivery.name, delivery.arrived_at) == ("tickets_2025-06.csv", asked.at)


def test_the_same_rows_are_the_same_bytes(jobs, ask):
    hashes = set()
    for _ in range(2):
        (delivery,) = sql.fetch(ask(jobs.connection, QUERY))
        hashes.add(sha256_of(delivery.path))
        jobs.say("update jobs set pages = pages where id = 1")  # a server may move it to the end
    assert len(hashes) == 1


def test_a_month_without_rows_is_no_file(jobs, ask, caplog):
    caplog.set_level("INFO")
    assert list(sql.fetch(ask(jobs.connection, QUERY, "2025-01"))) == []
    assert "tickets 2025-01: 0 rows pulled" in caplog.text


def test_a_moment_with_a_zone_is_in_utc_whatever_the_server_shows(jobs, ask):
    zoned = {
        "postgres": "timestamptz '2025-06-02 09:05:00+01'",
        "mysql": "from_unixtime(1748851500)",
    }[jobs.connection.kind]
    query = f"select {zoned} as at from jobs where id = 1 order by id"
    (delivery,) = sql.fetch(ask(jobs.connection, query))

    assert text_of(delivery).split("\n")[1] in ("2025-06-02T08:05:00Z", "2025-06-02 08:05:00")


def test_a_connection_can_only_read_whatever_its_rights_are(jobs, ask):
    """A function that writes is no word of the query; the transaction refuses it all the same."""
    if jobs.connection.kind == "mysql":
        jobs.say("grant all on *.* to reader@'127.0.0.1'", "create table t (x int)")
        jobs.say("""create function write_it() returns int begin
            insert into t values (1); return 1; end""")
    else:
        jobs.say("create table t (x int)", "grant all on t to reader")
        jobs.say("""create function write_it() returns int language sql as
            'insert into t values (1) returning x'""")
    with pytest.raises(CannotFetch, match=r"^tickets\.sql, 2025-06: .*(?i:read.only)"):
        list(sql.fetch(ask(jobs.connection, "select write_it() as x from jobs order by 1")))
    assert jobs.ask("select count(*) from t") == [(0,)]


def test_a_query_that_takes_too_long_is_stopped(jobs, ask):
    hurried = replace(jobs.connection, extra={"statement_seconds": 1})
    sleep = "pg_sleep(30)" if jobs.connection.kind == "postgres" else "sleep(30)"
    with pytest.raises(CannotFetch, match=r"longer than 1 seconds\. Ask for an index"):
        list(sql.fetch(ask(hurried, f"select {sleep} as x, id from jobs order by id")))


def test_a_column_that_is_not_there_is_told_in_three_parts(jobs, ask):
    with pytest.raises(CannotFetch) as refused:
        list(sql.fetch(ask(jobs.connection, "select no_column from jobs order by 1")))

    assert str(refused.value).startswith("tickets.sql, 2025-06: the database refuses the query (")
    assert "no_column" in str(refused.value)
    assert "Correct include/sql/extract/tickets.sql" in str(refused.value)


def test_a_colon_in_a_text_or_a_quoted_name_is_no_parameter(jobs, ask):
    query = """select ':month' as "a :b", '12:30' as at, id from jobs where id = 1 order by id"""
    (delivery,) = sql.fetch(ask(jobs.connection, query))
    assert text_of(delivery) == "a :b,at,id\n:month,12:30,1\n"


def test_what_cannot_be_asked_is_told_without_the_query(postgres, ask):
    with pytest.raises(CannotFetch) as refused:
        list(sql.fetch(ask(postgres.connection, "select (array[7, 8])[:2] as secret order by 1")))
    assert str(refused.value).startswith("tickets.sql, 2025-06: the database refuses the query (")
    assert "secret" not in str(refused.value)


def test_no_error_tells_what_stands_in_a_row(postgres, ask):
    postgres.say("create table p (name text)", "insert into p values ('Ruth Smith')")
    with pytest.raises(CannotFetch, match="a value cannot be converted") as refused:
        list(sql.fetch(ask(postgres.connection, "select cast(name as int) n from p order by 1")))
    assert "Ruth" not in str(refused.value)


@pytest.mark.parametrize(
    ("column", "why"),
    [
        ("'x'::bytea as x", "values of the type memoryview, which have no agreed text. Cast it"),
        ("array[1] as x", "values of the type list"),
        ("timestamp '10000-01-01' as x", "such as a day after the year 9999"),
    ],
)
def test_a_value_without_an_agreed_text_is_refused(postgres, ask, column, why):
    with pytest.raises(CannotFetch, match=r"^tickets\.sql, 2025-06: ") as refused:
        list(sql.fetch(ask(postgres.connection, f"select {column} order by 1")))
    assert why in str(refused.value)


def test_an_answer_over_the_limit_is_not_written_to_its_end(postgres, ask):
    query = "select n, repeat('x', 1000) as x from generate_series(1, 50000) as n order by n"
    with pytest.raises(CannotFetch, match=r"over the limit of 1 MB\. Ask for fewer columns"):
        list(sql.fetch(asked := ask(postgres.connection, query, max_file_mb=1)))
    assert sum(path.stat().st_size for path in asked.folder.iterdir()) < 10 * 1024**2


PULL = """
    import sys
    from datetime import UTC, datetime
    from scorecard import connectors, keep, settings
    from scorecard.connectors import Connection
    from scorecard.objects import open_store
    from scorecard.register import open_register
    from scorecard.stores import Stores
    host, name, password, register, home, queries = sys.argv[1:]
    connectors.TWINS["sql"] = type(connectors.TWINS["sql"])(queries)
    chosen = settings.read({"SCORECARD_HOME": home, "SCORECARD_COUNCIL": home + "/council"})
    stores = Stores(open_register(register), open_store(chosen.store_url), chosen, b"a key")
    connection = Connection("c", "postgres", host, None, "reader", password, name)
    print("asking", flush=True)
    keep.run(stores, "tickets", datetime(2025, 7, 4, tzinfo=UTC), "2025-06", connection)
"""


def test_a_pull_that_is_killed_half_way_leaves_nothing(postgres, stores, tmp_path):
    home = stores.settings.home
    feeds = (INCLUDE / "council" / "feeds.yaml").read_text()
    (home / "council").mkdir(parents=True)
    (home / "council" / "feeds.yaml").write_text(feeds.replace("folder\n", "sql\n", 1))
    postgres.say("create table jobs as select generate_series(1, 3000000) as id")
    (tmp_path / "servicenow_incident.sql").write_text("select id from jobs order by id")
    connection = postgres.connection
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PULL), connection.host, connection.schema,
         connection.password, stores.register.url.render_as_string(hide_password=False),
         str(home), str(tmp_path / "{system}.sql")],
        env={**os.environ, "PYTHONPATH": str(INCLUDE)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "asking\n"
    rooms = home / "store" / "incoming"
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not [
        path for path in rooms.rglob("*.csv") if path.stat().st_size > 1_000_000
    ]:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    assert [*rooms.rglob("*.csv")] != []  # it was half way
    with open_store(stores.settings.store_url).workroom():
        assert [*rooms.rglob("*.csv")] == []
    assert [*(home / "store").rglob("raw/*")] == []
