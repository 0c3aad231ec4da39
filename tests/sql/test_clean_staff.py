"""Staff lists to what is known of each person in each month."""


def test_a_person_is_in_each_month_what_the_nearest_earlier_list_says(measure):
    measure.given("received_months", "table       month\nprint_jobs  2025-07")
    measure.given(
        "accepted_staff",
        """
        month    person_pseud  directorate  _extract_id
        2025-04  ann           HOU          1
        2025-06  ann           PLA          2
        2025-06  bob           -            2
        """,
    )

    assert measure.clean("staff", "person_pseud", "month", "directorate") == [
        ("ann", "2025-04", "HOU"),
        ("ann", "2025-05", "HOU"),
        ("ann", "2025-06", "PLA"),
        ("ann", "2025-07", "PLA"),
        ("bob", "2025-06", "UNKNOWN"),
        ("bob", "2025-07", "UNKNOWN"),
    ]


def test_a_leaver_keeps_the_last_directorate_but_is_no_longer_listed(measure):
    measure.given(
        "accepted_staff",
        """
        month    person_pseud  directorate
        2025-04  ann           HOU
        2025-04  bob           PLA
        2025-05  ann           HOU
        """,
    )

    assert measure.clean("staff", "person_pseud", "month", "directorate", "is_listed") == [
        ("ann", "2025-04", "HOU", True),
        ("ann", "2025-05", "HOU", True),
        ("bob", "2025-04", "PLA", True),
        ("bob", "2025-05", "PLA", False),
    ]


def test_a_person_listed_twice_in_a_month_is_what_the_later_row_says(measure):
    measure.given(
        "accepted_staff",
        """
        month    person_pseud  directorate  effective_from  _extract_id  _row
        2025-04  ann           HOU          2025-04-01      1            2
        2025-04  ann           PLA          2025-04-15      1            1
        2025-04  bob           HOU          -               1            3
        2025-04  bob           RES          -               1            4
        """,
    )

    assert measure.clean("staff", "person_pseud", "directorate") == [("ann", "PLA"), ("bob", "RES")]
