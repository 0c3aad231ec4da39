def test_a_ticket_counts_in_the_london_period_in_which_it_was_opened(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  type      opened_at            sla_response_due     answered_at
        HOU          request   2025-05-01 08:00:00  2025-05-01 09:00:00  2025-05-01 09:00:00
        PLA          incident  2025-03-31 22:59:59  2025-04-01 08:00:00  2025-04-01 07:30:00
        PLA          incident  2025-03-31 23:00:00  2025-04-01 08:00:00  2025-04-01 07:30:00
        PLA          incident  2025-06-30 22:59:59  2025-07-01 08:00:00  2025-07-01 08:00:01
        PLA          incident  2025-06-30 23:00:00  2025-07-01 08:00:00  2025-07-01 07:30:00
        PLA          incident  2025-05-01 08:00:00  -                    2025-05-01 08:30:00
        """,
    )

    assert measure.kpi("first_responses_within_sla", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 2, 3),
        ("2025-26-Q1", "HOU", 1, 1),
        ("2025-26-Q1", "PLA", 1, 2),
    ]


def test_an_unanswered_ticket_is_missed_once_its_due_time_is_known_to_have_passed(measure):
    # The last event that the tickets know of is the opening on 30 June at 09:00.
    measure.given(
        "clean_tickets",
        """
        directorate  opened_at            sla_response_due     answered_at
        HOU          2025-06-27 08:00:00  2025-06-30 08:59:59  -
        PLA          2025-06-27 08:00:00  2025-06-30 09:00:00  -
        RES          2025-06-30 08:00:00  2025-06-30 09:00:01  -
        RES          2025-06-30 09:00:00  2025-06-30 10:00:00  -
        """,
    )

    assert measure.kpi("first_responses_within_sla", "2025-06") == [
        ("2025-06", "COUNCIL", 0, 2),
        ("2025-06", "HOU", 0, 1),
        ("2025-06", "PLA", 0, 1),
    ]


def test_excluded_tickets_and_those_cancelled_before_an_answer_was_due_are_left_out(measure):
    measure.given(
        "clean_tickets",
        """
        excluded_from_sla  is_cancelled  opened_at            sla_response_due     answered_at          ended_at
        true               false         2025-06-10 08:00:00  2025-06-10 09:00:00  2025-06-10 08:30:00  -
        false              true          2025-06-10 08:00:00  2025-06-10 09:00:00  -                    2025-06-10 09:00:00
        false              true          2025-06-10 08:00:00  2025-06-10 09:00:00  -                    2025-06-10 09:00:01
        false              true          2025-06-10 08:00:00  2025-06-10 09:00:00  2025-06-10 08:30:00  2025-06-10 08:45:00
        -                  -             2025-06-10 08:00:00  2025-06-10 09:00:00  2025-06-10 08:30:00  2025-06-30 12:00:00
        """,
    )

    assert measure.kpi("first_responses_within_sla", "2025-06")[0] == ("2025-06", "COUNCIL", 2, 3)
