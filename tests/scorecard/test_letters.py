"""A letter holds no header that its words did not mean, and is the same letter each time."""

from datetime import UTC, datetime

import pytest

from scorecard import letters
from scorecard.notices import Letter

SENDER = "scorecard@exampleshire.gov.uk"


def a_letter(title="Late: tickets of 2025-06", to=("ict.service@exampleshire.gov.uk",)):
    at = datetime(2025, 7, 3, 6, tzinfo=UTC)
    return Letter("ab" * 32, to, title, ("Nothing came.",), "https://localhost/packs", at)


def test_the_same_letter_is_the_same_to_the_byte():
    assert (
        letters.email(a_letter(), SENDER).as_bytes() == letters.email(a_letter(), SENDER).as_bytes()
    )


@pytest.mark.parametrize("evil", ["Late\r\nBcc: all@b.uk", "Late\nX: y", "Late\u2028Bcc: all@b.uk"])
def test_a_title_never_becomes_a_header_of_its_own(evil):
    message = letters.email(a_letter(evil), SENDER)

    assert set(message.keys()) == {
        "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "Content-Type",
        "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert "Bcc" not in message
    assert len(message["Subject"].splitlines()) == 1


def test_an_address_never_becomes_two():
    with pytest.raises(ValueError, match=r".+"):
        letters.email(a_letter(to=("a@b.uk\r\nBcc: c@d.uk",)), SENDER)


def test_nothing_in_a_chat_is_a_mention():
    assert "<!channel>" not in letters.chat(a_letter("<!channel>"))["text"]
