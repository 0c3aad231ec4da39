DAYS = """
    month_starts_at      directorate  remote_capable  place    confidence  is_evidenced  fte_days
    2025-03-31 23:00:00  HR           true            home     strong      true          3
    2025-03-31 23:00:00  HR           false           office   modelled    true          2
    2025-03-31 23:00:00  HR           true            home     modelled    false         9
    2025-03-31 23:00:00  HR           true            unknown  none        false         9
    2025-03-31 23:00:00  HR           true            leave    modelled    false         9
    2025-04-30 23:00:00  HR           true            home     strong      true          99
    """


def test_evidenced_days_are_counted_over_days_contracted_less_leave(measure):
    measure.given("clean_remote_days", DAYS)
    measure.given(
        "clean_workforce",
        """
        month_starts_at      directorate  worked_fte_days
        2025-03-31 23:00:00  HR           20
        2025-03-31 23:00:00  ICT          5
        2025-04-30 23:00:00  HR           99
        """,
    )

    assert measure.kpi("remote_evidence_coverage", "2025-04") == [
        ("2025-04", "COUNCIL", 5, 25),
        ("2025-04", "HR", 5, 20),
        ("2025-04", "ICT", 0, 5),
    ]


def test_without_a_workforce_coverage_is_not_known(measure):
    measure.given("clean_remote_days", DAYS)

    assert measure.kpi("remote_evidence_coverage", "2025-04") == []
