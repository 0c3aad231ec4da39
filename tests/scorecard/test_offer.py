"""Drafts are offered to the roles that sign them off."""

import pytest
from record import NOW, Q, a_figure, a_measurement, approve

from scorecard import draft, offer, publish
from scorecard.approval import CannotApprove


@pytest.fixture
def drafted(stores):
    """A quarter measured, and drafted in one variant."""
    a_measurement(stores.register, "one", [a_figure("75.0")])
    draft.run(stores, "one", "", "performance team", NOW)
    return stores


def test_a_role_is_offered_the_drafts_that_it_signs_off(drafted):
    assert offer.run(drafted, Q, NOW) == ["approver"]


def test_a_quarter_without_a_draft_is_offered_to_nobody(drafted):
    with pytest.raises(CannotApprove, match="2025-26-Q2: there is no draft to approve"):
        offer.run(drafted, "2025-26-Q2", NOW)


def test_what_is_published_is_not_offered_again(drafted):
    approve(drafted)
    publish.run(drafted, Q, "officer", 1, NOW, NOW)

    with pytest.raises(CannotApprove, match="there is no draft to approve"):
        offer.run(drafted, Q, NOW)
