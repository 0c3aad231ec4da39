"""Named alternatives, and what the width comes from."""

from dataclasses import replace
from decimal import Decimal

import pytest
from worked_example import POLICY, estimate, grams

from scorecard.carbon.scenarios import (
    BETTER_EVIDENCE,
    SCENARIOS,
    differences,
    narrowed,
    policies,
    swings,
)
from scorecard.carbon.uncertainty import MULTIPLIERS, Draws, interval, seed_of, total, width


@pytest.mark.parametrize(
    ("scenario", "net"),
    [("rebound", "5417.845"), ("heating_basis", "31628.763"), ("toner", "12254.412")],
)
def test_a_scenario_changes_one_thing_of_the_example(scenario, net):
    assert grams(estimate(policy=policies(POLICY)[scenario]).net) == Decimal(net)


def test_landfill_is_250_times_larger_than_recycling():
    waste = estimate().printing.parts["waste"]
    buried = estimate(policy=policies(POLICY)["landfill"]).printing.parts["waste"]
    assert 245 < buried / waste < 255


def test_the_other_heating_basis_is_the_one_that_the_council_did_not_choose():
    seasonal = replace(POLICY, heating_basis="seasonal")
    assert policies(POLICY)["heating_basis"].heating_basis == "seasonal"
    assert policies(seasonal)["heating_basis"].heating_basis == "annual_average"
    assert tuple(policies(POLICY)) == SCENARIOS


def test_a_scenario_is_never_blended_into_the_estimate():
    assert grams(estimate().net) == Decimal("11582.412")


def test_swings_are_the_ends_of_each_multiplier_the_widest_first():
    found = swings(estimate().net_terms)
    assert {swing.multiplier for swing in found} == set(MULTIPLIERS)
    assert [swing.multiplier for swing in found][:3] == ["distance", "home_factor", "mode_mix"]
    net, home = estimate().net, estimate().home_energy.kg
    factor = next(swing for swing in found if swing.multiplier == "home_factor")
    assert grams(factor.high) == grams(net - home * Decimal("0.4"))
    assert grams(factor.low) == grams(net + home - home / Decimal("1.4"))


def test_a_multiplier_that_an_estimate_does_not_carry_has_no_swing():
    assert [swing.multiplier for swing in swings({(width("hours"),): Decimal(100)})] == ["hours"]
    assert swings({}) == ()


def test_a_swing_says_between_which_widths_directorates_differ():
    terms = {(width("distance", "B"),): Decimal(100), (width("distance", "D"),): Decimal(100)}
    found = swings(terms)[0]
    assert (found.narrowest, found.half_width) == (Decimal("0.08"), Decimal("0.30"))
    assert found.high == 108 + 130


@pytest.mark.parametrize(
    ("evidence", "lower", "upper"),
    [("survey_and_logs", 1_900, 19_500), ("home_factor_too", 5_600, 17_500)],
)
def test_better_evidence_narrows_the_interval_of_the_example_as_the_method_says(
    evidence, lower, upper
):
    terms = narrowed(estimate().net_terms, BETTER_EVIDENCE[evidence])
    found = interval(terms, Draws(seed_of("Exampleshire", "2025-26-Q2")))
    assert total(terms) == total(estimate().net_terms)
    assert (float(found.lower), float(found.upper)) == pytest.approx((lower, upper), abs=300)


def test_evidence_that_is_better_already_is_not_made_worse():
    measured = {(width("distance", "A"), width("hours")): Decimal(100)}
    assert narrowed(measured, {"distance": Decimal("0.30")}) == measured


def test_a_scenario_that_cannot_be_told_is_left_out():
    others = {"rebound": Decimal(3), "toner": None}
    assert differences(Decimal(5), others) == {"rebound": -2}
    assert differences(None, others) == {}
