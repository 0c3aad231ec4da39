"""Units at the edges: a factor per vehicle.km never meets passenger.km, nor kWh a tonne.

Units are spelt as in ghg_factors.csv. They are checked once, where a factor meets a formula, and
then the numbers go on without them. A mile is 1.609344 km (carbon method, section 14).
"""

from functools import cache
from typing import Any

from pint import PintError, UnitRegistry

RESULT = "kgCO2e"
SPELT = ("vehicle.km", "passenger.km", "FTE.hour", "kWh", "tonne")  # in the factor file
_DEFINED = (
    "kgCO2e = [emissions]",
    "km = [length]",
    "mile = 1.609344 * km",
    "vehicle = [vehicle]",
    "passenger = [passenger]",
    "FTE = [staff]",
    "hour = [time]",
    "kWh = [energy]",
    "MWh = 1000 * kWh",
    "tonne = [mass]",
    "kg = 0.001 * tonne",
    "impression = [impression]",
)


class UnitError(ValueError):
    """A factor and a quantity whose units do not fit: where, what, what to do."""


@cache
def check(factor_id: str, per: str, counted: str) -> None:
    """Refuse a factor per one unit for a quantity that is counted in another."""
    try:
        product = _unit(counted, factor_id) * _unit(RESULT, factor_id) / _unit(per, factor_id)
        kilograms = product.to(RESULT).magnitude
    except PintError:
        kilograms = None
    if kilograms != 1:
        raise UnitError(
            f"ghg_factors.csv: '{factor_id}' is per {per}, and the formula counts {counted}. "
            "Choose the factor of the right unit, or convert the quantity first."
        )


def _unit(text: str, factor_id: str) -> Any:
    """One of a unit, such as vehicle.km."""
    try:
        return 1 * _registry().parse_units(text.replace(".", " * ") or "unknown")
    except (PintError, ValueError, TypeError, AttributeError):
        raise UnitError(
            f"ghg_factors.csv: '{factor_id}' has the unit '{text}', which is not known. "
            f"Use one of {', '.join(SPELT)}."
        ) from None


@cache
def _registry() -> UnitRegistry[float]:
    registry: UnitRegistry[float] = UnitRegistry(None)
    for line in _DEFINED:
        registry.define(line)
    return registry
