"""PK-90, PK-91: XmR limits, special causes, assurance: each rule with the row that misses it."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard import spc
from scorecard.spc import ProcessLimits, SpecialCause, assurance, limits_of, special_causes

# 100 series through NHSRplotthedots (R); numbers as texts, so that they are exact.
ORACLE = json.loads(
    (Path(__file__).parent / "spc_oracle.json").read_text(encoding="utf-8"),
    parse_float=Fraction,
    parse_int=Fraction,
)["series"]
BETTER = {"increase": "higher", "decrease": "lower", "neutral": "band"}
CAUSES = {
    None: "Common Cause",
    SpecialCause("outside", "high"): "Above UCL",
    SpecialCause("outside", "low"): "Below LCL",
    SpecialCause("trend", "high"): "7 Point Trend (Increasing)",
    SpecialCause("trend", "low"): "7 Point Trend (Decreasing)",
    SpecialCause("near_limit", "high"): "2 in 3 Above CL",
    SpecialCause("near_limit", "low"): "2 in 3 Below CL",
    SpecialCause("one_side", "high"): "7 Points Above CL",
    SpecialCause("one_side", "low"): "7 Points Below CL",
}
ASSURANCES = {
    spc.HIT_OR_MISS: "inconsistent",
    spc.MEETING: "consistent_pass",
    spc.MISSING: "consistent_fail",
    spc.NO_ASSURANCE: None,
}


@pytest.mark.parametrize("series", ORACLE, ids=lambda series: f"series-{series['id']}")
def test_limits_causes_variation_and_assurance_are_those_of_the_oracle(series):
    first = None if series["fix"] is None else int(series["fix"])
    better = BETTER[series["direction"]]
    limits = limits_of(series["y"], first, series["screen"])
    causes = special_causes(series["y"], limits)

    for name in ("mean", "lower", "upper"):
        assert is_close(getattr(limits, name), series[name]), name
    assert [CAUSES[cause] for cause in causes] == series["special_cause"]
    assert [point_type(spc.variation(c, better)) for c in causes] == series["point_type"]
    assert ASSURANCES[assurance(limits, series["target"], better)] == series["assurance"]


def is_close(one, other):
    if one is None or other is None:
        return one is other
    return abs(one - other) <= Fraction(1, 1_000_000)


def point_type(variation):
    """The oracle's word for a variation; it tells high from low where neither is better."""
    kind, _, way = variation.lower().partition(" ")
    if kind == "common":
        return "common_cause"
    return f"special_cause_{kind}" + (f"_{way}" if kind == "neutral" else "")


def numbers(text):
    return [Fraction(part) for part in text.split()]


def limits(text, **how):
    found = limits_of(numbers(text), **how)
    return found.mean, found.spread, found.points


@pytest.mark.parametrize(
    ("values", "how", "expected"),
    [
        ("10 12 11", {}, (11, Fraction("3.99"), 3)),
        # Later points move no limit.
        ("10 12 11 90 5", {"baseline_points": 3}, (11, Fraction("3.99"), 3)),
        ("10 12 11", {"baseline_points": 12}, (11, Fraction("3.99"), 3)),
        # One point has no range. Points that never move have one of nothing.
        ("10", {}, (10, None, 1)),
        ("10 10 10", {}, (10, 0, 3)),
        ("10 10 10", {"is_screened": True}, (10, None, 3)),
    ],
)
def test_limits_are_the_mean_and_266_hundredths_of_the_average_moving_range(values, how, expected):
    assert limits(values, **how) == expected


@pytest.mark.parametrize(
    ("jump", "is_left_out"),
    [("4.3", False), ("4.4", True)],
)
def test_a_screen_leaves_out_ranges_of_3267_thousandths_of_the_average(jump, is_left_out):
    # Nine ranges of 1 and one of the jump: the average of ten, times 3.267, is 4.345 and 4.378.
    up_and_down = f"0 1 0 1 0 1 0 1 0 1 {1 + Fraction(jump)}"
    average = Fraction(9 + Fraction(jump), 10)
    spread = limits(up_and_down, is_screened=True)[1]

    assert spread == spc.WIDTH * (1 if is_left_out else average)
    assert limits(up_and_down)[1] == spc.WIDTH * average


# Mean 100, limits 70 and 130, near limits 80 and 120.
STEADY = ProcessLimits(Fraction(100), Fraction(30), 12)


