from decimal import Decimal


def test_answers_are_weighted_and_only_a_car_has_a_fuel(measure):
    measure.given(
        "accepted_travel_survey",
        """
        wave  surveyed_month  directorate  mode  fuel    one_way_km  weight
        2025  2025-06         HR           car   petrol  10          2
        2025  2025-06         HR           car   petrol  20          -
        2025  2025-06         HR           car   -       5           1
        2025  2025-06         HR           bus   diesel  4           1
        2025  2025-06         HR           bus   -       -           1
        2025  2025-06         -            walk  -       1           0.5
        """,
    )

    columns = ("directorate", "mode", "fuel", "answers", "weight", "weighted_km")
    assert measure.clean("travel_survey", *columns) == [
        ("HR", "bus", None, 1, 1, 4),
        ("HR", "car", None, 1, 1, 5),
        ("HR", "car", "petrol", 2, 3, 40),
        ("UNKNOWN", "walk", None, 1, Decimal("0.5"), Decimal("0.5")),
    ]


def test_a_wave_holds_from_the_midnight_in_london_that_begins_its_month(measure):
    measure.given(
        "accepted_travel_survey",
        """
        wave  surveyed_month  mode  one_way_km
        2025  2025-06         walk  1
        """,
    )

    assert measure.clean("travel_survey", "wave", "holds_from") == [("2025", "2025-05-31 23:00:00")]
