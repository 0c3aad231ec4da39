"""The list of what a person should look at again."""

from dataclasses import replace
from decimal import Decimal

from scorecard.packs import webpage
from scorecard.packs.build import build


def of(records, **choices):
    """The pack of a council whose tests allow the records' equal months, and with its choices."""
    sense = replace(records.council.settled.sense, **{"unchanged_months": 4, **choices})
    settled = replace(records.council.settled, sense=sense)
    return build(replace(records, council=replace(records.council, settled=settled)))


def rows(content):
    return [[cell.text for cell in row] for row in content.sheet("Review_these").rows]


def test_nothing_to_review_is_said_in_one_row(records):
    assert rows(of(records)) == [["None", *["[z]"] * 6]]


def test_a_hit_is_listed_with_what_was_found_and_who_looks(changed):
    content = of(changed("tickets_solved", value=Decimal(17), target=Decimal(90)))

    assert rows(content) == [
        ["Tickets solved", "Whole council", "Far from target",
         "17.0% is 0.19 times the target of 90.0%.",
         "Whether target and figure count the same thing in the same unit", "Head of ICT",
         "tickets_solved"]
    ]  # fmt: skip


def test_the_sheet_says_the_councils_thresholds(records):
    said = of(records, far_above=Decimal("7.5")).sheet("Review_these").remarks[1]

    assert "a result over 7.5 times or under 0.2 of its target" in said


def test_the_page_names_kpi_and_directorate_in_words(changed):
    content = build(changed("tickets_solved", value=Decimal(17), target=Decimal(90)))
    page = webpage.write(content).decode()
    section = page[page.index('<h2 id="review-these">') :].partition("</section>")[0]

    assert 'href="#review-these"' in page
    assert "Tickets solved</th>" in section
    assert "Whole council" in section
