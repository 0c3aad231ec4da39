import pandas as pd
import pytest

from scorecard import checks
from scorecard.checks import Rule
from scorecard.strict import WrongDefinition

BETWEEN = "expect_column_values_to_be_between"
RULE = {
    "id": "score_at_least_one", "type": BETWEEN, "severity": "warning", "dimension": "validity",
    "why": "The scale begins at 1.", "kwargs": "{column: csat_score, min_value: 1}",
}  # fmt: skip


def suite(folder, *rules, head="table: tickets\n", **changed):
    lines = [
        "  - {" + ", ".join(f"{key}: {value}" for key, value in {**RULE, **rule}.items()) + "}\n"
        for rule in rules or [changed]
    ]
    (folder / "tickets.yaml").write_text(head + "expectations:\n" + "".join(lines))
    return checks.load(folder, "tickets")


def asked(folder, frame=None, **changed):
    frame = pd.DataFrame({"csat_score": [0, 3]}) if frame is None else frame
    return checks.ask(suite(folder, **changed).rules, frame)


def test_a_rule_names_the_rows_that_break_it(tmp_path):
    assert asked(tmp_path) == {"score_at_least_one": [0]}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"type": "expect_betwixt"}, "does not know 'expect_betwixt'"),
        ({"severity": "fatal"}, "'fatal' is not critical or warning"),
        ({"dimension": "beauty"}, "'beauty' is not completeness or "),
        ({"of": "cells"}, "'cells' is not rows or keys or extract"),
        ({"kwargs": "{column: csat_score, min_valu: 1}"}, "does not know .* with .*min_valu"),
        ({"kwargs": "{column: csat, min_value: 1}"}, "'csat' is no column of tickets"),
        ({"kwargs": "{column: csat_score, min_value: [1]}"}, "does not know"),
        ({"kwargs": "{column: csat_score, min_value: 1, max_valu: 5}"}, "does not know .*max_valu"),
        ({"of": "extract"}, "'csat_score' is no column of tickets"),
        ({"why_not": "x"}, "unknown key 'why_not'"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_asked_names_its_file_and_itself(tmp_path, changed, message):
    with pytest.raises(WrongDefinition, match=rf"^tickets.yaml: score_at_least_one: .*{message}"):
        asked(tmp_path, **changed)


def test_a_misspelt_rule_is_found_even_if_there_is_nothing_to_ask(tmp_path):
    with pytest.raises(WrongDefinition, match="does not know"):
        asked(tmp_path, pd.DataFrame({"csat_score": []}), type="expect_nothing")


def test_a_column_that_the_frame_does_not_have_is_an_error_and_not_a_pass(tmp_path):
    with pytest.raises(WrongDefinition, match=r"^tickets.yaml: score_at_least_one: it could not"):
        asked(tmp_path, pd.DataFrame({"other": [1]}))


def test_two_rules_of_one_name_are_refused(tmp_path):
    with pytest.raises(WrongDefinition, match=r"tickets.yaml: two rules have one id"):
        suite(tmp_path, {}, {})


@pytest.mark.parametrize("head", ["table: ledger\n", "table: tickets\nrules: []\n"])
def test_a_suite_says_whose_it_is_and_nothing_else(tmp_path, head):
    with pytest.raises(WrongDefinition, match=r"tickets.yaml: write 'table: tickets'"):
        suite(tmp_path, {}, head=head)


def test_a_table_without_rules_is_told(tmp_path):
    with pytest.raises(WrongDefinition, match=r"ledger.yaml: not found in .*Add the table's rules"):
        checks.load(tmp_path, "ledger")


def test_a_column_of_nothing_breaks_no_rule(tmp_path):
    assert asked(tmp_path, pd.DataFrame({"csat_score": [None, None]})) == {"score_at_least_one": []}


def test_a_rule_reads_the_columns_of_its_kwargs():
    of_pair = Rule("a", "b", "warning", "validity", "c", {"column_A": "x", "column_B": "y"})
    of_list = Rule("a", "b", "warning", "validity", "c", {"column_list": ["x", "y"]})
    assert of_pair.columns == of_list.columns == ("x", "y")
