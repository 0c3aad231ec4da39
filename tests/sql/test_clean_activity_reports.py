def test_of_two_reports_of_a_person_s_window_the_later_counts(measure):
    measure.given(
        "accepted_activity_reports",
        """
        window_end  window_days  person_pseud  chats  calls  meetings  _extract_id  _row
        2025-06-30  90           a1            100    9      41        1            2
        2025-06-30  90           a1            101    9      41        2            2
        2025-06-30  30           a1            30     1      4         1            2
        2025-06-30  90           a2            0      -      -         1            3
        """,
    )

    columns = ("person_pseud", "window_days", "chats", "calls", "meetings")
    assert sorted(measure.clean("activity_reports", *columns)) == [
        ("a1", 30, 30, 1, 4),
        ("a1", 90, 101, 9, 41),
        ("a2", 90, 0, None, None),
    ]
