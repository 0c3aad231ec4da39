"""The embedded PostgreSQL: found alive, found dead, found wrong, and in awkward folders."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil
import psycopg2
import pytest

from scorecard.orchestration import postgres


@pytest.fixture(scope="module")
def place():
    """A folder of the tests' own: pytest closes its own to the user of the server."""
    made = Path(tempfile.mkdtemp(prefix="scorecard-pg-"))
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def folder(place):
    """A folder for a server, which each test finds as the one before has left it."""
    yield place / "postgres"
    postgres.stop(place / "postgres")


def _ask(folder, question, database="register"):
    address = postgres.address(folder, database).replace("+psycopg2", "")
    connection = psycopg2.connect(address)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def _number(folder):
    return int((folder / "postmaster.pid").read_text().split()[0])


def _kill(folder):
    number = _number(folder)
    os.kill(number, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(number)], timeout=5)


def test_a_server_starts_with_both_databases_and_a_second_start_changes_nothing(folder):
    postgres.start(folder)
    first = _number(folder)
    postgres.start(folder)

    found = _ask(folder, "select datname from pg_database where not datistemplate order by 1")
    assert found == [("airflow",), ("postgres",), ("register",)]
    assert _number(folder) == first


def test_only_its_owner_can_reach_the_server(folder):
    postgres.start(folder)

    assert _ask(folder, "show listen_addresses") == [("",)]
    assert postgres.socket_folder(folder).stat().st_mode & 0o077 == 0


def test_data_outlive_a_killed_server(folder):
    postgres.start(folder)
    _ask(folder, "create table kept as select 42 as answer")
    _kill(folder)

    postgres.start(folder)

    assert _ask(folder, "select answer from kept") == [(42,)]


def test_a_process_that_took_over_the_number_of_a_dead_server_is_left_alone(folder):
    postgres.start(folder)
    _kill(folder)
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    lines = (folder / "postmaster.pid").read_text().splitlines()
    (folder / "postmaster.pid").write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")

    postgres.start(folder)

    assert _ask(folder, "select 1") == [(1,)]
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_two_commands_that_start_the_server_at_once_get_the_same_one(folder):
    starts = [threading.Thread(target=postgres.start, args=(folder,)) for _ in range(3)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()

    command = [line for process in psutil.process_iter() for line in [_command(process)] if line]
    servers = [words for words in command if words[1:3] == ["-D", str(folder)]]
    assert len(servers) == 1
    assert _ask(folder, "select 1") == [(1,)]


def _command(process):
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.mark.parametrize("name", ["deep-" + "folder/" * 20, "a council's folder, with & and %20"])
def test_a_folder_with_a_long_or_awkward_path_has_a_short_and_plain_socket(place, name):
    folder = place / name / "postgres"
    try:
        postgres.start(folder)

        assert len(str(postgres.socket_folder(folder) / ".s.PGSQL.5432")) <= 100
        assert _ask(folder, "select 1") == [(1,)]
        assert postgres.socket_folder(folder).stat().st_mode & 0o077 == 0
    finally:
        postgres.stop(folder)


def test_stopping_ends_the_server_even_while_somebody_is_connected(folder):
    postgres.start(folder)
    connection = psycopg2.connect(postgres.address(folder, "register").replace("+psycopg2", ""))
    number = _number(folder)
    began = time.monotonic()

    postgres.stop(folder)
    postgres.stop(folder)

    assert time.monotonic() - began < 5
    assert not psutil.pid_exists(number)
    connection.close()


def test_a_damaged_folder_is_reported_with_the_servers_own_words(folder):
    postgres.start(folder)
    postgres.stop(folder)
    control = folder / "global" / "pg_control"
    whole = control.read_bytes()
    control.write_bytes(b"")

    with pytest.raises(postgres.PostgresFailed, match=r"(?s)does not start.*pg_control.*backup"):
        postgres.start(folder, patience=1)

    control.write_bytes(whole)
    postgres.start(folder)
    assert _ask(folder, "select 1") == [(1,)]
