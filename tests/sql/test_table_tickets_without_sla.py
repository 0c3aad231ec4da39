"""Tickets for which the council decided no SLA time: counted by month, type and priority."""


def test_a_ticket_is_counted_in_the_months_in_which_it_was_opened_and_resolved(measure):
    measure.given("received_months", "table    month\ntickets  2025-05\ntickets  2025-06")
    measure.given(
        "sla_times",
        """
        effective_from  type      priority  hours    respond_minutes  resolve_minutes
        2025-06-01      incident  P1        working  15               240
        2018-04-01      request   P1        none     -                -
    """,
    )
    measure.given(
        "clean_tickets",
        """
        ticket_id  type      priority  opened_at            resolved_at          excluded_from_sla
        INC1       incident  P1        2025-05-31 22:59:59  2025-06-10 10:00:00  -
        INC2       incident  P1        2025-05-31 23:00:00  2025-06-10 10:00:00  -
        INC3       incident  P2        2025-06-30 22:59:59  -                    -
        INC4       incident  P2        2025-06-30 22:59:59  2025-06-30 23:00:00  true
        INC5       incident  -         2025-06-30 22:59:59  -                    -
        REQ1       request   P1        2025-06-10 10:00:00  -                    -
    """,
    )

    assert measure.table("tickets_without_sla", "2025-05", "2025-06", "2025-26-Q1") == [
        ("2025-05", "incident", "P1", 1),
        ("2025-06", "incident", "P1", 1),
        ("2025-06", "incident", "P2", 1),
    ]
