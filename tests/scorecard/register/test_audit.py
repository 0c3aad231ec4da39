"""The audit is added to and never changed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from scorecard.register import audit
from scorecard.register.audit import Event

AT = datetime(2025, 7, 22, 9, tzinfo=UTC)
ASKED = Event(AT, "asked", "schedule", "2025-26-Q1", "officer", 1, "abc", run="a run")
APPROVED = Event(AT, "approved", "approver", "2025-26-Q1", "officer", 1, "abc", "approver", "Read.")


@pytest.fixture
def written(register):
    with register.begin() as connection:
        for event in (ASKED, APPROVED):
            audit.write(connection, event)
    return register


def test_what_was_done_to_a_revision_is_told_in_its_order(written):
    assert audit.of_pack(written, "2025-26-Q1", "officer", 1) == (ASKED, APPROVED)
    assert audit.of_pack(written, "2025-26-Q1", "officer", 2) == ()


def test_reviews_of_a_quarter_are_told_without_what_was_fetched_or_done_to_another(written):
    fetched = replace(APPROVED, event="downloaded", said="report.html")
    with written.begin() as connection:
        for event in (fetched, replace(ASKED, quarter="2024-25-Q4")):
            audit.write(connection, event)

    assert audit.reviews_of(written, {"2025-26-Q1"}) == (ASKED, APPROVED)
    assert audit.reviews_of(written, ()) == ()


@pytest.mark.parametrize(
    "command",
    [
        "update audit set user_name = 'somebody else'",
        "delete from audit where event = 'approved'",
        "truncate audit",
    ],
)
def test_nobody_changes_what_was_done(written, command):
    with pytest.raises(DatabaseError, match="stays as it was written"), written.begin() as sql:
        sql.execute(text(command))
    assert len(audit.of_pack(written, "2025-26-Q1", "officer", 1)) == 2


def test_what_was_not_done_in_the_end_is_not_written(register):
    with register.connect() as connection:
        audit.write(connection, ASKED)
        connection.rollback()
    assert audit.of_pack(register, "2025-26-Q1", "officer", 1) == ()
