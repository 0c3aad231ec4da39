"""Units that fit are multiplied; all others stop, however alike their numbers look."""

import pytest

from scorecard.carbon import units
from scorecard.carbon.units import UnitError

UNITS = units.SPELT


@pytest.mark.parametrize("unit", UNITS)
def test_a_factor_meets_a_quantity_of_its_own_unit(unit):
    units.check("a", unit, unit)


@pytest.mark.parametrize(
    ("per", "counted"),
    [(per, counted) for per in UNITS for counted in UNITS if per != counted]
    + [("kWh", "MWh"), ("vehicle.km", "vehicle.mile"), ("tonne", "kg"), ("FTE.hour", "hour")],
)
def test_a_factor_never_meets_a_quantity_of_another_unit(per, counted):
    with pytest.raises(UnitError, match=f"'a' is per {per}, and the formula counts {counted}"):
        units.check("a", per, counted)


@pytest.mark.parametrize("unit", ["litre", "", "vehicle-km", "unknown"])
def test_a_unit_that_the_method_does_not_spell_is_not_known(unit):
    assert unit not in units.SPELT
    with pytest.raises(UnitError):
        units.check("a", unit, "kWh")
