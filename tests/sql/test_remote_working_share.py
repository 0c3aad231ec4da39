from decimal import Decimal


def test_days_at_home_are_a_share_of_days_whose_place_is_known(measure):
    measure.given(
        "clean_remote_days",
        """
        month_starts_at      directorate  remote_capable  place    fte_days
        2025-02-28 23:00:00  HR           true            home     99
        2025-03-31 23:00:00  HR           true            home     1.6
        2025-05-31 23:00:00  HR           true            office   2.4
        2025-05-31 23:00:00  HR           true            leave    5
        2025-05-31 23:00:00  HR           true            unknown  5
        2025-05-31 23:00:00  HR           false           office   50
        2025-05-31 23:00:00  ICT          true            office   1
        2025-06-30 23:00:00  ICT          true            home     99
        """,
    )

    assert measure.kpi("remote_working_share", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", Decimal("1.6"), 5),
        ("2025-26-Q1", "HR", Decimal("1.6"), 4),
        ("2025-26-Q1", "ICT", 0, 1),
    ]
