"""A missed deadline is told of a run that nobody watches, in a process without keys."""

import pytest

from letterbox import connections, mail_server
from scorecard.orchestration import overdue


def run_of(run_type):
    run = {"run_type": run_type, "partition_key": "2025-26-Q1", "dag_run_id": f"{run_type}__1"}
    return {"dag_run": run, "deadline": {"id": "1", "deadline_time": "2025-07-21T14:00:00Z"}}


@pytest.mark.parametrize(("run_type", "told"), [("scheduled", 1), ("manual", 0), ("backfill", 0)])
def test_only_a_run_of_the_schedule_is_told_of(register, tmp_path, monkeypatch, run_type, told):
    monkeypatch.setenv("SCORECARD_HOME", str(tmp_path))
    monkeypatch.setenv("SCORECARD_DATABASE_URL", register.url.render_as_string())
    with mail_server() as mail:
        for name, value in connections(mail=mail).items():
            monkeypatch.setenv(name, value)
        overdue.missed(6, run_of(run_type))

    titles = [message["Subject"] for _, message in mail.letters]
    assert titles == ["Overdue: the drafts of 2025-26-Q1"] * told


def test_the_deadline_is_the_councils_and_names_a_function_that_airflow_can_import():
    made = overdue.deadline()

    assert made.interval.total_seconds() == 6 * 3600
    assert made.callback.path == "scorecard.orchestration.overdue.missed"
