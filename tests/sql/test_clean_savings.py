def test_a_saving_counts_once_even_if_two_strategies_list_it(measure):
    measure.given(
        "accepted_savings",
        """
        saving_id  strategy  year     as_at_month  directorate  delivered
        S1         DIGITAL   2025-26  2025-06      HR           10.00
        S1         OTHER     2025-26  2025-06      HR           10.00
        S1         OTHER     2025-26  2025-07      HR           20.00
        S2         OTHER     2025-26  2025-06      -            5.00
        """,
    )

    columns = ("saving_id", "month", "strategies", "directorate", "delivered")
    assert measure.clean("savings", *columns) == [
        ("S1", "2025-06", ["DIGITAL", "OTHER"], "HR", 10),
        ("S1", "2025-07", ["OTHER"], "HR", 20),
        ("S2", "2025-06", ["OTHER"], "UNKNOWN", 5),
    ]


def test_a_year_is_current_in_its_own_twelve_months(measure):
    measure.given(
        "accepted_savings",
        """
        saving_id  year     as_at_month
        S1         2024-25  2025-03
        S2         2024-25  2025-04
        S3         2025-26  2025-04
        S4         2025-26  2026-03
        """,
    )

    assert measure.clean("savings", "saving_id", "is_current_year") == [
        ("S1", True),
        ("S2", False),
        ("S3", True),
        ("S4", True),
    ]
