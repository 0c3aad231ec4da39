"""Who may approve a pack, and what an answer has to hold."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scorecard import council, settings
from scorecard.approval import Answer, CannotApprove, Hands, check, role_for, users_of
from scorecard.governance import Role, Route

AT = datetime(2025, 7, 22, 9, tzinfo=UTC)
HANDS = Hands("drafter", "asker")
GOOD = Answer("approver", ("Approve",), "Read the summary and the restatements.", AT)


@pytest.fixture
def decided():
    return council.read(settings.INCLUDE / "council")


def told(decided, answer, variant="officer"):
    with pytest.raises(CannotApprove) as refused:
        check("2025-26-Q1/officer/r1", answer, decided, variant, HANDS)
    return str(refused.value)


def test_an_approver_with_a_comment_approves_in_their_role(decided):
    assert check("a pack", GOOD, decided, "officer", HANDS) == "approver"


@pytest.mark.parametrize("chosen", [(), ("Approve", "Reject"), ("approve",)])
def test_only_approve_or_reject_alone_is_an_answer(decided, chosen):
    assert "Choose Approve or Reject." in told(decided, replace(GOOD, chosen=chosen))


@pytest.mark.parametrize("user", ["steward", "", "Approver"])
def test_a_user_without_the_role_neither_approves_nor_rejects(decided, user):
    for chosen in (("Approve",), ("Reject",)):
        answer = replace(GOOD, user=user, chosen=chosen)
        assert f"{user} does not hold the role 'approver' on 22 July 2025." in told(decided, answer)


@pytest.mark.parametrize(
    ("length", "is_taken"), [(0, False), (1, True), (1000, True), (1001, False)]
)
def test_a_comment_has_1_to_1000_characters(decided, length, is_taken):
    answer = replace(GOOD, comment="x" * length)
    if is_taken:
        assert check("a pack", answer, decided, "officer", HANDS)
    else:
        assert "the comment has" in told(decided, answer)


def test_a_comment_of_spaces_says_nothing(decided):
    assert "the comment has 0 characters" in told(decided, replace(GOOD, comment=" \n\t "))


@pytest.mark.parametrize("hands", [Hands("approver", "asker"), Hands("drafter", "approver")])
def test_who_drafted_or_asked_may_reject_and_not_approve(decided, hands):
    assert check("a pack", replace(GOOD, chosen=("Reject",)), decided, "officer", hands)
    with pytest.raises(CannotApprove, match="four eyes have to see it"):
        check("a pack", GOOD, decided, "officer", hands)


def test_the_newest_line_of_a_role_that_has_begun_counts():
    roles = (
        Role("approver", date(2024, 4, 1), ("first",)),
        Role("approver", date(2025, 4, 1), ("second", "third")),
    )

    assert users_of(roles, "approver", date(2024, 3, 31)) == frozenset()
    assert users_of(roles, "approver", date(2025, 3, 31)) == {"first"}
    assert users_of(roles, "approver", date(2025, 4, 1)) == {"second", "third"}
    assert users_of(roles, "owner", date(2025, 4, 1)) == frozenset()


def test_a_variant_without_a_route_or_with_two_roles_is_approved_by_nobody(decided):
    governance = decided.governance
    two = (*governance.routes, Route("Cabinet", "officer", 20, "internal", "owner"))

    with pytest.raises(CannotApprove, match="variant 'unheard' is signed off by 0 roles"):
        role_for(decided, "unheard")
    with pytest.raises(CannotApprove, match="variant 'officer' is signed off by 2 roles"):
        role_for(replace(decided, governance=replace(governance, routes=two)), "officer")
