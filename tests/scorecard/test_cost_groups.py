"""The council's groups of cost centres: what is refused, and what SQL is given."""

import pytest

from scorecard import cost_groups
from scorecard.cost_groups import CostGroup
from scorecard.strict import WrongDefinition

DESK = CostGroup("service_desk", "2018-19", "0521*", "*", "Its own cost centres")


def test_a_rule_reaches_sql_as_it_is_written():
    relation = cost_groups.as_relation([DESK])

    assert relation.rows == [("service_desk", "2018-19", None, "0521*", "*")]


@pytest.mark.parametrize(
    "row",
    [
        DESK,
        CostGroup("print", "2018-19", "052.200/1", "003 4*", "Dots, strokes and spaces", "2018-19"),
    ],
)
def test_codes_of_any_ledger_can_be_named(row):
    cost_groups.check_cost_groups([row])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (CostGroup("helpdesk", "2018-19", "1", "1", "x"), "group 'helpdesk' is unknown"),
        (CostGroup("print", "2018-20", "1", "1", "x"), "'2018-20' is no financial year"),
        (CostGroup("print", "2018", "1", "1", "x"), "'2018' is no financial year"),
        (CostGroup("print", "2018-19", "1", "1", "x", "2017-18"), "2017-18 is before 2018-19"),
        (CostGroup("print", "2018-19", "0[12]", "1", "x"), "'0[12]' is no code"),
        (CostGroup("print", "2018-19", "1", "*3", "x"), "'*3' is no code"),
    ],
)
def test_a_rule_that_would_match_nothing_is_refused_with_its_row(row, words):
    with pytest.raises(WrongDefinition) as refused:
        cost_groups.check_cost_groups([DESK, row])

    assert str(refused.value).startswith(f"cost_groups.csv, row 3: {words}")
