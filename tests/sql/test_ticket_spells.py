COLUMNS = ("ticket_id", "open_from", "open_until")


def test_a_ticket_that_was_never_reopened_was_open_once(measure):
    measure.given(
        "clean_tickets",
        """
        ticket_id  opened_at            ended_at
        INC1       2025-05-01 08:00:00  2025-05-02 08:00:00
        INC2       2025-05-01 08:00:00  -
        """,
    )

    assert measure.relation("ticket_spells", *COLUMNS) == [
        ("INC1", "2025-05-01 08:00:00", "2025-05-02 08:00:00"),
        ("INC2", "2025-05-01 08:00:00", None),
    ]


def test_a_reopened_ticket_was_not_open_between_the_resolution_told_then_and_the_reopening(measure):
    measure.given(
        "clean_tickets",
        """
        ticket_id  opened_at            reopened_at          ended_at
        INC1       2025-04-01 08:00:00  2025-06-01 08:00:00  2025-06-03 08:00:00
        INC2       2025-04-01 08:00:00  2025-06-01 08:00:00  2025-04-09 08:00:00
        """,
    )
    measure.given(
        "every_tickets",
        """
        ticket_id  opened_at            resolved_at          reopened_at
        INC1       2025-04-01 08:00:00  2025-04-02 08:00:00  -
        INC1       2025-04-01 08:00:00  2025-06-03 08:00:00  2025-06-01 08:00:00
        """,
    )

    assert measure.relation("ticket_spells", *COLUMNS) == [
        ("INC1", "2025-04-01 08:00:00", "2025-04-02 08:00:00"),
        ("INC1", "2025-06-01 08:00:00", "2025-06-03 08:00:00"),
        # Not resolved since it came back: its newest resolution is the one before.
        ("INC2", "2025-04-01 08:00:00", "2025-04-09 08:00:00"),
        ("INC2", "2025-06-01 08:00:00", None),
    ]


def test_a_ticket_reopened_twice_was_open_three_times(measure):
    measure.given(
        "clean_tickets",
        """
        ticket_id  opened_at            reopened_at          ended_at
        INC1       2025-04-01 08:00:00  2025-06-01 08:00:00  2025-06-03 08:00:00
        """,
    )
    measure.given(
        "every_tickets",
        """
        ticket_id  opened_at            resolved_at          reopened_at
        INC1       2025-04-01 08:00:00  2025-04-02 08:00:00  -
        INC1       2025-04-01 08:00:00  2025-05-03 08:00:00  2025-05-01 08:00:00
        """,
    )

    assert measure.relation("ticket_spells", *COLUMNS) == [
        ("INC1", "2025-04-01 08:00:00", "2025-04-02 08:00:00"),
        ("INC1", "2025-05-01 08:00:00", "2025-05-03 08:00:00"),
        ("INC1", "2025-06-01 08:00:00", "2025-06-03 08:00:00"),
    ]


def test_of_two_resolutions_told_before_a_reopening_the_later_counts(measure):
    measure.given(
        "clean_tickets",
        """
        ticket_id  opened_at            reopened_at          ended_at
        INC1       2025-04-01 08:00:00  2025-06-01 08:00:00  2025-06-03 08:00:00
        """,
    )
    measure.given(
        "every_tickets",
        """
        ticket_id  opened_at            resolved_at          reopened_at
        INC1       2025-04-01 08:00:00  2025-04-02 08:00:00  -
        INC1       2025-04-01 08:00:00  2025-04-05 08:00:00  -
        """,
    )

    assert measure.relation("ticket_spells", *COLUMNS)[0] == (
        *("INC1", "2025-04-01 08:00:00", "2025-04-05 08:00:00"),
    )


def test_a_resolution_that_nobody_told_leaves_the_ticket_open_until_it_came_back(measure):
    measure.given(
        "clean_tickets",
        """
        ticket_id  opened_at            reopened_at          ended_at
        INC1       2025-05-01 08:00:00  2025-05-03 08:00:00  2025-05-04 08:00:00
        """,
    )

    assert measure.relation("ticket_spells", *COLUMNS) == [
        ("INC1", "2025-05-01 08:00:00", "2025-05-03 08:00:00"),
        ("INC1", "2025-05-03 08:00:00", "2025-05-04 08:00:00"),
    ]


def test_a_desk_does_not_reopen_another_desks_ticket_of_the_same_number(measure):
    measure.given(
        "clean_tickets",
        """
        ticket_id  sender  opened_at            ended_at             reopened_at
        5012       halo    2025-04-01 09:00:00  2025-04-20 09:00:00  2025-04-10 09:00:00
        5012       jira    2025-04-02 09:00:00  2025-04-08 09:00:00  2025-04-07 09:00:00
        """,
    )
    measure.given(
        "every_tickets",
        """
        ticket_id  _sender  reopened_at  resolved_at
        5012       halo     -            2025-04-05 09:00:00
        5012       jira     -            2025-04-03 09:00:00
        """,
    )

    assert measure.relation("ticket_spells", "sender", "open_from", "open_until") == [
        ("halo", "2025-04-01 09:00:00", "2025-04-05 09:00:00"),
        ("halo", "2025-04-10 09:00:00", "2025-04-20 09:00:00"),
        ("jira", "2025-04-02 09:00:00", "2025-04-03 09:00:00"),
        ("jira", "2025-04-07 09:00:00", "2025-04-08 09:00:00"),
    ]
