def test_only_pages_of_jobs_with_two_or_more_pages_are_asked_about(measure):
    measure.given(
        "clean_print_jobs",
        """
        day_starts_at        directorate  pages  multi_page_pages  duplex_pages
        2025-03-31 23:00:00  HR           100    80                60
        2025-06-29 23:00:00  HR           50     10                5
        2025-06-29 23:00:00  ICT          10     10                0
        2025-06-30 23:00:00  ICT          10     10                10
        """,
    )

    assert measure.kpi("pages_printed_duplex", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 65, 100),
        ("2025-26-Q1", "HR", 65, 90),
        ("2025-26-Q1", "ICT", 0, 10),
    ]
