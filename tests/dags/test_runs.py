"""Whole runs of the DAGs with the real steps, in one process, without a scheduler."""

import json

import pytest
from sqlalchemy import select

from airflow_for_tests import HOME
from scorecard import sample
from scorecard.register.models import Extract, Measurement, Pack
from switching import switched


@pytest.fixture(scope="module")
def airflow_database():
    from airflow.utils.db import initdb

    initdb()


@pytest.fixture
def run(dag_bag, airflow_database, register, tmp_path, monkeypatch):
    """Run a DAG on a home and a register of the test's own; the state of each task."""
    monkeypatch.setenv("SCORECARD_HOME", str(tmp_path))
    monkeypatch.setenv("SCORECARD_DATABASE_URL", register.url.render_as_string())
    monkeypatch.setenv("SCORECARD_THREADS", "2")

    def run_dag(dag_id, conf=None):
        dag = dag_bag.dags[dag_id]
        # Airflow's own dag.test() cannot make a run that has a deadline; its scheduler can.
        monkeypatch.setattr(dag, "deadline", [])
        done = dag.test(run_conf=conf)
        run_dag.ended = str(done.state)
        return {task.task_id: str(task.state) for task in done.get_task_instances()}

    return run_dag


def test_an_ingest_accepts_what_is_new_and_is_skipped_when_nothing_is(run, register, tmp_path):
    sample.write(tmp_path / "inbox", months=1, staff=60, only=["workforce"])

    done = dict.fromkeys(["keep", "accept", "alert", "finish"], "success")
    assert run("ingest_workforce") == done
    assert run("ingest_workforce") == {**done, "accept": "skipped"}
    assert run.ended == "success"
    with register.connect() as connection:
        states = connection.scalars(select(Extract.state).distinct()).all()
    assert states == ["accepted"]


def test_a_file_that_cannot_be_taken_keeps_no_other_from_being_accepted_and_the_run_has_failed(
    run, register, tmp_path, monkeypatch
):
    monkeypatch.setenv("SCORECARD_MAX_FILE_MB", "1")
    sample.write(tmp_path / "inbox", months=1, staff=60, only=["workforce"])
    (tmp_path / "inbox" / "workforce" / "a.csv").write_bytes(b"x" * (2**20 + 1))

    assert run("ingest_workforce") == {
        "keep": "failed", "accept": "success", "alert": "success", "finish": "upstream_failed",
    }  # fmt: skip
    assert run.ended == "failed"
    with register.connect() as connection:
        states = connection.scalars(select(Extract.state).distinct()).all()
    assert states == ["accepted"]


def test_a_run_whose_connection_is_refused_fails_and_tells_no_secret(
    run, register, tmp_path, monkeypatch, caplog, capfd
):
    """Neither Airflow's log, nor its tables with what it rendered and passed on, nor ours."""
    secret = "planted-secret-7ZqXw9"
    given = {"conn_type": "postgres", "host": register.url.query["host"], "login": "postgres",
             "schema": "no_such_database", "password": secret,
             "extra": {"application_name": secret}}  # fmt: skip
    monkeypatch.setenv("AIRFLOW_CONN_SCORECARD_WORKFORCE", json.dumps(given))
    monkeypatch.setenv("SCORECARD_COUNCIL", str(switched(tmp_path / "c", {"workforce": "sql"})))
    caplog.set_level("DEBUG")

    assert run("ingest_workforce")["keep"] == "failed"
    told = "".join((caplog.text, *capfd.readouterr()))
    assert "connection scorecard_workforce: the database refuses the sign-in" in told
    assert secret not in told
    kept = [p for folder in (HOME, tmp_path) for p in folder.rglob("*") if p.is_file()]
    assert [p.name for p in kept if secret.encode() in p.read_bytes()] == []


def test_a_feed_whose_connection_nobody_made_says_so(run, tmp_path, monkeypatch, capfd, caplog):
    monkeypatch.setenv("SCORECARD_COUNCIL", str(switched(tmp_path / "c", {"workforce": "sql"})))

    assert run("ingest_workforce")["keep"] == "failed"
    told = "".join((caplog.text, *capfd.readouterr()))
    assert "connection scorecard_workforce: Airflow has none of this name" in told


def test_a_quarter_without_a_partition_key_is_drafted_by_its_params(run, register, tmp_path):
    sample.write(tmp_path / "inbox", months=3, staff=60, only=["workforce"])
    run("ingest_workforce")

    states = run("quarterly_pack", {"period": "2023-24-Q1", "reason": "A test."})

    assert states == {
        "measure": "success", "reconcile": "success", "draft": "success", "ask": "skipped",
    }  # fmt: skip
    with register.connect() as connection:
        drafted = connection.execute(select(Pack.quarter, Pack.reason, Pack.state)).all()
        quarters = connection.scalars(select(Measurement.quarter)).all()
    # officer, board, cabinet, scrutiny, public
    assert [tuple(pack) for pack in drafted] == [("2023-24-Q1", "A test.", "draft")] * 5
    assert quarters == ["2023-24-Q1"]


def test_retention_lists_what_would_go_and_removes_nothing(run, register, tmp_path):
    sample.write(tmp_path / "inbox", months=1, staff=60, only=["workforce"])
    run("ingest_workforce")
    before = sorted((tmp_path / "store").rglob("*"))

    assert run("retention", {"dry_run": True}) == {"remove": "success"}
    assert sorted((tmp_path / "store").rglob("*")) == before
