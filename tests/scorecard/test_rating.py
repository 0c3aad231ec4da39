"""RAG methods: a row on each side of every boundary."""

from datetime import date
from decimal import Decimal

import pytest

from scorecard.kpis import rounded
from scorecard.rating import Case, Rule, UnusableRule, rate, rate_milestone


def case(value, better="higher", year_ago=None, outturn=None):
    exact = Decimal(value)
    ago = None if year_ago is None else Decimal(year_ago)
    ahead = None if outturn is None else case(outturn, better)
    return Case(exact, rounded(exact, 1), better, ago, ahead)


def rule(method, **numbers):
    texts = ("base_method", "reason")
    return Rule(method, **{k: v if k in texts else Decimal(v) for k, v in numbers.items()})


def rags(method_rule, better, *values):
    return [rate(case(value, better), method_rule).rag for value in values]


STANDARD = rule("floor_standard", target=90, floor=85)
SHARE = rule("pct_tolerance", target=90, tolerance=10)
UNITS = rule("abs_tolerance", target=90, tolerance=5)
INSIDE = rule("pct_tolerance_green_inside", target=90, tolerance=10)
BAND = rule("band", inner_low=-1, inner_high=1, outer_low=-3, outer_high=3)


@pytest.mark.parametrize(
    ("method_rule", "better", "values", "expected"),
    [
        (STANDARD, "higher", ("90", "89.9", "85", "84.94"), "green amber amber red"),
        (STANDARD, "lower", ("90", "90.06"), "green red"),
        (rule("floor_standard", target=5, floor=8), "lower", ("5", "8", "8.06"), "green amber red"),
        (SHARE, "higher", ("90", "89", "81", "80.94"), "green amber amber red"),
        (SHARE, "lower", ("90", "90.1", "99", "99.06"), "green amber amber red"),
        (UNITS, "higher", ("90", "89", "85", "84.94"), "green amber amber red"),
        (UNITS, "lower", ("90", "95", "95.06"), "green amber red"),
        (UNITS, "band", ("95", "85", "84.9", "95.1"), "amber amber red red"),
        (INSIDE, "higher", ("90", "81", "80.94"), "green green red"),
        (INSIDE, "lower", ("99", "99.06"), "green red"),
        (BAND, "band", ("-1", "1", "1.06", "-3", "3", "-3.06"),
         "green green amber amber amber red"),
        (rule("band", inner_high=10, outer_high=20), "band", ("-99", "10", "20", "20.1"),
         "green green amber red"),
        (rule("band", inner_low=1, inner_high=2), "band", ("2", "2.1"), "green red"),
        (rule("band", inner_low=1, outer_low=-1), "band", ("1", "0.96", "0.94", "-1", "-1.06"),
         "green green amber amber red"),
        (rule("abs_tolerance", target=0, tolerance=0), "lower", ("0", "0.1"), "green red"),
        (rule("abs_tolerance", target=0, tolerance=2), "lower", ("-9", "0", "2", "2.06"),
         "green green amber red"),
        (rule("abs_tolerance", target=0, tolerance=2), "higher", ("0", "-2", "-2.06"),
         "green amber red"),
        (rule("abs_tolerance", target=0, tolerance=2), "band", ("0", "2", "-2", "2.06", "-2.06"),
         "green amber amber red red"),
        # A target below zero: a tenth of -50 is 5, on the side that is worse.
        (rule("pct_tolerance", target=-50, tolerance=10), "higher",
         ("-49", "-50", "-55", "-55.06"), "green green amber red"),
        (rule("pct_tolerance", target=-50, tolerance=10), "lower",
         ("-51", "-50", "-45", "-44.94"), "green green amber red"),
        (rule("floor_standard", target=-5, floor=-8), "higher", ("-5", "-8", "-8.06"),
         "green amber red"),
        (rule("pct_tolerance_green_inside", target=-50, tolerance=10), "lower",
         ("-45", "-44.94"), "green red"),
        (rule("pct_tolerance_green_inside", target=50, tolerance=10), "band",
         ("45", "55", "44.94", "55.06"), "green green red red"),
        (rule("pct_tolerance", target=50, tolerance=10), "band",
         ("50", "45", "55", "44.94", "55.06"), "green amber amber red red"),
    ],
)  # fmt: skip
def test_a_method_gives_the_better_colour_on_its_boundary(method_rule, better, values, expected):
    assert rags(method_rule, better, *values) == expected.split()


def test_a_value_is_rated_unrounded_unless_it_prints_as_its_target():
    seen = [rate(case(value), UNITS) for value in ("90", "89.95", "89.94", "84.94")]

    assert [(rating.rag, rating.basis) for rating in seen] == [
        ("green", "abs_tolerance: meets the target of 90"),
        ("green", "abs_tolerance: printed as equal to the target of 90"),
        ("amber", "abs_tolerance: within 5 of the target of 90"),
        ("red", "abs_tolerance: more than 5 from the target of 90"),
    ]


