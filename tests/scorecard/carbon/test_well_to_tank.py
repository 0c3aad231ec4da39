"""Well to tank: a line beside the net and never in it, and only where it is asked for."""

import csv
from dataclasses import replace
from decimal import Decimal

import pytest
from worked_example import NOW, POLICY, QUARTERS, estimate, grams, series

from scorecard.carbon.as_figures import NET, WELL_TO_TANK, carbon_of
from scorecard.carbon.details import details_of
from scorecard.carbon.factors import publication_year
from scorecard.settings import INCLUDE

ASKED = replace(POLICY, well_to_tank=True)
# The method's mode split of the 2011 Census, in percent of the commuters' 94.5.
CAR, BUS, TRAIN, TRAM, MOTORCYCLE, TAXI = map(Decimal, ("57.5", "7.3", "5.2", "3.9", "0.8", "0.5"))
BY_MODE = {
    "car_average_unknown_wtt": CAR, "bus_local_average_wtt": BUS, "rail_national_wtt": TRAIN,
    "rail_light_wtt": TRAM, "motorbike_average_wtt": MOTORCYCLE, "taxi_regular_wtt": TAXI,
}  # fmt: skip


def published(year):
    with (INCLUDE / "reference" / "ghg_factors.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["publication_year"] == str(year)]
    return {row["factor_id"]: Decimal(row["kgco2e_per_unit"] or 0) for row in rows}


def test_it_is_the_kilometres_of_the_example_by_the_factors_of_the_fuel_alone():
    factors = published(2025)
    a_km = sum(share * factors[factor] for factor, share in BY_MODE.items()) / Decimal("94.5")
    assert grams(estimate(policy=ASKED).well_to_tank.kg) == grams(8960 * 30 * a_km)


def test_without_being_asked_for_there_is_none():
    assert estimate().well_to_tank.products is None
    assert estimate().well_to_tank.missing == ()


def test_where_commuting_is_not_known_neither_is_it():
    unknown = replace(NOW, remote_fte_days=None)
    found = estimate(now=unknown, policy=ASKED)
    assert found.well_to_tank.products is None
    assert found.well_to_tank.missing == found.commuting.missing != ()


@pytest.mark.parametrize("quarter", QUARTERS[4:], ids=str)
def test_every_year_has_the_factors_for_it(quarter):
    found = estimate(quarter=quarter, policy=ASKED)
    year = publication_year(quarter, "calendar")
    assert {f.publication_year for f in found.well_to_tank.factors} == {year}
    assert found.well_to_tank.kg > 0


def test_the_net_and_its_interval_are_the_same_to_the_last_digit_with_it_and_without():
    period = QUARTERS[-1].rolling_12
    four = [QUARTERS[-1].shifted(-step) for step in range(4)]
    periods = [period, *(quarter.period for quarter in four)]
    plain, asked = (
        carbon_of(series(policy), periods, [NET], "Exampleshire") for policy in (POLICY, ASKED)
    )
    key = period.key, "COUNCIL"
    assert asked.estimates[key].net == plain.estimates[key].net
    assert asked.intervals[NET, *key] == plain.intervals[NET, *key]
    quarters = [asked.estimates[str(quarter), "COUNCIL"] for quarter in four]
    whole = asked.estimates[key].well_to_tank.kg
    assert grams(whole) == grams(sum(each.well_to_tank.kg for each in quarters))
    bounds = asked.intervals[WELL_TO_TANK, *key]
    assert 0 < bounds.lower < whole < bounds.upper


def test_it_is_told_of_the_council_alone_lest_a_withheld_directorate_follow_from_it():
    quarter = QUARTERS[-1]
    found = carbon_of(series(ASKED), [quarter.period], [NET], "Exampleshire")
    told = details_of(NET, str(quarter), "COUNCIL", found)["well_to_tank"]
    assert Decimal(told["well_to_tank_kg"]) > 0
    assert Decimal(told["activity_effect_kg"]) + Decimal(told["factor_effect_kg"]) == Decimal(
        told["naive_change_kg"]
    )
    assert "well_to_tank" not in details_of(NET, str(quarter), "HR", found)


def test_every_factor_of_a_kilometre_has_one_of_its_fuel():
    found = estimate(policy=ASKED)
    pairs = zip(found.commuting.factors, found.well_to_tank.factors, strict=True)
    assert all(well.factor_id == f"{direct.factor_id}_wtt" for direct, well in pairs)
