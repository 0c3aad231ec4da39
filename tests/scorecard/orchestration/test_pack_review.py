"""An answer about a draft that has moved is no answer: another run asks about the new draft."""

from types import SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowSkipException, DagRunTriggerException
from record import NOW, Q, a_pack, approve, ask

from scorecard.orchestration.review import AskAgain, PackReview, next_run
from scorecard.register import audit
from scorecard.stores import Stores

RUN = "a run"
SAID = {
    "chosen_options": ["Approve"],
    "params_input": {"comment": "Read the summary.", "draft": "the first"},
    "responded_at": NOW,
    "responded_by_user": {"id": "approver", "name": "approver"},
}


@pytest.fixture
def asked(register, tmp_path, monkeypatch):
    """A draft that was asked about in a run."""
    monkeypatch.setenv("SCORECARD_HOME", str(tmp_path))
    monkeypatch.setenv("SCORECARD_DATABASE_URL", register.url.render_as_string())
    a_pack(register)
    found = Stores(register, None, None, b"", b"")
    ask(found)
    return found


def ask_again(run=RUN):
    """What the task that follows a review which took no approval asks of Airflow."""
    task = AskAgain(task_id="ask_again", quarter=Q, role="approver")
    task.execute({"dag_run": SimpleNamespace(run_id=run)})


def test_an_answer_about_a_draft_that_was_made_again_publishes_nothing_and_is_not_an_error(asked):
    a_pack(asked.register, revision=2, content="another")
    task = PackReview(task_id="review", quarter=Q, role="approver")

    with pytest.raises(AirflowSkipException, match=r"r2: it was drafted again .* a new run asks"):
        task.execute_complete({"dag_run": SimpleNamespace(run_id=RUN)}, SAID)
    assert [e.event for e in audit.of_pack(asked.register, Q, "officer", 1)] == ["asked"]
    assert audit.of_pack(asked.register, Q, "officer", 2) == ()


def test_a_question_that_took_no_answer_is_asked_by_another_run_of_the_quarter_and_once(asked):
    with pytest.raises(DagRunTriggerException) as started:
        ask_again()

    assert (started.value.trigger_dag_id, started.value.dag_run_id) == (
        "publish_pack", "a run__again_1",
    )  # fmt: skip
    assert started.value.conf == {"period": Q}  # Airflow itself hands on who started the first run
    assert started.value.skip_when_already_exists


@pytest.mark.parametrize("answer", ["approved", "rejected"])
def test_a_question_that_was_answered_is_not_asked_again(asked, answer):
    approve(asked, event=answer)

    with pytest.raises(AirflowSkipException, match="was answered"):
        ask_again()


def test_a_run_that_asked_nothing_has_nothing_to_ask_again(asked):
    with pytest.raises(AirflowSkipException):
        ask_again("another run")


@pytest.mark.parametrize(
    ("run", "following"),
    [
        ("schedule__2026-27-Q2", "schedule__2026-27-Q2__again_1"),
        ("schedule__2026-27-Q2__again_1", "schedule__2026-27-Q2__again_2"),
        (
            "manual__2026-11-26T22:46:07+00:00__again_9",
            "manual__2026-11-26T22:46:07+00:00__again_10",
        ),
    ],
)
def test_the_runs_that_ask_again_are_numbered(run, following):
    assert next_run(run) == following
