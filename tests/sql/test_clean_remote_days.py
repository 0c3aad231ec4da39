from decimal import Decimal

import pytest

MONDAYS_AT_HOME = "ann  hybrid  true  0.8  1  0"


def one_person(measure, events="", staff=MONDAYS_AT_HOME):
    """Place, evidence and FTE-days of one person in May 2025: 20 working days, 2 of them Mondays.

    Monday 5 May and Monday 26 May are bank holidays.
    """
    measure.given(
        "accepted_staff",
        f"""
        month    directorate  person_pseud  persona  remote_capable  fte  home_weekdays  leave_days
        2025-05  HR           {staff}
        """,
    )
    measure.given(
        "accepted_presence_events",
        f"""
        person_pseud  evidence  event_at             network    outcome     minutes
        {events}
        """,
    )
    rows = measure.clean("remote_days", "place", "evidence", "confidence", "fte_days")
    return {" ".join(names): fte_days for *names, fte_days in rows}


def days(number):
    return Decimal(number) * Decimal("0.8")


AGREED = {"home hr_pattern modelled": days(2), "office hr_pattern modelled": days(18)}


def traced(found):
    """A Thursday with a trace, and what is left of the agreed pattern beside it."""
    return {found: days(1), **AGREED, "office hr_pattern modelled": days(17)}


def test_days_without_a_trace_follow_the_agreed_pattern(measure):
    assert one_person(measure) == AGREED


@pytest.mark.parametrize(
    ("events", "found"),
    [
        (["entra  2025-05-01 08:00:00  other      success     -"], "home entra weak"),
        (["entra  2025-05-01 08:00:00  corporate  success     -"], "office entra weak"),
        (["vpn    2025-05-01 08:00:00  other      success   120"], "home vpn strong"),
        (["badge  2025-05-01 08:00:00  -          -           -"], "office badge strong"),
        (["desk   2025-05-01 08:00:00  -          checked_in  -"], "office desk strong"),
        (
            [
                "vpn    2025-05-01 08:00:00  other      success    60",
                "vpn    2025-05-01 12:00:00  other      success    60",
            ],
            "home vpn strong",
        ),
        (
            [
                "entra  2025-05-01 08:00:00  corporate  success     -",
                "entra  2025-05-01 18:00:00  other      success     -",
            ],
            "home entra weak",
        ),
        (
            [
                "entra  2025-05-01 08:00:00  corporate  success     -",
                "vpn    2025-05-01 18:00:00  -          success   300",
            ],
            "home vpn strong",
        ),
        (
            [
                "vpn    2025-05-01 08:00:00  other      success   300",
                "desk   2025-05-01 18:00:00  -          checked_in  -",
            ],
            "office desk strong",
        ),
    ],
)
def test_the_strongest_trace_of_a_day_tells_its_place(measure, events, found):
    rows = "\n        ".join(f"ann  {event}" for event in events)
    assert one_person(measure, rows) == traced(found)


@pytest.mark.parametrize(
    "event",
    [
        "ann  desk   2025-05-01 08:00:00  -          no_show     -",
        "ann  desk   2025-05-01 08:00:00  -          cancelled   -",
        "ann  desk   2025-05-01 08:00:00  -          -           -",
        "ann  vpn    2025-05-01 08:00:00  other      success   119",
        "ann  vpn    2025-05-01 08:00:00  corporate  success   300",
        "ann  vpn    2025-05-01 08:00:00  other      failure   300",
        "ann  entra  2025-05-01 08:00:00  other      failure     -",
        "ann  entra  2025-05-01 08:00:00  unknown    success     -",
        "ann  badge  2025-05-03 08:00:00  -          -           -",
        "ann  badge  2025-05-05 08:00:00  -          -           -",
        "ann  badge  2025-05-31 23:00:00  -          -           -",
        "ann  badge  2025-04-30 22:59:59  -          -           -",
        "bob  badge  2025-05-01 08:00:00  -          -           -",
    ],
)
def test_what_proves_nothing_leaves_the_agreed_pattern_alone(measure, event):
    assert one_person(measure, event) == AGREED


def test_an_event_belongs_to_the_day_in_london(measure):
    late = "ann  badge  2025-05-11 23:00:00  -  -  -"
    assert one_person(measure, late) == {
        "office badge strong": days(1),
        "home hr_pattern modelled": days(1),
        "office hr_pattern modelled": days(18),
    }


@pytest.mark.parametrize(
    ("persona", "capable", "found"),
    [
        ("home", "true", "home hr_pattern modelled"),
        ("fixed", "true", "office hr_pattern modelled"),
        ("mobile", "false", "office hr_pattern modelled"),
        ("mobile", "true", "unknown none none"),
        ("hybrid", "true", "unknown none none"),
    ],
)
def test_without_a_pattern_the_persona_tells_or_the_place_is_not_known(
    measure, persona, capable, found
):
    assert one_person(measure, staff=f"ann  {persona}  {capable}  1  -  0") == {found: 20}


def test_leave_is_taken_off_days_without_a_trace_at_home_and_in_the_office_alike(measure):
    found = one_person(
        measure,
        "ann  badge  2025-05-12 08:00:00  -  -  -",
        staff="ann  hybrid  true  1  1  9.5",
    )
    assert found == {
        "office badge strong": 1,
        "leave hr_pattern modelled": Decimal("9.5"),
        "home hr_pattern modelled": Decimal("0.5"),
        "office hr_pattern modelled": 9,
    }


def test_leave_takes_no_day_that_left_a_trace(measure):
    found = one_person(
        measure,
        "ann  badge  2025-05-12 08:00:00  -  -  -",
        staff="ann  hybrid  true  1  1  25",
    )
    assert found == {"office badge strong": 1, "leave hr_pattern modelled": 19}


def test_nobody_is_worth_more_than_one_day_a_day(measure):
    assert sum(one_person(measure, staff="ann  hybrid  true  1.2  1  3").values()) == 20


def test_days_of_several_people_are_added(measure):
    measure.given(
        "accepted_staff",
        """
        month    person_pseud  directorate  persona  remote_capable  fte
        2025-05  ann           HR           home     true            1
        2025-05  bob           HR           home     true            0.5
        2025-05  eve           ICT          home     true            0.6
        """,
    )
    assert measure.clean("remote_days", "month", "month_starts_at", "directorate", "fte_days") == [
        ("2025-05", "2025-04-30 23:00:00", "HR", 30),
        ("2025-05", "2025-04-30 23:00:00", "ICT", 12),
    ]


def test_leave_that_does_not_divide_evenly_loses_no_part_of_a_day(measure):
    found = one_person(measure, staff="ann  hybrid  true  0.6  1  7")
    assert found == {
        "leave hr_pattern modelled": Decimal("4.2"),
        "home hr_pattern modelled": Decimal("0.78"),
        "office hr_pattern modelled": Decimal("7.02"),
    }


def test_half_of_a_hundredth_of_a_day_at_home_is_rounded_up(measure):
    # Nine days at home, Tuesdays and Thursdays; 9 x 10.5 / 20 is 4.725.
    rows = one_person(measure, staff="ann  hybrid  true  1  24  9.5")

    assert rows["home hr_pattern modelled"] == Decimal("4.73")
