def test_the_home_share_is_returned_for_quarters_only(measure):
    measure.given(
        "clean_remote_days",
        """
        month_starts_at      directorate  remote_capable  place    is_split  fte_days
        2025-03-31 23:00:00  HR           true            home     false     2
        2025-05-31 23:00:00  HR           true            home     -         1
        2025-05-31 23:00:00  HR           true            home     true      0.5
        2025-05-31 23:00:00  HR           true            office   true      0.5
        2025-05-31 23:00:00  HR           true            office   false     6
        2025-05-31 23:00:00  HR           true            unknown  false     5
        2025-05-31 23:00:00  HR           true            leave    false     5
        2025-05-31 23:00:00  HR           false           office   false     50
        2025-06-30 23:00:00  HR           true            home     false     99
        """,
    )

    assert measure.kpi("commute_trips_avoided", "2025-04", "2025-26-Q1", "2025-26-Q1-YTD") == [
        ("2025-26-Q1", "COUNCIL", 3, 10),
        ("2025-26-Q1", "HR", 3, 10),
    ]
