from decimal import Decimal

DAYS = """
    month_starts_at      directorate  remote_capable  place   fte_days
    2025-03-31 23:00:00  HR           true            home    60
    2025-03-31 23:00:00  HR           true            home    4
    2025-03-31 23:00:00  HR           true            office  99
    2025-03-31 23:00:00  HR           false           home    99
    2025-04-30 23:00:00  HR           true            home    99
    """


def test_five_working_days_are_a_week(measure):
    measure.given("clean_remote_days", DAYS)
    measure.given(
        "clean_workforce",
        """
        month_starts_at      directorate  working_days  remote_capable_fte
        2025-03-31 23:00:00  HR           20            8
        2025-03-31 23:00:00  ICT          20            0.5
        2025-04-30 23:00:00  HR           20            999
        """,
    )

    assert measure.kpi("home_days_per_fte_week", "2025-04") == [
        ("2025-04", "COUNCIL", 64, 34),
        ("2025-04", "HR", 64, 32),
        ("2025-04", "ICT", 0, 2),
    ]


def test_without_a_workforce_nothing_is_known(measure):
    measure.given("clean_remote_days", DAYS)

    assert measure.kpi("home_days_per_fte_week", "2025-04") == []


def test_a_part_of_a_week_counts(measure):
    measure.given("clean_remote_days", DAYS)
    measure.given(
        "clean_workforce",
        """
        month_starts_at      directorate  working_days  remote_capable_fte
        2025-03-31 23:00:00  HR           21            1
        """,
    )

    assert measure.kpi("home_days_per_fte_week", "2025-04") == [
        ("2025-04", "COUNCIL", 64, Decimal("4.2")),
        ("2025-04", "HR", 64, Decimal("4.2")),
    ]
