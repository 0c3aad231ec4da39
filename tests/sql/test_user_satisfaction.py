def test_scores_are_added_on_a_scale_from_0_to_100_in_the_london_period_of_resolution(measure):
    measure.given(
        "accepted_tickets",
        """
        ticket_id  directorate  csat_score  csat_scale_max  resolved_at
        T1         HOU          1           5               2025-06-10 10:00:00
        T2         PLA          5           5               2025-05-31 22:59:59
        T3         PLA          5           5               2025-05-31 23:00:00
        T4         PLA          4           7               2025-06-30 22:59:59
        T5         PLA          5           5               2025-06-30 23:00:00
        T6         PLA          -           5               2025-06-10 10:00:00
        T7         PLA          5           5               -
        """,
    )

    assert measure.kpi("user_satisfaction", "2025-06") == [
        ("2025-06", "COUNCIL", 150, 3),
        ("2025-06", "HOU", 0, 1),
        ("2025-06", "PLA", 150, 2),
    ]


def test_councillors_are_left_out(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  user_group  satisfaction  resolved_at
        ASC          officer     75            2025-06-10 10:00:00
        ASC          -           50            2025-06-10 10:00:00
        ASC          member      0             2025-06-10 10:00:00
        """,
    )

    assert measure.kpi("user_satisfaction", "2025-06") == [
        ("2025-06", "ASC", 125, 2),
        ("2025-06", "COUNCIL", 125, 2),
    ]
