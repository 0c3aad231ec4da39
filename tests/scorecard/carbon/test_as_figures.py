"""Estimates as figures: state, flags, bounds, and what they say they rest on."""

from dataclasses import replace
from decimal import Decimal

import pytest
from worked_example import NOW, POLICY, THEN, quarter_of, series

from scorecard.carbon.as_figures import NET, Carbon, carbon_of, standing_of_estimate
from scorecard.carbon.details import details_of
from scorecard.carbon.estimates import Estimate
from scorecard.carbon.products import Line
from scorecard.period import FinancialQuarter
from scorecard.states import Readiness

SUMMER = FinancialQuarter.parse("2025-26-Q2")
PERIODS = [SUMMER.period, SUMMER.rolling_12]
PRINTING, COMMUTING, HOME = (
    "printing_emissions_avoided", "commuting_emissions_avoided", "home_working_emissions_added",
)  # fmt: skip
KPIS = (
    *(PRINTING, COMMUTING, HOME, NET, "net_emissions_avoided_per_fte"),
    *("commute_trips_avoided", "commute_distance_avoided"),
)
READY = Readiness()


def made(**given):
    """The carbon of the example's council."""
    return carbon_of(series(**given), PERIODS, KPIS, "Exampleshire Council")


EXAMPLE = made()


def standing(kpi=NET, carbon=EXAMPLE, period="2025-26-Q2", ready=READY):
    return standing_of_estimate(kpi, period, "COUNCIL", carbon, ready)


def details(kpi=NET, carbon=EXAMPLE, period="2025-26-Q2"):
    return details_of(kpi, period, "COUNCIL", carbon)


@pytest.mark.parametrize("period", ["2025-26-Q2", "2025-26-Q2-R12"])
@pytest.mark.parametrize("kpi", KPIS)
def test_every_figure_has_its_interval_and_lies_in_it(kpi, period):
    found = standing(kpi, period=period)
    assert found.state == "final"
    assert found.lower < found.exact < found.upper


def test_a_net_whose_interval_holds_zero_cannot_be_told_from_none():
    assert standing().flags == ("estimated", "indistinguishable_from_zero")
    assert standing(COMMUTING).flags == ("estimated",)


def test_bounds_are_in_the_unit_of_the_figure():
    net, per_fte = standing(), standing("net_emissions_avoided_per_fte")
    assert abs(net.upper - Decimal("24.7")) < Decimal("0.4")
    assert abs(per_fte.upper * 400 / 1000 - net.upper) < Decimal("0.001")


def test_the_same_council_and_period_have_the_same_bounds_and_another_council_other_ones():
    assert made().intervals == EXAMPLE.intervals
    other = carbon_of(series(), PERIODS, KPIS, "Another Council")
    assert other.intervals[NET, "2025-26-Q2", "HR"] != EXAMPLE.intervals[NET, "2025-26-Q2", "HR"]


def test_a_first_quarter_has_the_bounds_of_its_year_to_date():
    first = FinancialQuarter.parse("2025-26-Q1")
    found = carbon_of(series(), [first.period, first.year_to_date], KPIS, "X").intervals
    assert found[NET, "2025-26-Q1", "HR"] == found[NET, "2025-26-Q1-YTD", "HR"]


def test_a_home_share_that_hardly_moved_is_flagged_on_all_that_rests_on_it():
    small = made(now=lambda quarter: quarter_of(400, 540_000, "0.7", "0.10"))
    flagged = [kpi for kpi in KPIS if "too_small_to_estimate" in standing(kpi, small).flags]
    assert flagged == [kpi for kpi in KPIS if kpi != PRINTING]


def test_a_line_that_is_not_known_is_awaited_and_its_net_is_partial_and_never_zero():
    lacking = made(now=lambda quarter: replace(NOW, impressions=None))
    found = standing(PRINTING, lacking)
    assert (found.state, found.exact, found.lower) == ("awaiting", None, None)
    net = standing(NET, lacking)
    assert (net.state, net.flags[:2]) == ("provisional", ("estimated", "partial"))
    assert "no impressions for HR" in net.why


def test_a_quarter_without_its_own_baseline_quarter_says_so():
    averaged = made(then=lambda quarter: None if quarter.number == 2 else THEN)
    assert "no_seasonal_baseline" in standing(NET, averaged).flags
    assert details(PRINTING, averaged)["averaged"] == ["printing"]
    assert details(COMMUTING, averaged)["averaged"] == ["home working"]


def test_a_factor_of_an_earlier_year_is_named():
    winter = FinancialQuarter.parse("2025-26-Q4")
    found = carbon_of(series(), [winter.period], KPIS, "X")
    about = "2025-26-Q4", "COUNCIL", found
    assert details_of(PRINTING, *about)["fallbacks"] == ["paper_primary: 2025 for 2026"]
    assert details_of(PRINTING, *about)["factor_year"] == "2025, 2026"
    assert "factor_fallback" in standing_of_estimate(PRINTING, *about, READY).flags
    assert "factor_fallback" not in standing_of_estimate(HOME, *about, READY).flags


def test_a_section_that_is_switched_off_has_no_figures_and_says_why():
    found = standing(carbon=Carbon(reported="The council has switched it off."))
    assert (found.state, found.why) == ("not_applicable", "The council has switched it off.")
    assert details(carbon=Carbon(reported="off")) == {}


def test_a_period_without_a_baseline_is_awaited():
    assert standing(period="2025-26-Q2-YTD").state == "awaiting"
    awaited = standing(period="2025-26-Q2-YTD", ready=Readiness(awaited=("No print log.",)))
    assert awaited.why == "No print log."


def test_a_winter_that_awaits_its_year_is_provisional_and_says_so():
    winter = FinancialQuarter.parse("2025-26-Q3")
    seasonal = series(replace(POLICY, heating_basis="seasonal"), [winter])
    found = carbon_of(seasonal, [winter.period], KPIS, "X")
    assert standing_of_estimate(NET, str(winter), "HR", found, READY).state == "provisional"
    assert "awaits the hours" in standing_of_estimate(NET, str(winter), "HR", found, READY).why


def test_what_several_directorates_lack_is_one_sentence_and_what_one_lacks_names_it():
    missing = [f"printing not known: no impressions for {code}, {SUMMER}" for code in ("A", "B")]
    other = f"printing not known: no impressions for the baseline of C, {SUMMER}; emits 12 kg"
    nothing = Line(None, missing=(*missing, other))
    plain = Estimate(str(SUMMER), "COUNCIL", nothing, nothing, nothing, None, None, None)
    carbon = Carbon({(str(SUMMER), "COUNCIL"): plain})
    why = standing_of_estimate(NET, str(SUMMER), "COUNCIL", carbon, READY).why
    assert why == (
        f"Printing not known: no impressions for 2 directorates, {SUMMER}. "
        f"Printing not known: no impressions for the baseline of C, {SUMMER}; emits 12 kg."
    )


def test_what_may_come_back_is_an_alternative_only_where_travel_was_saved():
    back = made(now=lambda quarter: quarter_of(400, 540_000, "0.7", "0.46"),
                then=lambda quarter: quarter_of(380, 912_000, "0.4", "0.66"))  # fmt: skip
    for period in ("2025-26-Q2", "2025-26-Q2-R12"):
        assert "rebound" in details(period=period)["scenarios"]
        assert back.estimates[period, "COUNCIL"].commuting.kg < 0
        assert "rebound" not in details(carbon=back, period=period)["scenarios"]
        assert "toner" in details(carbon=back, period=period)["scenarios"]
