def test_the_service_desk_itself_is_the_first_level(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  type      resolved_group  resolved_at
        HOU          request   service_desk    2025-06-10 10:00:00
        PLA          incident  service_desk    2025-05-31 22:59:59
        PLA          incident  service_desk    2025-05-31 23:00:00
        PLA          incident  infrastructure  2025-06-30 22:59:59
        PLA          incident  service_desk    2025-06-30 23:00:00
        PLA          incident  -               2025-06-10 10:00:00
        PLA          incident  service_desk    -
        """,
    )

    assert measure.kpi("tickets_resolved_at_first_level", "2025-06") == [
        ("2025-06", "COUNCIL", 2, 3),
        ("2025-06", "HOU", 1, 1),
        ("2025-06", "PLA", 1, 2),
    ]
