def test_every_event_of_the_vpn_is_there_and_a_person_has_one_number(measure):
    measure.given(
        "accepted_presence_events",
        """
        person_pseud  evidence  event_at             outcome
        bob           vpn       2025-05-01 08:00:00  success
        ann           vpn       2025-05-01 08:00:00  failure
        ann           vpn       2025-05-01 08:01:00  success
        -             vpn       2025-05-01 09:00:00  success
        eve           entra     2025-05-01 09:00:00  success
        """,
    )

    assert measure.clean("vpn_events", "person_no", "person_pseud", "event_at", "outcome") == [
        (1, "ann", "2025-05-01 08:00:00", "failure"),
        (1, "ann", "2025-05-01 08:01:00", "success"),
        (2, "bob", "2025-05-01 08:00:00", "success"),
        (3, None, "2025-05-01 09:00:00", "success"),
    ]
