"""Intervals: the method's own example, the stream of chance, and a second way to the width."""

from dataclasses import replace
from decimal import Decimal
from math import exp, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from uncertainties import ufloat
from worked_example import NOW, POLICY, RULES, THEN, estimate

from scorecard.carbon.estimates import over_quarters
from scorecard.carbon.quarter import estimate_quarter
from scorecard.carbon.travel import Split, census_split
from scorecard.carbon.uncertainty import (
    DRAWS,
    LATER,
    MULTIPLIERS,
    Draws,
    Width,
    added,
    interval,
    scaled,
    seed_of,
    sigma,
    width,
)

DRAWN = Draws(seed_of("Exampleshire Council", "2025-26-Q2"))
TONNES = 1000
# What narrows the interval (method, section 13).
SURVEY = Split(census_split().modes, "B", "survey")
MEASURED = [replace(each, evidenced_fte_days=each.due_fte_days) for each in (NOW, THEN)]


def test_the_interval_of_the_worked_example_is_the_methods():
    found = interval(estimate().net_terms, DRAWN)
    assert abs(found.lower / TONNES - Decimal("-0.6")) <= Decimal("0.3")
    assert abs(found.upper / TONNES - Decimal("24.7")) <= Decimal("0.3")
    assert round(found.above_zero, 2) == Decimal("0.97")
    assert found.holds_zero


def test_a_survey_and_measured_days_narrow_the_interval_as_the_method_says():
    narrower = estimate(*MEASURED, split=SURVEY).net_terms
    found = interval(narrower, DRAWN)
    assert abs(found.lower / TONNES - Decimal("1.9")) <= Decimal("0.3")
    assert abs(found.upper / TONNES - Decimal("19.5")) <= Decimal("0.3")
    assert not found.holds_zero

    surer = {
        tuple(w._replace(half_width=Decimal("0.20")) if w[0] == "home_factor" else w for w in e): n
        for e, n in narrower.items()
    }
    found = interval(surer, DRAWN)
    assert abs(found.lower / TONNES - Decimal("5.6")) <= Decimal("0.3")
    assert abs(found.upper / TONNES - Decimal("17.5")) <= Decimal("0.3")


def analytic(terms):
    """The estimate to first order, each multiplier an independent number of `uncertainties`."""
    ones = {w: ufloat(1, sigma(w.half_width)) for e in terms for w in e}
    return sum(float(n) * np.prod([ones[w] for w in e]) for e, n in terms.items())


def test_a_first_order_check_agrees_within_a_tenth_of_the_width():
    found = analytic(estimate().net_terms)
    low, high = (found.n + sign * 1.96 * found.s for sign in (-1, 1))
    drawn = interval(estimate().net_terms, DRAWN)
    tenth = (high - low) / 10
    assert round(found.n, 3) == 11582.412
    assert abs(found.s - 6258) < 5
    assert (abs(low + 683) < 10, abs(high - 23848) < 10) == (True, True)
    assert abs(float(drawn.lower) - low) < tenth
    assert abs(float(drawn.upper) - high) < tenth


@pytest.mark.parametrize(
    ("multipliers", "kilograms"),
    [
        ({"distance", "mode_mix", "travel_factors"}, 4909),
        ({"home_factor", "hours"}, 3839),
        ({"home_days"}, 423),
        ({"paper_factors", "print_volume"}, 381),
        ({"printer_energy", "electricity_factor"}, 33),
    ],
)
def test_each_source_of_doubt_weighs_what_the_method_says(multipliers, kilograms):
    terms = {
        tuple(w for w in exposure if w.multiplier in multipliers): Decimal(0)
        for exposure in estimate().net_terms
    }
    for exposure, number in estimate().net_terms.items():
        terms[tuple(w for w in exposure if w.multiplier in multipliers)] += number
    assert abs(analytic(terms).s - kilograms) < 4


def test_the_seed_is_the_first_eight_bytes_of_the_hash_of_council_period_and_method():
    # printf 'Exampleshire Council|2025-26-Q1|1' | sha256sum | cut -c1-16
    assert f"{seed_of('Exampleshire Council', '2025-26-Q1'):016x}" == "7cad19f9be76a284"
    assert seed_of("Exampleshire Council", "2025-26-Q2") != seed_of("X", "2025-26-Q2")


def test_the_draws_are_those_of_one_block_in_the_order_of_the_method_and_of_meters_after_it():
    few = Draws(7, 25_000)
    generator = np.random.Generator(np.random.PCG64(7))
    block = np.hstack([
        generator.standard_normal((25_000, 10)), generator.standard_normal((3, 25_000)).T,
    ])  # fmt: skip
    assert (len(MULTIPLIERS), len(LATER)) == (10, 3)
    for place, multiplier in enumerate((*MULTIPLIERS, *LATER)):
        one = (Width(multiplier, Decimal("0.30")),)
        expected = np.exp(np.log(1.3) / 1.96 * block[:, place])
        assert np.allclose(few.product(one), expected, rtol=1e-12)


