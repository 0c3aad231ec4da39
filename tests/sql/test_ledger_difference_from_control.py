from decimal import Decimal


def test_differences_of_months_are_added_without_their_signs(measure):
    measure.given(
        "clean_ledger",
        """
        month_starts_at      actual_ytd_as_sent  control_total
        2025-03-31 23:00:00  60.00               100.00
        2025-03-31 23:00:00  40.00               100.00
        2025-04-30 23:00:00  99.99               100.00
        2025-05-31 23:00:00  100.02              100.00
        2025-06-30 23:00:00  0.00                100.00
        """,
    )

    assert measure.kpi("ledger_difference_from_control", "2025-04", "2025-26-Q1") == [
        ("2025-04", "COUNCIL", 0, 1),
        ("2025-26-Q1", "COUNCIL", Decimal("0.03"), 1),
    ]


def test_a_ledger_without_a_control_total_is_not_known_to_agree(measure):
    measure.given(
        "clean_ledger",
        """
        month_starts_at      actual_ytd_as_sent  control_total
        2025-03-31 23:00:00  60.00               -
        """,
    )

    assert measure.kpi("ledger_difference_from_control", "2025-04") == []
