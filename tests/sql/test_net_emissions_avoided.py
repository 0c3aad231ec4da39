from decimal import Decimal


def test_fte_of_the_months_stand_over_the_number_of_months(measure):
    measure.given(
        "clean_workforce",
        """
        month    month_starts_at      directorate  persona  fte
        2025-04  2025-03-31 23:00:00  HR           fixed    10.5
        2025-04  2025-03-31 23:00:00  HR           hybrid   20
        2025-06  2025-05-31 23:00:00  HR           hybrid   30
        2025-06  2025-05-31 23:00:00  ICT          hybrid   5
        2025-07  2025-06-30 23:00:00  ICT          hybrid   999
        """,
    )

    assert measure.kpi("net_emissions_avoided", "2025-26-Q1", "2025-04") == [
        ("2025-26-Q1", "COUNCIL", Decimal("65.5"), 2),
        ("2025-26-Q1", "HR", Decimal("60.5"), 2),
        ("2025-26-Q1", "ICT", 5, 1),
    ]
