def test_of_the_bookings_that_were_not_cancelled_those_that_lapsed_are_counted(measure):
    measure.given(
        "clean_desk_bookings",
        """
        day_starts_at        directorate  site   outcome     bookings
        2025-03-31 23:00:00  HR           Civic  checked_in  6
        2025-04-29 23:00:00  HR           Civic  no_show     2
        2025-04-29 23:00:00  HR           Hub    booked      2
        2025-04-29 23:00:00  HR           Hub    cancelled   9
        2025-04-29 23:00:00  ICT          Hub    checked_in  5
        2025-04-30 23:00:00  ICT          Hub    no_show     9
        2025-03-30 23:00:00  ICT          Hub    no_show     9
        """,
    )

    assert measure.kpi("desk_booking_no_shows", "2025-04") == [
        ("2025-04", "COUNCIL", 2, 15),
        ("2025-04", "HR", 2, 10),
        ("2025-04", "ICT", 0, 5),
    ]
