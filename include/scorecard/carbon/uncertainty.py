"""How sure an estimate is: its 95% interval, and how likely it is that carbon was avoided at all.

Every width is our assumption, because the official factors have none (carbon method, section 9).
Ten multipliers, lognormal with median 1, are drawn once for a quarter and shared by whatever is
added up: directorates, and the four quarters of a rolling year. An estimate is a sum of terms,
each a number of kilograms times some of the multipliers. Those of metered offices are drawn after
the ten, so that what carries none of them has the same interval with meters and without.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scorecard.kpis import rounded

METHOD_VERSION = "1"
DRAWS = 100_000
_CHUNK = 10_000
_PERCENTILES = (0.025, 0.975)
_PLACES = 6  # of a bound; the last digits of a float differ from machine to machine

# In the order in which they are drawn, which is part of the method.
MULTIPLIERS = (
    "distance", "mode_mix", "travel_factors", "home_days", "home_factor", "hours",
    "paper_factors", "print_volume", "printer_energy", "electricity_factor",
)  # fmt: skip

# Drawn after these: what the meters of offices say, in the baseline and now, and the factor of gas.
LATER = ("office_before", "office_now", "gas_factor")

# The 95% half-width of each by the grade of its evidence, where it depends on that: A measured,
# B recorded, C estimated, D default.
_WIDTHS: dict[str, dict[str, str]] = {
    "distance": {"A": "0.08", "B": "0.08", "C": "0.15", "D": "0.30"},
    "mode_mix": {"A": "0.05", "B": "0.05", "C": "0.05", "D": "0.15"},
    "travel_factors": {"": "0.10"},
    "home_days": {"A": "0.05", "B": "0.10", "C": "0.30", "D": "0.30"},
    "home_factor": {"": "0.40"},
    "hours": {"": "0.05"},
    "paper_factors": {"": "0.30"},
    "print_volume": {"A": "0.05", "B": "0.15", "C": "0.30", "D": "0.30"},
    "printer_energy": {"": "1.2"},
    "electricity_factor": {"": "0.05"},
    "office_before": {"A": "0.05", "B": "0.10", "C": "0.30"},
    "office_now": {"A": "0.05", "B": "0.10", "C": "0.30"},
    "gas_factor": {"": "0.02"},
}

Draw = NDArray[np.float64]


class Width(NamedTuple):
    """One multiplier, and its 95% half-width: 0.30 is times or divided by 1.30."""

    multiplier: str
    half_width: Decimal


Exposure = tuple[Width, ...]  # the multipliers that a term carries
Terms = Mapping[Exposure, Decimal]  # the numbers that are added up, by what they are exposed to


def width(multiplier: str, grade: str = "") -> Width:
    """A multiplier's width, for evidence of a grade if it depends on that."""
    widths = _WIDTHS[multiplier]
    return Width(multiplier, Decimal(widths[grade if len(widths) > 1 else ""]))


def total(terms: Terms) -> Decimal:
    """The central estimate: every multiplier at 1."""
    return sum(terms.values(), Decimal(0))


def added(*several: Terms) -> dict[Exposure, Decimal]:
    """Terms added up: those with the same exposure become one."""
    found: dict[Exposure, Decimal] = {}
    for terms in several:
        for exposure, number in terms.items():
            found[exposure] = found.get(exposure, Decimal(0)) + number
    return found


def scaled(terms: Terms, by: Decimal) -> dict[Exposure, Decimal]:
    """Terms times a number that is not in doubt."""
    return {exposure: number * by for exposure, number in terms.items()}


@dataclass(frozen=True)
class Interval:
    """The 95% interval of an estimate, in its own unit, and the share of draws above zero."""

    lower: Decimal
    upper: Decimal
    above_zero: Decimal

    @property
    def holds_zero(self) -> bool:
        """Whether the estimate cannot be told from none."""
        return self.lower <= 0 <= self.upper


def seed_of(council: str, quarter: str) -> int:
    """The seed of a council's quarter: the same numbers for everyone who draws them again."""
    text = f"{council}|{quarter}|{METHOD_VERSION}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


@dataclass(frozen=True)
class Draws:
    """The draws of one council and quarter: about 25 MB, however many estimates ask for them."""

    seed: int
    count: int = DRAWS

    @cached_property
    def _normals(self) -> Draw:
        """Standard normal numbers, a row for each multiplier; drawn chunk by chunk."""
        generator = np.random.Generator(np.random.PCG64(self.seed))
        ten = len(MULTIPLIERS)
        found = np.empty((ten + len(LATER), self.count))
        for start in range(0, self.count, _CHUNK):
            rows = min(_CHUNK, self.count - start)
            found[:ten, start : start + rows] = generator.standard_normal((rows, ten)).T
        found[ten:] = generator.standard_normal((len(LATER), self.count))
        return found

    @cached_property
    def _products(self) -> dict[Exposure, Draw]:
        return {}

    def product(self, exposure: Exposure) -> Draw:
        """What the multipliers of an exposure come to together, in every draw."""
        if exposure not in self._products:
            logs = np.zeros(self.count)
            for multiplier, half_width in exposure:
                place = (*MULTIPLIERS, *LATER).index(multiplier)
                logs += sigma(half_width) * self._normals[place]
            self._products[exposure] = np.exp(logs)
        return self._products[exposure]

    @cached_property
    def _bounds(self) -> dict[Exposure, tuple[float, float]]:
        return {}

    def bounds(self, exposure: Exposure) -> tuple[float, float]:
        """The percentiles of one exposure, for an estimate of a single term."""
        if exposure not in self._bounds:
            self._bounds[exposure] = _percentiles(self.product(exposure))
        return self._bounds[exposure]


def sigma(half_width: Decimal) -> float:
    """The standard deviation of a multiplier's logarithm."""
    return float(np.log1p(float(half_width))) / 1.96


def interval(terms: Terms, draws: Draws) -> Interval:
    """The interval of a sum of terms. It covers the parameters only, never a scenario."""
    terms = {exposure: number for exposure, number in terms.items() if number}
    if len(terms) <= 1:
        return _of_one_term(terms, draws)
    drawn = np.zeros(draws.count)
    for exposure in sorted(terms):  # in one order: additions of floats depend on it
        drawn += float(terms[exposure]) * draws.product(exposure)
    lower, upper = _percentiles(drawn)
    above = Decimal(int(np.count_nonzero(drawn > 0))) / draws.count
    return Interval(_decimal(lower), _decimal(upper), above)


def _of_one_term(terms: Terms, draws: Draws) -> Interval:
    """The interval of one term, which has the sign that its number has in every draw."""
    if not terms:
        return Interval(Decimal(0), Decimal(0), Decimal(0))
    (exposure, number), *_ = terms.items()
    low, high = sorted(float(number) * bound for bound in draws.bounds(exposure))
    return Interval(_decimal(low), _decimal(high), Decimal(int(number > 0)))


def in_kilograms(name: str, terms: Terms | None, bounds: Interval | None) -> dict[str, str]:
    """A sum of kilograms and its bounds as text, under a name; nothing of what is not known."""
    if terms is None or bounds is None:
        return {}
    numbers = {"": rounded(total(terms), _PLACES), "_lower": bounds.lower, "_upper": bounds.upper}
    return {f"{name}{part}_kg": str(number) for part, number in numbers.items()}


def _percentiles(drawn: Draw) -> tuple[float, float]:
    lower, upper = np.quantile(drawn, _PERCENTILES)
    return float(lower), float(upper)


def _decimal(number: float) -> Decimal:
    return rounded(Decimal(number), _PLACES)
