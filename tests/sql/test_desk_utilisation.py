BOOKINGS = """
    day         directorate  site   outcome     people
    2025-05-01  HR           Civic  checked_in  3
    2025-05-01  ICT          Civic  checked_in  2
    2025-05-01  ICT          Civic  cancelled   9
    2025-05-01  ICT          Civic  no_show     9
    2025-05-03  HR           Civic  checked_in  9
    2025-05-05  HR           Civic  checked_in  9
    2025-05-30  HR           Civic  checked_in  1
    2025-05-01  HR           Shed   checked_in  9
    """


def test_desks_are_used_on_working_days_in_buildings_whose_desks_are_listed(measure):
    """10 desks on 20 working days; 3 May is a Saturday, 5 May a bank holiday."""
    measure.given("clean_desk_bookings", BOOKINGS)
    measure.given(
        "desks",
        """
        site   desks  effective_from  effective_to
        Civic  10     2018-04-01      9999-12-31
        """,
    )

    assert measure.kpi("desk_utilisation", "2025-04", "2025-05", "2025-26-Q1") == [
        ("2025-05", "COUNCIL", 6, 200),
        ("2025-26-Q1", "COUNCIL", 6, 200),
    ]


def test_a_buildings_desks_are_those_of_the_day(measure):
    measure.given("clean_desk_bookings", BOOKINGS)
    measure.given(
        "desks",
        """
        site   desks  effective_from  effective_to
        Civic  10     2018-04-01      2025-05-01
        Civic  4      2025-05-30      9999-12-31
        """,
    )

    assert measure.kpi("desk_utilisation", "2025-05") == [("2025-05", "COUNCIL", 6, 14)]
