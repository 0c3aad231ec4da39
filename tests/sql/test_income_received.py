def test_income_is_a_positive_share_of_the_income_profiled(measure):
    measure.given(
        "clean_ledger",
        """
        month_starts_at      directorate  is_capital  is_income  actual_ytd  profiled_ytd
        2025-04-30 23:00:00  HR           false       true       -999.00     -999.00
        2025-05-31 23:00:00  HR           false       true       -80.00      -100.00
        2025-05-31 23:00:00  HR           false       true       5.00        -10.00
        2025-05-31 23:00:00  HR           false       false      999.00      999.00
        2025-05-31 23:00:00  HR           true        true       -999.00     -999.00
        2025-05-31 23:00:00  ICT          false       true       -20.00      -10.00
        """,
    )

    assert measure.kpi("income_received", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 95, 120),
        ("2025-26-Q1", "HR", 75, 110),
        ("2025-26-Q1", "ICT", 20, 10),
    ]
