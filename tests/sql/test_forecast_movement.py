HEAD = (
    "fin_year  period_no  month_starts_at  directorate  is_capital"
    "  revised_budget  forecast_outturn  actual_ytd\n"
)
JUNE = "2025-26  3  2025-05-31 23:00:00  {}  {}  {}  {}  0\n"
AUGUST = "2025-26  5  2025-07-31 23:00:00  {}  {}  {}  {}  0\n"
SEPTEMBER = "2025-26  6  2025-08-31 23:00:00  {}  {}  {}  {}  0\n"


def test_what_cancels_out_between_directorates_did_not_move_the_council(measure):
    measure.given(
        "clean_ledger",
        HEAD
        + JUNE.format("HR", "false", 100, 100)
        + JUNE.format("ICT", "false", 300, 310)
        + JUNE.format("ICT", "true", 999, 999)
        + AUGUST.format("HR", "false", 100, 150)
        + SEPTEMBER.format("HR", "false", 100, 106)
        + SEPTEMBER.format("ICT", "false", 310, 300)
        + SEPTEMBER.format("ICT", "true", 999, 1),
    )

    assert measure.kpi("forecast_movement", "2025-09", "2025-26-Q2", "2025-26-Q2-YTD") == [
        ("2025-26-Q2", "COUNCIL", 4, 410),
        ("2025-26-Q2", "HR", 6, 100),
        ("2025-26-Q2", "ICT", 10, 310),
    ]


def test_the_first_quarter_has_no_forecast_of_its_year_before_it(measure):
    measure.given(
        "clean_ledger",
        HEAD
        + "2024-25  12  2025-03-01 00:00:00  HR  false  90  80  80\n"
        + JUNE.format("HR", "false", 100, 100),
    )

    assert measure.kpi("forecast_movement", "2025-26-Q1") == []


def test_at_the_years_end_the_outturn_takes_the_forecasts_place(measure):
    measure.given(
        "clean_ledger",
        HEAD
        + "2024-25  9   2024-12-01 00:00:00  HR  false  100  100  70\n"
        + "2024-25  13  2025-03-01 00:00:00  HR  false  100  101  97\n",
    )

    assert measure.kpi("forecast_movement", "2024-25-Q4")[0] == ("2024-25-Q4", "COUNCIL", 3, 100)


def test_income_that_falls_short_moves_a_forecast_as_an_overspend_does(measure):
    measure.given(
        "clean_ledger",
        HEAD + JUNE.format("HR", "false", -50, -50) + SEPTEMBER.format("HR", "false", -50, -45),
    )

    assert measure.kpi("forecast_movement", "2025-26-Q2")[0] == ("2025-26-Q2", "COUNCIL", 5, 50)
