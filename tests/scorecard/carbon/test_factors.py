from datetime import UTC, datetime
from decimal import Decimal

import pytest

from scorecard.carbon import factor_file, factors
from scorecard.period import FinancialQuarter
from scorecard.settings import INCLUDE

SETS = factor_file.read((INCLUDE / "reference" / "ghg_factors.csv").read_text(encoding="utf-8"))
HEADER = "factor_id,publication_year,category,activity,unit,kgco2e_per_unit,scope,source,status"


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


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["a,2025,c,x,kWh,0.1,s,o,seen"] * 2, "row 3: a of 2025 is listed twice"),
        (["a,2025,c,x,kWh,0.1,s,o,guessed"], "row 2: status 'guessed' is unknown"),
        (["a,2025,c,x,kWh,,s,o,seen"], "row 2: status 'seen' with value ''"),
        (["a,2025,c,x,kWh,-1,s,o,seen"], "value '-1'"),
        (["a,2025,c,x,kWh,NaN,s,o,seen"], "value 'NaN'"),
        (["a,2025,c,x,kWh,0.1,s,o,not_found"], "status 'not_found' with value '0.1'"),
        ([], "it has no rows"),
    ],
)
def test_a_row_that_cannot_be_believed_is_refused_by_name(rows, words):
    with pytest.raises(factors.FactorError, match=words):
        factor_file.read("\n".join([HEADER, *rows]))


def test_the_file_holds_as_many_rows_of_each_status_as_the_method_says():
    found = [row.status for row in SETS.rows.values()]
    assert {status: found.count(status) for status in set(found)} == {
        "seen": 976,
        "derived": 3,
        "not_published": 12,
        "not_found": 8,
    }
