"""The strategies' money in words and in its sheets: kinds are never added, signs are kept."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scorecard.decisions import StrategyMoney
from scorecard.packs import webpage
from scorecard.packs.build import build
from scorecard.packs.strategy_sheets import NEVER_ADDED, sentences_of


def money(kind, amount, first="2024-25", last="2026-27", source="base_budget", **given):
    return StrategyMoney("NET", kind, Decimal(amount), first, last, source, **given)


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        (
            [money("saving", 3600000, "2023-24", "2027-28")],
            "NET is to save £3,600,000 over 5 years, 2023-24 to 2027-28.",
        ),
        (
            [money("funding_envelope", 1200000, "2024-25", "2025-26", "reserve")],
            "NET may spend £1,200,000 over 2 years, 2024-25 to 2025-26, paid from reserves.",
        ),
        (
            [money("cost_gross", 919800), money("cost_new_money", 100000, source="reserve",
                                                each_year=True)],
            "NET costs £919,800 gross over 3 years, 2024-25 to 2026-27. Of that, £300,000 "
            "(£100,000 a year) is new money from reserves; the other £619,800 is existing budget, "
            "derived as the difference.",
        ),
        (
            [money("cost_gross", 919800)],
            "NET costs £919,800 gross over 3 years, 2024-25 to 2026-27, all of it existing "
            "budget: no new money was asked for.",
        ),
    ],
)  # fmt: skip
def test_each_sum_is_said_in_words_and_that_they_are_never_added(decided, said):
    assert sentences_of(decided) == (said, NEVER_ADDED)


def test_a_council_without_strategies_says_nothing_of_them():
    assert sentences_of([]) == ()


SAVED = {
    "period": "2025-26-Q1", "strategy": "NET", "kind": "saving", "funding_source": "base_budget",
    "fin_year": "2025-26", "profile_gbp": "900.00", "target_gbp": "900.00",
    "profile_to_date_gbp": "225.00", "recurrent_gbp": "-12.40", "one_off_gbp": "3.00",
    "on_track_gbp": "800.00", "at_risk_gbp": "100.00", "unachievable_gbp": "0.00",
    "forecast_gbp": "850.00", "marker": None,
}  # fmt: skip
TO_COME = {
    **dict.fromkeys(SAVED),
    **{key: SAVED[key] for key in ("period", "strategy", "kind", "funding_source")},
    "fin_year": "2026-27",
    "profile_gbp": "950.00",
    "marker": "[z]",
}


@pytest.fixture
def content(records):
    return build(replace(records, activity={"strategy_savings": [TO_COME, SAVED]}))


def test_signs_are_kept_and_a_year_to_come_has_a_profile_only(content):
    rows = [[cell.text for cell in row] for row in content.sheet("Strategy_savings").rows]

    assert rows == [
        ["2025-26-Q1", "NET", "Saving", "Base budget", "2025-26", "900", "900", "225",
         "\N{MINUS SIGN}12", "3", "800", "100", "0", "850", ""],
        ["2025-26-Q1", "NET", "Saving", "Base budget", "2026-27", "950", *["[z]"] * 8, "[z]"],
    ]  # fmt: skip


def test_the_page_shows_the_quarter_of_the_pack_alone(records):
    earlier = {**SAVED, "period": "2024-25-Q4", "target_gbp": "987654.00"}
    content = build(replace(records, activity={"strategy_savings": [earlier, SAVED]}))
    page = webpage.write(content).decode()

    assert "987,654" not in page
    assert len(content.sheet("Strategy_savings").rows) == 2
