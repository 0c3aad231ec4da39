from datetime import date
from decimal import Decimal

# Thursday 1 to Wednesday 7 May 2025; Monday 5 May is a bank holiday.
ALL = ("day", "place", "evidence", "confidence", "fte_days")


def one_person(measure, events, staff="ann  hybrid  true  0.8  1  0", month="2025-05"):
    """What becomes of the days of one person, agreed to be at home on Mondays."""
    measure.given(
        "accepted_staff",
        f"""
        month    directorate  person_pseud  persona  remote_capable  fte  home_weekdays  leave_days
        {month}  HR           {staff}
        """,
    )
    measure.given(
        "accepted_presence_events",
        f"""
        person_pseud  evidence  event_at             network    outcome     minutes
        {events}
        """,
    )
    return [(str(day), *rest) for day, *rest in measure.clean("remote_days", *ALL)]


def on(rows, day):
    return [row[1:] for row in rows if row[0] == day]


def test_a_desk_check_in_beats_a_sign_in_from_outside(measure):
    rows = one_person(
        measure,
        """ann         entra     2025-05-01 08:00:00  other      success     -
        ann           vpn       2025-05-01 08:00:00  other      success     300
        ann           desk      2025-05-01 08:00:00  -          checked_in  -""",
    )
    assert on(rows, "2025-05-01") == [("office", "desk", "strong", Decimal("0.8"))]


def test_a_badge_is_the_office(measure):
    rows = one_person(measure, "ann  badge  2025-05-01 08:00:00  -  -  -")
    assert on(rows, "2025-05-01") == [("office", "badge", "strong", Decimal("0.8"))]


def test_a_booking_without_a_check_in_proves_nothing(measure):
    rows = one_person(
        measure,
        """ann         desk      2025-05-01 08:00:00  -          no_show     -
        ann           desk      2025-05-01 08:00:00  -          cancelled   -
        ann           desk      2025-05-01 08:00:00  -          -           -""",
    )
    assert on(rows, "2025-05-01") == [("office", "hr_pattern", "modelled", Decimal("0.8"))]


def test_two_hours_of_vpn_from_outside_are_home(measure):
    rows = one_person(
        measure,
        """ann         vpn       2025-05-01 08:00:00  other      success     60
        ann           vpn       2025-05-01 12:00:00  other      success     60
        ann           vpn       2025-05-02 08:00:00  other      success     119
        ann           vpn       2025-05-06 08:00:00  corporate  success     300
        ann           vpn       2025-05-07 08:00:00  other      failure     300""",
    )
    assert on(rows, "2025-05-01") == [("home", "vpn", "strong", Decimal("0.8"))]
    for day in ("2025-05-02", "2025-05-06", "2025-05-07"):
        assert on(rows, day) == [("office", "hr_pattern", "modelled", Decimal("0.8"))]


def test_a_sign_in_says_weakly_where_its_network_is(measure):
    rows = one_person(
        measure,
        """ann         entra     2025-05-01 08:00:00  other      success     -
        ann           entra     2025-05-01 08:00:00  corporate  success     -
        ann           entra     2025-05-02 08:00:00  corporate  success     -
        ann           entra     2025-05-06 08:00:00  unknown    success     -
        ann           entra     2025-05-07 08:00:00  other      failure     -""",
    )
    assert on(rows, "2025-05-01") == [("home", "entra", "weak", Decimal("0.8"))]
    assert on(rows, "2025-05-02") == [("office", "entra", "weak", Decimal("0.8"))]
    for day in ("2025-05-06", "2025-05-07"):
        assert on(rows, day) == [("office", "hr_pattern", "modelled", Decimal("0.8"))]


def test_an_event_belongs_to_the_day_in_london(measure):
    rows = one_person(measure, "ann  badge  2025-05-06 23:30:00  -  -  -")
    assert on(rows, "2025-05-07") == [("office", "badge", "strong", Decimal("0.8"))]


def test_weekends_and_bank_holidays_are_no_working_days(measure):
    rows = one_person(
        measure,
        """ann         badge     2025-05-03 08:00:00  -          -           -
        ann           badge     2025-05-05 08:00:00  -          -           -""",
    )
    assert {row[0] for row in rows}.isdisjoint({"2025-05-03", "2025-05-04", "2025-05-05"})
    assert len(rows) == 20


def test_days_without_a_trace_follow_the_agreed_pattern(measure):
    rows = one_person(measure, "")
    assert on(rows, "2025-05-12") == [("home", "hr_pattern", "modelled", Decimal("0.8"))]
    assert on(rows, "2025-05-13") == [("office", "hr_pattern", "modelled", Decimal("0.8"))]


def test_without_a_pattern_the_persona_tells_or_the_place_is_not_known(measure):
    found = [
        one_person(measure, "", staff=f"ann  {persona}  {capable}  1  -  0")[0][1:4]
        for persona, capable in [
            ("home", "true"),
            ("fixed", "true"),
            ("mobile", "false"),
            ("hybrid", "true"),
            ("mobile", "true"),
        ]
    ]
    assert found == [
        ("home", "hr_pattern", "modelled"),
        ("office", "hr_pattern", "modelled"),
        ("office", "hr_pattern", "modelled"),
        ("unknown", "none", "none"),
        ("unknown", "none", "none"),
    ]


def test_leave_takes_the_first_days_without_a_trace_and_a_part_of_the_next(measure):
    rows = one_person(
        measure,
        "ann  badge  2025-05-01 08:00:00  -  -  -",
        staff="ann  hybrid  true  0.8  1  1.5",
    )
    assert on(rows, "2025-05-01") == [("office", "badge", "strong", Decimal("0.8"))]
    assert on(rows, "2025-05-02") == [("leave", "hr_pattern", "modelled", Decimal("0.8"))]
    assert on(rows, "2025-05-06") == [
        ("leave", "hr_pattern", "modelled", Decimal("0.4")),
        ("office", "hr_pattern", "modelled", Decimal("0.4")),
    ]
    assert sum(row[-1] for row in rows) == 20 * Decimal("0.8")


def test_nobody_is_worth_more_than_one_day_a_day(measure):
    rows = one_person(measure, "", staff="ann  hybrid  true  1.2  1  0")
    assert {row[-1] for row in rows} == {1}


def test_a_person_who_is_on_no_list_has_no_days(measure):
    rows = one_person(measure, "bob  badge  2025-05-01 08:00:00  -  -  -")
    assert on(rows, "2025-05-01") == [("office", "hr_pattern", "modelled", Decimal("0.8"))]


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
    rows = measure.clean("remote_days", "day", "directorate", "place", "fte_days")
    assert rows[:2] == [
        (date(2025, 5, 1), "HR", "home", Decimal("1.5")),
        (date(2025, 5, 1), "ICT", "home", Decimal("0.6")),
    ]
