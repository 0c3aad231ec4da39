def test_tickets_are_counted_by_month_directorate_and_type(measure):
    measure.given("received_months", "table    month\ntickets  2025-05\ntickets  2025-06")
    measure.given(
        "clean_tickets",
        """
        ticket_id  directorate  type      opened_at            sla_resolve_due      resolved_at          ended_at
        INC1       HOU          incident  2025-05-31 22:59:59  2025-06-10 10:00:00  2025-06-10 10:00:00  2025-06-10 10:00:00
        INC2       HOU          incident  2025-05-31 23:00:00  2025-06-10 10:00:00  2025-06-30 22:59:59  2025-06-30 22:59:59
        INC3       HOU          request   2025-06-30 22:59:59  2025-07-10 10:00:00  2025-06-30 23:00:00  2025-06-30 23:00:00
        INC4       PLA          request   2025-06-10 10:00:00  -                    -                    2025-06-11 10:00:00
        """,
    )

    assert measure.table("tickets", "2025-05", "2025-06", "2025-07", "2025-26-Q1") == [
        # month, directorate, type, opened, resolved, resolved within SLA, open at month end
        ("2025-05", "COUNCIL", "incident", 1, 0, 0, 1),
        ("2025-05", "HOU", "incident", 1, 0, 0, 1),
        ("2025-06", "COUNCIL", "incident", 1, 2, 1, 0),
        ("2025-06", "COUNCIL", "request", 2, 0, 0, 1),
        ("2025-06", "HOU", "incident", 1, 2, 1, 0),
        ("2025-06", "HOU", "request", 1, 0, 0, 1),
        ("2025-06", "PLA", "request", 1, 0, 0, 0),
    ]


def test_a_ticket_outside_the_sla_was_not_resolved_within_it(measure):
    measure.given("received_months", "table    month\ntickets  2025-06")
    measure.given(
        "clean_tickets",
        """
        ticket_id  directorate  type      excluded_from_sla  opened_at            sla_resolve_due      resolved_at          ended_at
        INC1       HOU          incident  true               2025-06-10 09:00:00  2025-06-10 10:00:00  2025-06-10 10:00:00  2025-06-10 10:00:00
        """,
    )

    assert measure.table("tickets", "2025-06")[0] == (
        *("2025-06", "COUNCIL", "incident"),
        *(1, 1, 0, 0),
    )
