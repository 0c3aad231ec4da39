"""Secrets planted where people put them, and looked for wherever a pull leaves a word.

Every logger of every library speaks as much as it can. What is kept, what the register holds and
what an error says, with all that led to it, is read byte for byte.
"""

import traceback
from dataclasses import replace

import pytest
from sqlalchemy import text

from scorecard.connectors import Away, CannotFetch, Connection
from sftp_for_tests import SERVER, WHY_NOT, SftpServer
from storage_for_tests import storage

SECRET = "planted-secret-7ZqXw9"
ROWS = "select 'a' as number from t order by 1"


@pytest.fixture
def leaks(pulling, tmp_path, caplog, monkeypatch, ask):
    """Every place in which the secret stands after a pull, and how the pull ended."""

    def pull(connector, connection, query=None):
        caplog.set_level("DEBUG")
        if query:
            ask(None, query, system="servicenow_incident")
        office = pulling("tickets", connector)
        ended, said = "kept", ""
        try:
            office.pull(connection, "2025-06")
        except (CannotFetch, Away) as error:
            ended, said = type(error).__name__, "".join(traceback.format_exception(error))
        found = [record.name for record in caplog.records if SECRET in record.getMessage()]
        found += ["the error"] if SECRET in said else []
        found += [p.name for p in tmp_path.rglob("*") if p.is_file() and has(p.read_bytes())]
        with office.stores.register.connect() as opened:
            for table in opened.scalars(text("select relname from pg_stat_user_tables")).all():
                rows = opened.execute(text(f'select * from "{table}"')).all()
                found += [f"table {table}"] if SECRET in str(rows) else []
        return ended, found

    return pull


def has(data):
    return SECRET.encode() in data


def with_options(connection):
    """An extra field that a driver is given, with a secret in it."""
    return replace(connection, extra={"application_name": SECRET})


@pytest.mark.parametrize(
    ("change", "query", "ended"),
    [
        ({}, ROWS, "kept"),
        ({"password": SECRET}, ROWS, "CannotFetch"),
        ({"password": SECRET, "host": "127.0.0.1", "port": 1}, ROWS, "Away"),
        ({"password": SECRET, "schema": "no_such_database"}, ROWS, "CannotFetch"),
        ({}, "select no_such_column from t order by 1", "CannotFetch"),
    ],
)
def test_a_database_pull_tells_no_secret_however_it_ends(postgres, leaks, change, query, ended):
    postgres.say("create table t as select 1 as x")
    postgres.say(f"alter role reader password '{SECRET}'")
    try:
        whole = replace(postgres.connection, password=SECRET)
        if change.get("password") and "host" not in change and "schema" not in change:
            postgres.say("alter role reader password 'another'")
        assert leaks("sql", with_options(replace(whole, **change)), query) == (ended, [])
    finally:
        postgres.say(f"alter role reader password '{postgres.connection.password}'")


@pytest.mark.parametrize(
    ("change", "ended"),
    [({"password": SECRET}, "CannotFetch"), ({"password": SECRET, "port": 1}, "Away")],
)
def test_mariadb_tells_no_secret_either(mariadb, leaks, change, ended):
    assert leaks("sql", replace(mariadb.connection, **change), ROWS) == (ended, [])


@pytest.mark.parametrize("ended", ["kept", "CannotFetch", "Away"])
def test_an_sftp_pull_tells_no_secret_however_it_ends(leaks, tmp_path, ended):
    if not SERVER:
        pytest.skip(WHY_NOT)
    server = SftpServer()
    (tmp_path / "share" / "tickets").mkdir(parents=True)
    (tmp_path / "share" / "tickets" / "a.csv").write_text("any")
    key = server.user_key if ended == "kept" else ""
    extra = {"host_key": server.host_key, "private_key": key, "private_key_passphrase": SECRET,
             "path": str(tmp_path / "share"), "settle_seconds": 0}  # fmt: skip
    if ended == "kept":
        extra.pop("private_key_passphrase")  # OpenSSH's keys of the tests have none
    port = 1 if ended == "Away" else server.port
    connection = Connection("sftp", "sftp", "127.0.0.1", port, server.user, SECRET, "", extra)
    try:
        assert leaks("folder", connection) == (ended, [])
        assert not leaks_of(server.user_key, tmp_path)
    finally:
        server.stop()


def leaks_of(key, folder):
    """Files in which a line of a private key stands."""
    line = key.splitlines()[2].encode()
    return [p for p in folder.rglob("*") if p.is_file() and line in p.read_bytes()]


def bucket(address):
    """A connection to a bucket that is not there."""
    extra = {"endpoint_url": address, "region_name": "eu-west-2", "path": "none/here",
             "aws_session_token": f"{SECRET}-token"}  # fmt: skip
    return Connection("bucket", "aws", "", None, "key", SECRET, "", extra)


def test_an_s3_pull_tells_no_secret_however_it_ends(leaks):
    with storage("another") as address:
        refused = leaks("folder", bucket(address))
    away = leaks("folder", bucket("http://127.0.0.1:1"))

    assert (refused[0], away[0]) == ("CannotFetch", "Away")
    # The token travels in a header, which the library below writes down when it is asked to
    # speak of everything: no setting of ours asks it.
    assert [name for name in [*refused[1], *away[1]] if not name.startswith("botocore")] == []
