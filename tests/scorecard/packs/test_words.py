"""Numbers, dates and periods as a reader sees them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from scorecard.packs import words
from scorecard.period import FinancialQuarter


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "full", "short"),
    [
        ("87.25", "percent", 1, "87.3%", "87.3%"),
        ("-0.04", "percent", 1, "0.0%", "0.0%"),
        ("-1.5", "percent", 1, "\N{MINUS SIGN}1.5%", "\N{MINUS SIGN}1.5%"),
        ("1234.56", "gbp", 2, "£1,234.56", "£1,235"),
        ("-1234.56", "gbp", 2, "\N{MINUS SIGN}£1,234.56", "\N{MINUS SIGN}£1,235"),
        ("1234567.8", "gbp", 2, "£1,234,567.80", "£1.2m"),
        ("-1250000", "gbp", 2, "\N{MINUS SIGN}£1,250,000.00", "\N{MINUS SIGN}£1.3m"),
        ("3456789", "pages", 0, "3,456,789 pages", "3.46m pages"),
        ("12.34", "t_co2e", 1, "12.3 t CO2e", "12.3 t CO2e"),
        ("1.004", "ratio", 2, "1.00", "1.00"),
    ],
)
def test_a_number_has_its_unit_separators_and_one_rounding(value, unit, decimals, full, short):
    given = Decimal(value)

    assert (words.amount(given, unit, decimals), words.short_amount(given, unit, decimals)) == (
        full,
        short,
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [("999.99", "£999.99"), ("1000.49", "£1,000"), ("-1234.5", "\N{MINUS SIGN}£1,235"),
     ("12", "£12")],
)  # fmt: skip
def test_pounds_behind_a_ratio_have_no_pence_from_a_thousand_on(value, said):
    assert words.pounds(Decimal(value)) == said


@pytest.mark.parametrize(
    ("unit", "said"), [("percent", "12%"), ("gbp", "£12"), ("t_co2e", "12 t"), ("kg_co2e", "12 kg"),
                       ("hours", "12")],
)  # fmt: skip
def test_tables_say_percentages_pounds_and_emissions_beside_each_number(unit, said):
    assert words.with_unit("12", unit) == said


def test_a_moment_is_shown_as_londons_clock_has_it():
    assert words.day_and_time(datetime(2025, 6, 30, 23, 5, tzinfo=UTC)) == "1 July 2025, 12:05am"


@pytest.mark.parametrize(
    ("key", "said"),
    [("2025-04", "April 2025"), ("2025-26-Q4", "January to March 2026"),
     ("2025-26-Q1-YTD", "April to June 2025"), ("2025-26-Q4-YTD", "April 2025 to March 2026"),
     ("2025-26-Q1-R12", "July 2024 to June 2025")],
)  # fmt: skip
def test_a_period_is_named_by_its_months_and_a_year_that_changes_is_said_twice(key, said):
    assert words.period_name(key) == said


@pytest.mark.parametrize(
    ("value", "said"), [("197309", "200,000"), ("72.4", "72"), ("9.6", "10"), ("0.4", "0")]
)
def test_of_a_number_for_scale_two_digits_are_said(value, said):
    assert words.two_digits(Decimal(value)) == said


def test_a_quarter_is_named_by_its_months():
    quarter = FinancialQuarter.parse("2025-26-Q4")

    assert (words.quarter_months(quarter), words.quarter_name(quarter)) == (
        "January to March 2026",
        "Quarter 4 of 2025-26",
    )
