"""How staff travel to work: the survey's mode split, or the Census default when there is none.

Shares are of commuters: home workers are left out, and drivers are counted at one to a car, so
that passengers, walkers and cyclists add nothing. Direct factors only (carbon method, section 3).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scorecard.carbon.activity import COUNCIL
from scorecard.carbon.factors import Factor, FactorSets

FEWEST_ANSWERS = 30
LOWEST_RESPONSE = Decimal("0.30")  # of the staff: below it answers do not stand for the rest
ZERO = Decimal(0)

_CAR_BY_FUEL = {
    "petrol": "car_average_petrol",
    "diesel": "car_average_diesel",
    "hybrid": "car_average_hybrid",
    "plug_in": "car_average_phev",
    "electric": "car_average_bev",
}
# Mode to factor and its unit; None: the trip adds nothing when drivers are counted.
_FACTORS: dict[str, tuple[str, str] | None] = {
    "car": ("car_average_unknown", "vehicle.km"),
    "motorcycle": ("motorbike_average", "vehicle.km"),
    "bus": ("bus_local_average", "passenger.km"),
    "train": ("rail_national", "passenger.km"),
    "light_rail": ("rail_light", "passenger.km"),
    "underground": ("rail_underground", "passenger.km"),
    "taxi": ("taxi_regular", "passenger.km"),
    "car_passenger": None,
    "cycle": None,
    "walk": None,
    "other": None,
}


class TravelError(ValueError):
    """A mode of travel for which the method names no factor."""


@dataclass(frozen=True)
class Mode:
    """One mode: its share of commuters, their mean one-way distance, and fuel if a car."""

    mode: str
    share: Decimal
    one_way_km: Decimal
    fuel: str = ""


@dataclass(frozen=True)
class Split:
    """How a group of staff travels, how good the evidence is (A to D), and where it is from."""

    modes: tuple[Mode, ...]
    grade: str
    source: str

    @property
    def mean_km(self) -> Decimal:
        """The mean one-way distance of a commuter."""
        return sum((mode.share * mode.one_way_km for mode in self.modes), ZERO)


# Census 2011, England and Wales, percent of workers; the rest, 5.5, worked at home.
_CENSUS = {
    "car": "57.5", "car_passenger": "5.1", "bus": "7.3", "train": "5.2", "light_rail": "3.9",
    "walk": "10.7", "cycle": "2.9", "motorcycle": "0.8", "taxi": "0.5", "other": "0.6",
}  # fmt: skip
_CENSUS_KM = Decimal("15.0")


def census_split() -> Split:
    """The default: Census 2011 mode split and one distance for all modes (method, section 8)."""
    commuters = sum((Decimal(percent) for percent in _CENSUS.values()), ZERO)
    modes = tuple(
        Mode(mode, Decimal(percent) / commuters, _CENSUS_KM) for mode, percent in _CENSUS.items()
    )
    return Split(modes, "D", "Census 2011, England and Wales; 15.0 km for all modes")


def survey_splits(
    rows: Iterable[Mapping[str, str]], staff: Mapping[str, int] | None = None
) -> dict[str, Split]:
    """The split of each directorate, and of COUNCIL, from the rows of the table travel_modes.

    A row: wave, directorate, mode, fuel, answers, weight, weighted_km (numbers as text). A
    directorate with fewer than 30 answers, or of whose `staff` under 30 % answered, takes the
    council's split. Grade B if half of the staff answered, else C.
    """
    groups: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        groups.setdefault(row["directorate"], []).append(row)
    heads = staff or {}
    council = _split(COUNCIL, groups.get(COUNCIL, []), heads.get(COUNCIL))
    if council is None:
        return {}
    splits = {}
    for directorate, group in sorted(groups.items()):
        why = _too_few(directorate, _answers(group), heads.get(directorate))
        own = None if why else _split(directorate, group, heads.get(directorate))
        told = "; ".join(filter(None, (council.source, why)))
        splits[directorate] = own or Split(council.modes, "C", told)
    return splits


def split_for(directorate: str, splits: Mapping[str, Split]) -> Split:
    """A directorate's split; the council's if it has no answers; the Census without a survey."""
    if directorate in splits:
        return splits[directorate]
    if COUNCIL in splits:
        council = splits[COUNCIL]
        return Split(council.modes, "C", f"{council.source}; {directorate} has no answers")
    return census_split()


def _answers(rows: Iterable[Mapping[str, str]]) -> int:
    return sum(int(row["answers"]) for row in rows)


def _too_few(directorate: str, answers: int, staff: int | None) -> str:
    """Why a directorate's answers do not stand for its staff; empty for the council, or if so."""
    if directorate == COUNCIL:
        return ""
    if answers < FEWEST_ANSWERS:
        return f"{directorate} has only {answers} answers"
    if staff and answers < LOWEST_RESPONSE * staff:
        return f"under 30 % of {directorate} answered"
    return ""


