from decimal import Decimal


def test_differences_of_months_are_added_without_their_signs(measure):
    measure.given(
        "clean_ledger",
        """
        month_starts_at      period_no  actual_ytd_as_sent  control_total
        2025-03-31 23:00:00  1          60.00               100.00
        2025-03-31 23:00:00  1          40.00               100.00
        2025-04-30 23:00:00  2          99.99               100.00
        2025-05-31 23:00:00  3          100.02              100.00
        2025-06-30 23:00:00  4          0.00                100.00
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
        month_starts_at      period_no  actual_ytd_as_sent  control_total
        2025-03-31 23:00:00  1          60.00               -
        """,
    )

    assert measure.kpi("ledger_difference_from_control", "2025-04") == []


def test_of_a_month_with_adjustments_the_last_control_total_that_is_stated_counts(measure):
    measure.given(
        "clean_ledger",
        """
        month_starts_at      period_no  actual_ytd_as_sent  control_total
        2025-03-01 00:00:00  12         900.00              1000.00
        2025-03-01 00:00:00  13         107.00              1007.00
        2025-03-01 00:00:00  14         0.00                -
        """,
    )

    assert measure.kpi("ledger_difference_from_control", "2025-03") == [
        ("2025-03", "COUNCIL", 0, 1)
    ]
