"""A question is asked about one content, and only an answer about that content counts."""

from datetime import timedelta

import pytest
import record
from record import NOW, Q, a_figure, a_measurement, a_pack

from scorecard import draft, publish, review
from scorecard.approval import Answer, CannotApprove, DraftedAgain
from scorecard.register import audit

ASKED = NOW + timedelta(hours=1)
LATER = NOW + timedelta(hours=2)
RUN = "asset_triggered__2025-07-21"
YES = Answer("approver", ("Approve",), "Read the summary.", LATER)
NO = Answer("approver", ("Reject",), "May is wrong.", LATER)


@pytest.fixture
def drafted(stores, remembered):
    """A quarter measured and drafted."""

    def do():
        return draft_of(stores, "one", a_figure("75.0")).settings.packs

    remembered(stores, "test_review", do)
    return stores


def draft_of(stores, name, *figures):
    a_measurement(stores.register, name, figures)
    for variant in ("officer", "public"):
        draft.run(stores, name, "", "performance team", NOW, variant)
    return stores


def ask(stores, by="schedule", run=RUN):
    return review.ask(stores, Q, "approver", by, run, ASKED, "/performance")


def take(stores, answer, run=RUN):
    return review.take(stores, Q, "approver", answer, run, LATER)


def done(stores):
    """What was done to the first revision of each variant; the same to both."""
    both = [
        [event.event for event in audit.of_pack(stores.register, Q, variant, 1)]
        for variant in ("officer", "public")
    ]
    assert both[0] == both[1]
    return both[0]


def test_a_question_says_what_the_pack_says_and_who_may_answer(drafted):
    asked = ask(drafted)

    assert asked.subject.startswith("Approve for publication: ")
    assert asked.subject.endswith(", revision 1")
    for variant, visibility in (("officer", "internal"), ("public", "public")):
        draft = f"{Q}/{variant}/r1"
        line = f"- {variant} ({visibility}), [{draft}](/performance/read/{draft}), content "
        assert line in asked.body
    assert "**Of 59 KPIs, 1 Red." in asked.body
    assert "**What needs a decision**\n\n- " in asked.body
    assert "**Checks**\n\n- 0 of 0 checks passed." in asked.body
    assert "**Figures that were published otherwise**\n\n- None." in asked.body
    assert "**Commentary**\n\n- " in asked.body
    assert f"(/performance/commentary/{Q})" in asked.body
    assert asked.users == ("approver",)
    assert done(drafted) == ["asked"]


def test_an_approval_is_written_with_its_role_comment_and_content(drafted):
    ask(drafted)

    assert take(drafted, YES) is True
    event = audit.of_pack(drafted.register, Q, "officer", 1)[-1]
    assert (event.event, event.user_name, event.role) == ("approved", "approver", "approver")
    assert (event.said, event.at, event.run) == ("Read the summary.", LATER, RUN)


def test_a_rejection_is_written_with_its_reason_and_leaves_the_draft(drafted):
    ask(drafted)

    assert take(drafted, NO) is False
    assert audit.of_pack(drafted.register, Q, "officer", 1)[-1].said == "May is wrong."
    assert ask(drafted, run="another").users == ("approver",)


def test_an_answer_to_a_question_that_nobody_asked_counts_for_nothing(drafted):
    ask(drafted)

    with pytest.raises(CannotApprove, match="Start publish_pack again") as refused:
        take(drafted, YES, run="another run")
    assert not isinstance(refused.value, DraftedAgain)
    assert done(drafted) == ["asked"]


def test_a_draft_that_was_drafted_again_is_asked_about_by_another_run_and_by_no_other(drafted):
    """Airflow shows the words of a run's first question, even where its task is cleared."""
    ask(drafted, by="officer")
    assert not moved(drafted)
    draft_of(drafted, "two", a_figure("76.0"))
    for answer in (YES, NO):
        with pytest.raises(DraftedAgain, match="r2: it was drafted after the question"):
            take(drafted, answer)
    with pytest.raises(DraftedAgain, match="r2: it was drafted after the question"):
        ask(drafted, by="officer")
    assert moved(drafted)
    again = ask(drafted, by="officer", run="another run")

    assert "r2](/performance/read/" in again.body
    assert take(drafted, YES, run="another run") is True
    assert done(drafted) == ["asked"]
    events = audit.of_pack(drafted.register, Q, "public", 2)
    assert [(event.event, event.user_name, event.run) for event in events] == [
        ("asked", "officer", "another run"),
        ("approved", "approver", "another run"),
    ]


