"""Many quarters: every factor set, rolling years, seasons, and baselines with gaps."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worked_example import NOW, POLICY, QUARTERS, THEN, grams, quarter_of, series

from scorecard.carbon.activity import ACTIVITY
from scorecard.carbon.series import _added
from scorecard.period import FinancialQuarter, Period


def net_of(made, *periods):
    found = made.estimates(periods)
    return [grams(found[period.key, "COUNCIL"].net) for period in periods]


@pytest.mark.parametrize("basis", ["annual_average", "seasonal"])
@pytest.mark.parametrize("rule", ["calendar", "fy_majority"])
def test_every_quarter_from_2018_to_2026_has_an_estimate_of_its_own_factor_set(basis, rule):
    made = series(replace(POLICY, heating_basis=basis, factor_year=rule))
    found = made.estimates([quarter.period for quarter in QUARTERS])
    assert (str(QUARTERS[0]), str(QUARTERS[-1])) == ("2018-19-Q1", "2026-27-Q2")
    for quarter in QUARTERS:
        council = found[str(quarter), "COUNCIL"]
        year = quarter.year + (rule == "calendar" and quarter.number == 4)
        assert council.missing == ()
        assert {f.asked_year for f in council.factors} == {year}
        assert {f.factor_id for f in council.fallbacks} == (
            {"paper_primary"} if year == 2026 else set()
        )
        own = {f.publication_year for f in council.factors if not f.fallback}
        assert own == {year}
        assert council.effects is not None


@pytest.mark.parametrize(
    ("quarter", "kilograms"),
    [
        ("2019-20-Q2", "11359.524"), ("2020-21-Q2", "10421.163"), ("2021-22-Q2", "10675.679"),
        ("2022-23-Q2", "10682.644"), ("2023-24-Q2", "10589.784"), ("2024-25-Q2", "11626.657"),
        ("2025-26-Q2", "11582.412"), ("2026-27-Q2", "11796.891"),
    ],
)  # fmt: skip
def test_the_example_has_this_net_by_the_factors_of_each_year(quarter, kilograms):
    assert net_of(series(), FinancialQuarter.parse(quarter).period) == [Decimal(kilograms)]


def test_a_baseline_quarter_compared_with_itself_avoids_nothing():
    assert net_of(series(), QUARTERS[0].period) == [0]


def test_a_rolling_year_keeps_the_factor_year_of_each_of_its_quarters():
    quarter = FinancialQuarter.parse("2025-26-Q2")
    made = series()
    rolling = made.estimates([quarter.rolling_12])[quarter.rolling_12.key, "COUNCIL"]
    each = net_of(made, *(quarter.shifted(-step).period for step in range(4)))
    assert grams(rolling.net) == sum(each)
    assert {f.publication_year for f in rolling.factors} == {2024, 2025}


def test_a_rolling_year_that_lacks_a_quarter_is_not_told():
    made = series(quarters=QUARTERS[1:4])
    found = made.estimates([QUARTERS[3].rolling_12, QUARTERS[3].period])
    assert {period for period, _ in found} == {"2018-19-Q4"}


def test_sums_of_quarters_are_on_the_annual_average_whatever_the_basis_of_quarters():
    quarter = FinancialQuarter.parse("2025-26-Q2")
    periods = (quarter.rolling_12, quarter.year_to_date)
    seasonal = series(replace(POLICY, heating_basis="seasonal"))
    assert net_of(seasonal, *periods) == net_of(series(), *periods)
    assert net_of(seasonal, quarter.period) != net_of(series(), quarter.period)


def test_a_winter_is_provisional_until_its_year_ends_and_then_follows_its_own_hours():
    winter = FinancialQuarter.parse("2024-25-Q3")
    policy = replace(POLICY, heating_basis="seasonal")
    known, open_ = (
        series(policy, [q for q in QUARTERS if q <= last]).estimates([winter.period])
        for last in (winter.shifted(1), winter)
    )
    assert [e[str(winter), "HR"].winter_assumed for e in (known, open_)] == [False, True]


shares = st.decimals(min_value="0.10", max_value="0.90", places=3)


@settings(max_examples=40)
@given(st.tuples(shares, shares, shares, shares))
def test_both_heating_bases_agree_over_a_year_with_one_factor_set(year):
    def home_of(basis):
        policy = replace(POLICY, heating_basis=basis, factor_year="fy_majority")
        made = series(
            policy,
            [FinancialQuarter(2024, number) for number in (1, 2, 3, 4)],
            now=lambda quarter: quarter_of(400, 540_000, "0.7", year[quarter.number - 1]),
        )
        found = made.estimates([quarter.period for quarter in made.quarters])
        return sum(found[str(quarter), "HR"].home_energy.kg for quarter in made.quarters)

    assert grams(home_of("annual_average")) == grams(home_of("seasonal"))


def test_a_missing_baseline_quarter_is_the_average_of_its_year_and_says_so():
    def then(quarter):
        return None if quarter.number == 2 else THEN

    quarter = FinancialQuarter.parse("2025-26-Q2")
    found = series(then=then).estimates([quarter.period])[str(quarter), "COUNCIL"]
    assert grams(found.net) == Decimal("11582.412")
    assert found.averaged == ("home working", "printing")
    assert "HR, 2025-26-Q2: no seasonal baseline for printing" in found.remarks


def test_a_baseline_year_of_which_nothing_is_known_leaves_the_lines_unknown():
    quarter = FinancialQuarter.parse("2025-26-Q2")
    found = series(then=lambda quarter: None).estimates([quarter.period])
    assert found[str(quarter), "COUNCIL"].net is None


@pytest.mark.parametrize(
    ("chosen", "commuting", "grades"),
    [(None, None, ("", "")), ("0.06", Decimal("30822.835"), ("D", "D"))],
)
def test_home_working_without_a_baseline_is_known_only_if_the_council_chose_a_share(
    chosen, commuting, grades
):
    quarter = FinancialQuarter.parse("2025-26-Q2")
    share = Decimal(chosen) if chosen else None
    made = series(then=lambda quarter: replace(THEN, home_fte_days=None))
    found = replace(made, census_home_share=lambda quarter: share)
    estimate = found.estimates([quarter.period])[str(quarter), "COUNCIL"]
    assert (estimate.commuting.kg and grams(estimate.commuting.kg)) == commuting
    assert (estimate.commuting.grade, estimate.home_energy.grade) == grades
    assert estimate.census_home_share == share
    assert any("share of the 2011 Census" in said for said in estimate.remarks) is bool(chosen)


def test_home_days_of_another_quarter_of_the_baseline_go_before_a_share_of_the_census():
    quarter = FinancialQuarter.parse("2025-26-Q2")
    made = series(then=lambda q: None if q.number == 2 else THEN)
    found = replace(made, census_home_share=lambda quarter: Decimal("0.104"))
    estimate = found.estimates([quarter.period])[str(quarter), "HR"]
    assert (estimate.census_home_share, grams(estimate.net)) == (None, Decimal("11582.412"))


def test_a_quarter_of_which_nothing_was_measured_has_no_estimate():
    quarter = FinancialQuarter.parse("2025-26-Q2")
    assert series(now=lambda quarter: None).estimates([quarter.period]) == {}


@pytest.mark.parametrize("scenario", ["rebound", "landfill", "toner", "heating_basis"])
def test_a_scenario_has_estimates_of_its_own(scenario):
    quarter = FinancialQuarter.parse("2025-26-Q2").period
    made = series()
    other = made.estimates([quarter], scenario)[quarter.key, "COUNCIL"]
    assert other.net != made.estimates([quarter])[quarter.key, "COUNCIL"].net


def test_months_have_no_estimate():
    assert series().estimates([QUARTERS[0].months[0].period]) == {}
    assert isinstance(QUARTERS[0].months[0].period, Period)


def of_two_years(earlier):
    """The example whose baseline is the average of its own year and of one in which `earlier`."""
    told = {2018: THEN, 2019: earlier}
    made = series(now=lambda quarter: told.get(quarter.year, NOW))
    years = (2018, 2019)
    return replace(
        made, baselines_of=lambda quarter: [FinancialQuarter(y, quarter.number) for y in years]
    )


def test_a_baseline_of_several_years_is_their_average_for_each_worked_day():
    quarter = FinancialQuarter.parse("2025-26-Q2").period
    alike = of_two_years(THEN).estimates([quarter])[quarter.key, "COUNCIL"]
    assert grams(alike.net) == Decimal("11582.412")

    other = quarter_of(380, 608_000, "0.4", "0.16")
    found = of_two_years(other).estimates([quarter])[quarter.key, "COUNCIL"]
    half = series(then=lambda _: quarter_of(380, 760_000, "0.4", "0.11"))
    assert grams(found.net) == grams(half.estimates([quarter])[quarter.key, "COUNCIL"].net)


def test_a_baseline_of_several_years_does_not_make_one_of_them_its_own_baseline():
    first = FinancialQuarter.parse("2018-19-Q2").period
    assert series().estimates([first])[first.key, "COUNCIL"].is_baseline
    made = of_two_years(quarter_of(380, 608_000, "0.4", "0.16")).estimates([first])
    assert not made[first.key, "COUNCIL"].is_baseline
    assert made[first.key, "COUNCIL"].net != 0


def test_a_quarter_that_one_of_several_baseline_years_lacks_is_not_taken_from_the_others_alone():
    quarter = FinancialQuarter.parse("2025-26-Q2").period
    made = of_two_years(THEN)
    lacking = replace(made, measured=lambda q: {} if str(q) == "2019-20-Q2" else made.measured(q))
    found = lacking.estimates([quarter])[quarter.key, "COUNCIL"]
    assert found.averaged == ("home working", "printing")


def test_a_baseline_of_several_years_is_of_the_same_quarter_and_not_of_their_winters():
    winter = quarter_of(380, 1_824_000, "0.4", "0.02")

    def told(quarter):
        if quarter.year in (2018, 2019):
            return winter if quarter.number == 4 else THEN
        return NOW

    quarter = FinancialQuarter.parse("2025-26-Q2").period
    years = [FinancialQuarter(year, 2) for year in (2018, 2019)]
    made = replace(series(now=told), baselines_of=lambda _: years)
    found = made.estimates([quarter])[quarter.key, "COUNCIL"]
    alone = series().estimates([quarter])[quarter.key, "COUNCIL"]

    assert found.averaged == ()
    assert grams(found.net) == grams(alone.net) == Decimal("11582.412")


def test_directorates_that_are_reckoned_as_one_have_their_fte_added_and_not_their_months():
    pair = (Decimal(300), Decimal(3))
    names = ACTIVITY["net_emissions_avoided"]

    assert _added(pair, pair, names) == (600, 3)
    assert _added(pair, (None, Decimal(3)), names) == (None, 3)
    assert _added(pair, pair, ACTIVITY["commute_trips_avoided"]) == (600, 6)
