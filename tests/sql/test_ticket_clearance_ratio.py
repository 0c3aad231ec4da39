def test_tickets_resolved_are_set_against_tickets_opened_in_the_london_period(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  type      opened_at            resolved_at          is_cancelled
        ASC          incident  2025-05-31 22:59:59  2025-05-31 23:00:00  false
        CEX          incident  2025-05-31 23:00:00  2025-06-30 22:59:59  false
        CYP          request   2025-06-30 22:59:59  2025-06-30 23:00:00  false
        HOU          incident  2025-06-10 10:00:00  -                    true
        PLA          incident  2025-06-30 23:00:00  -                    false
        """,
    )

    assert measure.kpi("ticket_clearance_ratio", "2025-06") == [
        ("2025-06", "ASC", 1, 0),
        ("2025-06", "CEX", 1, 1),
        ("2025-06", "COUNCIL", 2, 2),
        ("2025-06", "CYP", 0, 1),
    ]
