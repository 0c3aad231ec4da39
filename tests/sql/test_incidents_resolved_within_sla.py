def test_an_incident_counts_in_the_london_period_in_which_it_was_resolved(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  type      excluded_from_sla  sla_resolve_due      resolved_at
        HR           incident  false              2025-05-01 12:00:00  2025-05-01 12:00:00
        ICT          incident  false              2025-04-01 09:00:00  2025-03-31 22:59:59
        ICT          incident  false              2025-04-01 09:00:00  2025-03-31 23:00:00
        ICT          incident  false              2025-06-30 12:00:00  2025-06-30 22:59:59
        ICT          incident  false              2025-07-01 12:00:00  2025-06-30 23:00:00
        ICT          incident  true               2025-05-01 12:00:00  2025-05-01 11:00:00
        ICT          request   false              2025-05-01 12:00:00  2025-05-01 11:00:00
        ICT          incident  false              -                    2025-05-01 11:00:00
        """,
    )

    assert measure.kpi("incidents_resolved_within_sla", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 2, 3),
        ("2025-26-Q1", "HR", 1, 1),
        ("2025-26-Q1", "ICT", 1, 2),
    ]
