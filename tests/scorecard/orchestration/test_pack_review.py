"""An answer about a draft that has moved is no answer: another run asks about the new draft."""

from types import SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowSkipException, DagRunTriggerException
from record import NOW, Q, a_pack, ask

from scorecard.approval import CannotApprove
from scorecard.orchestration.review import AskAgain, PackReview, next_run
from scorecard.register import audit
from scorecard.stores import Stores

RUN = "a run"
SAID = {
    "chosen_options": ["Approve"],
    "params_input": {"comment": "Read the summary."},
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


def context(place=0):
    """What Airflow hands to a task of a run that an officer started, for its so many-th role."""
    run = SimpleNamespace(run_id=RUN, triggering_user_name="officer")
    return {"dag_run": run, "ti": SimpleNamespace(map_index=place)}


def ask_again():
    """What the last task of a review asks of Airflow."""
    AskAgain(task_id="ask_again", quarter=Q, role="approver").execute(context())


def test_an_answer_about_a_draft_that_was_made_again_publishes_nothing_and_is_not_an_error(asked):
    a_pack(asked.register, revision=2, content="another")
    task = PackReview(task_id="review", quarter=Q, role="approver")

    with pytest.raises(AirflowSkipException, match=r"r2: it was drafted after .* another run asks"):
        task.execute_complete(context(), SAID)
    with pytest.raises(AirflowSkipException, match=r"r2: it was drafted after .* another run asks"):
        task.execute(context())  # it was cleared
    assert [e.event for e in audit.of_pack(asked.register, Q, "officer", 1)] == ["asked"]
    assert audit.of_pack(asked.register, Q, "officer", 2) == ()


def test_an_answer_counts_for_the_form_in_which_it_was_given_and_for_no_other_of_the_run(asked):
    task = PackReview(task_id="review", quarter=Q, role="approver")

    with pytest.raises(CannotApprove, match="r1: this run did not ask about it"):
        task.execute_complete(context(place=1), SAID)
    assert [e.event for e in audit.of_pack(asked.register, Q, "officer", 1)] == ["asked"]


def test_a_draft_that_was_made_again_is_asked_about_by_one_other_run_of_the_quarter(asked):
    a_pack(asked.register, revision=2, content="another")
    with pytest.raises(DagRunTriggerException) as started:
        ask_again()

    assert started.value.trigger_dag_id == "publish_pack"
    assert started.value.dag_run_id == "a run__again_1"
    assert started.value.conf == {"period": Q}  # Airflow itself hands on who started the first run
    assert started.value.skip_when_already_exists


def test_a_draft_that_stands_is_not_asked_about_again_however_its_review_ended(asked):
    with pytest.raises(AirflowSkipException, match="No draft was made again"):
        ask_again()


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
