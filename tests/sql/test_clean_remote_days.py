from decimal import Decimal

import pytest

MONDAYS_AT_HOME = "ann  hybrid  true  0.8  1  0"


def one_person(measure, events=(), staff=MONDAYS_AT_HOME, also=""):
    """Place, evidence and FTE-days of one person in May 2025: 20 working days, 2 of them Mondays.

    Monday 5 May and Monday 26 May are bank holidays. `also` names more columns of `staff`.
    """
    measure.given(
        "accepted_staff",
        f"""
        month    directorate  person_pseud  persona  remote_capable  fte  home_weekdays  leave_days{also}
        2025-05  HR           {staff}
        """,
    )
    measure.given(
        "accepted_presence_events",
        f"""
        person_pseud  evidence  event_at             network    outcome     minutes
        {
            '''
        '''.join(events)
        }
        """,
    )
    found = measure.clean("remote_days", "place", "evidence", "confidence", "fte_days")
    return {" ".join(names): fte_days for *names, fte_days in found}


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
                "desk   2025-05-01 08:00:00  -          checked_in  -",
                "vpn    2025-05-01 17:00:00  other      success   300",
            ],
            "office desk strong",
        ),
    ],
)
def test_the_strongest_trace_of_a_day_tells_its_place(measure, events, found):
    assert one_person(measure, [f"ann  {event}" for event in events]) == traced(found)


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
    assert one_person(measure, [event]) == AGREED


def test_an_event_belongs_to_the_day_in_london(measure):
    late = "ann  badge  2025-05-11 23:00:00  -  -  -"
    assert one_person(measure, [late]) == {
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
        ["ann  badge  2025-05-12 08:00:00  -  -  -"],
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
        ["ann  badge  2025-05-12 08:00:00  -  -  -"],
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


CHECK_IN = "ann  desk  2025-05-01 08:00:00  -  checked_in  -"
SIGN_IN = "ann  entra  2025-05-01 19:00:00  other  success  -"
SIGN_IN_AT_WORK = "ann  entra  2025-05-01 09:00:00  corporate  success  -"
NO_PATTERN = "ann  hybrid  true  1  -  0"


def vpn(begins, minutes, day="2025-05-01"):
    """A session of a day, by UTC's clock."""
    return f"ann  vpn  {day} {begins}:00  other  success  {minutes}"


@pytest.mark.parametrize(
    ("begins", "minutes", "home", "office"),
    [
        ("07:00", 120, 0.5, 0.5),  # London's working hours begin at 07:00 UTC
        ("06:59", 120, 0, 1),
        ("15:00", 120, 0.5, 0.5),  # and end at 17:00 UTC
        ("15:01", 120, 0, 1),
        ("18:00", 240, 0, 1),
    ],
)
def test_a_check_in_and_two_working_hours_of_vpn_split_the_day_in_halves(
    measure, begins, minutes, home, office
):
    found = one_person(measure, [CHECK_IN, vpn(begins, minutes)], staff=NO_PATTERN)

    assert (found.get("home vpn strong", 0), found["office desk strong"]) == (home, office)
    assert sum(found.values()) == 20


def test_a_badge_splits_a_day_as_a_check_in_does(measure):
    badge = "ann  badge  2025-05-01 08:00:00  -  -  -"
    found = one_person(measure, [badge, vpn("12:00", 120)], staff=NO_PATTERN)

    assert found["home vpn strong"] == found["office badge strong"] == Decimal("0.5")


@pytest.mark.parametrize(
    ("events", "strong"),
    [
        ([vpn("08:00", 60), vpn("08:30", 60)], 0),  # 90 minutes, of which 30 twice
        ([vpn("08:00", 60), vpn("08:30", 90)], 1),
        ([vpn("08:00", 60), vpn("10:00", 60)], 1),
        ([vpn("21:01", 180)], 0),  # 119 minutes until midnight in London
        ([vpn("21:00", 180)], 1),
        ([vpn("22:59", 120)], 0),  # a minute, and 119 on the next day
        ([vpn("22:59", 121)], 1),
        ([vpn("20:00", 360)], 2),
    ],
)
def test_minutes_of_vpn_count_once_and_on_their_own_day(measure, events, strong):
    assert one_person(measure, events, staff=NO_PATTERN).get("home vpn strong", 0) == strong


@pytest.mark.parametrize(
    ("events", "conflicting"),
    [
        ([CHECK_IN, SIGN_IN], 1),
        ([CHECK_IN, vpn("18:00", 120)], 1),
        ([CHECK_IN, vpn("10:00", 120)], 1),
        ([CHECK_IN, vpn("18:00", 119)], 0),
        ([CHECK_IN, SIGN_IN_AT_WORK], 0),
        ([SIGN_IN_AT_WORK, SIGN_IN], 1),
        ([SIGN_IN_AT_WORK, vpn("18:00", 120)], 1),
        ([vpn("08:00", 120), SIGN_IN], 0),
    ],
)
def test_a_day_with_traces_of_two_places_conflicts(measure, events, conflicting):
    one_person(measure, events, staff=NO_PATTERN)

    found = measure.clean("remote_days", "conflicting_fte_days")
    assert sum(share for (share,) in found) == conflicting


LEAVE_ON_THURSDAY = {"staff": "ann  hybrid  true  1  1  1  01", "also": "  leave_on"}


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ([], {"leave hr_pattern modelled": 1}),
        ([SIGN_IN], {"leave hr_pattern modelled": 1}),
        ([vpn("08:00", 119)], {"leave hr_pattern modelled": 1}),
        ([vpn("08:00", 120)], {"home vpn strong": 1}),
        ([CHECK_IN], {"office desk strong": 1}),
    ],
)
def test_a_day_of_leave_is_leave_unless_strong_evidence_says_that_it_was_worked(
    measure, events, found
):
    pattern = {"home hr_pattern modelled": 2, "office hr_pattern modelled": 17}
    assert one_person(measure, events, **LEAVE_ON_THURSDAY) == {**pattern, **found}


