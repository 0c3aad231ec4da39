"""What the first page says needs a decision: of whom what is asked, by rules alone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scorecard.commentary import Comment
from scorecard.gate import Finding
from scorecard.packs import cover, review_words
from scorecard.packs.asked import MOST_LETTERS
from scorecard.packs.build import build
from scorecard.packs.document import structure
from scorecard.packs.records import Figures
from scorecard.packs.webpage import write

KPI = "tickets_solved"
RED = {"rag": "red", "rag_basis": "abs_tolerance: too far"}
ABOVE = "More than chance, for the worse: June 2025 is above the upper limit"
AT = datetime(2025, 7, 15, 13, 5, tzinfo=UTC)


def asks_of(records):
    """What is asked, and for each matter its title."""
    decisions = build(records).overview.decisions
    return [(each.asked, [item.title for item in each.items]) for each in decisions]


def comment(action="Both posts are advertised.", directorate="COUNCIL"):
    return Comment(
        "2025-26-Q1", KPI, directorate, "Two posts are empty", action, "Head of Desk",
        date(2025, 9, 30), "Analyst", datetime(2025, 7, 20, tzinfo=UTC),
    )  # fmt: skip


def for_all(records):
    return replace(records, edition=replace(records.edition, visibility="public"))


def test_nothing_needs_a_decision_in_a_quarter_without_reds_concerns_moves_or_gaps(records):
    assert asks_of(records) == []
    assert "decision" not in build(records).overview.lead


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (None, "Head of ICT to say what will be done: no commentary supplied."),
        ("Both posts are advertised.",
         "To agree: Both posts are advertised (Head of Desk, by 30 September 2025)."),
        ("x" * MOST_LETTERS,
         f"To agree: {'x' * MOST_LETTERS} (Head of Desk, by 30 September 2025)."),
        ("x" * (MOST_LETTERS + 1), "To agree the action of the Head of Desk, by 30 September 2025:"
         " it is in the commentary."),
    ],
)  # fmt: skip
def test_of_a_red_the_owner_is_asked_what_will_be_done_until_an_action_can_be_agreed(
    changed, action, expected
):
    said = () if action is None else (comment(action),)
    records = replace(changed(KPI, **RED), commentary=said)

    assert asks_of(records) == [(expected, ["Tickets solved"])]
    assert build(records).overview.lead.endswith(" 1 matter needs a decision.")


def test_a_special_cause_of_concern_needs_a_decision_whatever_its_rating_and_common_cause_none(
    judged,
):
    concern = judged("green", variation="Concern high", special_cause="above the upper limit")
    ((asked, _),) = asks_of(concern)
    ((item,),) = (each.items for each in build(concern).overview.decisions)

    assert asked == "Head of ICT to say whether action is needed: no commentary supplied."
    assert item.text.endswith(f". {ABOVE}")
    assert asks_of(judged("green", variation="Common cause")) == []


def test_the_public_is_told_what_is_asked_and_not_who_is_late(changed):
    red = replace(for_all(changed(KPI, **RED)), commentary_due=date(2025, 7, 1))
    content = build(red)
    row = content.sheet("Exceptions").rows[0]

    assert asks_of(red) == [("Head of ICT to say what will be done.", ["Tickets solved"])]
    assert [cell.text for cell in row[4:]] == ["Not given", "Not given", "Head of ICT", "Not given"]
    assert content.themes[0].kpis[0].of_council == ()
    for said in ("supplied.", "overdue", "awaited from", "Still awaited"):
        assert said not in write(content).decode()


def test_matters_of_which_one_role_is_asked_the_same_stand_together(changed):
    both = changed(KPI, **RED)
    owners = (*both.council.owners, replace(both.council.owners[0], kpi="pages_printed"))
    rows = tuple(
        replace(f, **RED) if (f.kpi_id, f.period, f.directorate) ==
        ("pages_printed", "2025-26-Q1", "COUNCIL") else f for f in both.figures.rows
    )  # fmt: skip
    both = replace(both, council=replace(both.council, owners=owners), figures=Figures(rows))

    assert asks_of(both) == [
        ("Head of ICT to say what will be done: no commentary supplied.",
         ["Tickets solved", "Pages printed"]),
    ]  # fmt: skip


@pytest.mark.parametrize("is_said", [False, True])
def test_figures_of_directorates_are_counted_until_somebody_speaks_for_them(changed, is_said):
    said = (comment(directorate="HR"),) if is_said else ()
    records = replace(changed(KPI, directorate="HR", **RED), commentary=said)

    asked = [("Head of ICT to supply commentary.", ["Figures of directorates"])]
    assert asks_of(records) == ([] if is_said else asked)
    assert asks_of(for_all(records)) == []


def test_restated_figures_are_to_be_noted(records):
    rows = records.figures.rows
    before = tuple(replace(f, value=f.value + 1) if f.kpi_id == KPI else f for f in rows)
    moved = replace(records, earlier=Figures(before))
    ((item,),) = (each.items for each in build(moved).overview.decisions)

    assert asks_of(moved) == [("To note: Revisions says why each moved.", ["Restated figures"])]
    assert item.text.endswith(" figures differ from what was published: Tickets solved")
    assert asks_of(replace(records, earlier=records.figures)) == []


def test_a_feed_that_sent_nothing_and_one_that_the_gate_doubts_name_their_senders(records):
    months = {**records.months, "print_jobs": frozenset({"2025-04", "2025-05"})}
    finding = Finding("jump", "provisional", "print_jobs", "2025-05", "COUNCIL", "A jump.")

    assert asks_of(replace(records, months=months)) == [
        ("Head of ICT Infrastructure to say when it comes.", ["Feed printing, print jobs"]),
    ]
    assert asks_of(replace(records, findings=(finding,))) == [
        ("To accept provisional figures, or to wait for the Head of ICT Infrastructure.",
         ["Feed printing, print jobs"]),
    ]  # fmt: skip
    assert asks_of(replace(records, findings=(replace(finding, outcome="confirmed"),))) == []


def test_every_format_says_what_is_asked_on_its_first_page(changed):
    content = build(changed(KPI, **RED))
    (ask,) = content.overview.decisions
    told = f"{ask.items[0].title}: {ask.items[0].text}"

    (part,) = structure(content)["lists"][0]["parts"]
    assert (part["asked"], part["items"][0]["to"]) == (ask.asked, KPI)
    assert dict(cover.parts(content))[ask.asked] == [told]
    page = write(content).decode()
    assert page.index(ask.asked) < page.index(dict(content.facts)["Period"])
    question = review_words.body([content], "/performance", AT)
    assert f"- {told}. {ask.asked}" in question
    assert "What was written after 15 July 2025, 2:05pm is not in these drafts" in question
