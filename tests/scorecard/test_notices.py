"""A notice says where, what and what to do; what it is about makes it this one."""

from dataclasses import replace

import pytest

from scorecard import notices
from scorecard.notices import Found

OWNER = "Head of ICT Service Delivery"
FOUND = [Found(7, "one", "received 3 July 2025; the critical rule ticket_id_unique fails.")]
MADE = {
    "late": notices.late("tickets", "2025-06", OWNER, [("tickets 2025-06", "Nothing came.")]),
    "refused": notices.refused("tickets", OWNER, FOUND),
    "set aside": notices.set_aside("tickets", OWNER, [*FOUND, Found(8, "two", "9 of 10 rows.")]),
    "overdue": notices.overdue("2025-26-Q1", "scheduled__1", ("Director of Resources",), 6),
    "failed": notices.failed("ingest_tickets", "keep", "2025-06", "scheduled__1", ("steward",)),
    "review": notices.review("2025-26-Q1", "approver", [("2025-26-Q1/officer/r1", "ab")]),
    "published": notices.published("2025-26-Q1", ("owner",), ["2025-26-Q1/officer/r1"]),
}


@pytest.mark.parametrize("kind", MADE)
def test_a_notice_has_a_title_of_one_line_and_says_what_to_do(kind):
    made = MADE[kind]

    assert made.kind == kind
    assert made.title == made.title.strip() != ""
    assert "\n" not in made.title
    assert len(made.title) < 70
    assert len(made.lines) >= 3
    assert all(line.endswith(".") for line in made.lines)


def test_a_notice_is_known_by_what_it_tells_and_not_by_its_words():
    one, two = MADE["set aside"], MADE["refused"]

    assert replace(one, lines=("Other words.",)).identity == one.identity
    assert replace(one, items=one.items[::-1]).identity == one.identity
    assert replace(one, items=("one", "three")).identity != one.identity
    assert one.identity != two.identity
