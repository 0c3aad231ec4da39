def test_two_moves_are_a_reassignment_and_a_ticket_of_unknown_moves_is_no_case(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  type      reassignment_count  resolved_at
        HR           incident  2                   2025-03-31 22:59:59
        HR           incident  2                   2025-03-31 23:00:00
        HR           request   1                   2025-05-01 08:00:00
        HR           incident  -                   2025-05-01 08:00:00
        ICT          request   7                   2025-06-30 22:59:59
        ICT          incident  2                   2025-06-30 23:00:00
        ICT          incident  2                   -
        """,
    )

    assert measure.kpi("tickets_reassigned", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 2, 3),
        ("2025-26-Q1", "HR", 1, 2),
        ("2025-26-Q1", "ICT", 1, 1),
    ]
