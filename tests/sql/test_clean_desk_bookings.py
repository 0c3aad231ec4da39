def test_bookings_are_counted_by_london_day_building_and_what_became_of_them(measure):
    measure.given(
        "accepted_staff",
        """
        month    person_pseud  directorate
        2025-05  ann           HR
        2025-05  bob           HR
        """,
    )
    measure.given(
        "accepted_presence_events",
        """
        person_pseud  evidence  event_at             site   outcome
        ann           desk      2025-05-01 08:00:00  Civic  checked_in
        ann           desk      2025-05-01 12:00:00  Civic  checked_in
        bob           desk      2025-05-01 08:00:00  Civic  checked_in
        bob           desk      2025-05-01 08:00:00  Hub    no_show
        eve           desk      2025-05-01 23:00:00  Hub    checked_in
        ann           entra     2025-05-01 08:00:00  -      success
        """,
    )

    found = measure.clean(
        *("desk_bookings", "day_starts_at", "directorate", "site", "outcome", "bookings", "people")
    )
    assert found == [
        ("2025-04-30 23:00:00", "HR", "Civic", "checked_in", 3, 2),
        ("2025-04-30 23:00:00", "HR", "Hub", "no_show", 1, 1),
        ("2025-05-01 23:00:00", "UNKNOWN", "Hub", "checked_in", 1, 1),
    ]
