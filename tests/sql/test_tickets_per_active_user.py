TICKETS = """
    directorate  opened_at
    HR           2025-03-31 22:59:59
    HR           2025-03-31 23:00:00
    HR           2025-06-30 22:59:59
    HR           2025-06-30 23:00:00
    UNKNOWN      2025-05-01 08:00:00
    """
USERS = """
    month_starts_at      directorate  persona  active_users
    2025-02-28 23:00:00  HR           fixed    1000
    2025-03-31 23:00:00  HR           fixed    20
    2025-03-31 23:00:00  HR           hybrid   10
    2025-05-31 23:00:00  HR           fixed    30
    2025-05-31 23:00:00  ICT          fixed    5
    """


def test_tickets_opened_are_divided_among_the_users_of_every_month(measure):
    measure.given("clean_tickets", TICKETS)
    measure.given("clean_workforce", USERS)

    assert measure.kpi("tickets_per_active_user", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 3, 65),
        ("2025-26-Q1", "HR", 2, 60),
        ("2025-26-Q1", "ICT", 0, 5),
        ("2025-26-Q1", "UNKNOWN", 1, 0),
    ]


def test_users_that_are_not_known_leave_no_figure_for_their_directorate_and_the_council(measure):
    measure.given("clean_tickets", TICKETS)
    measure.given("clean_workforce", USERS + "2025-05-31 23:00:00  ICT  hybrid  -")

    assert [row[1:] for row in measure.kpi("tickets_per_active_user", "2025-26-Q1")] == [
        ("COUNCIL", 3, None),
        ("HR", 2, 60),
        ("ICT", 0, None),
        ("UNKNOWN", 1, 0),
    ]


def test_without_one_of_the_feeds_nothing_is_known(measure):
    measure.given("clean_tickets", TICKETS)

    assert measure.kpi("tickets_per_active_user", "2025-26-Q1") == []
