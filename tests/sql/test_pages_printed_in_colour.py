def test_pages_of_which_the_colour_is_not_known_are_left_out(measure):
    measure.given(
        "clean_print_jobs",
        """
        day_starts_at        directorate  pages  pages_of_known_colour  colour_pages
        2025-03-31 23:00:00  HR           100    80                     20
        2025-06-29 23:00:00  ICT          10     10                     4
        2025-06-30 23:00:00  ICT          10     10                     10
        """,
    )

    assert measure.kpi("pages_printed_in_colour", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 24, 90),
        ("2025-26-Q1", "HR", 20, 80),
        ("2025-26-Q1", "ICT", 4, 10),
    ]
