def test_a_group_is_as_large_as_the_fewer_of_headcount_and_list(measure):
    measure.given(
        "clean_workforce",
        """
        month    directorate  persona  headcount
        2025-06  HR           hybrid   4
        2025-06  HR           home     5
        2025-06  ICT          hybrid   3
        2025-07  HR           hybrid   9
        """,
    )
    measure.given(
        "clean_staff",
        """
        person_pseud  month    directorate  remote_capable  is_listed
        a             2025-06  HR           true            true
        b             2025-06  HR           false           true
        c             2025-06  HR           true            false
        d             2025-06  ICT          true            true
        e             2025-06  ICT          true            true
        f             2025-06  ICT          true            true
        g             2025-06  ICT          true            true
        h             2025-06  UNKNOWN      true            true
        """,
    )

    assert measure.table("people") == [
        ("2025-06", "COUNCIL", 7, 6),
        ("2025-06", "HR", 2, 1),
        ("2025-06", "ICT", 3, 4),
        ("2025-06", "UNKNOWN", 1, 1),
        ("2025-07", "COUNCIL", 9, None),
        ("2025-07", "HR", 9, None),
    ]
