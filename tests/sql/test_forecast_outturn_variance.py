from decimal import Decimal


def test_an_overspend_and_a_shortfall_of_income_both_count_against_the_budget(measure):
    measure.given(
        "clean_ledger",
        """
        month_starts_at      directorate  is_capital  revised_budget  forecast_outturn
        2025-04-30 23:00:00  HR           false       900.00          1.00
        2025-05-31 23:00:00  HR           false       1000.00         1030.50
        2025-05-31 23:00:00  HR           false       -200.00         -180.00
        2025-05-31 23:00:00  HR           true        5000.00         9000.00
        2025-05-31 23:00:00  HR           false       5000.00         -
        2025-05-31 23:00:00  ICT          false       -100.00         -90.00
        2025-06-30 23:00:00  HR           false       1000.00         7777.00
        """,
    )

    assert measure.kpi("forecast_outturn_variance", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", Decimal("60.50"), 700),
        ("2025-26-Q1", "HR", Decimal("50.50"), 800),
        ("2025-26-Q1", "ICT", 10, 100),
    ]


def test_a_month_is_judged_by_its_own_forecast(measure):
    measure.given(
        "clean_ledger",
        """
        month_starts_at      directorate  is_capital  revised_budget  forecast_outturn
        2025-03-31 23:00:00  HR           false       100.00          110.00
        2025-04-30 23:00:00  HR           false       100.00          120.00
        """,
    )

    assert measure.kpi("forecast_outturn_variance", "2025-04", "2025-05") == [
        ("2025-04", "COUNCIL", 10, 100),
        ("2025-04", "HR", 10, 100),
        ("2025-05", "COUNCIL", 20, 100),
        ("2025-05", "HR", 20, 100),
    ]
