def test_budget_is_shown_by_month_without_capital(measure):
    measure.given(
        "clean_ledger",
        """
        month_starts_at      directorate  is_capital  revised_budget  profiled_ytd  actual_ytd
        2025-03-31 23:00:00  HR           false       100.00          10.00         15.00
        2025-03-31 23:00:00  HR           true        900.00          90.00         90.00
        2025-04-30 23:00:00  ICT          false       -50.00          -5.00         -7.00
        """,
    )

    assert measure.table("budget", "2025-04", "2025-05", "2025-26-Q1") == [
        ("2025-04", "COUNCIL", 100, 10, 15, None, 5, None),
        ("2025-04", "HR", 100, 10, 15, None, 5, None),
        ("2025-05", "COUNCIL", -50, -5, -7, None, -2, None),
        ("2025-05", "ICT", -50, -5, -7, None, -2, None),
    ]
