"""Roles have mailboxes; a fault is told from what the council tolerates on."""

import pytest

from scorecard import contacts, council
from scorecard.settings import INCLUDE
from scorecard.strict import WrongDefinition

GIVEN = """
set_aside_percent: 2
draft_within_hours: 6
announced_to: [Director of Resources]
faults_to: [steward]
mailboxes: {{Head of ICT Service Delivery: {address}}}
"""


@pytest.fixture
def decided(tmp_path):
    def given(address="ict.service@exampleshire.gov.uk"):
        (tmp_path / "alerts.yaml").write_text(GIVEN.format(address=address))
        return contacts.read(tmp_path)

    return given


def test_a_role_without_a_mailbox_is_told_at_the_councils_contact(decided):
    roles = ("Head of ICT Service Delivery", "approver", "owner")

    assert decided().addresses(roles, "performance@exampleshire.gov.uk") == (
        "ict.service@exampleshire.gov.uk",
        "performance@exampleshire.gov.uk",
    )


@pytest.mark.parametrize(
    "address",
    [
        "'a@b.uk\\nBcc: all@b.uk'",
        "'a@b.uk, c@d.uk'",
        "nobody",
        "'A <a@b.uk>'",
        "a@localhost",
        "a..b@c.uk",
    ],
)
def test_what_is_no_single_address_is_refused(decided, address):
    with pytest.raises(WrongDefinition, match=r"alerts.yaml: mailboxes.*is not an address such"):
        decided(address)


@pytest.mark.parametrize(
    ("aside", "received", "is_beyond"), [(2, 100, False), (3, 100, True), (0, 0, False)]
)
def test_rows_set_aside_are_told_of_beyond_the_tolerance(decided, aside, received, is_beyond):
    assert decided().is_beyond(aside, received) is is_beyond


def test_every_owner_of_a_feed_in_exampleshire_has_a_mailbox():
    owners = {feed.owner for feed in council.read(INCLUDE / "council").feeds.values()}

    assert owners <= set(contacts.read(INCLUDE / "council").mailboxes)
