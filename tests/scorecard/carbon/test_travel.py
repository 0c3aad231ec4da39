from decimal import Decimal

import pytest

from scorecard import assumptions
from scorecard.carbon import travel

SETS = assumptions.factor_sets()


def answers(directorate, mode, fuel, count, weight, km):
    """A row of the table travel_modes."""
    return {
        "wave": "2025",
        "directorate": directorate,
        "mode": mode,
        "fuel": fuel,
        "answers": str(count),
        "weight": str(weight),
        "weighted_km": str(Decimal(weight) * km),
    }


COUNCIL = [
    answers("COUNCIL", "car", "petrol", 60, 60, 20),
    answers("COUNCIL", "walk", "", 40, 40, 2),
]


def test_the_census_gives_a_round_trip_to_the_milligram():
    kilograms, used = travel.round_trip(travel.census_split(), SETS, 2025)
    assert round(kilograms, 6) == Decimal("3.440049")
    assert [factor.factor_id for factor in used] == [
        "car_average_unknown",
        "bus_local_average",
        "rail_national",
        "rail_light",
        "motorbike_average",
        "taxi_regular",
    ]


def test_a_survey_gives_shares_of_commuters_and_the_mean_distance_of_each_mode():
    split = travel.survey_splits(COUNCIL)["COUNCIL"]
    assert [(m.mode, m.fuel, m.share, m.one_way_km) for m in split.modes] == [
        ("car", "petrol", Decimal("0.6"), 20),
        ("walk", "", Decimal("0.4"), 2),
    ]
    assert (split.grade, split.mean_km) == ("C", Decimal("12.8"))


@pytest.mark.parametrize(("staff", "grade"), [(200, "B"), (201, "C"), (None, "C"), (0, "C")])
def test_a_survey_is_well_known_if_half_of_the_staff_answered(staff, grade):
    heads = {} if staff is None else {"COUNCIL": staff}
    assert travel.survey_splits(COUNCIL, heads)["COUNCIL"].grade == grade


def test_a_car_takes_the_factor_of_its_fuel_and_a_walk_adds_nothing():
    kilograms, used = travel.round_trip(travel.survey_splits(COUNCIL)["COUNCIL"], SETS, 2025)
    petrol = SETS.get("car_average_petrol", 2025, "vehicle.km")
    assert (kilograms, used) == (Decimal("0.6") * 2 * 20 * petrol.value, (petrol,))


@pytest.mark.parametrize(("count", "grade", "mean"), [(30, "B", 5), (29, "C", Decimal("12.8"))])
def test_a_directorate_with_under_30_answers_travels_like_the_council(count, grade, mean):
    rows = [*COUNCIL, answers("HR", "bus", "", count, count, 5)]
    splits = travel.survey_splits(rows, {"HR": 60, "COUNCIL": 200})
    split = travel.split_for("HR", splits)
    assert (split.grade, split.mean_km) == (grade, mean)


@pytest.mark.parametrize(
    ("count", "staff", "grade", "mean", "why"),
    [
        (60, 200, "C", 5, ""),
        (60, 201, "C", Decimal("12.8"), "; under 30 % of HR answered"),
        (59, None, "C", 5, ""),
        (59, 0, "C", 5, ""),
        (29, 30, "C", Decimal("12.8"), "; HR has only 29 answers"),
    ],
)
def test_a_directorate_of_which_under_30_percent_answered_travels_like_the_council(
    count, staff, grade, mean, why
):
    heads = {"COUNCIL": 120} | ({} if staff is None else {"HR": staff})
    rows = [*COUNCIL, answers("HR", "bus", "", count, count, 5)]
    split = travel.survey_splits(rows, heads)["HR"]
    assert (split.grade, split.mean_km) == (grade, mean)
    assert split.source.partition("answers of ")[2] == (f"COUNCIL{why}" if why else "HR")


@pytest.mark.parametrize("staff", [333, 334])
def test_a_survey_that_under_30_percent_of_the_council_answered_still_stands_but_is_an_estimate(
    staff,
):
    split = travel.survey_splits(COUNCIL, {"COUNCIL": staff})["COUNCIL"]
    assert (split.grade, split.mean_km) == ("C", Decimal("12.8"))


def test_a_directorate_of_home_workers_only_travels_like_the_council():
    rows = [*COUNCIL, answers("HR", "home", "", 40, 40, 0)]
    split = travel.survey_splits(rows, {"HR": 40})["HR"]
    assert (split.grade, split.source) == ("C", "Travel survey 2025, answers of COUNCIL")


def test_a_directorate_without_an_answer_travels_like_the_council():
    split = travel.split_for("HR", travel.survey_splits(COUNCIL))
    assert (split.grade, split.mean_km) == ("C", Decimal("12.8"))


def test_without_a_survey_the_census_stands_in_and_says_so():
    split = travel.split_for("HR", travel.survey_splits([]))
    assert (split.grade, round(split.mean_km, 9)) == ("D", 15)
    assert split.source.startswith("Census 2011")


def test_people_who_work_at_home_are_no_commuters():
    home = answers("COUNCIL", "home", "", 50, 50, 0)
    assert travel.survey_splits([*COUNCIL, home]) == travel.survey_splits(COUNCIL)


def test_a_mode_without_a_factor_is_refused():
    split = travel.Split((travel.Mode("hovercraft", Decimal(1), Decimal(1)),), "B", "")
    with pytest.raises(travel.TravelError, match="mode 'hovercraft' has no factor"):
        travel.round_trip(split, SETS, 2025)


@pytest.mark.parametrize(
    ("year", "km"),
    [
        (2025, ("7.4", "11.9", "34.8", "30.5", "10.8")),
        (2026, ("7.2", "11.8", "38.8", "40.6", "10.6")),
    ],
)
def test_the_ways_to_work_that_the_pack_compares_break_even_at_the_distances_of_the_method(
    year, km
):
    a_day = Decimal("7.4") * SETS.get("homeworking_total", year, "FTE.hour").value
    found = travel.break_even_by_mode(a_day, SETS, year)
    names = ("Average car", "Average local bus", "National rail", "Battery car")
    assert [(name, round(distance, 1)) for name, distance in found] == list(
        zip((*names, "Mix of ways to work of the 2011 Census"), map(Decimal, km), strict=True)
    )


@pytest.mark.parametrize(
    ("mode", "fuel", "year", "km"),
    [
        ("car", "", 2025, "7.4"),
        ("car", "", 2026, "7.2"),
        ("bus", "", 2025, "11.9"),
        ("bus", "", 2026, "11.8"),
        ("train", "", 2025, "34.8"),
        ("train", "", 2026, "38.8"),
        ("car", "electric", 2025, "30.5"),
        ("car", "electric", 2026, "40.6"),
        ("census", "", 2025, "10.8"),
        ("census", "", 2026, "10.6"),
    ],
)
def test_a_home_day_breaks_even_at_the_distances_of_the_method(mode, fuel, year, km):
    alone = travel.Split((travel.Mode(mode, Decimal(1), Decimal(1), fuel),), "D", "")
    split = travel.census_split() if mode == "census" else alone
    a_day = Decimal("7.4") * SETS.get("homeworking_total", year, "FTE.hour").value
    assert round(travel.break_even_km(a_day, split, SETS, year), 1) == Decimal(km)
