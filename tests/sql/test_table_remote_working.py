from decimal import Decimal

WORKFORCE = """
    month_starts_at      directorate  worked_fte_days
    2025-03-31 23:00:00  HR           2000
    2025-03-31 23:00:00  ICT          8
    """


def test_shares_are_rounded_half_up_to_a_tenth(measure):
    measure.given("clean_workforce", WORKFORCE)
    measure.given(
        "clean_remote_days",
        """
        month_starts_at      directorate  remote_capable  place    confidence  fte_days
        2025-03-31 23:00:00  HR           true            home     strong      1
        2025-03-31 23:00:00  HR           true            office   modelled    1999
        2025-03-31 23:00:00  HR           true            unknown  none        3
        2025-03-31 23:00:00  HR           true            leave    modelled    4
        2025-03-31 23:00:00  ICT          false           office   weak        8
        2025-04-30 23:00:00  ICT          true            office   weak        1
        """,
    )

    assert measure.table("remote_working", "2025-04", "2025-26-Q1") == [
        ("2025-04", "COUNCIL", 1, 1999, 3, Decimal("0.1"), Decimal("0.4")),
        ("2025-04", "HR", 1, 1999, 3, Decimal("0.1"), Decimal("0.1")),
        ("2025-04", "ICT", 0, 0, 0, None, 100),
    ]


def test_a_month_without_a_placed_day_has_no_row(measure):
    measure.given("clean_workforce", WORKFORCE)

    assert measure.table("remote_working", "2025-04") == []
