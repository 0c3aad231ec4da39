"""The strategies' money: what is derived, what is refused, and that kinds are never added."""

import re
from decimal import Decimal

import pytest

from scorecard import balance, strategy_money
from scorecard.balance import DoesNotReconcile
from scorecard.decisions import StrategyMoney
from scorecard.settings import INCLUDE
from scorecard.strict import WrongDefinition

YEARS = ("2024-25", "2025-26", "2026-27")


def money(kind, amount, first="2024-25", last="2026-27", **given):
    return StrategyMoney("NET", kind, Decimal(amount), first, last, "base_budget", **given)


GROSS = money(
    "cost_gross", 919800, project_code="REF", profile=dict.fromkeys(YEARS, Decimal(306600))
)
NEW = money("cost_new_money", 100000, project_code="NEW", each_year=True)


def test_what_is_not_new_money_of_a_gross_cost_is_existing_budget():
    lines = strategy_money.lines_of([GROSS, NEW])

    assert [(line.kind, line.amount_gbp, line.projects) for line in lines] == [
        ("cost_gross", 919800, ("REF", "NEW")),
        ("cost_new_money", 300000, ("NEW",)),
        ("cost_existing_budget", 619800, ("REF",)),
    ]
    assert [dict(line.profile) for line in lines] == [
        dict.fromkeys(YEARS, 306600),
        dict.fromkeys(YEARS, 100000),
        dict.fromkeys(YEARS, 206600),
    ]


def test_a_gross_cost_without_new_money_has_nothing_derived():
    assert [line.kind for line in strategy_money.lines_of([GROSS])] == ["cost_gross"]


def test_a_sum_that_was_not_planned_by_year_has_no_profile_rather_than_an_even_one():
    envelope = money("funding_envelope", 1200, project_code="ENV")
    _, profile, _ = strategy_money.as_relations(strategy_money.lines_of([envelope]))

    assert [row[2:] for row in profile.rows] == [(year, None) for year in YEARS]


@pytest.mark.parametrize(
    "rows",
    [
        [GROSS, NEW],
        [GROSS, money("cost_new_money", 306600, each_year=True)],
        [money("saving", 5), money("funding_envelope", 5)],
    ],
)
def test_sums_that_agree_are_accepted(rows):
    strategy_money.check_strategy_money(rows)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([money("cost_net", 1)], "the kind is unknown"),
        ([money("cost_existing_budget", 1)], "the kind is unknown"),
        ([money("saving", 1, "2025-26", "2024-25")], "it ends with 2024-25, before it begins"),
        ([money("saving", 1), money("saving", 2)], "it stands there twice"),
        (
            [GROSS, money("funding_envelope", 1, project_code="REF")],
            "project REF has another sum too",
        ),
        (
            [money("saving", 4, profile={"2024-25": Decimal(4)})],
            "its profile is not of the years 2024-25, 2025-26, 2026-27",
        ),
        (
            [money("saving", 4, profile=dict.fromkeys(YEARS, Decimal(1)))],
            "its profile adds up to 3, the sum is 4",
        ),
        ([NEW], "the strategy has no cost_gross of which it is a part"),
        ([GROSS, money("cost_new_money", 1, last="2025-26")], "its years are not those"),
        (
            [GROSS, money("cost_new_money", 306601, each_year=True)],
            "919803 is more than the cost_gross of 919800",
        ),
    ],
)
def test_money_that_contradicts_itself_is_refused(rows, words):
    with pytest.raises(WrongDefinition, match=rf"strategy_finance\[\d\]: NET, \w+: {words}"):
        strategy_money.check_strategy_money(rows)


DECIDED = strategy_money.kinds_of(strategy_money.lines_of([GROSS, NEW]))


def test_rows_of_one_kind_each_pass():
    rows = [{"strategy": "NET", "kind": kind} for kind in ("cost_gross", "cost_existing_budget")]

    balance.check_kinds("strategy_money", rows, DECIDED)


@pytest.mark.parametrize(
    "row",
    [
        {"strategy": "NET", "kind": None},
        {"strategy": "NET", "kind": "total"},
        {"strategy": "COUNCIL", "kind": "cost_gross"},
        {"strategy": "NET", "kind": "saving"},
    ],
)
def test_a_row_that_adds_kinds_or_strategies_stops_the_draft(row):
    with pytest.raises(DoesNotReconcile, match=r"strategy_money: a row is of .* are never added"):
        balance.check_kinds("strategy_money", [row], DECIDED)


def test_no_kpi_reads_more_than_one_kind_of_strategy_money():
    kinds = "|".join(strategy_money.KINDS)
    read = {
        path.stem: re.findall(rf"'({kinds})'", path.read_text(encoding="utf-8"))
        for path in (INCLUDE / "sql" / "kpi").glob("*.sql")
        if re.search(r"strategy_(finance|lines|projects|profile)", path.read_text("utf-8"))
    }

    assert read == {
        "strategy_envelope_spent": ["funding_envelope"],
        "strategy_savings_delivered": ["saving"],
    }
