"""Which figures ask for commentary, and what a comment must hold."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from scorecard import council
from scorecard.commentary import (
    COLUMNS,
    Comment,
    Slot,
    WrongComment,
    check_writer,
    comment_from,
    day_from,
    due_day,
    is_left_empty,
    newest,
    open_slots,
    roles_of,
)
from scorecard.governance import Route
from scorecard.period import FinancialQuarter
from scorecard.settings import INCLUDE

QUARTER = FinancialQuarter.parse("2025-26-Q1")
DECIDED = council.read(INCLUDE / "council")
ROLES = roles_of(DECIDED, QUARTER)
KPI, OTHER = "open_tickets", "pages_printed"
DESK = "Head of ICT Service Delivery"
SLOTS = {(KPI, "COUNCIL"): Slot(KPI, "COUNCIL", True, "", DESK)}
GOOD = {
    "quarter": "2025-26-Q1", "kpi": KPI, "directorate": "COUNCIL", "cause": "Two posts are empty.",
    "action": "Both are advertised.", "owner": DESK, "by_when": "2025-09-30",
}  # fmt: skip


@dataclass
class Figure:
    rag: str


def row(**changes):
    return {**dict.fromkeys(COLUMNS, ""), **GOOD, **changes}


def parts(**changes):
    return comment_from(row(**changes), SLOTS, QUARTER, ROLES)


def slots(rags, concerns=None):
    """The slots of figures with these colours: KPI, directorate, whether red, which concern."""
    found = open_slots(
        QUARTER,
        [KPI, OTHER],
        lambda kpi, whom: Figure(rags[kpi, whom]) if (kpi, whom) in rags else None,
        concerns or {},
        DECIDED,
    )
    return [(slot.kpi_id, slot.directorate, slot.is_red, slot.concern) for slot in found]


def test_a_red_figure_opens_a_slot_and_no_other_colour_does():
    rags = {
        (KPI, "COUNCIL"): "amber",
        (KPI, "PLA"): "red",
        (OTHER, "COUNCIL"): "red",
        (OTHER, "ASC"): "green",
        (OTHER, "CEX"): "not_rated",
        (OTHER, "UNKNOWN"): "red",
    }

    assert slots(rags) == [(KPI, "PLA", True, ""), (OTHER, "COUNCIL", True, "")]


def test_a_special_cause_of_concern_opens_a_slot_even_at_green_and_one_with_a_red_figure():
    rags = {(KPI, "COUNCIL"): "green", (KPI, "PLA"): "red"}
    concerns = {(KPI, "COUNCIL"): "Concern high", (KPI, "PLA"): "Concern low"}

    assert slots(rags, concerns) == [
        (KPI, "COUNCIL", False, "Concern high"),
        (KPI, "PLA", True, "Concern low"),
    ]


def test_a_slot_is_owed_by_the_owner_in_force_in_the_quarter():
    later = replace(DECIDED.owners[0], kpi=KPI, effective_from=date(2025, 7, 1), owner="Head of IT")
    decided = replace(DECIDED, owners=(*DECIDED.owners, later))

    def owner(quarter):
        red = open_slots(
            FinancialQuarter.parse(quarter), [KPI], lambda *_: Figure("red"), {}, decided
        )
        return red[0].owner

    assert [owner("2025-26-Q1"), owner("2025-26-Q2")] == [DESK, "Head of IT"]


@pytest.mark.parametrize(("one", "other"), [(60, 60), (119, 1), (1, 119)])
def test_cause_and_action_have_120_words_together(one, other):
    cause, action = ("word " * one).strip(), ("word " * other).strip()

    assert parts(cause=cause, action=action)["action"] == action
    with pytest.raises(WrongComment, match=r"have 121 words together. Shorten them to 120"):
        parts(cause=cause, action=f"{action} more")


@pytest.mark.parametrize("written", ["word-", "word/", "word,", "x", "\u5b57"])
def test_words_that_hang_together_are_counted_by_their_letters(written):
    cause = (written * 999)[:999]

    assert parts(cause=cause, action="x")["cause"] == cause
    with pytest.raises(WrongComment, match=r"have 1,001 letters together. Shorten them to 1,000"):
        parts(cause=cause, action="xx")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-06-30", date(2025, 6, 30)),
        ("30/06/2025", date(2025, 6, 30)),
        ("1/7/2025", date(2025, 7, 1)),
        ("2028-02-29", date(2028, 2, 29)),
    ],
)
def test_a_day_from_the_quarters_last_on_is_a_day_to_finish_by(written, expected):
    assert parts(by_when=written)["by_when"] == expected


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"by_when": "2025-06-29"}, "by_when 2025-06-29 lies before the quarter's end, 2025-06-30"),
        ({"by_when": "2025-02-31"}, "by_when '2025-02-31' is not a day. Write one like"),
        ({"by_when": "31/06/2025"}, "is not a day"),
        ({"by_when": "soon"}, "by_when 'soon' is not a day"),
        ({"by_when": ""}, "by_when is missing. Fill in all of cause, action, owner, by_when"),
        ({"cause": ""}, "cause is missing"),
        ({"action": " \n "}, "action is missing"),
        ({"owner": ""}, "owner is missing"),
        ({"owner": "Ruth Jones"}, "owner 'Ruth Jones' is not a role. Write the role, such as"),
        ({"owner": "Ruth Jones, Head of ICT"}, "is not a role"),
        ({"owner": "head@exampleshire.gov.uk"}, "is not a role"),
        ({"owner": "Officer 12"}, "is not a role"),
        ({"cause": "=1+1"}, "cause begins with '=', which a spreadsheet takes for a formula"),
        ({"cause": "+1 post"}, r"cause begins with '\+'"),
        ({"action": "- advertise"}, "action begins with '-'"),
        ({"action": "@SUM(A1)"}, "action begins with '@'"),
        ({"cause": "two\x00posts"}, r"cause holds U\+0000, a character that cannot be seen. Type"),
        ({"action": "read \u202e backwards"}, r"action holds U\+202E, a character that cannot"),
        ({"cause": "two\ufffeposts"}, r"cause holds U\+FFFE, a character that cannot be seen"),
        ({"cause": "\u200b"}, r"cause holds U\+200B, a character that cannot be seen"),
        ({"quarter": "2025-26-Q2"}, "quarter is '2025-26-Q2'. Write 2025-26-Q1"),
        ({"directorate": "PLA"}, "open_tickets of PLA asks for no commentary this quarter. Remove"),
        ({"kpi": "no_such_kpi"}, "no_such_kpi of COUNCIL asks for no commentary"),
    ],
)  # fmt: skip
def test_a_comment_that_cannot_be_printed_says_why_and_what_to_do(changes, words):
    with pytest.raises(WrongComment, match=words):
        parts(**changes)


def test_a_comment_is_kept_on_one_line_as_it_was_typed():
    told = parts(cause="Two posts\r\nare  <b>empty</b>. ", owner="Print Contract Manager")

    assert (told["cause"], told["owner"]) == (
        "Two posts are <b>empty</b>.", "Print Contract Manager",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"cause": "", "action": "", "by_when": ""}, True),
        ({"cause": "", "action": "", "by_when": "", "owner": ""}, True),
        ({"cause": "", "action": ""}, False),
        ({"cause": "x", "action": "", "by_when": ""}, False),
    ],
)
def test_a_row_is_left_empty_while_only_its_owner_is_filled_in(changes, expected):
    assert is_left_empty(row(**changes)) is expected


def test_a_writer_is_a_role_that_the_council_names():
    check_writer("Service Desk Analyst", ROLES)
    with pytest.raises(WrongComment, match=r"'Ruth' is no role of the council. Use one of"):
        check_writer("Ruth", ROLES)


def test_of_a_figures_comments_the_last_one_counts():
    def said(cause, minute):
        at = datetime(2025, 7, 20, 9, minute, tzinfo=UTC)
        day = date(2025, 9, 30)
        return Comment("2025-26-Q1", KPI, "COUNCIL", cause, "x", DESK, day, DESK, at)

    first, second = said("one", 1), said("two", 2)

    assert newest([first, second]) == {(KPI, "COUNCIL"): second}
    assert [first.says_the_same(each) for each in (second, said("one", 3), None)] == [
        False, True, False,
    ]  # fmt: skip


def test_commentary_is_due_by_the_first_deadline_of_a_body():
    routes = [Route("a", "officer", 22, "internal", "x"), Route("b", "member", 20, "public", "x")]

    assert due_day(QUARTER, routes, ()) == date(2025, 7, 28)
    assert due_day(QUARTER, routes, {date(2025, 7, 28)}) == date(2025, 7, 29)
    assert due_day(QUARTER, [], ()) is None


def test_a_day_is_written_in_one_of_two_ways():
    assert day_from("2025-09-30") == day_from("30/09/2025") == date(2025, 9, 30)
