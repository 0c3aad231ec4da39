"""Rows set aside, told reason by reason, with what to do; and what is left to decide."""

from pathlib import Path

import pytest

from scorecard import mapping
from scorecard.settings import INCLUDE
from scorecard.trial_reasons import in_words, reasons, undecided

STAFF = mapping.load(INCLUDE / "sources" / "work_patterns.yaml")
TICKETS = mapping.load(INCLUDE / "sources" / "servicenow_incident.yaml")
COUNCIL = INCLUDE / "council"


def unknown(name):
    return f"directorate: '{name}' is not in the council's list of directorates"


def told(*aside, of=STAFF, council=COUNCIL, using=""):
    return list(in_words(reasons(aside, of, council, using)))


def test_rows_of_one_reason_are_one_line_with_its_values_and_one_with_what_to_do():
    assert told(
        ("directorate_unknown", unknown("Children's Trust"), 19, 8),
        ("directorate_unknown", unknown("Transformation Unit"), 30, 3),
        ("repeated_row", "the same as row 2", 1, 70),
        ("repeated_row", "the same as row 4", 1, 60),
    ) == [
        "  49 rows, first row 3: directorate: 'Transformation Unit' (30), 'Children's Trust' (19) "
        "is not in the council's list of directorates (directorate_unknown)",
        "    Add the name to include/council/directorates.csv.",
        "  2 rows, first row 60: the same as row … (repeated_row)",
    ]


def test_values_that_look_personal_are_counted_and_not_shown():
    names = [f"Ruth {letter * 3}".title() for letter in "abcdefghijklmnop"]
    for kind, values in (
        ("names of persons", names), ("e-mail addresses", ["ruth.b@example.gov.uk"]),
    ):  # fmt: skip
        (line, _) = told(*(("directorate_unknown", unknown(value), 1, 3) for value in values))
        assert f"{len(values)} values that look like {kind} is not in" in line
        assert not any(value in line for value in values)
    (line, _) = told(*(("directorate_unknown", unknown(name), 1, 3) for name in names[1:]))
    assert "'Ruth Bbb' (1)" in line  # as few as 15 may be parts of a council


def test_one_value_that_looks_personal_is_not_shown_among_many_that_do_not():
    values = [*(f"P{n}" for n in range(11, 22)), "ann.smith@example.gov.uk"]
    (line, _) = told(*(("persona_unreadable", unknown(value), 1, 3) for value in values))
    assert "'P11' (1)" in line
    assert "'P21' (1) and 1 more, of which some look like e-mail addresses, is not in" in line
    assert "ann.smith" not in line


def test_names_are_shown_of_codes_and_of_parts_of_a_council_alone():
    for rule, is_shown in (("persona_unreadable", True), ("leave_on_unreadable", False)):
        (line, _) = told((rule, unknown("Ruth Blenkinsop"), 1, 3))
        assert ("Ruth" in line) == is_shown, line


def test_of_many_values_the_commonest_are_shown_and_the_others_counted():
    aside = [("directorate_unknown", unknown(f"unit {n:02d}"), 40 - n, 3) for n in range(14)]
    (line, _) = told(*aside)
    assert "'unit 00' (40)" in line
    assert "'unit 11' (29) and 2 more is not" in line


def test_long_values_that_begin_alike_are_counted_together():
    aside = [("site_unreadable", unknown("x" * 60 + end), 2, 3) for end in ("a", "b")]
    aside += [("site_unreadable", unknown("y"), 1, 4)]
    assert f"'{'x' * 60}' (4), 'y' (1) is not" in told(*aside)[0]


@pytest.mark.parametrize(
    ("rule", "why", "using", "mend"),
    [
        ("priority_unreadable", "priority: 'P9' is not one of the values", "",
         "Name its values under priority in include/sources/servicenow_incident.yaml, or ask"),
        ("opened_at_unreadable", "opened_at: 'soon' is not a moment", "new.yaml",
         "Say how it is written under opened_at in new.yaml, or ask the sender to correct it."),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_named_in_the_mapping(rule, why, using, mend):
    assert mend in told((rule, why, 2, 5), of=TICKETS, using=using)[1]


def test_the_list_of_a_council_elsewhere_is_named_by_its_path():
    line = told(("directorate_unknown", unknown("X"), 1, 2), council=Path("/etc/council"))[1]
    assert line == "    Add the name to /etc/council/directorates.csv."


def test_only_a_comment_that_asks_is_undecided():
    text = "\n".join([
        "# Read every line, and decide where it says `?`.", "a: 1", "b: 2   # ?",
        "c: {}   # 3 of 9 rows say nothing; ? London's clock", "# ? not understood: Team",
        "d: [what?]   # a person: kept as a keyed hash only",
    ])  # fmt: skip
    assert [one["line"] for one in undecided(text)] == [3, 4, 5]


def test_a_heading_that_holds_the_mark_asks_nothing_and_a_comment_beside_it_does():
    heading = """  ticket_id: {from: ["Case # ? x", 'é # ?', "a
      # ? b"]}"""
    text = f"columns:\n{heading}\n  status: {{from: ['# ? é']}}   # ? which\n"
    assert undecided(text) == [{"line": 4, "text": "status: {from: ['# ? é']} # ? which"}]
    assert undecided(f"columns:\n{heading}\n") == []


def test_no_mapping_that_is_shipped_is_left_undecided():
    left = {
        path.name: undecided(path.read_text(encoding="utf-8"))
        for path in sorted((INCLUDE / "sources").glob("*.yaml"))
    }
    assert left == {name: [] for name in left}
    assert len(left) > 40
