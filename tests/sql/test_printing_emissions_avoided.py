WORKFORCE = """
    month_starts_at      directorate  contracted_fte_days  worked_fte_days
    2025-03-31 23:00:00  HR           250                  200
    2025-05-31 23:00:00  ICT          60                   50
    2025-06-30 23:00:00  ICT          999                  999
    """


def test_sheets_stand_over_the_days_that_were_worked(measure):
    measure.given("clean_workforce", WORKFORCE)
    measure.given(
        "clean_print_jobs",
        """
        day_starts_at        directorate  pages  sheets_a4
        2025-03-31 23:00:00  HR           90     70
        2025-06-29 23:00:00  HR           9      5
        2025-06-30 23:00:00  HR           999    999
        """,
    )

    assert measure.kpi("printing_emissions_avoided", "2025-26-Q1", "2025-04") == [
        ("2025-26-Q1", "COUNCIL", 75, 250),
        ("2025-26-Q1", "HR", 75, 200),
        ("2025-26-Q1", "ICT", 0, 50),
    ]


def test_without_a_print_log_there_is_no_activity(measure):
    measure.given("clean_workforce", WORKFORCE)

    assert measure.kpi("printing_emissions_avoided", "2025-26-Q1") == []
