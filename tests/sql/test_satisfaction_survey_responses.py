def test_answered_surveys_of_officers_count_when_the_ticket_was_resolved(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  survey_sent  satisfaction  user_group  resolved_at
        HR           true         75            officer     2025-03-31 22:59:59
        HR           true         75            officer     2025-03-31 23:00:00
        HR           true         0             -           2025-06-30 22:59:59
        HR           true         -             officer     2025-05-01 08:00:00
        HR           false        -             officer     2025-05-01 08:00:00
        HR           -            -             officer     2025-05-01 08:00:00
        HR           true         75            member      2025-05-01 08:00:00
        ICT          true         -             officer     2025-05-01 08:00:00
        ICT          true         75            officer     2025-06-30 23:00:00
        """,
    )

    assert measure.kpi("satisfaction_survey_responses", "2025-26-Q1") == [
        ("2025-26-Q1", "COUNCIL", 2, 4),
        ("2025-26-Q1", "HR", 2, 3),
        ("2025-26-Q1", "ICT", 0, 1),
    ]
