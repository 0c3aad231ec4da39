"""The staff travel survey: one row for each answer, two waves."""

import numpy as np

from scorecard.period import Month
from scorecard.sample import directorates, dirt, lines
from scorecard.sample.seeds import generator

WAVES = {2023: Month(2023, 4), 2025: Month(2025, 4)}  # the month in which each wave comes in

_MODES = (
    "car", "car passenger", "bus", "train", "light rail", "motorcycle", "taxi", "cycle", "walk"
)  # fmt: skip
_SHARES = {
    2023: (0.60, 0.05, 0.09, 0.06, 0.03, 0.01, 0.01, 0.04, 0.11),
    2025: (0.57, 0.05, 0.10, 0.07, 0.03, 0.01, 0.01, 0.05, 0.11),
}
_TYPICAL_KM = np.array([15.5, 13.0, 8.5, 27.0, 10.5, 13.0, 6.0, 5.2, 1.7])
_FUELS = ("petrol", "diesel", "hybrid", "plug-in", "electric")
_FUEL_SHARES = {2023: (0.58, 0.31, 0.07, 0.01, 0.03), 2025: (0.56, 0.25, 0.09, 0.03, 0.07)}
_ANSWERS = 0.32  # of the staff
_HAS_FUEL = 2  # car and car passenger


def answers(seed: int, heads: int, wave: int) -> tuple[bytes, int, dirt.Planted]:
    """A wave's answers: the file, its rows, the dirt in it."""
    rng = generator(seed, "travel survey", wave)
    total = max(30, round(heads * _ANSWERS))
    mode = rng.choice(len(_MODES), total, p=_SHARES[wave])
    directorate = rng.choice(6, total, p=directorates.SHARE_OF_STAFF)
    tenths = np.maximum(3, (_TYPICAL_KM[mode] * 10 * (0.25 + 1.5 * rng.random(total))).astype(int))
    by_car = mode < _HAS_FUEL
    aboard = np.where(mode == 1, 2, 1 + (rng.random(total) < 0.09))
    fuel = lines.pick(_FUELS, rng.choice(5, total, p=_FUEL_SHARES[wave]))
    weight = np.array([97, 108, 102, 95, 92, 104])[directorate]
    sheet = {
        "wave": lines.shared(str(wave), total),
        "directorate": lines.pick(
            directorates.EVERY_NAME, directorate * 3 + rng.integers(0, 3, total)
        ),
        "mode": lines.pick(_MODES, mode),
        "fuel": lines.blank_where(fuel, ~by_car),
        "one_way_km": lines.hundredths(tenths * 10),
        "days_per_week": lines.numbers(rng.choice(5, total, p=(0.08, 0.22, 0.34, 0.16, 0.20)) + 1),
        "people_in_car": lines.numbers(np.ma.masked_array(aboard, ~by_car)),
        "weight": lines.hundredths(weight),
    }
    planted: dirt.Planted = {}
    spoilt = rng.permutation(total)
    name = dirt.UNKNOWN_DIRECTORATE
    dirt.spoil(sheet, "directorate", spoilt[:2], name, planted, "unknown_directorate")
    dirt.spoil(sheet, "one_way_km", spoilt[2:4], "-5", planted, "negative_distance")
    return lines.to_bytes(sheet), total, planted
