"""Which periods a measurement computes, and what the SQL is told beside the rows."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import holidays
import pytest

from scorecard import relations
from scorecard.baselines import Baseline
from scorecard.decisions import Directorate, SlaTime, StrategyMoney, WorkingHours
from scorecard.period import FinancialQuarter, Month, period_named
from scorecard.settings import INCLUDE

QUARTER = FinancialQuarter.parse("2025-26-Q1")
BASELINES = (
    Baseline("2023-24-Q1", "2023-24", "Cabinet", "First full year"),
    Baseline("2025-26-Q2", "2024-25", "Cabinet", "The office moved"),
)


def keys(periods, kind):
    return [period.key for period in periods if period.kind == kind]


def test_months_run_from_the_first_received_to_the_end_of_the_quarter():
    periods = relations.periods_of(QUARTER, {"2025-02", "2025-04", "2025-07"}, ())

    assert keys(periods, "month") == ["2025-02", "2025-03", "2025-04", "2025-05", "2025-06"]


def test_no_more_than_three_years_of_months_are_measured():
    months = keys(relations.periods_of(QUARTER, {"2003-01"}, ()), "month")

    assert (len(months), months[0], months[-1]) == (36, "2022-07", "2025-06")


@pytest.mark.parametrize("received", [set(), {"2025-06"}, {"2025-08"}])
def test_the_quarter_and_its_months_are_always_measured(received):
    periods = relations.periods_of(QUARTER, received, ())

    assert keys(periods, "month") == ["2025-04", "2025-05", "2025-06"]
    assert keys(periods, "quarter") == ["2025-26-Q1"]


def test_a_quarter_is_measured_if_all_its_months_are_shown():
    periods = relations.periods_of(QUARTER, {"2024-05"}, ())

    assert keys(periods, "quarter") == ["2024-25-Q2", "2024-25-Q3", "2024-25-Q4", "2025-26-Q1"]


def test_the_baseline_quarter_is_measured_however_long_ago():
    old = (Baseline("2018-19-Q1", "2018-19", "Cabinet", "Before the strategy"),)

    assert "2018-19-Q1" in keys(relations.periods_of(QUARTER, {"2025-04"}, old), "quarter")


def test_the_whole_baseline_year_is_measured_for_the_rolling_year_and_for_gaps():
    old = (Baseline("2018-19-Q1", "2018-19", "Cabinet", "Before the strategy"),)
    quarters = keys(relations.periods_of(QUARTER, {"2025-04"}, old), "quarter")

    assert quarters == [*(f"2018-19-Q{n}" for n in (1, 2, 3, 4)), "2025-26-Q1"]


def test_a_quarter_of_the_baseline_year_that_has_not_come_is_not_measured():
    own = (Baseline("2025-26-Q1", "2025-26", "Cabinet", "A first year"),)
    quarters = keys(relations.periods_of(QUARTER, {"2025-04"}, own), "quarter")

    assert quarters == ["2025-26-Q1"]


def test_the_rolling_year_has_the_baselines_of_each_of_its_quarters():
    quarter = FinancialQuarter.parse("2025-26-Q3")
    quarters = keys(relations.periods_of(quarter, {"2025-10"}, BASELINES), "quarter")

    assert {q[:7] for q in quarters} == {"2023-24", "2024-25", "2025-26"}


def test_the_year_to_date_is_measured_with_that_of_a_year_before():
    periods = relations.periods_of(FinancialQuarter.parse("2025-26-Q3"), {"2025-04"}, ())

    assert keys(periods, "year_to_date") == ["2025-26-Q3-YTD", "2024-25-Q3-YTD"]


@pytest.mark.parametrize(
    ("quarter", "ends"),
    [
        ("2025-26-Q2", ["2023-24-Q4", "2024-25-Q2", "2024-25-Q4", "2025-26-Q1", "2025-26-Q2"]),
        (
            "2025-26-Q4",
            ["2023-24-Q4", "2024-25-Q4", "2025-26-Q1", "2025-26-Q2", "2025-26-Q3", "2025-26-Q4"],
        ),
    ],
)
def test_twelve_months_end_with_the_quarter_those_it_is_compared_with_and_whole_years(
    quarter, ends
):
    periods = relations.periods_of(FinancialQuarter.parse(quarter), {"2023-04"}, ())

    assert keys(periods, "rolling_12") == [f"{end}-R12" for end in ends]


def test_twelve_months_at_a_time_are_a_relation_of_their_own():
    periods = [QUARTER.period, QUARTER.rolling_12]
    given = {each.name: each for each in relations.of_periods(periods, ())}

    assert [row[0] for row in given["periods"].rows] == ["2025-26-Q1"]
    assert [row[0] for row in given["rolling_periods"].rows] == ["2025-26-Q1-R12"]


def test_no_period_is_measured_twice():
    received = {str(Month(2023, 4).shifted(step)) for step in range(27)}
    found = [period.key for period in relations.periods_of(QUARTER, received, BASELINES)]

    assert len(found) == len(set(found))


def test_a_desk_may_close_at_the_end_of_the_day():
    hours = (WorkingHours(date(2018, 4, 1), (6, 7), time(8), "24:00"),)

    assert relations.working_calendar(hours).rows == [
        (date(2018, 4, 1), 6, 480, 1440),
        (date(2018, 4, 1), 7, 480, 1440),
    ]


def test_sla_times_and_strategy_money_are_rows():
    sla = (SlaTime(date(2018, 4, 1), "incident", "P1", "all", 15, 240),)
    money = (
        StrategyMoney("NET", "cost_gross", Decimal(919800), "2024-25", "2026-27", "reserve", "N1"),
    )

    assert relations.sla_times(sla).rows == [
        (date(2018, 4, 1), "incident", "P1", "all", 15, 240),
    ]
    assert relations.strategy_finance(money).rows == [
        ("NET", "cost_gross", Decimal(919800), "2024-25", "2026-27", "reserve", "N1", False),
    ]


def test_a_directorate_that_followed_one_whole_is_named_for_each_period_with_a_baseline():
    begins = date(2018, 4, 1)
    directorates = (
        Directorate("RES", "Resources", begins, date(2025, 5, 31), succeeded_by=("COR",)),
        Directorate("COR", "Corporate", date(2025, 6, 1)),
        Directorate("PLA", "Place", begins, date(2025, 3, 31), succeeded_by=("ENV", "TRA")),
        Directorate("ENV", "Environment", date(2025, 4, 1)),
        Directorate("TRA", "Transport", date(2025, 4, 1)),
    )
    periods = [period_named(key) for key in ("2025-05", "2025-06", "2025-26-Q1", "2025-26-Q2")]
    made = {each.name: each for each in relations.of_periods(periods, BASELINES[:1], directorates)}

    assert list(made["baseline_directorates"].rows) == [
        ("2025-06", "2023-06", "RES", "COR"),
        ("2025-26-Q2", "2023-24-Q2", "RES", "COR"),
    ]
    assert list(relations.of_periods(periods, (), directorates)[-1].rows) == []


def test_a_baseline_of_several_years_has_a_period_in_each_and_all_of_them_are_measured():
    average = [Baseline("2025-26-Q1", "2023-24", "Cabinet", "Why", other_years=("2022-23",))]
    quarter = FinancialQuarter.parse("2025-26-Q1")
    (compared,) = (
        each
        for each in relations.of_periods([quarter.period], average)
        if each.name == "baseline_periods"
    )
    assert [row[4] for row in compared.rows] == ["2023-24-Q1", "2022-23-Q1"]
    measured = {period.key for period in relations.periods_of(quarter, ["2025-04"], average)}
    assert {f"{y}-Q{n}" for y in ("2022-23", "2023-24") for n in (1, 2, 3, 4)} <= measured


def test_a_query_comes_after_those_that_it_reads():
    queries = {
        "clean_b": "select x from clean_a join days on true",
        "clean_a": "select x\nfrom\n    accepted_a",
        "days": "select days_off from calendar",
    }

    order = relations.in_order(queries)

    assert order.index("clean_b") == 2


def test_bank_holidays_are_those_of_england_and_wales():
    known = holidays.country_holidays("GB", subdiv="ENG", years=range(2015, 2031))
    ours = relations.bank_holidays(INCLUDE / "reference" / "bank_holidays.csv").rows

    assert [day for day, _ in ours] == sorted(day for day in known if day.weekday() < 5)


def test_bank_holidays_include_those_that_were_proclaimed():
    days = {
        day
        for day, _ in relations.bank_holidays(Path(INCLUDE / "reference/bank_holidays.csv")).rows
    }

    assert {date(2020, 5, 8), date(2022, 9, 19), date(2023, 5, 8)} <= days
