from decimal import Decimal


def test_hours_of_day_and_night_from_opening_to_resolution_are_added(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  type      priority  opened_at            resolved_at
        HR           incident  P1        2025-03-31 21:00:00  2025-03-31 23:00:00
        HR           incident  P1        2025-06-28 22:59:59  2025-06-30 22:59:59
        HR           incident  P1        2025-06-30 21:00:00  2025-06-30 23:00:00
        HR           incident  P2        2025-05-01 08:00:00  2025-05-01 12:00:00
        ICT          incident  P1        2025-05-01 08:00:00  2025-05-01 08:20:00
        ICT          request   P1        2025-05-01 08:00:00  2025-05-01 12:00:00
        ICT          incident  P1        2025-05-01 08:00:00  -
        """,
    )

    assert measure.kpi("priority_1_restoration_time", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", Decimal("50.333333"), 3),
        ("2025-26-Q1", "HR", 50, 2),
        ("2025-26-Q1", "ICT", Decimal("0.333333"), 1),
    ]


def test_a_quarter_without_a_priority_1_incident_has_no_case(measure):
    assert measure.kpi("priority_1_restoration_time", "2025-26-Q1") == []
