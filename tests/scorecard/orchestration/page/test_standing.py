"""A draft's way to publication is said in words, by what was done last about it, and no more."""

from datetime import timedelta

import pytest
from record import NOW, Q

from scorecard.orchestration.page import standing
from scorecard.register.audit import Event
from scorecard.register.packs import PackRow

SOON = NOW + timedelta(minutes=5)
LATE = NOW + timedelta(minutes=6)
AT = "21 July 2025, 9:00am"
AGAIN = f"Drafted again after the review was asked on {AT}: whoever answers is asked again, about"


def draft(revision=1, content="one"):
    return PackRow(Q, "officer", revision, "draft", "", content, "", "", "", NOW, "schedule")


def events(*done):
    """What was done, as `event revision content`."""
    told = [each.split() for each in done]
    return [Event(NOW, what, "approver", Q, "officer", int(r), said) for what, r, said in told]


@pytest.mark.parametrize(
    ("done", "now", "said"),
    [
        ([], NOW, "Review not asked yet"),
        (["asked 1 one"], LATE, f"Review asked on {AT}"),
        (["asked 1 one", "rejected 1 one"], NOW,
         f"Rejected on {AT} by approver: draft the quarter again"),
        (["asked 1 one", "rejected 1 one", "asked 1 one"], NOW, f"Review asked on {AT}"),
        (["asked 1 one", "approved 1 one"], SOON, f"Approved on {AT} by approver; publishing"),
        (["asked 1 one", "approved 1 one"], LATE,
         f"Approved on {AT} by approver, and not published: see the newest run of publish_pack"),
    ],
)  # fmt: skip
def test_a_draft_stands_where_it_was_last_taken(done, now, said):
    assert standing.of(draft(), 1, events(*done), now) == said


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (["asked 1 one"], f"{AGAIN} this draft"),
        (["asked 1 one", "approved 1 one"],
         f"Drafted again after revision 1 was approved on {AT}: start publish_pack again"),
        (["asked 1 one", "rejected 1 one"], "Review not asked yet"),
        (["asked 1 one", "approved 1 one", "published 1 one"], "Review not asked yet"),
        (["asked 1 one", "asked 2 two"], f"Review asked on {AT}"),
    ],
)  # fmt: skip
def test_a_draft_that_was_made_again_says_what_became_of_the_question(done, said):
    assert standing.of(draft(2, "two"), 2, events(*done), NOW) == said


def test_a_draft_whose_place_was_taken_names_the_one_that_took_it():
    told = standing.of(draft(), 2, events("asked 1 one"), NOW)

    assert told == "Revision 2 has taken its place"
