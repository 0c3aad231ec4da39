HOUR = 3_600_000_000
MIDNIGHT = 1746054000000000  # in London, as 1 May 2025 begins


def peak(measure, stretches, *periods):
    """The peaks of periods, from people and the hours since 1 May for which they are connected."""
    rows = "\n".join(
        f"{who}  {day}  {day[:7]}  {MIDNIGHT + begins * HOUR}  {MIDNIGHT + ends * HOUR}"
        for who, day, begins, ends in stretches
    )
    measure.given(
        "clean_staff",
        """
        person_pseud  month    directorate
        ann           2025-05  HR
        bob           2025-05  HR
        eve           2025-05  ICT
        """,
    )
    measure.given("clean_vpn_stretches", f"person_pseud  day  month  starts_us  ends_us\n{rows}")
    return measure.kpi("peak_remote_users", *periods)


def test_the_most_at_once_is_that_of_the_council_not_of_its_directorates_added(measure):
    assert peak(
        measure,
        [
            ("ann", "2025-05-01", 8, 10),
            ("bob", "2025-05-01", 9, 11),
            ("eve", "2025-05-01", 11, 12),
            ("zoe", "2025-05-01", 9, 10),
        ],
        "2025-05",
    ) == [
        ("2025-05", "COUNCIL", 3, 4),
        ("2025-05", "HR", 2, 2),
        ("2025-05", "ICT", 1, 1),
        ("2025-05", "UNKNOWN", 1, 1),
    ]


def test_who_leaves_as_another_comes_is_not_there_at_once(measure):
    found = peak(measure, [("ann", "2025-05-01", 8, 9), ("bob", "2025-05-01", 9, 10)], "2025-05")

    assert found == [("2025-05", "COUNCIL", 1, 2), ("2025-05", "HR", 1, 2)]


def test_the_peak_of_a_quarter_is_that_of_its_highest_day(measure):
    found = peak(
        measure,
        [
            ("ann", "2025-05-01", 8, 9),
            ("ann", "2025-05-02", 32, 33),
            ("bob", "2025-05-02", 32, 33),
        ],
        *("2025-26-Q1", "2025-06"),
    )

    assert found == [("2025-26-Q1", "COUNCIL", 2, 2), ("2025-26-Q1", "HR", 2, 2)]