def found(text):
    """For each point the rule that it meets with + or - for its way, or a dot."""
    told = special_causes(numbers(text), STEADY)
    signs = {"high": "+", "low": "-"}
    return " ".join("." if cause is None else cause.rule + signs[cause.way] for cause in told)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # Outside: beyond a limit, not on it.
        ("130 100 70", ". . ."),
        ("130.0001 100 69.9999", "outside+ . outside-"),
        # A trend: six moves one way; five are none, and neither are six with a tie among them.
        ("97 98 99 100 101 102 103", " ".join(["trend+"] * 7)),
        ("103 102 101 100 99 98 97", " ".join(["trend-"] * 7)),
        ("97 98 99 100 101 102 102", ". . . . . . ."),
        ("98 99 100 101 102 103 99", ". . . . . . ."),
        ("96 97 98 99 99 100 101 102", ". . . . . . . ."),
        ("102 97 98 99 100 101 102 103 96", ". trend+ trend+ trend+ trend+ trend+ trend+ trend+ ."),
        # Two of three between near limit and limit, all three on that side of the mean.
        ("121 110 121", "near_limit+ . near_limit+"),
        ("79 79 90", "near_limit- near_limit- ."),
        ("121 110 120", ". . ."),
        ("121 100 121", ". . ."),
        ("121 99 121", ". . ."),
        ("121 110 110 121", ". . . ."),
        ("121 79 121", ". . ."),
        # The third point may lie anywhere on that side, even outside.
        ("121 131 130", "near_limit+ outside+ near_limit+"),
        ("121 131 110", ". outside+ ."),
        # Seven in a row on one side; six are none, and a point on the mean ends the row.
        ("101 102 101 102 101 102 101", " ".join(["one_side+"] * 7)),
        ("99 98 99 98 99 98 99", " ".join(["one_side-"] * 7)),
        ("101 102 101 102 101 102 100", ". . . . . . ."),
        ("101 102 101 100 101 102 101 102", ". . . . . . . ."),
        ("101 102 101 102 101 102 99 101", ". . . . . . . ."),
    ],
)
def test_a_special_cause_is_one_rule_further_than_chance(values, expected):
    assert found(values) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # Outside before a trend, a trend before near a limit, near a limit before a row.
        ("101 104 107 110 113 125 131", "trend+ trend+ trend+ trend+ trend+ trend+ outside+"),
        ("101 104 107 110 113 121 125", " ".join(["trend+"] * 7)),
        (
            "121 121 101 102 101 102 101",
            "near_limit+ near_limit+ one_side+ one_side+ one_side+ one_side+ one_side+",
        ),
    ],
)
def test_the_first_rule_that_a_point_meets_is_named(values, expected):
    assert found(values) == expected


def test_at_a_turning_point_the_later_trend_counts_and_beside_one_its_own():
    up, down = "94 95 96 97 98 99 105", "104 103 102 101 100 99"
    anew = "91 92 93 94 95 96 97"

    assert found(f"{up} {down}") == " ".join(["trend+"] * 6 + ["trend-"] * 7)
    assert found(f"{up} {anew}") == " ".join(["trend+"] * 14)


def test_without_limits_only_trends_and_rows_are_special():
    no_limits = ProcessLimits(Fraction(100), None, 12)
    causes = special_causes(numbers("500 1 500 101 101 101 101 101 101"), no_limits)

    assert [cause and cause.rule for cause in causes] == [None, None, *["one_side"] * 7]


@pytest.mark.parametrize(
    ("way", "better", "expected"),
    [
        ("high", "higher", "Improvement high"),
        ("low", "higher", "Concern low"),
        ("high", "lower", "Concern high"),
        ("low", "lower", "Improvement low"),
        ("high", "band", "Neutral high"),
        ("low", "band", "Neutral low"),
    ],
)
def test_a_special_cause_is_better_or_worse_by_the_kpis_direction(way, better, expected):
    assert spc.variation(SpecialCause("trend", way), better) == expected
    assert spc.variation(None, better) == "Common cause"


@pytest.mark.parametrize(
    ("target", "better", "expected"),
    [
        ("130.1", "higher", "Consistently missing"),
        ("130", "higher", "Hit or miss"),
        ("70", "higher", "Hit or miss"),
        ("69.9", "higher", "Consistently meeting"),
        ("130.1", "lower", "Consistently meeting"),
        ("130", "lower", "Hit or miss"),
        ("69.9", "lower", "Consistently missing"),
        ("69.9", "band", "Not applicable"),
        (None, "higher", "Not applicable"),
    ],
)
def test_a_target_beyond_a_limit_is_always_met_or_always_missed(target, better, expected):
    aim = None if target is None else Fraction(target)

    assert assurance(STEADY, aim, better) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1/3", "0.333"),
        ("2/3", "0.667"),
        ("0.0005", "0.001"),
        ("-0.0005", "-0.001"),
        ("7", "7.000"),
    ],
)
def test_a_limit_is_rounded_half_up_once(number, expected):
    assert spc.rounded(Fraction(number), 3) == Decimal(expected)


MONTHS = st.lists(st.decimals(-1000, 1000, places=2).map(Fraction), min_size=2, max_size=36)
FACTOR = st.decimals("0.01", 50, places=2).map(Fraction)
SHIFT = st.decimals(-500, 500, places=2).map(Fraction)


@given(MONTHS, FACTOR, SHIFT)
def test_another_unit_and_another_zero_move_limits_and_no_verdict(values, factor, shift):
    before = limits_of(values, 12)
    moved = [value * factor + shift for value in values]
    after = limits_of(moved, 12)

    assert after.mean == before.mean * factor + shift
    assert after.spread == before.spread * factor
    assert special_causes(moved, after) == special_causes(values, before)


@given(MONTHS)
def test_upside_down_high_is_low(values):
    upside_down = [-value for value in values]
    causes = special_causes(values, limits_of(values))
    mirrored = special_causes(upside_down, limits_of(upside_down))
    other = {"high": "low", "low": "high"}

    assert mirrored == [cause and SpecialCause(cause.rule, other[cause.way]) for cause in causes]


@given(MONTHS, st.decimals(-2000, 2000, places=2).map(Fraction))
def test_the_other_direction_makes_concern_of_improvement_and_missing_of_meeting(values, target):
    limits = limits_of(values)
    causes = special_causes(values, limits)
    swapped = {"Improvement": "Concern", "Concern": "Improvement", "Common": "Common"}
    opposite = {spc.MEETING: spc.MISSING, spc.MISSING: spc.MEETING}
    judged = assurance(limits, target, "higher")

    for cause in causes:
        kind, _, way = spc.variation(cause, "higher").partition(" ")
        assert spc.variation(cause, "lower") == f"{swapped[kind]} {way}"
    assert assurance(limits, target, "lower") == opposite.get(judged, judged)