def test_a_sign_in_on_a_day_of_leave_conflicts_with_it(measure):
    one_person(measure, [SIGN_IN], **LEAVE_ON_THURSDAY)

    found = measure.clean("remote_days", "place", "conflicting_fte_days")
    assert [row for row in found if row[1]] == [("leave", 1)]


def test_leave_without_dates_is_spread_beside_leave_with_dates(measure):
    found = one_person(measure, staff="ann  hybrid  true  1  -  3.5  01 02", also="  leave_on")

    assert found == {"leave hr_pattern modelled": Decimal("3.5"), "unknown none none": 16.5}


MONDAY_TO_WEDNESDAY = {"staff": "ann  hybrid  true  0.6  1  0  123", "also": "  work_weekdays"}
PLANNED = {"home hr_pattern modelled": Decimal("2.4"), "office hr_pattern modelled": Decimal("9.6")}


def test_a_part_timers_own_days_are_worth_the_share_of_every_working_day(measure):
    """10 own days in May 2025, 2 of them Mondays: 0.6 of 20 days is 1.2 for each."""
    assert one_person(measure, **MONDAY_TO_WEDNESDAY) == PLANNED


def test_vpn_on_a_part_timers_free_day_makes_it_no_working_day(measure):
    assert one_person(measure, [vpn("08:00", 480)], **MONDAY_TO_WEDNESDAY) == PLANNED

    tuesday = one_person(measure, [vpn("08:00", 480, "2025-05-06")], **MONDAY_TO_WEDNESDAY)
    assert tuesday["home vpn strong"] == Decimal("1.2")


def test_a_place_is_evidenced_by_a_trace_or_by_a_role_that_cannot_be_done_from_home(measure):
    measure.given(
        "accepted_staff",
        """
        month    person_pseud  persona  remote_capable  fte
        2025-05  ann           fixed    false           1
        2025-05  bob           fixed    true            1
        2025-05  eve           fixed    -               1
        """,
    )
    measure.given(
        "accepted_presence_events",
        """
        person_pseud  evidence  event_at
        bob           badge     2025-05-01 08:00:00
        """,
    )

    rows = measure.clean("remote_days", "remote_capable", "evidence", "is_evidenced", "fte_days")
    assert rows == [
        (False, "hr_pattern", False, 20),
        (False, "hr_pattern", True, 20),
        (True, "badge", True, 1),
        (True, "hr_pattern", False, 19),
    ]
