"""An estimate is printed with the same digits wherever its number stands."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scorecard.packs.digits import bound_cells, value_cell
from scorecard.packs.words import MINUS


@pytest.fixture
def told(records):
    """The texts of a figure and its bounds: told(unit, decimals, numerator, lower, upper)."""

    def tell(unit, decimals, exact, lower=None, upper=None):
        definition = replace(records.definition("pages_printed"), unit=unit, decimals=decimals)
        given = {"numerator": exact, "value": exact, "lower": lower, "upper": upper}
        numbers = {name: text and Decimal(text) for name, text in given.items()}
        record = replace(records.figures.rows[0], **numbers)
        cells = value_cell(definition, record), *bound_cells(definition, record)
        return [cell.text for cell in cells]

    return tell


@pytest.mark.parametrize(
    ("figure", "texts"),
    [
        (("pages", 0, "1815.21"), ["1,815"]),
        (("percent", 1, "87.26", "80", "90"), ["87.3", "80.0", "90.0"]),
        (("kg_co2e", 0, "1815.21"), ["1,815"]),
        (("kg_co2e", 0, "1815.21", "1490", "2204"), ["1,800", "1,500", "2,200"]),
        (("kg_co2e", 0, "57.77", "45.1", "75.2"), ["58", "45", "75"]),
        (("t_co2e", 1, "0.6203", "0.0412", "1.1318"), ["0.62", "0.04", "1.13"]),
        (("t_co2e", 1, "11.5824", "-0.6", "24.7"), ["12", f"{MINUS}1", "25"]),
    ],
)
def test_an_estimate_of_emissions_has_the_digits_that_its_interval_bears(told, figure, texts):
    assert told(*figure) == texts
