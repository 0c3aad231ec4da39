def test_recurrent_savings_stand_apart_from_one_off_ones(measure):
    measure.given(
        "clean_savings",
        """
        month_starts_at      is_current_year  directorate  is_recurrent  target  delivered
        2025-03-31 23:00:00  true             HR           true          100.00  10.00
        2025-03-31 23:00:00  true             ICT          true          50.00   5.00
        2025-03-31 23:00:00  true             ICT          false         7.00    -
        2025-03-31 23:00:00  false            ICT          false         900.00  900.00
        2025-04-30 23:00:00  true             ICT          true          900.00  900.00
        """,
    )

    shown = [row[:4] + row[5:6] for row in measure.table("savings", "2025-04", "2025-26-Q1")]
    assert shown == [
        ("2025-04", "COUNCIL", "one-off", 7, None),
        ("2025-04", "COUNCIL", "recurrent", 150, 15),
        ("2025-04", "HR", "recurrent", 100, 10),
        ("2025-04", "ICT", "one-off", 7, None),
        ("2025-04", "ICT", "recurrent", 50, 5),
    ]