def test_the_stream_of_chance_is_the_one_that_published_bounds_rest_on():
    found = interval({(width("hours"),): Decimal(1000)}, Draws(1))
    assert (found.lower, found.upper) == (Decimal("952.429173"), Decimal("1049.911514"))


def test_an_interval_without_meters_keeps_every_digit_that_it_had_before_there_were_any():
    found = interval(estimate().net_terms, DRAWN)
    assert (found.lower, found.upper) == (Decimal("-577.089398"), Decimal("24758.638943"))


def test_a_multiplier_lies_within_its_half_width_in_95_of_100_draws():
    found = interval({(width("home_factor"),): Decimal(100)}, Draws(3))
    assert abs(found.lower - 100 / Decimal("1.4")) < 1
    assert abs(found.upper - 140) < 1
    assert DRAWS == 100_000


def test_shared_errors_do_not_average_out_over_directorates():
    now, then = {"HR": NOW, "ICT": NOW}, {"HR": THEN, "ICT": THEN}
    found = estimate_quarter(now, then, {}, RULES)
    one, both = (interval(found[d].net_terms, DRAWN) for d in ("HR", "COUNCIL"))
    assert abs(both.lower - 2 * one.lower) < Decimal("0.001")
    assert abs(both.upper - 2 * one.upper) < Decimal("0.001")


def test_shared_errors_do_not_average_out_over_the_four_quarters_of_a_rolling_year():
    one = estimate()
    year = over_quarters([one] * 4, "2025-26-Q2-R12")
    quarter, rolling = (interval(each.net_terms, DRAWN) for each in (one, year))
    assert abs(rolling.upper - 4 * quarter.upper) < Decimal("0.001")


def test_a_negative_line_has_its_lower_bound_below_its_upper_one():
    found = interval(scaled(estimate().commuting.avoided, Decimal(-1)), DRAWN)
    assert found.lower < found.upper < 0
    assert found.above_zero == 0


@pytest.mark.parametrize("terms", [{}, {(width("hours"),): Decimal(0)}])
def test_nothing_has_an_interval_of_nothing(terms):
    assert interval(terms, DRAWN) == interval({}, DRAWN)
    assert (interval(terms, DRAWN).lower, interval(terms, DRAWN).holds_zero) == (0, True)


@pytest.mark.parametrize(
    ("multiplier", "grade", "half_width"),
    [
        ("distance", "B", "0.08"), ("distance", "C", "0.15"), ("distance", "D", "0.30"),
        ("mode_mix", "B", "0.05"), ("mode_mix", "D", "0.15"), ("travel_factors", "B", "0.10"),
        ("home_days", "A", "0.05"), ("home_days", "B", "0.10"), ("home_days", "C", "0.30"),
        ("home_factor", "", "0.40"), ("hours", "", "0.05"), ("paper_factors", "", "0.30"),
        ("print_volume", "A", "0.05"), ("print_volume", "B", "0.15"),
        ("print_volume", "C", "0.30"), ("printer_energy", "", "1.2"),
        ("electricity_factor", "", "0.05"), ("gas_factor", "", "0.02"),
        ("office_before", "A", "0.05"), ("office_now", "B", "0.10"), ("office_now", "C", "0.30"),
    ],
)  # fmt: skip
def test_the_width_of_a_multiplier_follows_the_grade_of_its_evidence(multiplier, grade, half_width):
    assert width(multiplier, grade) == (multiplier, Decimal(half_width))
    assert abs(exp(1.96 * sigma(Decimal(half_width))) - 1 - float(half_width)) < 1e-9


def test_two_independent_doubts_add_up_by_their_squares():
    terms = {(width("hours"),): Decimal(1000), (width("electricity_factor"),): Decimal(1000)}
    spread = sqrt(2) * 1.96 * 1000 * sigma(Decimal("0.05"))
    assert abs(float(interval(terms, DRAWN).upper) - 2000 - spread) < 5


numbers = st.decimals(min_value=-(10**6), max_value=10**6, places=3)
FEW = Draws(5, 2_000)


@given(commute=numbers, home=numbers, times=st.integers(min_value=1, max_value=1000))
def test_an_interval_grows_with_what_it_is_of(commute, home, times):
    terms = added({(width("distance", "D"),): commute}, {(width("home_factor"),): home})
    once, often = interval(terms, FEW), interval(scaled(terms, Decimal(times)), FEW)
    assert abs(often.lower - times * once.lower) <= Decimal("0.01")
    assert abs(often.upper - times * once.upper) <= Decimal("0.01")
    assert once.lower <= once.upper


def test_the_policy_of_the_example_is_the_methods_default():
    assert (POLICY.printer_wh, POLICY.rebound, POLICY.toner_g) == (1, 0, 0)
