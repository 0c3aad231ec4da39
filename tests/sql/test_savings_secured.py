def test_what_is_delivered_or_on_track_is_secured(measure):
    measure.given(
        "clean_savings",
        """
        saving_id  month_starts_at      is_current_year  directorate  delivered  on_track  target
        S1         2025-04-30 23:00:00  true             HR           1.00       99.00     100.00
        S1         2025-05-31 23:00:00  true             HR           10.00      50.00     100.00
        S2         2025-05-31 23:00:00  true             ICT          0.00       0.00      50.00
        S3         2025-05-31 23:00:00  false            ICT          70.00      0.00      70.00
        """,
    )

    assert measure.kpi("savings_secured", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 60, 150),
        ("2025-26-Q1", "HR", 60, 100),
        ("2025-26-Q1", "ICT", 0, 50),
    ]


def test_a_saving_of_which_a_part_is_not_known_is_on_neither_side(measure):
    measure.given(
        "clean_savings",
        """
        saving_id  month_starts_at      is_current_year  directorate  delivered  on_track  target
        S1         2025-05-31 23:00:00  true             HR           10.00      50.00     100.00
        S2         2025-05-31 23:00:00  true             HR           -          0.00      50.00
        S3         2025-05-31 23:00:00  true             HR           5.00       -         50.00
        S4         2025-05-31 23:00:00  true             HR           5.00       5.00      -
        """,
    )

    assert measure.kpi("savings_secured", "2025-06") == [
        ("2025-06", "COUNCIL", 60, 100),
        ("2025-06", "HR", 60, 100),
    ]
