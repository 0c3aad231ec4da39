def test_a_printer_is_judged_by_the_months_in_which_the_log_names_it(measure):
    measure.given("print_settings", "device_underused_pages\n1000")
    measure.given(
        "device_months",
        """
        month_starts_at      device    pages
        2025-02-28 23:00:00  BUSY      1
        2025-03-31 23:00:00  BUSY      900
        2025-04-30 23:00:00  BUSY      1100
        2025-03-31 23:00:00  IDLE      999
        2025-04-30 23:00:00  IDLE      1000
        2025-05-31 23:00:00  NEW       1000
        2025-06-30 23:00:00  LATER     1
        """,
    )

    # BUSY reached the limit on average, NEW in its only month; nobody knows of LATER yet.
    assert measure.kpi("underused_print_devices", "2025-04", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 1, 3),
    ]


def test_a_quarter_without_a_print_log_has_no_printers_rather_than_unused_ones(measure):
    assert measure.kpi("underused_print_devices", "2025-26-Q1") == []


def test_pages_of_a_printer_are_those_that_came_out(measure):
    measure.given(
        "accepted_print_jobs",
        """
        job_at               device  pages  copies  printed  refunded  cancelled
        2025-03-31 22:59:59  MFD-1   1      1       true     -         -
        2025-03-31 23:00:00  MFD-1   10     2       true     -         -
        2025-04-30 22:59:59  MFD-1   5      1       -        false     false
        2025-04-01 08:00:00  MFD-1   500    1       false    -         -
        2025-04-01 08:00:00  MFD-1   500    1       true     true      -
        2025-04-01 08:00:00  MFD-1   500    1       true     -         true
        2025-04-01 08:00:00  -       500    1       true     -         -
        2025-04-01 08:00:00  MFD-2   7      1       true     -         -
        """,
    )

    assert measure.relation("device_months", "month", "device", "pages") == [
        ("2025-03", "MFD-1", 1),
        ("2025-04", "MFD-1", 25),
        ("2025-04", "MFD-2", 7),
    ]
