def test_a_ticket_counts_where_the_vendors_verdict_differs_from_ours(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  sla_resolve_met  excluded_from_sla  sla_resolve_due      resolved_at
        ASC          true             false              2025-06-10 10:00:00  2025-06-10 10:00:00
        CEX          true             false              2025-06-10 10:00:00  2025-06-10 10:00:01
        CYP          false            false              2025-06-10 10:00:00  2025-06-10 10:00:00
        HOU          false            -                  2025-06-10 10:00:00  2025-06-10 10:00:01
        PLA          -                false              2025-06-10 10:00:00  2025-06-10 10:00:01
        PLA          true             false              -                    2025-06-10 10:00:01
        PLA          true             true               2025-06-10 10:00:00  2025-06-10 10:00:01
        RES          false            false              2025-06-30 12:00:00  2025-05-31 22:59:59
        RES          false            false              2025-06-30 12:00:00  2025-05-31 23:00:00
        RES          false            false              2025-07-01 12:00:00  2025-06-30 22:59:59
        RES          false            false              2025-07-01 12:00:00  2025-06-30 23:00:00
        """,
    )

    assert measure.kpi("sla_flag_mismatches", "2025-06") == [
        ("2025-06", "ASC", 0, 1),
        ("2025-06", "CEX", 1, 1),
        ("2025-06", "COUNCIL", 4, 6),
        ("2025-06", "CYP", 1, 1),
        ("2025-06", "HOU", 0, 1),
        ("2025-06", "RES", 2, 2),
    ]
