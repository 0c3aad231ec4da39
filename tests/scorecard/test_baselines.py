"""With which year a period is compared, and with which years together."""

from datetime import date

import pytest

from scorecard.baselines import Baseline, baselines_of, decided_for
from scorecard.period import FinancialQuarter, Month

QUARTER = FinancialQuarter.parse("2025-26-Q1")
BASELINES = (
    Baseline("2023-24-Q1", "2023-24", "Cabinet", "First full year"),
    Baseline("2025-26-Q2", "2024-25", "Cabinet", "The office moved"),
)


@pytest.mark.parametrize(
    ("period", "baseline"),
    [
        (Month.parse("2025-05").period, "2023-05"),
        (Month.parse("2026-03").period, "2025-03"),
        (QUARTER.period, "2023-24-Q1"),
        (FinancialQuarter.parse("2025-26-Q2").period, "2024-25-Q2"),
        (QUARTER.year_to_date, "2023-24-Q1-YTD"),
        (FinancialQuarter.parse("2023-24-Q1").period, "2023-24-Q1"),
    ],
)
def test_a_period_is_compared_with_the_same_period_of_the_baseline_year(period, baseline):
    assert [b.key for b in baselines_of(period, BASELINES)] == [baseline]


def test_a_period_before_the_first_decision_has_no_baseline():
    assert baselines_of(Month.parse("2023-03").period, BASELINES) == ()


def test_a_year_to_date_is_compared_by_the_decision_in_force_for_the_quarter_it_ends_with():
    ytd = FinancialQuarter.parse("2025-26-Q2").year_to_date

    assert [b.key for b in baselines_of(ytd, BASELINES)] == ["2024-25-Q2-YTD"]


def test_of_two_decisions_from_the_same_quarter_the_later_one_holds():
    again = Baseline("2023-24-Q1", "2022-23", "Cabinet", "Why", decided_on=date(2024, 1, 1))
    assert decided_for(QUARTER, (again, *BASELINES)) is again


def test_an_average_has_the_same_period_in_every_year_and_says_so_in_words():
    average = Baseline("2025-26-Q1", "2023-24", "Cabinet", "Why", other_years=("2022-23",))
    found = [period.key for period in baselines_of(QUARTER.period, [average])]
    assert found == ["2023-24-Q1", "2022-23-Q1"]
    assert average.in_words == "the average of 2022-23 and 2023-24"
    assert BASELINES[0].in_words == "2023-24"
