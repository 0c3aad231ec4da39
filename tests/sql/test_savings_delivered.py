def test_delivery_is_compared_with_the_profile_at_the_end_of_the_period(measure):
    measure.given(
        "clean_savings",
        """
        saving_id  month_starts_at      is_current_year  directorate  delivered  profiled_target_ytd
        S1         2025-04-30 23:00:00  true             HR           10.00      20.00
        S1         2025-05-31 23:00:00  true             HR           30.00      40.00
        S2         2025-05-31 23:00:00  true             ICT          0.00       60.00
        S3         2025-05-31 23:00:00  false            ICT          500.00     500.00
        S1         2025-06-30 23:00:00  true             HR           90.00      90.00
        """,
    )

    assert measure.kpi("savings_delivered", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 30, 100),
        ("2025-26-Q1", "HR", 30, 40),
        ("2025-26-Q1", "ICT", 0, 60),
    ]


def test_a_saving_whose_profile_is_not_known_is_on_neither_side(measure):
    measure.given(
        "clean_savings",
        """
        saving_id  month_starts_at      is_current_year  directorate  delivered  profiled_target_ytd
        S1         2025-05-31 23:00:00  true             HR           30.00      40.00
        S2         2025-05-31 23:00:00  true             HR           7.00       -
        S3         2025-05-31 23:00:00  true             HR           -          5.00
        """,
    )

    assert measure.kpi("savings_delivered", "2025-06") == [
        ("2025-06", "COUNCIL", 30, 40),
        ("2025-06", "HR", 30, 40),
    ]
