"""Databases and a web service that connectors read, on servers of the tests' own; questions."""

import contextlib
import csv
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from desk import AT, PAGING, REQUEST, SECRET
from office import Office
from on_disk import OnDisk, fields
from sqlalchemy import create_engine, make_url, text

from mariadb_for_tests import SERVER, WHY_NOT, MariaDB
from scorecard import accept, connectors, council, keep
from scorecard.connectors import Ask, Connection, folder, rest, sql
from scorecard.governance import Feed
from scorecard.period import Month
from scorecard.settings import INCLUDE
from switching import switched

ASKED_AT = datetime(2025, 7, 4, 6, tzinfo=UTC)
PASSWORD = "a-password-that-is-told-to-nobody"
FEED = council.feeds_in(INCLUDE / "council")["tickets"]


class Source:
    """A database to be read: a test fills it as its owner, a connector reads it as `reader`."""

    def __init__(self, url, connection):
        self._engine = create_engine(url)
        self.connection = connection

    def say(self, *statements):
        with self._engine.begin() as opened:
            for statement in statements:
                opened.execute(text(statement))

    def put(self, statement, rows):
        with self._engine.begin() as opened:
            opened.execute(text(statement), rows)

    def copy(self, statement, file):
        """Fill a table of PostgreSQL from a CSV file, which is many times quicker."""
        raw = self._engine.raw_connection()
        raw.cursor().copy_expert(statement, file)
        raw.commit()
        raw.close()

    def ask(self, query):
        with self._engine.connect() as opened:
            return opened.execute(text(query)).all()

    def close(self):
        self._engine.dispose()


