"""A letter holds no header that its words did not mean, and is the same letter each time."""

import re
from datetime import UTC, datetime

import pytest

from scorecard import letters
from scorecard.notices import Letter

SENDER = "scorecard@exampleshire.gov.uk"


def a_letter(title="Late: tickets of 2025-06", to=("ict.service@exampleshire.gov.uk",),
             lines=("Nothing came.",)):  # fmt: skip
    at = datetime(2025, 7, 3, 6, tzinfo=UTC)
    return Letter("ab" * 32, to, title, lines, "https://localhost/packs", at)


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


MENTIONS = re.compile(r"<!?\w|@\w|\]\(|\w://|www\.|[*_~`]\w|^#\w|mailto:")


@pytest.mark.parametrize(
    "evil",
    ["<!channel>", "@channel", "ask @all", "[here](http://evil.uk)", "see https://evil.uk",
     "www.evil.uk", "*bold*", "`code`", "~no~", "_so_", "![x](y)", "#general", "mailto:a@b.uk"],
)  # fmt: skip
def test_nothing_in_a_chat_is_a_mention_a_link_or_markup(evil):
    title, line, link = letters.chat(a_letter(evil, lines=(evil,)))["text"].splitlines()

    assert MENTIONS.findall(title[1:-1]) == MENTIONS.findall(line) == []
    assert line.replace("\u200b", "").replace("&lt;", "<").replace("&gt;", ">") == evil
    assert link == "https://localhost/packs"


def test_names_of_rules_and_addresses_of_pages_are_in_a_chat_as_they_stand():
    said = letters.chat(a_letter(lines=("The rule ticket_id_unique fails: 2025-06.",)))["text"]

    assert said.splitlines()[1] == "The rule ticket_id_unique fails: 2025-06."
