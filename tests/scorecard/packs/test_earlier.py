"""A period is set beside the same one of earlier years, and beside the one before it."""

from scorecard.packs.earlier import earlier

PERIODS = ("2025-26-Q1", "2025-26-Q1-YTD", "2024-25-Q1", "2023-24-Q1", "2025-06", "2026-01")


def beside(period, periods=PERIODS):
    return {said: before.get(period) for said, before in earlier(periods)}


def test_a_period_is_compared_with_the_same_one_of_each_earlier_year_and_of_their_average():
    assert beside("2025-26-Q1") == {
        "since 2023-24": ("2023-24-Q1",),
        "since 2024-25": ("2024-25-Q1",),
        "since 2023-24 and 2024-25": ("2023-24-Q1", "2024-25-Q1"),
        "since a year before": ("2024-25-Q1",),
        "since the period before": ("2024-25-Q4",),
    }


def test_a_month_after_christmas_belongs_to_the_financial_year_that_began_before_it():
    assert beside("2026-01")["since 2023-24"] == ("2024-01",)
    assert beside("2026-01")["since the period before"] == ("2025-12",)


def test_a_longer_period_is_compared_with_one_as_long_and_has_none_before_it():
    assert beside("2025-26-Q1-YTD")["since 2023-24"] == ("2023-24-Q1-YTD",)
    assert beside("2025-26-Q1-YTD")["since the period before"] is None


def test_a_year_is_not_compared_with_itself():
    assert beside("2023-24-Q1")["since 2023-24"] is None


def test_what_is_no_period_of_a_financial_year_is_compared_with_nothing():
    assert set(beside("2025-26 to 2027-28", (*PERIODS, "2025-26 to 2027-28")).values()) == {None}
