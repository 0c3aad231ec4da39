def test_the_desks_word_counts_before_groups_and_reassignments(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  type      resolved_at          is_fcr  reassignment_count  first_group   resolved_group
        ASC          incident  2025-06-10 10:00:00  true    2                   service_desk  projects
        CEX          incident  2025-06-10 10:00:00  false   0                   service_desk  service_desk
        CYP          incident  2025-06-10 10:00:00  -       0                   service_desk  service_desk
        HOU          incident  2025-06-10 10:00:00  -       0                   -             service_desk
        PLA          incident  2025-06-10 10:00:00  -       0                   service_desk  projects
        RES          incident  2025-06-10 10:00:00  -       1                   service_desk  service_desk
        RES          incident  2025-06-10 10:00:00  -       -                   service_desk  service_desk
        RES          request   2025-06-10 10:00:00  true    0                   service_desk  service_desk
        """,
    )

    assert measure.kpi("tickets_fixed_at_first_contact", "2025-06") == [
        ("2025-06", "ASC", 1, 1),
        ("2025-06", "CEX", 0, 1),
        ("2025-06", "COUNCIL", 3, 6),
        ("2025-06", "CYP", 1, 1),
        ("2025-06", "HOU", 1, 1),
        ("2025-06", "PLA", 0, 1),
        ("2025-06", "RES", 0, 1),
    ]


def test_an_incident_reopened_within_five_working_days_was_not_fixed(measure):
    # The fifth working day after Tuesday 10 June 2025 is the 17th, which ends at 23:00 UTC.
    measure.given(
        "accepted_tickets",
        """
        ticket_id  directorate  type      reassignment_count  reopen_count  resolved_at          reopened_at
        T1         ASC          incident  0                   0             2025-06-10 10:00:00  -
        T2         CEX          incident  0                   1             2025-06-10 10:00:00  2025-06-17 22:59:59
        T3         CYP          incident  0                   1             2025-06-10 10:00:00  2025-06-17 23:00:00
        T4         HOU          incident  0                   1             2025-06-10 10:00:00  2025-05-02 10:00:00
        T5         PLA          incident  0                   2             2025-06-10 10:00:00  -
        T6         RES          incident  0                   -             2025-06-10 10:00:00  -
        T7         RES          incident  0                   2             2025-06-10 10:00:00  2025-06-17 23:00:00
        """,
    )

    assert measure.kpi("tickets_fixed_at_first_contact", "2025-06") == [
        ("2025-06", "ASC", 1, 1),
        ("2025-06", "CEX", 0, 1),
        ("2025-06", "COUNCIL", 3, 7),
        ("2025-06", "CYP", 1, 1),
        ("2025-06", "HOU", 0, 1),
        ("2025-06", "PLA", 0, 1),
        ("2025-06", "RES", 1, 2),
    ]


def test_an_incident_counts_in_the_london_period_in_which_it_was_resolved(measure):
    measure.given(
        "clean_tickets",
        """
        directorate  type      reassignment_count  resolved_at
        PLA          incident  0                   2025-05-31 22:59:59
        PLA          incident  1                   2025-05-31 23:00:00
        PLA          incident  0                   2025-06-30 22:59:59
        PLA          incident  0                   2025-06-30 23:00:00
        PLA          incident  0                   -
        """,
    )

    assert measure.kpi("tickets_fixed_at_first_contact", "2025-06")[0] == (
        *("2025-06", "COUNCIL"),
        *(1, 2),
    )
