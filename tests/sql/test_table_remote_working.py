from decimal import Decimal

WORKFORCE = """
    month_starts_at      directorate  worked_fte_days
    2025-03-31 23:00:00  HR           2000
    2025-03-31 23:00:00  ICT          8
    """


def test_shares_are_rounded_half_up_to_a_tenth(measure):
    measure.given("clean_workforce", WORKFORCE)
    measure.given(
        "clean_staff",
        """
        month    directorate  person_pseud  remote_capable  is_listed
        2025-04  HR           ann           true            true
        2025-04  HR           bob           true            true
        2025-04  HR           eve           true            false
        2025-04  HR           zoe           false           true
        """,
    )
    measure.given(
        "clean_remote_days",
        """
        month_starts_at      directorate  remote_capable  place    confidence  is_evidenced  fte_days  conflicting_fte_days
        2025-03-31 23:00:00  HR           true            home     strong      true          1         1
        2025-03-31 23:00:00  HR           true            office   weak        true          99        0
        2025-03-31 23:00:00  HR           true            office   modelled    false         1900      0
        2025-03-31 23:00:00  HR           true            unknown  none        false         2         0
        2025-03-31 23:00:00  HR           true            leave    modelled    false         4         0
        2025-03-31 23:00:00  ICT          false           office   modelled    true          8         8
        2025-04-30 23:00:00  ICT          true            office   weak        true          1         0
        """,
    )  # fmt: skip

    tenths = [Decimal(text) for text in ("0.1", "0.0", "4.9", "94.9", "0.1", "0.0")]
    assert measure.table("remote_working", "2025-04", "2025-26-Q1") == [
        ("2025-04", "COUNCIL", 2, 1, 1999, 2, 1, *tenths, Decimal("5.4")),
        ("2025-04", "HR", 2, 1, 1999, 2, 1, *tenths, 5),
        ("2025-04", "ICT", 0, 0, 0, 0, 0, *6 * (None,), 100),
    ]


def test_a_month_without_a_placed_day_has_no_row(measure):
    measure.given("clean_workforce", WORKFORCE)

    assert measure.table("remote_working", "2025-04") == []
