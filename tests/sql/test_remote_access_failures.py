STAFF = """
    month    person_pseud  directorate
    2025-04  ann           HR
    2025-04  bob           ICT
    """


def attempts(measure, tries):
    """April's attempts to connect, of which so many failed."""
    measure.given("accepted_staff", STAFF)
    measure.given(
        "accepted_presence_events",
        f"""
        person_pseud  evidence  event_at             outcome
        {tries}
        """,
    )
    return measure.kpi("remote_access_failures", "2025-04")


def test_tries_within_five_minutes_are_one_attempt(measure):
    """Ann gets in at the third try; a second later than five minutes is another attempt."""
    assert attempts(
        measure,
        """
        ann  vpn  2025-04-02 08:00:00  failure
        ann  vpn  2025-04-02 08:05:00  failure
        ann  vpn  2025-04-02 08:10:00  success
        ann  vpn  2025-04-02 09:00:00  failure
        ann  vpn  2025-04-02 09:05:01  success
        bob  vpn  2025-04-02 08:01:00  failure
        """,
    ) == [("2025-04", "COUNCIL", 2, 4), ("2025-04", "HR", 1, 3), ("2025-04", "ICT", 1, 1)]


def test_an_attempt_belongs_to_the_period_in_which_it_began(measure):
    assert attempts(
        measure,
        """
        ann  vpn  2025-04-30 22:58:00  failure
        ann  vpn  2025-04-30 23:02:00  failure
        ann  vpn  2025-03-31 22:59:59  failure
        """,
    ) == [("2025-04", "COUNCIL", 1, 1), ("2025-04", "HR", 1, 1)]


def test_what_is_no_try_to_connect_is_left_out_and_a_stranger_has_no_directorate(measure):
    assert attempts(
        measure,
        """
        ann  entra  2025-04-02 08:00:00  failure
        ann  vpn    2025-04-02 08:00:00  -
        eve  vpn    2025-04-02 08:00:00  failure
        """,
    ) == [("2025-04", "COUNCIL", 1, 1), ("2025-04", "UNKNOWN", 1, 1)]
