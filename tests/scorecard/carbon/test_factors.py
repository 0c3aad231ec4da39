from datetime import UTC, datetime
from decimal import Decimal

import pytest

from scorecard import assumptions
from scorecard.carbon import factors
from scorecard.carbon.units import UnitError
from scorecard.period import FinancialQuarter

SETS = assumptions.factor_sets()


def test_a_factor_is_the_decimal_exactly_as_published():
    factor = SETS.get("electricity_generation", 2023, "kWh")
    assert factor.value == Decimal("0.2070742886")
    assert (factor.publication_year, factor.provisional, factor.fallback) == (2023, False, False)


@pytest.mark.parametrize(
    ("quarter", "calendar", "fy_majority"),
    [("2025-26-Q1", 2025, 2025), ("2025-26-Q3", 2025, 2025), ("2025-26-Q4", 2026, 2025)],
)
def test_the_factor_year_follows_the_councils_rule(quarter, calendar, fy_majority):
    asked = FinancialQuarter.parse(quarter)
    assert factors.publication_year(asked, "calendar") == calendar
    assert factors.publication_year(asked, "fy_majority") == fy_majority


def test_a_rule_that_nobody_knows_is_refused():
    with pytest.raises(factors.FactorError, match="Write calendar or fy_majority"):
        factors.publication_year(FinancialQuarter.parse("2025-26-Q1"), "latest")


def test_a_set_that_is_not_out_gives_the_latest_one_and_is_provisional():
    factor = SETS.get("car_average_unknown", 2027, "vehicle.km")
    assert (factor.publication_year, factor.asked_year) == (2026, 2027)
    assert (factor.provisional, factor.fallback) == (True, False)


def test_a_set_comes_out_in_june_and_counts_from_july():
    eve, midnight = (datetime(2025, 6, 30, hour, tzinfo=UTC) for hour in (22, 23))

    assert SETS.out_by(eve).years[-1] == 2024
    assert SETS.out_by(midnight).years[-1] == 2025


def test_sets_that_come_later_leave_the_identity_of_those_before_as_it_was():
    before = SETS.out_by(datetime(2025, 1, 1, tzinfo=UTC)).identity()

    assert [each["set"] for each in before] == [2018, 2019, 2020, 2021, 2022, 2023, 2024]
    assert SETS.identity()[: len(before)] == before
    assert len({each["sha256"] for each in SETS.identity()}) == len(SETS.years)


def test_a_row_missing_in_a_set_that_is_out_falls_back_to_the_year_before():
    factor = SETS.get("paper_primary", 2026, "tonne")
    assert (factor.value, factor.publication_year) == (Decimal("1345.0779"), 2025)
    assert (factor.provisional, factor.fallback) == (False, True)


@pytest.mark.parametrize(
    ("year", "kilograms"), [(2018, "0.3576"), (2019, "0.3529"), (2020, "0.3493"), (2021, "0.3448")]
)
def test_home_working_before_2022_is_derived_and_says_so(year, kilograms):
    factor = SETS.get("homeworking_total", year, "FTE.hour")
    assert round(factor.value, 4) == Decimal(kilograms)
    assert factor.derived


def test_a_value_that_was_never_published_is_not_zero():
    with pytest.raises(factors.NoFactor, match="A missing factor is not zero"):
        SETS.get("natural_gas_gross_cv_wtt", 2021, "kWh")


@pytest.mark.parametrize(
    ("factor_id", "year", "unit", "words"),
    [
        ("paper_prime", 2025, "tonne", "there is no factor 'paper_prime'"),
        ("paper_primary", 2017, "tonne", "the first set is of 2018"),
    ],
)
def test_a_question_without_an_answer_is_refused(factor_id, year, unit, words):
    with pytest.raises(factors.FactorError, match=words):
        SETS.get(factor_id, year, unit)


def test_a_factor_is_found_or_it_is_none_but_a_wrong_question_is_refused():
    assert SETS.found("paper_primary", 2017, "tonne") is None
    assert SETS.found("natural_gas_gross_cv_wtt", 2021, "kWh") is None
    assert SETS.found("paper_primary", 2025, "tonne").value == Decimal("1345.0779")
    with pytest.raises(factors.FactorError, match="there is no factor"):
        SETS.found("paper_prime", 2025, "tonne")
    with pytest.raises(UnitError):
        SETS.found("car_average_unknown", 2025, "passenger.km")


def test_the_parts_of_home_working_are_derived_as_the_total_is():
    parts = [SETS.get(f"homeworking_{part}", 2019, "FTE.hour") for part in ("equipment", "heating")]
    total = SETS.get("homeworking_total", 2019, "FTE.hour")
    assert round(sum(part.value for part in parts), 12) == round(total.value, 12)
    assert all(part.derived for part in parts)
