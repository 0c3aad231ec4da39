"""Accepted tickets to the tickets that KPIs read: what stays, and when each was due."""


def test_merged_deleted_and_repeated_tickets_are_left_out(measure):
    measure.given(
        "accepted_tickets",
        """
        ticket_id  merged_into  deleted  status    _extract_id  _row
        T1         -            false    open      1            1
        T1         -            false    resolved  2            1
        T2         -            -        open      2            2
        T2         -            -        closed    2            3
        T3         T1           false    closed    2            4
        T4         -            true     closed    2            5
        T5         -            false    open      1            2
        T5         -            true     open      2            6
        """,
    )

    assert measure.clean("tickets", "ticket_id", "status") == [("T1", "resolved"), ("T2", "closed")]


def test_two_desks_may_number_their_tickets_alike_and_a_desk_counts_its_own_once(measure):
    measure.given(
        "accepted_tickets",
        """
        ticket_id  status    _sender  _extract_id  _row
        5012       open      halo     1            1
        5012       resolved  halo     2            1
        5012       open      jira     3            1
        """,
    )

    assert measure.clean("tickets", "sender", "ticket_id", "status") == [
        ("halo", "5012", "resolved"),
        ("jira", "5012", "open"),
    ]


def test_a_ticket_of_nobody_known_belongs_to_the_unknown_directorate(measure):
    measure.given("accepted_tickets", "ticket_id  directorate\nT1  -\nT2  HOU")

    assert measure.clean("tickets", "ticket_id", "directorate") == [
        ("T1", "UNKNOWN"),
        ("T2", "HOU"),
    ]


def due(measure, table, *columns):
    """Due times by ticket."""
    measure.given("accepted_tickets", table)
    return measure.clean("tickets", "ticket_id", *columns)


def test_a_due_time_is_counted_in_working_hours(measure):
    # P2 incidents: answered in 1 working hour, resolved in 10. The council works 08:00 to 18:00.
    # Good Friday was 18 April 2025, Easter Monday the 21st.
    assert due(
        measure,
        """
        ticket_id                    type      priority  opened_at
        a day in summer              incident  P2        2025-06-10 07:00:00
        a day in winter              incident  P2        2025-01-14 08:00:00
        before opening               incident  P2        2025-06-10 03:00:00
        at closing                   incident  P2        2025-06-10 17:00:00
        half an hour before closing  incident  P2        2025-06-10 16:30:00
        on a Saturday                incident  P2        2025-06-14 10:00:00
        before Easter                incident  P2        2025-04-17 16:30:00
        over the clock change        incident  P2        2025-03-28 17:30:00
        """,
        "sla_response_due",
        "sla_resolve_due",
    ) == [
        ("a day in summer", "2025-06-10 08:00:00", "2025-06-10 17:00:00"),
        ("a day in winter", "2025-01-14 09:00:00", "2025-01-14 18:00:00"),
        ("at closing", "2025-06-11 08:00:00", "2025-06-11 17:00:00"),
        ("before Easter", "2025-04-22 07:30:00", "2025-04-22 16:30:00"),
        ("before opening", "2025-06-10 08:00:00", "2025-06-10 17:00:00"),
        ("half an hour before closing", "2025-06-11 07:30:00", "2025-06-11 16:30:00"),
        ("on a Saturday", "2025-06-16 08:00:00", "2025-06-16 17:00:00"),
        ("over the clock change", "2025-03-31 07:30:00", "2025-03-31 16:30:00"),
    ]


def test_time_on_hold_moves_the_due_time_of_the_resolution_only(measure):
    assert due(
        measure,
        """
        ticket_id  type      priority  opened_at            on_hold_minutes
        T1         incident  P2        2025-06-10 07:00:00  60
        T2         incident  P2        2025-06-10 07:00:00  -
        """,
        "sla_response_due",
        "sla_resolve_due",
    ) == [
        ("T1", "2025-06-10 08:00:00", "2025-06-11 08:00:00"),
        ("T2", "2025-06-10 08:00:00", "2025-06-10 17:00:00"),
    ]


def test_a_priority_served_day_and_night_is_due_by_the_clock(measure):
    # P1 incidents: answered in 15 minutes, resolved in 4 hours. Clocks went forward at 01:00 on
    # 30 March 2025 and back on 26 October: four hours are four hours all the same.
    assert due(
        measure,
        """
        ticket_id  type      priority  opened_at            on_hold_minutes
        spring     incident  P1        2025-03-30 00:30:00  -
        autumn     incident  P1        2025-10-26 00:30:00  30
        """,
        "sla_response_due",
        "sla_resolve_due",
    ) == [
        ("autumn", "2025-10-26 00:45:00", "2025-10-26 05:00:00"),
        ("spring", "2025-03-30 00:45:00", "2025-03-30 04:30:00"),
    ]


def test_a_priority_without_an_sla_time_has_no_due_time(measure):
    assert due(
        measure,
        """
        ticket_id  type      priority  opened_at
        T1         incident  P9        2025-06-10 07:00:00
        T2         incident  -         2025-06-10 07:00:00
        T3         incident  P2        2014-06-10 07:00:00
        """,
        "sla_response_due",
        "sla_resolve_due",
    ) == [("T1", None, None), ("T2", None, None), ("T3", None, None)]


