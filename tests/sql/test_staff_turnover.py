STAFF = """
    month_starts_at      month    directorate  persona  headcount  leavers
    2025-02-28 23:00:00  2025-03  HR           fixed    999        999
    2025-03-31 23:00:00  2025-04  HR           fixed    60         2
    2025-03-31 23:00:00  2025-04  HR           hybrid   40         1
    2025-04-30 23:00:00  2025-05  HR           fixed    101        3
    2025-04-30 23:00:00  2025-05  ICT          fixed    20         0
    2025-06-30 23:00:00  2025-07  ICT          fixed    999        999
    """


def test_leavers_are_divided_by_the_mean_headcount_to_a_whole_person(measure):
    measure.given("clean_workforce", STAFF)

    # The mean of 100 and 101 is 101, half up; of the council's 100 and 121 it is 111.
    assert measure.kpi("staff_turnover", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 6, 111),
        ("2025-26-Q1", "HR", 6, 101),
        ("2025-26-Q1", "ICT", 0, 20),
    ]


def test_leavers_that_are_not_known_are_not_zero(measure):
    measure.given("clean_workforce", STAFF + "2025-05-31 23:00:00  2025-06  ICT  hybrid  20  -")

    assert [row[1:] for row in measure.kpi("staff_turnover", "2025-06")] == [
        ("COUNCIL", None, 20),
        ("ICT", None, 20),
    ]
