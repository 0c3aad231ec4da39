def test_an_open_ticket_is_aged_after_thirty_london_days_or_past_its_due_time(measure):
    # The period ends at 23:00 UTC on 30 June 2025; thirty days before was 23:00 on 31 May.
    measure.given(
        "clean_tickets",
        """
        ticket_id  directorate  opened_at            sla_resolve_due      excluded_from_sla  ended_at
        INC1       ASC          2025-05-31 22:59:59  2025-07-10 08:00:00  false              -
        INC2       CEX          2025-05-31 23:00:00  2025-07-10 08:00:00  false              -
        INC3       CYP          2025-06-10 08:00:00  2025-06-30 22:59:59  false              -
        INC4       HOU          2025-06-10 08:00:00  2025-06-30 23:00:00  -                  -
        INC5       PLA          2025-06-10 08:00:00  2025-06-11 08:00:00  true               -
        INC6       RES          2025-06-10 08:00:00  -                    false              -
        INC7       RES          2025-04-10 08:00:00  2025-04-11 08:00:00  false              2025-06-30 22:59:59
        """,
    )

    assert measure.kpi("aged_open_tickets", "2025-06") == [
        ("2025-06", "ASC", 1, 1),
        ("2025-06", "CEX", 0, 1),
        ("2025-06", "COUNCIL", 2, 6),
        ("2025-06", "CYP", 1, 1),
        ("2025-06", "HOU", 0, 1),
        ("2025-06", "PLA", 0, 1),
        ("2025-06", "RES", 0, 1),
    ]


def test_thirty_days_across_the_clock_change_are_days_of_the_calendar(measure):
    # March 2025 ends at 23:00 UTC; thirty days before, London's midnight of 2 March was 00:00 UTC.
    measure.given(
        "clean_tickets",
        """
        ticket_id  directorate  opened_at
        INC1       ASC          2025-03-01 23:59:59
        INC2       CEX          2025-03-02 00:00:00
        """,
    )

    assert measure.kpi("aged_open_tickets", "2025-03") == [
        ("2025-03", "ASC", 1, 1),
        ("2025-03", "CEX", 0, 1),
        ("2025-03", "COUNCIL", 1, 2),
    ]
