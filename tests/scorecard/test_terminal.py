"""The register as a command at a terminal finds it: running, or started and stopped again."""

import fcntl

import pytest
from sqlalchemy import text

from scorecard import terminal
from scorecard.orchestration import postgres
from scorecard.orchestration.local.home import Busy


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home in which nothing runs; whatever was started there is stopped."""
    monkeypatch.setenv("SCORECARD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SCORECARD_DATABASE_URL", raising=False)
    yield tmp_path / "home"
    postgres.stop(tmp_path / "home" / "postgres")


def tables(stores):
    with stores.register.connect() as connection:
        return connection.execute(text("select count(*) from commentary")).scalar()


def test_the_embedded_server_is_started_for_a_command_and_stopped_after_it(home):
    with terminal.stores() as stores:
        assert tables(stores) == 0
        stores.register.dispose()
    assert not postgres.answers(home / "postgres")


def test_a_server_that_runs_is_used_and_left_running(home):
    postgres.start(home / "postgres")
    with terminal.stores() as stores:
        assert tables(stores) == 0
        stores.register.dispose()

    assert postgres.answers(home / "postgres")


def test_no_server_is_started_while_a_make_command_is_at_work(home):
    (home / "airflow").mkdir(parents=True)
    with (home / "airflow" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Busy, match="another make command is at work"), terminal.stores():
            pass

    assert not (home / "postgres").exists()


def test_a_server_that_the_settings_name_is_used(home, register, monkeypatch):
    url = register.url.render_as_string(hide_password=False)
    monkeypatch.setenv("SCORECARD_DATABASE_URL", url)
    with terminal.stores() as stores:
        assert stores.register.url == register.url
        stores.register.dispose()

    assert not (home / "postgres").exists()
