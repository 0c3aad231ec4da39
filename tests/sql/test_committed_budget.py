def test_spent_and_ordered_of_the_years_budget_for_expenditure(measure):
    measure.given(
        "clean_ledger",
        """
        month_starts_at      directorate  is_capital  is_income  actual_ytd  commitments  revised_budget
        2025-04-30 23:00:00  HR           false       false      999.00      999.00       999.00
        2025-05-31 23:00:00  HR           false       false      20.00       5.00         100.00
        2025-05-31 23:00:00  HR           false       false      10.00       0.00         50.00
        2025-05-31 23:00:00  HR           false       true       -20.00      0.00         -40.00
        2025-05-31 23:00:00  HR           true        false      20.00       5.00         100.00
        2025-05-31 23:00:00  ICT          false       false      20.00       -            100.00
        2025-05-31 23:00:00  ICT          false       false      -3.00       1.00         10.00
        """,
    )

    assert measure.kpi("committed_budget", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 33, 160),
        ("2025-26-Q1", "HR", 35, 150),
        ("2025-26-Q1", "ICT", -2, 10),
    ]
