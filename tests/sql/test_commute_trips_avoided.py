def test_the_home_share_is_returned_for_quarters_only(measure):
    measure.given(
        "clean_remote_days",
        """
        month_starts_at      directorate  remote_capable  place    fte_days
        2025-03-31 23:00:00  HR           true            home     2
        2025-05-31 23:00:00  HR           true            home     1
        2025-05-31 23:00:00  HR           true            office   7
        2025-05-31 23:00:00  HR           true            unknown  5
        2025-05-31 23:00:00  HR           true            leave    5
        2025-05-31 23:00:00  HR           false           office   50
        2025-06-30 23:00:00  HR           true            home     99
        """,
    )

    assert measure.kpi("commute_trips_avoided", "2025-04", "2025-26-Q1", "2025-26-Q1-YTD") == [
        ("2025-26-Q1", "COUNCIL", 3, 10),
        ("2025-26-Q1", "HR", 3, 10),
    ]
