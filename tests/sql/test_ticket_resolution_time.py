from decimal import Decimal


def test_the_median_is_of_incidents_resolved_in_the_london_period(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  type      sla_hours_to_resolve  resolved_at
        HOU          incident  1.5                   2025-06-10 10:00:00
        PLA          incident  100                   2025-05-31 22:59:59
        PLA          incident  2                     2025-05-31 23:00:00
        PLA          incident  3.25                  2025-06-10 10:00:00
        PLA          incident  40                    2025-06-30 22:59:59
        PLA          incident  100                   2025-06-30 23:00:00
        PLA          incident  -                     2025-06-10 10:00:00
        PLA          request   100                   2025-06-10 10:00:00
        """,
    )

    assert measure.kpi("ticket_resolution_time", "2025-06") == [
        ("2025-06", "COUNCIL", Decimal("2.625"), 4),
        ("2025-06", "HOU", Decimal("1.5"), 1),
        ("2025-06", "PLA", Decimal("3.25"), 3),
    ]


def test_hours_are_working_hours_less_hold_but_for_priorities_served_day_and_night(measure):
    # From Friday 17:00 to Monday 09:00 in London are 2 working hours, and 64 by the clock.
    measure.given(
        "accepted_tickets",
        """
        ticket_id  directorate  type      priority  opened_at            resolved_at          on_hold_minutes
        T1         HOU          incident  P1        2025-06-13 16:00:00  2025-06-16 08:00:00  -
        T2         PLA          incident  P3        2025-06-13 16:00:00  2025-06-16 08:00:00  30
        """,
    )

    assert measure.kpi("ticket_resolution_time", "2025-06") == [
        ("2025-06", "COUNCIL", Decimal("32.75"), 2),
        ("2025-06", "HOU", 64, 1),
        ("2025-06", "PLA", Decimal("1.5"), 1),
    ]
