def test_sheets_are_counted_as_a4(measure):
    measure.given(
        "clean_print_jobs",
        """
        day_starts_at        directorate  sheets  sheets_a4
        2025-03-31 23:00:00  HR           10      20
        2025-06-29 23:00:00  ICT          5       5
        2025-06-30 23:00:00  ICT          7       7
        """,
    )

    assert measure.kpi("sheets_used", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 25, 1),
        ("2025-26-Q1", "HR", 20, 1),
        ("2025-26-Q1", "ICT", 5, 1),
    ]
