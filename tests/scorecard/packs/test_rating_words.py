"""Why a figure has its colour: what the rating says, with the KPI's units and no method's name."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scorecard.kpis import load
from scorecard.packs.rating_words import basis
from scorecard.rating import Case, Rule, rate
from scorecard.settings import INCLUDE

KPIS = load(INCLUDE / "sql" / "kpi")
SHARE, HOURS = KPIS["incidents_resolved_within_sla"], KPIS["ticket_resolution_time"]
PEOPLE, COST = KPIS["peak_remote_users"], KPIS["cost_per_ticket"]


@pytest.mark.parametrize(
    ("definition", "value", "rule", "expected"),
    [
        (SHARE, "91", {"method": "abs_tolerance", "target": "90", "tolerance": "5"},
         "meets the target of 90.0%"),
        (SHARE, "84", {"method": "abs_tolerance", "target": "90", "tolerance": "5"},
         "more than 5 percentage points from the target of 90.0%"),
        (HOURS, "17", {"method": "abs_tolerance", "target": "16", "tolerance": "2"},
         "within 2.0 hours of the target of 16.0 hours"),
        (COST, "30", {"method": "pct_tolerance", "target": "22", "tolerance": "10"},
         "more than 10% from the target of £22.00"),
        (SHARE, "70", {"method": "floor_standard", "target": "90", "floor": "75"},
         "does not meet the floor of 75.0%"),
        (PEOPLE, "25", {"method": "band", "inner_high": "800"},
         "inside the range of at most 800 people"),
        (PEOPLE, "900", {"method": "band", "inner_high": "800", "outer_high": "1000"},
         "outside the range of at most 800 people, inside the range of at most 1,000 people"),
        (SHARE, "2.5", {"method": "band", "inner_low": "-5", "inner_high": "-2"},
         "outside the range −5.0% to −2.0%"),
        (SHARE, "84", {"method": "savings", "base_method": "pct_tolerance", "target": "100",
                       "tolerance": "10"},
         "share of the saving: more than 10% from the target of 100.0%"),
    ],
)  # fmt: skip
def test_a_rating_is_told_with_units_and_without_its_methods_name(
    definition, value, rule, expected
):
    texts = ("method", "base_method")
    made = Rule(**{name: v if name in texts else Decimal(v) for name, v in rule.items()})
    case = Case(Decimal(value), Decimal(value), definition.better)

    assert basis(definition, rate(case, made).basis) == expected


def test_words_that_are_no_rule_stay_as_they_are():
    said = "milestone: missed its original date of 2025-04-01"

    assert basis(SHARE, said) == "missed its original date of 2025-04-01"
    assert basis(replace(SHARE, unit="hours"), "no target") == "no target"