def test_what_prints_as_its_target_does_is_green_however_many_places_the_target_has():
    fine = rule("abs_tolerance", target="87.64", tolerance=5)

    assert rags(fine, "higher", "87.6", "87.55", "87.54") == ["green", "green", "amber"]


@pytest.mark.parametrize(
    ("better", "value", "year_ago", "expected"),
    [
        ("lower", "99", None, "green"),
        ("lower", "99.06", "99.06", "amber"),
        ("lower", "99.06", "99", "red"),
        ("band", "100", "79", "amber"),
        ("band", "101", "80", "red"),
    ],
)
def test_improvement_on_a_year_ago_follows_the_better_direction(better, value, year_ago, expected):
    conditional = rule("dot_conditional", target=90, tolerance=10)

    assert rate(case(value, better, year_ago=year_ago), conditional).rag == expected


@pytest.mark.parametrize(
    ("value", "year_ago", "expected"),
    [
        ("81", None, "green"),
        ("80", "79", "amber"),
        ("80", "80", "amber"),
        ("80", "80.01", "red"),
        ("80", None, "red"),
    ],
)
def test_beyond_tolerance_only_a_figure_no_worse_than_a_year_ago_is_amber(
    value, year_ago, expected
):
    conditional = rule("dot_conditional", target=90, tolerance=10)

    assert rate(case(value, year_ago=year_ago), conditional).rag == expected


def test_a_forecast_is_rated_beside_the_current_value_and_never_instead():
    ahead = rule("forecast", base_method="abs_tolerance", target=90, tolerance=5)
    rating = rate(case("86", outturn="91"), ahead)

    assert (rating.rag, rating.beside) == ("amber", "green")
    assert rate(case("86"), ahead).beside == ""


def test_savings_are_rated_by_the_base_method_on_their_share():
    share = rule("savings", base_method="pct_tolerance", target=95, tolerance=10)

    assert rags(share, "higher", "95", "85.5", "85.44") == ["green", "amber", "red"]
    assert rate(case("95"), share).basis.startswith("share of the saving: pct_tolerance")


def test_without_a_method_the_reason_is_printed():
    rating = rate(case("1"), rule("none", reason="judged by SPC"))

    assert (rating.rag, rating.basis) == ("not_rated", "judged by SPC")


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (rule("pct_tolerance", target=0, tolerance=10), "share of target 0"),
        (rule("dot_conditional", target=0, tolerance=10), "share of target 0"),
        (rule("abs_tolerance", target=1), "needs 'tolerance'"),
        (rule("floor_standard", target=1), "needs 'floor'"),
        (rule("forecast", target=1), "no base method"),
        (rule("gut_feeling"), "rates no value"),
        (rule("none"), "gives no reason"),
        (rule("none", reason=" "), "gives no reason"),
    ],
)
def test_a_rule_that_cannot_rate_says_why(broken, words):
    with pytest.raises(UnusableRule, match=words):
        rate(case("0.5"), broken)


@pytest.mark.parametrize(
    ("original_end", "completed_on", "is_at_risk", "expected"),
    [
        (date(2025, 6, 30), date(2025, 6, 30), False, "blue"),
        (date(2025, 6, 29), date(2025, 6, 30), False, "red"),
        (date(2025, 6, 29), None, False, "red"),
        (date(2025, 6, 30), None, False, "green"),
        (date(2025, 6, 30), None, True, "amber"),
        (date(2025, 6, 30), date(2025, 7, 1), False, "green"),
    ],
)
def test_a_milestone_is_judged_by_its_original_date(
    original_end, completed_on, is_at_risk, expected
):
    day = date(2025, 6, 30)

    assert rate_milestone(original_end, completed_on, is_at_risk, day).rag == expected


@pytest.mark.parametrize(
    ("ends", "basis"),
    [
        ({"inner_high": 800}, "band: inside up to 800"),
        ({"inner_low": 400}, "band: inside from 400"),
        ({"inner_low": 400, "inner_high": 800}, "band: inside 400 to 800"),
        ({"inner_high": 500, "outer_high": 700}, "band: outside up to 500, inside up to 700"),
    ],
)
def test_a_band_with_an_open_end_is_said_in_words(ends, basis):
    case = Case(Decimal(600), Decimal(600), "band")

    assert rate(case, rule("band", **ends)).basis == basis


@pytest.mark.parametrize(
    ("given", "better", "values", "colours"),
    [
        (STANDARD, "higher", ("84.95", "84.94"), "amber red"),
        (rule("floor_standard", target=5, floor=8), "lower", ("8.04", "8.06"), "amber red"),
        (UNITS, "higher", ("84.95", "84.94"), "amber red"),
        (UNITS, "band", ("84.95", "84.94", "95.04", "95.06"), "amber red amber red"),
        (SHARE, "lower", ("99.04", "99.06"), "amber red"),
        (INSIDE, "higher", ("80.95", "80.94"), "green red"),
        (BAND, "band", ("-3.04", "-3.06", "3.04", "3.06"), "amber red amber red"),
    ],
)
def test_what_prints_as_any_limit_has_reached_it(given, better, values, colours):
    assert rags(given, better, *values) == colours.split()
