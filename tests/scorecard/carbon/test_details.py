"""What stands beside a carbon figure: parts, effects, chances and alternatives."""

from decimal import Decimal

import pytest
from test_as_figures import COMMUTING, EXAMPLE, HOME, NET, PRINTING, details
from worked_example import grams


@pytest.mark.parametrize(("kpi", "kg"), [(PRINTING, "2890.526"), (HOME, "22130.949")])
def test_activity_effect_is_the_figure_and_with_the_factor_effect_the_naive_change(kpi, kg):
    told = details(kpi)
    assert told["activity_effect_kg"] == kg
    parts = [Decimal(told[name]) for name in ("activity_effect_kg", "factor_effect_kg")]
    assert sum(parts) == Decimal(told["naive_change_kg"])


def test_the_net_says_what_its_width_comes_from_and_what_else_could_be_assumed():
    told = details()
    assert told["above_zero"] == str(EXAMPLE.intervals[NET, "2025-26-Q2", "COUNCIL"].above_zero)[:6]
    assert told["swings"][0] == {
        "multiplier": "distance", "half_width": "0.30", "narrowest": "0.30",
        "low_kg": "4469.450", "high_kg": "20829.263",
    }  # fmt: skip
    assert told["scenarios"]["rebound"] == "5417.845"
    assert set(told["scenarios"]) == {"rebound", "heating_basis", "landfill", "toner"}
    assert "swings" not in details(PRINTING)


def test_a_rolling_year_has_no_scenario_of_the_heating_basis():
    assert set(details(period="2025-26-Q2-R12")["scenarios"]) == {"rebound", "landfill", "toner"}


def test_details_name_factors_parts_and_grades():
    told = details()
    assert told["parts_kg"] == {
        "paper": "2798.654", "waste": "9.749", "electricity": "82.123",
        "commuting": "30822.835", "home_energy": "22130.949",
    }  # fmt: skip
    assert told["grades"] == {"printing": "A", "commuting": "D", "home_energy": "B"}
    assert "paper_primary 2025" in told["factors_used"]
    assert told["break_even_km"] == "10.8"
    assert grams(EXAMPLE.estimates["2025-26-Q2", "COUNCIL"].net) == Decimal("11582.412")


@pytest.mark.parametrize("period", ["2025-26-Q2", "2025-26-Q2-R12"])
def test_the_net_tells_the_gross_beside_it_with_an_interval_of_its_own(period):
    told = details(period=period)
    gross, lower, upper = (Decimal(told[f"gross{part}_kg"]) for part in ("", "_lower", "_upper"))
    estimate = EXAMPLE.estimates[period, "COUNCIL"]
    commuting = EXAMPLE.intervals[COMMUTING, period, "COUNCIL"]

    assert gross == round(estimate.printing.kg + estimate.commuting.kg, 6)
    assert commuting.lower < lower < gross < upper
    assert "gross_kg" not in details(COMMUTING, period=period)