def test_a_variant_that_was_drafted_later_is_not_asked_about_in_a_form_that_shows_another(stores):
    a_measurement(stores.register, "one", [a_figure("75.0")])
    draft.run(stores, "one", "", "performance team", NOW, "officer")
    ask(stores)
    assert take(stores, YES) is True
    publish.approved(stores, Q, "approver", LATER)
    draft.run(stores, "one", "", "performance team", NOW, "public")

    with pytest.raises(DraftedAgain, match="public/r1: it was drafted after the question"):
        ask(stores)
    with pytest.raises(DraftedAgain, match="public/r1: it was drafted after the question"):
        take(stores, YES)
    assert audit.of_pack(stores.register, Q, "public", 1) == ()
    assert moved(stores)


def test_what_was_drafted_after_a_rejection_is_asked_about_when_somebody_starts_it(drafted):
    ask(drafted)
    take(drafted, NO)
    draft_of(drafted, "two", a_figure("76.0"))

    with pytest.raises(CannotApprove, match="was rejected") as refused:
        ask(drafted)
    assert not isinstance(refused.value, DraftedAgain)
    assert not moved(drafted)
    assert "r2](/performance/read/" in ask(drafted, run="another run").body


def moved(stores, run=RUN):
    return review.has_moved(stores, Q, "approver", run, LATER)


@pytest.mark.parametrize(
    ("answer", "has_moved"), [(None, True), ("approved", True), ("rejected", False)]
)
def test_what_was_drafted_again_before_it_was_published_has_moved_unless_it_was_rejected(
    stores, answer, has_moved
):
    a_pack(stores.register)
    record.ask(stores) if answer is None else record.approve(stores, event=answer)
    assert not moved(stores, "a run[0]")
    a_pack(stores.register, revision=2, content="another")

    assert moved(stores, "a run[0]") == has_moved
    assert not moved(stores, "another run")


def test_a_draft_that_was_published_meanwhile_is_not_asked_about_again(stores):
    a_pack(stores.register, state="published")

    with pytest.raises(CannotApprove, match="has no draft to approve any more") as refused:
        take(stores, YES)
    assert not isinstance(refused.value, DraftedAgain)


def test_an_answer_counts_for_all_drafts_or_for_none(drafted):
    ask(drafted)
    a_measurement(drafted.register, "two", [a_figure("76.0")])
    draft.run(drafted, "two", "", "performance team", NOW, "public")

    with pytest.raises(DraftedAgain, match="public/r2: it was drafted after"):
        take(drafted, YES)
    assert done(drafted) == ["asked"]


@pytest.mark.parametrize(
    ("drafted_by", "asked_by"),
    [("approver", "schedule"), ("schedule", "approver"), ("approver", "approver")],
)
def test_nobody_is_asked_who_drafted_it_or_asked_for_it(stores, drafted_by, asked_by):
    pack = a_pack(stores.register, drafted_by=drafted_by)

    with pytest.raises(CannotApprove, match="Enter another user in roles"):
        ask(stores, by=asked_by)
    assert audit.of_pack(stores.register, Q, pack.variant, 1) == ()


def test_who_drafted_it_again_while_it_was_asked_about_is_not_asked(stores):
    a_pack(stores.register, drafted_by="schedule")
    a_pack(stores.register, revision=2, content="another", drafted_by="approver")

    with pytest.raises(CannotApprove, match="Enter another user in roles"):
        ask(stores, by="officer")


def test_a_quarter_without_a_draft_is_not_asked_about(stores):
    with pytest.raises(CannotApprove, match="the role 'approver' has no draft to approve"):
        ask(stores)


def test_no_text_of_the_council_is_markup_in_the_form(stores):
    reason = "See [here](https://evil.example) <img src=x> **bold**"
    a_measurement(stores.register, "one", [a_figure("75.0")])
    draft.run(stores, "one", reason, "performance team", NOW)

    body = ask(stores).body
    assert r"\[here\](https://evil.example) \<img src=x\> \*\*bold\*\*" in body
