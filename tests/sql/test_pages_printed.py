def test_a_day_counts_in_the_london_period_in_which_it_lies(measure):
    measure.given(
        "clean_print_jobs",
        """
        day_starts_at        directorate  pages
        2025-03-30 23:00:00  HR           1000
        2025-03-31 23:00:00  HR           1
        2025-06-29 23:00:00  HR           2
        2025-06-29 23:00:00  UNKNOWN      4
        2025-06-30 23:00:00  HR           1000
        """,
    )

    assert measure.kpi("pages_printed", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 7, 1),
        ("2025-26-Q1", "HR", 3, 1),
        ("2025-26-Q1", "UNKNOWN", 4, 1),
    ]
