from datetime import date

STAFF = """
    month    person_pseud  directorate
    2025-04  ann           HR
    2025-05  ann           ICT
    """


def test_a_job_belongs_to_the_day_in_london_and_the_directorate_of_that_month(measure):
    measure.given("accepted_staff", STAFF)
    measure.given(
        "accepted_print_jobs",
        """
        job_at               user_pseud  directorate  pages  copies
        2025-04-30 22:59:59  ann         -            1      1
        2025-04-30 23:00:00  ann         -            2      1
        2025-04-30 23:00:00  ann         CEX          4      1
        2025-04-30 23:00:00  bob         -            8      1
        2025-04-30 23:00:00  -           -            16     1
        """,
    )

    assert measure.clean("print_jobs", "day", "month", "directorate", "pages") == [
        (date(2025, 4, 30), "2025-04", "HR", 1),
        (date(2025, 5, 1), "2025-05", "CEX", 4),
        (date(2025, 5, 1), "2025-05", "ICT", 2),
        (date(2025, 5, 1), "2025-05", "UNKNOWN", 24),
    ]


def test_what_did_not_come_out_or_was_refunded_is_not_counted(measure):
    measure.given(
        "accepted_print_jobs",
        """
        job_at               pages  copies  printed  refunded  cancelled
        2025-05-01 09:00:00  1      1       -        -         -
        2025-05-01 09:00:00  2      2       true     false     false
        2025-05-01 09:00:00  100    1       false    false     false
        2025-05-01 09:00:00  100    1       true     true      false
        2025-05-01 09:00:00  100    1       true     false     true
        """,
    )

    assert measure.clean("print_jobs", "jobs", "pages") == [(2, 5)]


def test_sheets_are_as_reported_or_two_pages_to_a_sheet_with_the_odd_page_alone(measure):
    measure.given(
        "accepted_print_jobs",
        """
        job_at               device  pages  copies  duplex  paper_size  sheets  duplex_pages
        2025-05-01 09:00:00  a       5      3       true    A4          -       -
        2025-05-02 09:00:00  b       5      3       false   A4          -       -
        2025-05-03 09:00:00  c       5      3       -       A4          -       -
        2025-05-04 09:00:00  d       5      3       true    A3          -       -
        2025-05-05 09:00:00  e       5      3       true    A4          11      -
        2025-05-06 09:00:00  f       9      1       -       A4          -       5
        2025-05-07 09:00:00  g       9      3       -       A4          -       5
        """,
    )

    assert measure.clean("print_jobs", "day", "sheets", "sheets_a4") == [
        (date(2025, 5, 1), 9, 9),
        (date(2025, 5, 2), 15, 15),
        (date(2025, 5, 3), 15, 15),
        (date(2025, 5, 4), 9, 18),
        (date(2025, 5, 5), 11, 11),
        (date(2025, 5, 6), 7, 7),
        (date(2025, 5, 7), 21, 21),
    ]


def test_one_page_jobs_and_jobs_of_unknown_duplex_are_not_asked_for_it(measure):
    measure.given(
        "accepted_print_jobs",
        """
        job_at               grain     pages  copies  duplex  duplex_pages
        2025-05-01 09:00:00  job       2      3       true    -
        2025-05-02 09:00:00  job       2      3       false   -
        2025-05-03 09:00:00  job       1      3       true    -
        2025-05-04 09:00:00  job       2      3       -       -
        2025-05-05 09:00:00  user_day  1      1       -       0
        2025-05-06 09:00:00  user_day  9      1       -       4
        2025-05-07 09:00:00  user_day  -      1       -       4
        """,
    )

    assert measure.clean("print_jobs", "day", "multi_page_pages", "duplex_pages") == [
        (date(2025, 5, 1), 6, 6),
        (date(2025, 5, 2), 6, 0),
        (date(2025, 5, 3), 0, 0),
        (date(2025, 5, 4), 0, 0),
        (date(2025, 5, 5), 1, 0),
        (date(2025, 5, 6), 9, 4),
        (date(2025, 5, 7), 0, 0),
    ]


def test_pages_of_unknown_colour_are_not_taken_as_black(measure):
    measure.given(
        "accepted_print_jobs",
        """
        job_at               pages  copies  colour_pages
        2025-05-01 09:00:00  4      2       1
        2025-05-01 09:00:00  4      2       0
        2025-05-01 09:00:00  4      2       -
        """,
    )

    columns = ("pages", "pages_of_known_colour", "colour_pages")
    assert measure.clean("print_jobs", *columns) == [(24, 16, 2)]
