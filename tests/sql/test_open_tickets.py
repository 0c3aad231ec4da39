TICKETS = """
ticket_id  directorate  opened_at            ended_at             reopened_at
INC1       ASC          2025-05-31 22:59:59  -                    -
INC2       CEX          2025-06-30 22:59:59  -                    -
INC3       CYP          2025-06-30 23:00:00  -                    -
INC4       HOU          2025-06-02 08:00:00  2025-06-30 22:59:59  -
INC5       PLA          2025-06-02 08:00:00  2025-06-30 23:00:00  -
"""


def test_a_ticket_is_open_if_it_was_opened_before_the_end_and_had_not_ended(measure):
    measure.given("clean_tickets", TICKETS)

    assert measure.kpi("open_tickets", "2025-06") == [
        ("2025-06", "ASC", 1, 1),
        ("2025-06", "CEX", 1, 1),
        ("2025-06", "COUNCIL", 3, 1),
        ("2025-06", "PLA", 1, 1),
    ]


def test_the_backlog_of_a_quarter_is_that_of_its_last_month(measure):
    measure.given("clean_tickets", TICKETS)
    month, quarter = (
        [row[1:] for row in measure.kpi("open_tickets", key)] for key in ("2025-06", "2025-26-Q1")
    )

    assert month == quarter


def test_a_ticket_reopened_before_the_end_was_open(measure):
    measure.given(
        "clean_tickets",
        """
        ticket_id  directorate  opened_at            ended_at             reopened_at
        INC1       ASC          2025-06-02 08:00:00  2025-06-10 08:00:00  2025-06-30 22:59:59
        INC2       CEX          2025-06-02 08:00:00  2025-06-10 08:00:00  2025-06-30 23:00:00
        INC3       CYP          2025-06-02 08:00:00  2025-06-10 08:00:00  2025-06-09 08:00:00
        INC4       HOU          2025-06-02 08:00:00  2025-07-10 08:00:00  2025-07-09 08:00:00
        """,
    )

    assert measure.kpi("open_tickets", "2025-06") == [
        ("2025-06", "ASC", 1, 1),
        ("2025-06", "COUNCIL", 2, 1),
        ("2025-06", "HOU", 1, 1),
    ]


def test_a_month_without_an_open_ticket_has_no_row(measure):
    measure.given("clean_tickets", TICKETS)

    assert measure.kpi("open_tickets", "2025-04") == []


def test_a_ticket_between_its_resolution_and_its_reopening_was_not_open(measure):
    # Closed since or not: at the end of May it was resolved, at the end of June open again.
    tickets = """
        ticket_id  directorate  status  opened_at            resolved_at          reopened_at          closed_at
        T1         ASC          open    2025-05-02 08:00:00  2025-05-20 08:00:00  2025-06-02 08:00:00  -
        T2         CEX          closed  2025-05-02 08:00:00  2025-05-20 08:00:00  2025-06-02 08:00:00  2025-07-10 08:00:00
        T3         CYP          closed  2025-05-02 08:00:00  2025-05-20 08:00:00  2025-06-02 08:00:00  -
        """
    measure.given("accepted_tickets", tickets)
    measure.given("every_tickets", tickets)

    assert measure.kpi("open_tickets", "2025-05", "2025-06") == [
        ("2025-06", "ASC", 1, 1),
        ("2025-06", "CEX", 1, 1),
        ("2025-06", "COUNCIL", 2, 1),
    ]
