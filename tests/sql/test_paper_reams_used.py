def test_sheets_of_a4_are_counted_in_reams_of_500(measure):
    measure.given(
        "clean_print_jobs",
        """
        day_starts_at        directorate  sheets_a4
        2025-03-30 23:00:00  HR           999
        2025-03-31 23:00:00  HR           600
        2025-06-29 23:00:00  HR           50
        2025-05-01 23:00:00  ICT          7
        2025-06-30 23:00:00  HR           999
        """,
    )

    assert measure.kpi("paper_reams_used", "2025-04", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 657, 500),
        ("2025-26-Q1", "HR", 650, 500),
        ("2025-26-Q1", "ICT", 7, 500),
    ]
