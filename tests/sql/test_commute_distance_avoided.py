def test_the_mean_distance_is_that_of_the_survey_wave_in_force(measure):
    measure.given(
        "clean_travel_survey",
        """
        wave  holds_from           directorate  mode  weight  weighted_km
        2023  2023-03-31 23:00:00  HR           car   10      100
        2025  2025-05-31 23:00:00  HR           car   4       80
        2025  2025-05-31 23:00:00  HR           walk  1       1
        2025  2025-05-31 23:00:00  ICT          bus   5       60
        2025  2025-05-31 23:00:00  ICT          home  5       0
        2026  2025-06-30 23:00:00  HR           car   9       999
        """,
    )

    assert measure.kpi("commute_distance_avoided", "2024-25-Q4", "2025-26-Q1", "2025-06") == [
        ("2024-25-Q4", "COUNCIL", 100, 10),
        ("2024-25-Q4", "HR", 100, 10),
        ("2025-26-Q1", "COUNCIL", 141, 10),
        ("2025-26-Q1", "HR", 81, 5),
        ("2025-26-Q1", "ICT", 60, 5),
    ]
