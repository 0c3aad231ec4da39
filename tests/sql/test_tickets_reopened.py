def test_a_ticket_reopened_within_fourteen_days_of_its_resolution_is_counted(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  resolved_at          reopened_at          reopen_count
        ASC          2025-06-10 10:00:00  -                    -
        CEX          2025-06-10 10:00:00  2025-06-24 10:00:00  1
        CYP          2025-06-10 10:00:00  2025-06-24 10:00:01  1
        """,
    )

    assert measure.kpi("tickets_reopened", "2025-06") == [
        ("2025-06", "ASC", 0, 1),
        ("2025-06", "CEX", 1, 1),
        ("2025-06", "COUNCIL", 1, 3),
        ("2025-06", "CYP", 0, 1),
    ]


def test_fourteen_days_across_the_clock_change_end_at_the_same_time_of_day(measure):
    # Clocks went back on 26 October 2025: 10:00 in London was 09:00 UTC before and 10:00 after.
    measure.given(
        "clean_tickets",
        """
        directorate  resolved_at          reopened_at
        ASC          2025-10-20 09:00:00  2025-11-03 10:00:00
        CEX          2025-10-20 09:00:00  2025-11-03 10:00:01
        """,
    )

    assert measure.kpi("tickets_reopened", "2025-10") == [
        ("2025-10", "ASC", 1, 1),
        ("2025-10", "CEX", 0, 1),
        ("2025-10", "COUNCIL", 1, 2),
    ]


def test_a_ticket_reopened_before_its_last_resolution_is_counted(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  resolved_at          reopened_at          reopen_count
        ASC          2025-06-10 10:00:00  2025-06-09 10:00:00  1
        CEX          2025-06-10 10:00:00  -                    1
        CYP          2025-06-10 10:00:00  -                    0
        HOU          2025-06-10 10:00:00  2025-07-30 10:00:00  2
        PLA          2025-06-10 10:00:00  2025-07-30 10:00:00  1
        """,
    )

    assert measure.kpi("tickets_reopened", "2025-06") == [
        ("2025-06", "ASC", 1, 1),
        ("2025-06", "CEX", 1, 1),
        ("2025-06", "COUNCIL", 3, 5),
        ("2025-06", "CYP", 0, 1),
        ("2025-06", "HOU", 1, 1),
        ("2025-06", "PLA", 0, 1),
    ]


def test_a_ticket_counts_in_the_london_period_in_which_it_was_resolved(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  resolved_at          reopened_at
        ASC          2025-05-31 22:59:59  2025-06-01 10:00:00
        ASC          2025-05-31 23:00:00  2025-06-01 10:00:00
        ASC          2025-06-30 22:59:59  2025-07-01 10:00:00
        ASC          2025-06-30 23:00:00  2025-07-01 10:00:00
        ASC          -                    2025-06-01 10:00:00
        """,
    )

    assert measure.kpi("tickets_reopened", "2025-06")[0] == ("2025-06", "ASC", 2, 2)