@pytest.fixture(scope="session")
def postgres_reader(databases):
    """A role of the PostgreSQL of the tests that has to give its password."""
    admin = create_engine(databases.url("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as opened:
        folder = opened.scalar(text("show data_directory"))
        opened.execute(text(f"create role reader login password '{PASSWORD}'"))
        rules = f"{folder}/pg_hba.conf"
        with open(rules) as file:  # noqa: PTH123
            before = file.read()
        with open(rules, "w") as file:  # noqa: PTH123
            file.write(f"local all reader scram-sha-256\n{before}")
        opened.execute(text("select pg_reload_conf()"))
    admin.dispose()


@pytest.fixture
def postgres(databases, postgres_reader):
    """An empty database of PostgreSQL, and the connection by which it is read."""
    name = databases.make()
    url = make_url(databases.url(name))
    connection = Connection(
        "scorecard_tickets", "postgres", url.query["host"], None, "reader", PASSWORD, name
    )
    source = Source(url, connection)
    source.say("alter default privileges in schema public grant select on tables to reader")
    yield source
    source.close()
    databases.drop(name)


@pytest.fixture(scope="session")
def mariadb_server():
    """A MariaDB that lives as long as the tests."""
    if not SERVER:
        pytest.skip(WHY_NOT)
    server = MariaDB()
    admin = create_engine(server.url())
    with admin.begin() as opened:
        opened.execute(text(f"create user reader@'127.0.0.1' identified by '{PASSWORD}'"))
        opened.execute(text("grant select on *.* to reader@'127.0.0.1'"))
    admin.dispose()
    yield server
    server.stop()


@pytest.fixture
def mariadb(mariadb_server):
    """An empty database of MariaDB, and the connection by which it is read."""
    name = f"test_{uuid4().hex}"
    admin = create_engine(mariadb_server.url())
    with admin.begin() as opened:
        opened.execute(text(f"create database {name}"))
    connection = Connection(
        "scorecard_tickets", "mysql", "127.0.0.1", mariadb_server.port, "reader", PASSWORD, name
    )
    source = Source(mariadb_server.url(name), connection)
    yield source
    source.close()
    with admin.begin() as opened:
        opened.execute(text(f"drop database {name}"))
    admin.dispose()


@pytest.fixture(params=["postgres", "mariadb"])
def source(request):
    """One database after the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def ask(tmp_path, limits, monkeypatch):
    """Makes questions to a connection; a query that is given is the system's own."""
    (tmp_path / "queries").mkdir()
    (tmp_path / "room").mkdir()

    def make(connection, query=None, month="2025-06", system="tickets", **settings):
        if query:
            monkeypatch.setitem(connectors.TWINS, "sql", tmp_path / "queries" / "{system}.sql")
            (tmp_path / "queries" / f"{system}.sql").write_text(query)
        return Ask(
            "tickets", system, Month.parse(month), ASKED_AT, connection, tmp_path / "room",
            replace(limits, **settings), FEED,
        )  # fmt: skip

    return make


@pytest.fixture
def pulled(ask):
    """The rows that a system's own query brings of a month, by their headings."""

    def fetch(connection, system, month="2025-06"):
        with contextlib.closing(sql.fetch(ask(connection, None, month, system))) as files:
            for delivery in files:
                with delivery.path.open(encoding="utf-8", newline="") as file:
                    return list(csv.DictReader(file))
        return []

    return fetch


class Pulling(Office):
    """An office that fetches a source by a connector, as a line of feeds.yaml says."""

    source = ""

    def pull(self, connection, month=None, hour=9):
        """Keep and accept what a run brings; the ids that were accepted come back."""
        at = ASKED_AT + timedelta(hours=hour)
        keep.run(self.stores, self.source, at, month, connection)
        return accept.run(self.stores, self.source, at)


@pytest.fixture
def pulling(stores, tmp_path):
    """An office whose source is switched to a connector."""

    def switch(source, connector="sql", **lines):
        council = switched(tmp_path / "council", {source: connector}, **lines)
        chosen = replace(stores.settings, council=council)
        made = Pulling(replace(stores, settings=chosen))
        made.source = source
        return made

    return switch


@pytest.fixture
def request_of(tmp_path, monkeypatch):
    """Write a request; `paging` is one of PAGING or a pair of its own."""
    monkeypatch.setitem(connectors.TWINS, "rest", tmp_path / "{system}.yaml")

    def write(paging="offset", limits="", extra="", auth="bearer", params=""):
        way, placed = PAGING.get(paging, paging)
        text = REQUEST.format(
            paging=way, params=placed + params, limits=limits, extra=extra, auth=auth
        )
        (tmp_path / "desk.yaml").write_text(text)

    return write


@pytest.fixture
def ask_service(tmp_path, limits):
    """What a connector is asked for a month of a service."""

    def make(url, month="2025-07", connection=None, **keys):
        given = {"password": SECRET, "login": "scorecard", **keys}
        connection = connection or Connection("scorecard_desk", "http", url, **given)
        folder = tmp_path / "room"
        folder.mkdir(exist_ok=True)
        feed = Feed("Head of ICT", "rest", "tickets", "scorecard_desk", ("desk",), 3, 10)
        return Ask("tickets", "desk", Month.parse(month), AT, connection, folder, limits, feed)

    return make


@pytest.fixture
def pages_of(ask_service):
    """The pages that a service gave: what each says; nothing if there was no delivery."""

    def pull(service, **keys):
        url = service if isinstance(service, str) else service.url
        found = list(rest.fetch(ask_service(url, **keys)))
        if not found:
            return None
        with zipfile.ZipFile(found[0].path) as archive:
            bodies = [archive.read(name) for name in archive.namelist()]
        return SimpleNamespace(
            delivery=found[0],
            bodies=bodies,
            ids=[r["id"] for body in bodies for r in json.loads(body).get("value", [])],
        )

    return pull


@pytest.fixture
def mount(tmp_path):
    root = tmp_path / "share"
    return OnDisk(root, Connection("share", "fs", extra=fields(path=str(root))))


@pytest.fixture
def fetched(ask):
    """What a connection's folder delivers: names and contents."""

    def fetch(connection, **lines):
        asked = ask(connection)
        asked = replace(asked, feed=replace(asked.feed, **lines))
        return [(d.name, d.path.read_bytes()) for d in folder.fetch(asked)]

    return fetch
