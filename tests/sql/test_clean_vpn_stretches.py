"""VPN sessions to stretches of connection within a day."""

import pytest


def stretches(measure, sessions):
    """Day, and the minutes after midnight UTC of 31 May at which each stretch begins and ends."""
    measure.given(
        "accepted_presence_events",
        f"""
        person_pseud  evidence  event_at             ended_at             network    outcome
        {sessions}
        """,
    )
    zero = 1748649600000000
    return [
        (str(day), (begins - zero) / 60_000_000, (ends - zero) / 60_000_000)
        for day, begins, ends in measure.clean("vpn_stretches", "day", "starts_us", "ends_us")
    ]


@pytest.mark.parametrize(
    ("sessions", "found"),
    [
        (  # the second begins as the first ends, the third within it
            """ann  vpn  2025-05-31 08:00:00  2025-05-31 09:00:00  other  success
               ann  vpn  2025-05-31 09:00:00  2025-05-31 10:00:00  other  success
               ann  vpn  2025-05-31 08:10:00  2025-05-31 08:20:00  other  success""",
            [("2025-05-31", 480, 600)],
        ),
        (  # after a minute without a connection a new stretch begins
            """ann  vpn  2025-05-31 08:00:00  2025-05-31 09:00:00  other  success
               ann  vpn  2025-05-31 09:01:00  2025-05-31 10:00:00  other  success""",
            [("2025-05-31", 480, 540), ("2025-05-31", 541, 600)],
        ),
        (  # a long one goes on after a short one within it has ended
            """ann  vpn  2025-05-31 08:00:00  2025-05-31 12:00:00  other  success
               ann  vpn  2025-05-31 09:00:00  2025-05-31 09:30:00  other  success
               ann  vpn  2025-05-31 11:00:00  2025-05-31 12:30:00  other  success""",
            [("2025-05-31", 480, 750)],
        ),
        (
            """ann  vpn  2025-05-31 08:00:00  2025-05-31 09:00:00  other  success
               bob  vpn  2025-05-31 08:00:00  2025-05-31 09:00:00  other  success""",
            [("2025-05-31", 480, 540), ("2025-05-31", 480, 540)],
        ),
    ],
)
def test_connections_of_one_person_at_once_are_one_stretch(measure, sessions, found):
    assert stretches(measure, sessions) == found


def test_a_session_is_parted_at_midnight_in_london(measure):
    late = "ann  vpn  2025-05-31 22:59:00  2025-06-01 01:00:00  other  success"
    assert stretches(measure, late) == [("2025-05-31", 1379, 1380), ("2025-06-01", 1380, 1500)]


def test_a_session_that_ends_at_midnight_has_no_part_in_the_next_day(measure):
    until_midnight = "ann  vpn  2025-05-31 21:00:00  2025-05-31 23:00:00  other  success"
    assert stretches(measure, until_midnight) == [("2025-05-31", 1260, 1380)]


@pytest.mark.parametrize(
    ("begins", "ends", "hours"),
    [
        ("2025-03-29 23:00:00", "2025-03-31 01:00:00", [1, 23, 2]),  # clocks go forward
        ("2025-10-25 22:00:00", "2025-10-27 01:00:00", [1, 25, 1]),  # and back
    ],
)
def test_days_of_23_and_25_hours_are_as_long_as_they_are(measure, begins, ends, hours):
    found = stretches(measure, f"ann  vpn  {begins}  {ends}  other  success")

    assert [(last - first) / 60 for _, first, last in found] == hours


@pytest.mark.parametrize(
    "session",
    [
        "ann  vpn    2025-05-31 08:00:00  2025-05-31 09:00:00  other      failure",
        "ann  vpn    2025-05-31 08:00:00  2025-05-31 09:00:00  corporate  success",
        "ann  vpn    2025-05-31 08:00:00  -                    other      success",
        "ann  vpn    2025-05-31 08:00:00  2025-05-31 08:00:00  other      success",
        "ann  entra  2025-05-31 08:00:00  2025-05-31 09:00:00  other      success",
    ],
)
def test_what_is_no_connection_from_outside_is_no_stretch(measure, session):
    assert stretches(measure, session) == []


def test_a_session_that_tells_its_length_only_ends_after_it(measure):
    measure.given(
        "accepted_presence_events",
        """
        person_pseud  evidence  event_at             minutes
        ann           vpn       2025-05-31 08:00:00  90
        """,
    )

    ((begins, ends),) = measure.clean("vpn_stretches", "starts_us", "ends_us")
    assert ends - begins == 90 * 60_000_000
