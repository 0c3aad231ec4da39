from decimal import Decimal

WORKFORCE = """
    month_starts_at      directorate  persona  contracted_fte_days
    2025-03-31 23:00:00  HR           fixed    200.5
    2025-03-31 23:00:00  HR           hybrid   100
    2025-05-31 23:00:00  ICT          hybrid   50
    2025-06-30 23:00:00  ICT          hybrid   999
    """


def test_pages_are_divided_among_the_contracted_days(measure):
    measure.given("clean_workforce", WORKFORCE)
    measure.given(
        "clean_print_jobs",
        """
        day_starts_at        directorate  pages
        2025-03-31 23:00:00  HR           1200
        2025-06-29 23:00:00  UNKNOWN      7
        2025-06-30 23:00:00  HR           999
        """,
    )

    assert measure.kpi("pages_per_fte_working_day", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 1207, Decimal("350.5")),
        ("2025-26-Q1", "HR", 1200, Decimal("300.5")),
        ("2025-26-Q1", "ICT", 0, 50),
        ("2025-26-Q1", "UNKNOWN", 7, 0),
    ]


def test_without_a_print_log_nothing_is_known(measure):
    measure.given("clean_workforce", WORKFORCE)

    assert measure.kpi("pages_per_fte_working_day", "2025-26-Q1") == []