def _split(directorate: str, rows: Sequence[Mapping[str, str]], staff: int | None) -> Split | None:
    """The split of one group's answers; None if none of them commutes."""
    commuting = [row for row in rows if row["mode"] != "home"]
    total = sum((Decimal(row["weight"]) for row in commuting), ZERO)
    if total == 0:
        return None
    modes = tuple(
        Mode(
            mode=row["mode"],
            share=Decimal(row["weight"]) / total,
            one_way_km=Decimal(row["weighted_km"]) / Decimal(row["weight"]),
            fuel=row["fuel"] or "",
        )
        for row in commuting
        if Decimal(row["weight"]) > 0
    )
    grade = "B" if staff and 2 * _answers(rows) >= staff else "C"
    return Split(modes, grade, f"Travel survey {commuting[0]['wave']}, answers of {directorate}")


def factor_of(mode: Mode, sets: FactorSets, year: int) -> Factor | None:
    """The factor of a kilometre by this mode; None for a mode that adds nothing."""
    if mode.mode not in _FACTORS:
        raise TravelError(
            f"travel survey: mode '{mode.mode}' has no factor. Correct the survey's mapping, or "
            "add the mode to scorecard/carbon/travel.py with the factor that the method names."
        )
    named = _FACTORS[mode.mode]
    if named is None:
        return None
    factor_id, unit = named
    if mode.mode == "car":
        factor_id = _CAR_BY_FUEL.get(mode.fuel, factor_id)
    return sets.get(factor_id, year, unit)


def round_trip(split: Split, sets: FactorSets, year: int) -> tuple[Decimal, tuple[Factor, ...]]:
    """Kilograms CO2e of a commuter's way to work and back, and the factors used."""
    kilograms, used = ZERO, {}
    for mode in split.modes:
        factor = factor_of(mode, sets, year)
        if factor:
            kilograms += mode.share * 2 * mode.one_way_km * factor.value
            used[factor.factor_id] = factor
    return kilograms, tuple(used.values())


def break_even_km(
    kg_a_day_at_home: Decimal, split: Split, sets: FactorSets, year: int
) -> Decimal | None:
    """The one-way distance beyond which a home day saves carbon, for this mix of modes.

    None if no mode has emissions: then a home day never saves any.
    """
    per_km = ZERO
    for mode in split.modes:
        factor = factor_of(mode, sets, year)
        per_km += mode.share * factor.value if factor else ZERO
    return kg_a_day_at_home / per_km / 2 if per_km else None


# Ways to work whose break-even is printed beside that of the council's own mix.
_COMPARED = {
    "Average car": ("car_average_unknown", "vehicle.km"),
    "Average local bus": ("bus_local_average", "passenger.km"),
    "National rail": ("rail_national", "passenger.km"),
    "Battery car": ("car_average_bev", "vehicle.km"),
}
_CENSUS_MIX = "Mix of ways to work of the 2011 Census"


def break_even_by_mode(
    kg_a_day_at_home: Decimal, sets: FactorSets, year: int
) -> tuple[tuple[str, Decimal], ...]:
    """The one-way distance beyond which a home day saves carbon, for a few ways to work."""
    found = [
        (name, kg_a_day_at_home / sets.get(factor_id, year, unit).value / 2)
        for name, (factor_id, unit) in _COMPARED.items()
    ]
    census = break_even_km(kg_a_day_at_home, census_split(), sets, year)
    return (*found, *([(_CENSUS_MIX, census)] if census is not None else []))
