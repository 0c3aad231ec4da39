def test_the_activity_is_that_of_the_net_fte_of_each_month_over_months(measure):
    measure.given(
        "clean_workforce",
        """
        month_starts_at      month    directorate  persona  fte
        2025-03-31 23:00:00  2025-04  HR           fixed    10
        2025-03-31 23:00:00  2025-04  HR           hybrid   5
        2025-04-30 23:00:00  2025-05  HR           fixed    11
        2025-04-30 23:00:00  2025-05  ICT          fixed    4
        2025-06-30 23:00:00  2025-07  ICT          fixed    99
        """,
    )

    rows = measure.kpi("net_emissions_avoided_per_fte", "2025-04", "2025-26-Q1")

    assert rows == [
        ("2025-26-Q1", "COUNCIL", 30, 2),
        ("2025-26-Q1", "HR", 26, 2),
        ("2025-26-Q1", "ICT", 4, 1),
    ]
    assert rows == measure.kpi("net_emissions_avoided", "2025-04", "2025-26-Q1")
