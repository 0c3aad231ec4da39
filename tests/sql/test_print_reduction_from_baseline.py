JOBS = """
    day_starts_at        directorate  pages
    2023-03-30 23:00:00  HR           999
    2023-03-31 23:00:00  HR           100
    2023-06-29 23:00:00  ICT          50
    2023-06-30 23:00:00  HR           999
    2023-10-15 23:00:00  HR           999
    2025-03-31 23:00:00  HR           70
    2025-06-29 23:00:00  HR           10
    2025-06-29 23:00:00  CEX          5
    2025-06-30 23:00:00  HR           999
    """


def test_a_quarter_is_compared_with_the_same_quarter_of_the_baseline_year(measure):
    measure.given("clean_print_jobs", JOBS)

    assert measure.kpi("print_reduction_from_baseline", "2025-26-Q1") == [
        ("2025-26-Q1", "CEX", -5, 0),
        ("2025-26-Q1", "COUNCIL", 65, 150),
        ("2025-26-Q1", "HR", 20, 100),
        ("2025-26-Q1", "ICT", 50, 50),
    ]


def test_a_period_without_a_job_now_or_then_has_no_reduction_and_nor_has_a_month(measure):
    measure.given("clean_print_jobs", JOBS + "2026-01-15 00:00:00  HR  999\n")

    periods = ("2025-04", "2025-26-Q3", "2025-26-Q4")
    assert measure.kpi("print_reduction_from_baseline", *periods) == []


def test_a_directorate_is_compared_with_the_one_that_it_followed(measure):
    measure.given("clean_print_jobs", JOBS)
    measure.given(
        "baseline_directorates",
        """
        period      baseline_period  baseline_directorate  directorate
        2025-26-Q1  2023-24-Q1       ICT                   CEX
        2025-26-Q1  2022-23-Q1       HR                    CEX
        2025-26-Q2  2023-24-Q2       HR                    CEX
        """,
    )

    assert measure.kpi("print_reduction_from_baseline", "2025-26-Q1") == [
        ("2025-26-Q1", "CEX", 45, 50),
        ("2025-26-Q1", "COUNCIL", 65, 150),
        ("2025-26-Q1", "HR", 20, 100),
    ]


AVERAGE = """
    period      kind     starts_at            ends_at              baseline_period  {bounds}
    2025-26-Q1  quarter  2025-03-31 23:00:00  2025-06-30 23:00:00  2023-24-Q1       {own}
    2025-26-Q1  quarter  2025-03-31 23:00:00  2025-06-30 23:00:00  2022-23-Q1       {other}
    """.format(
    bounds="baseline_starts_at   baseline_ends_at",
    own="2023-03-31 23:00:00  2023-06-30 23:00:00",
    other="2022-03-31 23:00:00  2022-06-30 23:00:00",
)


def test_of_a_baseline_of_two_years_the_reduction_is_from_their_average(measure):
    measure.given("baseline_periods", AVERAGE)
    measure.given("clean_print_jobs", JOBS + "2022-05-01 00:00:00  HR  60\n")

    # HR: 100 and 60 pages, against 80 in each of them.
    assert ("2025-26-Q1", "HR", 0, 160) in measure.kpi(
        "print_reduction_from_baseline", "2025-26-Q1"
    )


def test_a_baseline_of_two_years_of_which_one_has_no_job_gives_no_reduction(measure):
    measure.given("baseline_periods", AVERAGE)
    measure.given("clean_print_jobs", JOBS)

    assert measure.kpi("print_reduction_from_baseline", "2025-26-Q1") == []
