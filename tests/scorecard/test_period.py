from datetime import UTC, date, datetime

import pytest

from scorecard.period import FinancialQuarter, Month, UnknownPeriod, months_between


def test_a_quarter_opens_at_midnight_in_london():
    quarter = FinancialQuarter.parse("2025-26-Q1")
    assert quarter.starts_at == datetime(2025, 3, 31, 23, tzinfo=UTC)
    assert quarter.ends_at == datetime(2025, 6, 30, 23, tzinfo=UTC)


def test_the_fourth_quarter_lies_in_the_next_calendar_year():
    assert FinancialQuarter.parse("2025-26-Q4").months[0] == Month(2026, 1)
    assert (
        FinancialQuarter.parse("2025-26-Q4").ends_at
        == FinancialQuarter.parse("2026-27-Q1").starts_at
    )


@pytest.mark.parametrize(
    ("moment", "quarter"),
    [
        (datetime(2025, 3, 31, 22, 59, 59, tzinfo=UTC), "2024-25-Q4"),
        (datetime(2025, 3, 31, 23, tzinfo=UTC), "2025-26-Q1"),
        (datetime(2025, 12, 31, 23, 59, tzinfo=UTC), "2025-26-Q3"),
        (datetime(2026, 1, 1, tzinfo=UTC), "2025-26-Q4"),
    ],
)
def test_a_moment_belongs_to_the_quarter_that_london_was_in(moment, quarter):
    assert str(FinancialQuarter.containing(moment)) == quarter


@pytest.mark.parametrize(
    "text",
    [
        *("2025-Q1", "2025-27-Q1", "2025-26-Q5", "2025-26-q1", " 2025-26-Q1", "2099-01-Q1"),
        *("", "2025-26-Q1\n", "٢٠٢٥-٢٦-Q1", "0000-01-Q1", "9999-00-Q4"),
    ],
)
def test_a_text_that_is_no_quarter_is_refused_with_an_example(text):
    with pytest.raises(UnknownPeriod, match="Write it like 2025-26-Q1"):
        FinancialQuarter.parse(text)


def test_the_last_financial_year_of_a_century_is_written_with_two_noughts():
    assert str(FinancialQuarter.parse("2099-00-Q1")) == "2099-00-Q1"


def test_a_text_that_is_no_month_is_refused_with_an_example():
    with pytest.raises(UnknownPeriod, match="Write it like 2025-04"):
        Month.parse("2025-13")


def test_year_to_date_runs_from_the_first_of_april():
    period = FinancialQuarter.parse("2025-26-Q3").year_to_date
    assert (period.key, period.starts_at) == (
        "2025-26-Q3-YTD",
        datetime(2025, 3, 31, 23, tzinfo=UTC),
    )


def test_twelve_rolling_months_end_with_the_quarter():
    period = FinancialQuarter.parse("2025-26-Q3").rolling_12
    assert period.starts_at == Month(2025, 1).starts_at
    assert period.ends_at == Month(2025, 12).ends_at


def test_a_pack_falls_due_on_a_working_day_after_the_bank_holidays():
    easter = {date(2026, 4, 3), date(2026, 4, 6)}
    quarter = FinancialQuarter.parse("2025-26-Q4")
    assert quarter.due_at(3, easter) == datetime(2026, 4, 6, 23, tzinfo=UTC)
    assert quarter.due_at(2, set()) == datetime(2026, 4, 1, 23, tzinfo=UTC)


def test_months_between_counts_both_ends():
    assert [str(m) for m in months_between(Month(2025, 11), Month(2026, 1))] == [
        "2025-11",
        "2025-12",
        "2026-01",
    ]
