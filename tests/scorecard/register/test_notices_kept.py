"""What people were told is added to and never changed, and left by each way once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from scorecard.notices import Found, refused
from scorecard.register import notices

AT = datetime(2025, 7, 22, 9, tzinfo=UTC)
NOTICE = refused("tickets", "Head of ICT Service Delivery", [Found(7, "a file", "it is empty.")])


@pytest.fixture
def written(register):
    with register.begin() as connection:
        assert notices.write(connection, NOTICE, AT)
    return register


def test_a_notice_is_written_once_and_what_it_tells_is_known(written):
    with written.begin() as connection:
        assert not notices.write(connection, NOTICE, AT)
        assert notices.told(connection, "refused") == {"a file"}
        assert notices.told(connection, "late") == set()


def test_a_notice_waits_for_each_way_until_it_left_by_it(written):
    by_mail, by_chat = notices.waiting(written)
    assert (by_mail.notice, by_mail.way, by_chat.way) == (NOTICE, "e-mail", "webhook")

    notices.delivered(written, by_mail, None, AT, {"a@b.uk": "sent"})
    assert notices.reached(written, by_mail) == {"a@b.uk": "sent"}
    assert notices.waiting(written) == [by_mail, by_chat]
    notices.delivered(written, by_mail, "sent", AT)
    notices.delivered(written, by_mail, "refused", AT)
    assert notices.waiting(written) == [by_chat]


@pytest.mark.parametrize("table", ["notices", "deliveries", "addressed"])
@pytest.mark.parametrize(
    "command", ["update {} set id = 9", "delete from {}", "truncate {} cascade"]
)
def test_nobody_changes_what_people_were_told(written, table, command):
    notices.delivered(written, notices.waiting(written)[0], "sent", AT, {"a@b.uk": "sent"})

    with pytest.raises(DatabaseError, match="stays as it was written"), written.begin() as sql:
        sql.execute(text(command.format(table)))
