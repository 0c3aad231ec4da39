def test_the_last_month_of_the_period_holds_the_year_to_date(measure):
    measure.given(
        "clean_ledger",
        """
        month_starts_at      directorate  is_capital  profiled_ytd  actual_ytd
        2025-03-31 23:00:00  HR           false       10.00         99.00
        2025-05-31 23:00:00  HR           false       300.00        330.00
        2025-05-31 23:00:00  HR           false       -50.00        -40.00
        2025-05-31 23:00:00  HR           true        10.00         90.00
        2025-05-31 23:00:00  ICT          false       -50.00        -60.00
        2025-06-30 23:00:00  ICT          false       -70.00        -10.00
        """,
    )

    assert measure.kpi("profiled_budget_variance", "2025-26-Q1", "2025-26-Q1-YTD") == [
        (period, directorate, variance, profile)
        for period in ("2025-26-Q1", "2025-26-Q1-YTD")
        for directorate, variance, profile in (
            ("COUNCIL", 30, 200),
            ("HR", 40, 250),
            ("ICT", -10, 50),
        )
    ]


def test_a_month_begins_with_its_first_moment(measure):
    measure.given(
        "clean_ledger",
        """
        month_starts_at      directorate  is_capital  profiled_ytd  actual_ytd
        2025-03-31 23:00:00  HR           false       10.00         99.00
        2025-04-30 23:00:00  HR           false       50.00         50.00
        """,
    )

    assert measure.kpi("profiled_budget_variance", "2025-04") == [
        ("2025-04", "COUNCIL", 89, 10),
        ("2025-04", "HR", 89, 10),
    ]
