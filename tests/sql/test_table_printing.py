def test_printing_is_shown_by_month(measure):
    measure.given(
        "clean_print_jobs",
        """
        day_starts_at        directorate  pages  colour_pages  duplex_pages  sheets_a4
        2025-03-31 23:00:00  HR           9      3             4             7
        2025-04-29 23:00:00  ICT          1      0             0             1
        2025-04-30 23:00:00  ICT          5      5             5             5
        """,
    )

    assert measure.table("printing", "2025-04", "2025-26-Q1") == [
        ("2025-04", "COUNCIL", 10, 3, 4, 8),
        ("2025-04", "HR", 9, 3, 4, 7),
        ("2025-04", "ICT", 1, 0, 0, 1),
    ]
