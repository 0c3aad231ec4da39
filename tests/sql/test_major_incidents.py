def test_incidents_that_the_desk_declared_major_count_when_they_were_opened(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  type      priority  is_major  opened_at
        HR           incident  P1        true      2025-03-31 22:59:59
        HR           incident  P1        true      2025-03-31 23:00:00
        HR           incident  P3        true      2025-06-30 22:59:59
        HR           incident  P1        false     2025-05-01 08:00:00
        ICT          incident  P1        -         2025-05-01 08:00:00
        ICT          request   P1        true      2025-05-01 08:00:00
        ICT          incident  P1        true      2025-06-30 23:00:00
        """,
    )

    assert measure.kpi("major_incidents", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 2, 1),
        ("2025-26-Q1", "HR", 2, 1),
    ]
