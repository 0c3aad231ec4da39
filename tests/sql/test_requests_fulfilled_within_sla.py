def test_a_request_counts_in_the_london_period_in_which_it_was_resolved(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  type      excluded_from_sla  sla_resolve_due      resolved_at
        HOU          request   -                  2025-05-01 12:00:00  2025-05-01 12:00:00
        PLA          request   false              2025-04-01 09:00:00  2025-03-31 22:59:59
        PLA          request   false              2025-04-01 09:00:00  2025-03-31 23:00:00
        PLA          request   false              2025-06-30 22:59:58  2025-06-30 22:59:59
        PLA          request   false              2025-07-01 12:00:00  2025-06-30 23:00:00
        PLA          request   true               2025-05-01 12:00:00  2025-05-01 11:00:00
        PLA          request   false              -                    2025-05-01 11:00:00
        PLA          request   false              2025-05-01 12:00:00  -
        PLA          incident  false              2025-05-01 12:00:00  2025-05-01 11:00:00
        """,
    )

    assert measure.kpi("requests_fulfilled_within_sla", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 2, 3),
        ("2025-26-Q1", "HOU", 1, 1),
        ("2025-26-Q1", "PLA", 1, 2),
    ]


def test_time_on_hold_is_not_held_against_the_desk(measure):
    # P2 requests are fulfilled in 1800 working minutes: three days.
    measure.given(
        "accepted_tickets",
        """
        ticket_id  directorate  type     priority  opened_at            on_hold_minutes  resolved_at
        T1         PLA          request  P2        2025-06-09 07:00:00  -                2025-06-11 17:00:00
        T2         PLA          request  P2        2025-06-09 07:00:00  -                2025-06-12 07:00:01
        T3         PLA          request  P2        2025-06-09 07:00:00  60               2025-06-12 08:00:00
        T4         PLA          request  P2        2025-06-09 07:00:00  60               2025-06-12 08:00:01
        """,
    )

    assert measure.kpi("requests_fulfilled_within_sla", "2025-06") == [
        ("2025-06", "COUNCIL", 2, 4),
        ("2025-06", "PLA", 2, 4),
    ]
