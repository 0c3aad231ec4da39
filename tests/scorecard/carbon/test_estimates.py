"""An estimate: sums over directorates and quarters, and what is said of them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from worked_example import NOW, estimate, grams, quarter_of

from scorecard.carbon.activity import Activity
from scorecard.carbon.estimates import add_up, over_quarters


def test_a_rolling_year_adds_quarters_and_divides_by_the_mean_fte():
    quarters = [estimate(), estimate(now=quarter_of(420, 540_000, "0.7", "0.46"))]
    found = over_quarters(quarters, "2025-26-Q2-R12")
    assert grams(found.net) == grams(quarters[0].net + quarters[1].net)
    assert found.fte == 410


def test_a_sum_over_no_quarter_is_refused():
    with pytest.raises(ValueError, match="Estimate its quarters first"):
        over_quarters([], "2025-26-Q2-R12")


def test_the_last_quarter_of_a_year_says_how_staff_travel_and_where_a_home_day_breaks_even():
    first, last = estimate(), estimate(now=quarter_of(420, 540_000, "0.7", "0.46"))
    found = over_quarters([first, last], "2025-26-Q2-R12")
    assert (found.split, found.break_even_km) == (last.split, last.break_even_km)


def test_each_kpi_is_the_sum_of_its_terms():
    found = estimate()
    kpis = (
        *("printing_emissions_avoided", "commuting_emissions_avoided"),
        *("home_working_emissions_added", "net_emissions_avoided"),
        *("net_emissions_avoided_per_fte", "commute_trips_avoided", "commute_distance_avoided"),
    )
    for kpi in kpis:
        assert grams(sum(found.terms(kpi).values())) == grams(found.value(kpi)), kpi


@pytest.mark.parametrize(
    ("share", "too_small"), [("0.1099", True), ("0.11", False), ("0.01", False), ("0.0101", True)]
)
def test_a_home_share_that_moved_by_under_five_points_is_too_small_to_estimate(share, too_small):
    assert estimate(now=quarter_of(400, 540_000, "0.7", share)).too_small is too_small


def test_an_estimate_without_home_days_is_not_called_too_small():
    unknown = estimate(now=quarter_of(400, 540_000, "0.7", "0.46"), then=None)
    assert unknown.too_small is False
    assert unknown.value("commute_trips_avoided") is None


def test_a_year_of_which_a_quarter_is_not_known_has_no_mean_fte_and_no_net_per_fte():
    known = estimate()
    unknown = replace(known, fte=None)
    found = over_quarters([known, known, known, unknown], "2025-26-Q2-R12")
    assert (found.fte, found.net_per_fte) == (None, None)


def test_a_line_of_a_year_of_which_a_quarter_is_not_known_is_not_known():
    known, lacking = estimate(), estimate(now=replace(NOW, impressions=None))
    found = over_quarters([known, known, known, lacking], "2025-26-Q2-R12")
    assert (found.printing.kg, grams(found.commuting.kg)) == (None, grams(4 * known.commuting.kg))
    assert found.missing == lacking.missing


def test_trips_of_a_year_of_which_a_quarter_is_not_known_are_not_known():
    known, lacking = estimate(), estimate(now=replace(NOW, home_fte_days=None))
    found = over_quarters([known, lacking], "2025-26-Q2-R12")
    assert (found.trips, found.distance_km, found.commuting.kg) == (None, None, None)


def test_net_per_fte_divides_by_those_whose_net_is_known():
    known, nobody = estimate(), estimate(now=Activity(fte_months=Decimal(300), months=Decimal(3)))
    assert nobody.net is None
    assert add_up([known, nobody], "2025-26-Q2", "COUNCIL").fte == known.fte


def test_a_sum_with_a_net_whose_fte_is_not_known_has_no_net_per_fte():
    known = estimate()
    found = add_up([known, replace(known, fte=None)], "2025-26-Q2", "COUNCIL")
    assert (found.fte, found.net_per_fte) == (None, None)
