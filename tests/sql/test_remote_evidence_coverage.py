DAYS = """
    month_starts_at      directorate  remote_capable  place    confidence  fte_days
    2025-03-31 23:00:00  HR           true            home     strong      3
    2025-03-31 23:00:00  HR           false           office   weak        2
    2025-03-31 23:00:00  HR           true            home     modelled    9
    2025-03-31 23:00:00  HR           true            unknown  none        9
    2025-03-31 23:00:00  HR           true            leave    modelled    9
    2025-04-30 23:00:00  HR           true            home     strong      99
    """


def test_a_day_placed_by_the_agreed_pattern_has_no_evidence(measure):
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
