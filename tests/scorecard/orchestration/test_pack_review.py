"""An answer about a draft that has moved is no answer: whoever may answer is called again."""

from types import SimpleNamespace

import pytest
from record import NOW, Q, a_pack

from letterbox import connections, mail_server
from scorecard.approval import DraftedAgain
from scorecard.orchestration.review import AGAIN, PackReview
from scorecard.register import audit

SAID = {
    "chosen_options": ["Approve"],
    "params_input": {"comment": "Read the summary.", "draft": "the first"},
    "responded_at": NOW,
    "responded_by_user": {"id": "approver", "name": "approver"},
}


@pytest.fixture
def moved(register, tmp_path, monkeypatch):
    """A draft that was asked about in a run, and the next that took its place."""
    monkeypatch.setenv("SCORECARD_HOME", str(tmp_path))
    monkeypatch.setenv("SCORECARD_DATABASE_URL", register.url.render_as_string())
    pack = a_pack(register)
    about = (Q, pack.variant, pack.revision, pack.content_sha256)
    with register.begin() as connection:
        audit.write(connection, audit.Event(NOW, "asked", "officer", *about, run="a run"))
    a_pack(register, revision=2, content="another")
    return register


def answered():
    """What comes of an answer."""
    task = PackReview(task_id="review", quarter=Q, role="approver")
    task.execute_complete({"dag_run": SimpleNamespace(run_id="a run")}, SAID)


def test_whoever_may_answer_is_called_again_about_a_draft_that_was_made_again(moved, monkeypatch):
    with mail_server() as mail:
        for name, value in connections(mail=mail).items():
            monkeypatch.setenv(name, value)
        with pytest.raises(DraftedAgain, match="officer/r2: it was drafted again"):
            answered()

    assert [message["Subject"] for _, message in mail.letters] == [f"To approve: the drafts of {Q}"]
    assert [e.event for e in audit.of_pack(moved, Q, "officer", 2)] == []


def test_a_letter_that_does_not_leave_does_not_keep_the_question_back(moved, monkeypatch):
    with mail_server() as mail:
        given = connections(mail=mail)
    for name, value in given.items():  # of a server that is gone
        monkeypatch.setenv(name, value)

    with pytest.raises(DraftedAgain, match="officer/r2: it was drafted again"):
        answered()


def test_a_question_is_asked_again_so_often_however_often_other_tasks_are_tried():
    assert PackReview(task_id="review", quarter=Q, role="approver", retries=2).retries == AGAIN
