from decimal import Decimal


def test_hours_of_the_contract_stand_over_the_days_worked(measure):
    measure.given(
        "clean_workforce",
        """
        month_starts_at      directorate  worked_fte_days  hours_per_day
        2025-03-31 23:00:00  HR           10               7.4
        2025-05-31 23:00:00  HR           10               7.2
        2025-05-31 23:00:00  ICT          5                7.0
        2025-06-30 23:00:00  ICT          999              7.0
        """,
    )

    assert measure.kpi("home_working_emissions_added", "2025-26-Q1", "2025-04") == [
        ("2025-26-Q1", "COUNCIL", 181, 25),
        ("2025-26-Q1", "HR", 146, 20),
        ("2025-26-Q1", "ICT", Decimal("35"), 5),
    ]
