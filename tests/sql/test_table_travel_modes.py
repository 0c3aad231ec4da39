def test_the_wave_in_force_is_shown_for_directorates_and_the_council(measure):
    measure.given(
        "clean_travel_survey",
        """
        wave  holds_from           directorate  mode  fuel    answers  weight  weighted_km
        2023  2023-03-31 23:00:00  HR           car   petrol  9        9       9
        2025  2025-05-31 23:00:00  HR           car   petrol  2        3       40
        2025  2025-05-31 23:00:00  ICT          car   petrol  1        1       10
        2025  2025-05-31 23:00:00  ICT          walk  -       1        1       1
        """,
    )

    assert measure.table("travel_modes", "2025-26-Q1", "2025-06") == [
        ("2025-26-Q1", "2025", "COUNCIL", "car", "petrol", 3, 4, 50),
        ("2025-26-Q1", "2025", "COUNCIL", "walk", None, 1, 1, 1),
        ("2025-26-Q1", "2025", "HR", "car", "petrol", 2, 3, 40),
        ("2025-26-Q1", "2025", "ICT", "car", "petrol", 1, 1, 10),
        ("2025-26-Q1", "2025", "ICT", "walk", None, 1, 1, 1),
    ]
