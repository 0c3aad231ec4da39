def test_the_portals_share_of_tickets_opened_whose_channel_is_known(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  channel  opened_at
        HR           portal   2025-03-31 22:59:59
        HR           portal   2025-03-31 23:00:00
        HR           phone    2025-05-01 08:00:00
        HR           -        2025-05-01 08:00:00
        ICT          chat     2025-06-30 22:59:59
        ICT          portal   2025-06-30 23:00:00
        """,
    )

    assert measure.kpi("tickets_raised_by_self_service", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 1, 3),
        ("2025-26-Q1", "HR", 1, 2),
        ("2025-26-Q1", "ICT", 0, 1),
    ]
