"""What a task is given: its moment, its drafter, its stores, and the hash key."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from airflow.sdk.definitions.retry_policy import RetryAction
from airflow.sdk.exceptions import AirflowSkipException
from sqlalchemy.exc import OperationalError

from scorecard import orchestration
from scorecard.admission import Refused
from scorecard.orchestration.defaults import PassingFaults
from scorecard.packs.signature import WrongKey


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-08-01T09:30:00+00:00", datetime(2025, 8, 1, 9, 30, tzinfo=UTC)),
        ("2025-08-01T09:30", datetime(2025, 8, 1, 8, 30, tzinfo=UTC)),  # London, in summer
        ("2025-12-01T09:30", datetime(2025, 12, 1, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_run_looks_as_at_the_moment_it_was_asked_for(text, moment):
    assert orchestration.moment(text) == moment


def test_a_run_that_names_no_moment_looks_as_at_now():
    assert abs((datetime.now(UTC) - orchestration.moment(None)).total_seconds()) < 5


def test_a_text_that_is_no_moment_is_refused_with_an_example():
    with pytest.raises(orchestration.WrongMoment, match=r"'yesterday'.*2025-08-01T09:30"):
        orchestration.moment("yesterday")


@pytest.mark.parametrize(
    ("run", "drafter"),
    [
        (SimpleNamespace(triggering_user_name="officer"), "officer"),
        (SimpleNamespace(triggering_user_name=None), "schedule"),
        (None, "schedule"),
    ],
)
def test_a_pack_is_drafted_by_who_asked_for_it(run, drafter):
    assert orchestration.drafter(run) == drafter


def test_a_step_that_found_nothing_new_is_marked_as_skipped():
    assert orchestration.something([7]) == [7]
    with pytest.raises(AirflowSkipException):
        orchestration.something([])


@pytest.mark.parametrize(
    ("error", "decision"),
    [
        (ConnectionResetError("gone"), RetryAction.DEFAULT),
        (OperationalError("select 1", {}, Exception("gone")), RetryAction.DEFAULT),
        (MemoryError(), RetryAction.DEFAULT),
        (Refused("tickets.csv: empty. Export it again."), RetryAction.FAIL),
        (KeyError("period"), RetryAction.FAIL),
    ],
)
def test_only_a_fault_that_may_pass_is_tried_again(error, decision):
    assert PassingFaults().evaluate(error, 1, 3).action == decision


def test_a_short_hash_key_is_refused(register, tmp_path, monkeypatch):
    monkeypatch.setenv("SCORECARD_HOME", str(tmp_path))
    monkeypatch.setenv("SCORECARD_DATABASE_URL", register.url.render_as_string())
    connection = {"conn_type": "generic", "password": "short"}
    monkeypatch.setenv("AIRFLOW_CONN_SCORECARD_HASH_KEY", json.dumps(connection))

    with pytest.raises(orchestration.WrongHashKey, match="5 characters, fewer than 16"):
        orchestration.stores()


def test_a_signing_key_that_cannot_sign_is_refused(register, tmp_path, monkeypatch):
    monkeypatch.setenv("SCORECARD_HOME", str(tmp_path))
    monkeypatch.setenv("SCORECARD_DATABASE_URL", register.url.render_as_string())
    connection = {"conn_type": "generic", "password": "short"}
    monkeypatch.setenv("AIRFLOW_CONN_SCORECARD_SIGNING_KEY", json.dumps(connection))

    with pytest.raises(WrongKey, match=r"connection scorecard_signing_key: .*64 hexadecimal"):
        orchestration.stores()


def test_a_task_works_on_the_register_that_the_settings_name(register, tmp_path, monkeypatch):
    monkeypatch.setenv("SCORECARD_HOME", str(tmp_path))
    url = register.url.render_as_string(hide_password=False)
    monkeypatch.setenv("SCORECARD_DATABASE_URL", url)

    stores = orchestration.stores()

    assert stores.register.url == register.url
    assert stores.objects.root == str(tmp_path / "store")
    assert stores.hash_key == b"a key for tests only"
    assert stores.signing_key == bytes(range(32))
    stores.register.dispose()
