"""Assumptions: every default of the carbon package stands in the file, with its value."""

import importlib
from dataclasses import MISSING, fields

import pytest

from scorecard import assumptions
from scorecard.carbon import activity, estimates, factors, lines, quarter, travel, uncertainty
from scorecard.strict import WrongDefinition

EVERY = assumptions.read()
HEADINGS = "section,assumption,quality,impact,source,value,defaults\n"


def said():
    """What the file says of the code: where, and the value there."""
    return dict(each.split("=") for a in EVERY for each in a.defaults if each)


def in_the_code():
    """The defaults of the carbon package, by where they are."""
    found = {
        "travel._CENSUS_KM": travel._CENSUS_KM,
        "travel.FEWEST_ANSWERS": travel.FEWEST_ANSWERS,
        "travel.LOWEST_RESPONSE": travel.LOWEST_RESPONSE,
        "estimates.SMALLEST_CHANGE": estimates.SMALLEST_CHANGE,
        "quarter.LARGEST_FTE_CHANGE": quarter.LARGEST_FTE_CHANGE,
        "activity.MEASURED_FROM": activity.MEASURED_FROM,
        "factors._EQUIPMENT.": factors._EQUIPMENT,
        "factors._HEATING.": factors._HEATING,
    }
    found |= {f"travel._CENSUS.{mode}": share for mode, share in travel._CENSUS.items()}
    for multiplier, widths in uncertainty._WIDTHS.items():
        found |= {f"uncertainty._WIDTHS.{multiplier}.{g}": width for g, width in widths.items()}
    for field in fields(lines.Policy):
        if field.default is not MISSING and not isinstance(field.default, bool):
            found[f"lines.Policy.{field.name}"] = field.default
    return {where: str(value) for where, value in found.items()}


def test_every_default_of_the_code_is_an_assumption_with_the_same_value():
    assert said() == in_the_code()


@pytest.mark.parametrize("where", sorted(said()))
def test_every_default_names_a_module_of_the_carbon_package(where):
    assert importlib.import_module(f"scorecard.carbon.{where.partition('.')[0]}")


def test_the_assumptions_of_the_estimates_have_values_that_the_pack_prints():
    mine = assumptions.of_carbon(EVERY)
    assert len(mine) > 30
    assert [each.assumption for each in mine if not (each.value and each.source)] == []
    assert f"{travel._CENSUS_KM} km" in {each.value for each in mine}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Carbon,Paper,good,amber,Guess,80", "row 2: quality 'good' is no rating"),
        ("Carbon,Paper,amber,none,Guess,80", "row 2: impact 'none' is no rating"),
        ("Carbon,Paper,amber,amber,Guess,", "row 2: value is missing"),
    ],
)
def test_an_assumption_without_a_rating_or_a_carbon_one_without_a_value_is_refused(
    tmp_path, row, said
):
    path = tmp_path / "assumptions.csv"
    path.write_text(f"{HEADINGS}{row},\n", encoding="utf-8")
    with pytest.raises(WrongDefinition, match=said):
        assumptions.read(path)


def test_the_breaks_of_the_factors_have_one_row_a_year():
    years = [each.publication_year for each in assumptions.breaks()]
    assert years == list(range(2019, 2027))