def test_the_sla_time_in_force_on_the_london_day_of_opening_holds(measure):
    measure.given(
        "sla_times",
        """
        effective_from  type      priority  hours  respond_minutes  resolve_minutes
        2024-04-01      incident  P1        all    30               60
        2025-07-01      incident  P1        all    15               30
        """,
    )

    assert due(
        measure,
        """
        ticket_id  type      priority  opened_at
        T1         incident  P1        2025-06-30 22:59:59
        T2         incident  P1        2025-06-30 23:00:00
        """,
        "sla_resolve_due",
    ) == [("T1", "2025-06-30 23:59:59"), ("T2", "2025-06-30 23:30:00")]


def test_the_vendors_verdict_is_kept_and_his_due_time_is_not(measure):
    measure.given(
        "accepted_tickets",
        """
        ticket_id  type      priority  opened_at            sla_resolve_due      sla_resolve_met
        T1         incident  P9        2025-06-10 07:00:00  2025-06-11 07:00:00  false
        """,
    )

    assert measure.clean("tickets", "sla_resolve_due", "sla_resolve_met") == [(None, False)]


def test_hours_to_resolve_are_those_of_the_tickets_own_clock_less_hold(measure):
    # From Friday 17:00 to Monday 09:00 in London are 2 working hours, and 64 by the clock.
    measure.given(
        "accepted_tickets",
        """
        ticket_id     type      priority  opened_at            resolved_at          on_hold_minutes
        working       incident  P3        2025-06-13 16:00:00  2025-06-16 08:00:00  30
        all           incident  P1        2025-06-13 16:00:00  2025-06-16 08:00:00  30
        never open    incident  P3        2025-06-14 16:00:00  2025-06-15 08:00:00  -
        too long hold  incident  P3        2025-06-13 16:00:00  2025-06-16 08:00:00  121
        unresolved    incident  P3        2025-06-13 16:00:00  -                    -
        """,
    )

    rows = measure.clean("tickets", "ticket_id", "sla_hours_to_resolve")

    assert [(name, hours if hours is None else float(hours)) for name, hours in rows] == [
        ("all", 63.5),
        ("never open", 0),
        ("too long hold", None),
        ("unresolved", None),
        ("working", 1.5),
    ]


def test_a_cancelled_ticket_was_not_resolved_but_left_the_backlog(measure):
    measure.given(
        "accepted_tickets",
        """
        ticket_id           status     resolved_at          reopened_at          closed_at
        cancelled           cancelled  2025-06-10 07:00:00  -                    -
        closed              closed     2025-06-10 07:00:00  -                    2025-06-20 07:00:00
        closed unresolved   closed     -                    -                    2025-06-20 07:00:00
        reopened            open       2025-06-10 07:00:00  2025-06-11 07:00:00  -
        reopened, closed    closed     2025-06-10 07:00:00  2025-06-11 07:00:00  2025-06-20 07:00:00
        reopened, shut      closed     2025-06-10 07:00:00  2025-06-11 07:00:00  -
        open                open       -                    -                    -
        """,
    )

    assert measure.clean(
        "tickets",
        "ticket_id",
        "is_cancelled",
        "resolved_at",
        "ended_at",
    ) == [
        ("cancelled", True, None, "2025-06-10 07:00:00"),
        ("closed", False, "2025-06-10 07:00:00", "2025-06-10 07:00:00"),
        ("closed unresolved", False, None, "2025-06-20 07:00:00"),
        ("open", False, None, None),
        ("reopened", False, "2025-06-10 07:00:00", "2025-06-10 07:00:00"),
        ("reopened, closed", False, "2025-06-10 07:00:00", "2025-06-20 07:00:00"),
        ("reopened, shut", False, "2025-06-10 07:00:00", "2025-06-11 07:00:00"),
    ]


def test_a_ticket_resolved_without_a_recorded_answer_was_answered_then(measure):
    measure.given(
        "accepted_tickets",
        """
        ticket_id  first_response_at    resolved_at
        T1         2025-06-10 07:00:00  2025-06-11 07:00:00
        T2         -                    2025-06-11 07:00:00
        T3         -                    -
        """,
    )

    assert measure.clean("tickets", "ticket_id", "answered_at") == [
        ("T1", "2025-06-10 07:00:00"),
        ("T2", "2025-06-11 07:00:00"),
        ("T3", None),
    ]


def test_a_reopening_counts_until_the_fifth_working_day_after_the_resolution_has_ended(measure):
    # 17 April 2025 was the Thursday before Easter: the fifth working day after it was the 28th.
    measure.given(
        "accepted_tickets",
        """
        ticket_id  resolved_at
        Easter     2025-04-17 10:00:00
        Saturday   2025-06-14 10:00:00
        """,
    )

    assert measure.clean("tickets", "ticket_id", "reopen_counts_until") == [
        ("Easter", "2025-04-28 23:00:00"),
        ("Saturday", "2025-06-20 23:00:00"),
    ]


def test_a_score_is_put_on_a_scale_from_0_to_100(measure):
    measure.given(
        "accepted_tickets",
        """
        ticket_id  csat_score  csat_scale_max
        T1         1           5
        T2         4           5
        T3         5           5
        T4         3           7
        T5         6           5
        T6         0           5
        T7         1           1
        T8         -           5
        """,
    )

    scores = [score for _, score in measure.clean("tickets", "ticket_id", "satisfaction")]

    assert [None if score is None else round(float(score), 3) for score in scores] == [
        *(0, 75, 100, 33.333),
        *(None, None, None, None),
    ]
