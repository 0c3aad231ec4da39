def test_capital_spent_by_the_last_month_of_the_years_revised_programme(measure):
    measure.given(
        "clean_ledger",
        """
        month_starts_at      directorate  is_capital  is_income  actual_ytd  revised_budget
        2025-03-31 23:00:00  HR           true        false      999.00      999.00
        2025-05-31 23:00:00  HR           true        false      20.00       100.00
        2025-05-31 23:00:00  HR           false       false      999.00      999.00
        2025-05-31 23:00:00  HR           true        true       -999.00     -999.00
        2025-05-31 23:00:00  ICT          true        false      0.00        50.00
        2025-05-31 23:00:00  ICT          true        false      9.00        -
        2025-06-30 23:00:00  ICT          true        false      999.00      999.00
        """,
    )

    assert measure.kpi("capital_programme_spent", "2025-26-Q1", "2025-26-Q1-YTD") == [
        (period, *row)
        for period in ("2025-26-Q1", "2025-26-Q1-YTD")
        for row in (("COUNCIL", 20, 150), ("HR", 20, 100), ("ICT", 0, 50))
    ]
