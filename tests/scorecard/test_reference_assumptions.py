"""The page of assumptions: a table for each kind of figures, with values where it has them."""

from scorecard.assumptions import Assumption
from scorecard.reference_assumptions import assumptions_page

PAPER = Assumption("Carbon", "Weight of paper", "amber", "red", "Geometry", "80 g/m²")
HEATING = Assumption("Carbon", "Heating", "red", "green", "Guess")
HOLD = Assumption("Service desk", "Time on hold moves the due time", "amber", "red", "Contract")


def tables(*every):
    """The lines of each section's table, by its heading."""
    parts = assumptions_page(every).split("\n## ")[1:]
    return {
        part.partition("\n")[0]: [line for line in part.split("\n") if line.startswith("|")]
        for part in parts
    }


def test_each_kind_of_figures_has_its_table_in_the_order_of_the_file():
    found = tables(PAPER, HEATING, HOLD)
    assert list(found) == ["Carbon", "Service desk", "Exampleshire"]
    assert found["Carbon"][2:] == [
        "| Weight of paper | 80 g/m² | amber | red | Geometry |",
        "| Heating |  | red | green | Guess |",
    ]


def test_a_table_has_a_column_of_values_only_if_one_of_its_assumptions_has_a_value():
    found = tables(HEATING, HOLD)
    assert found["Carbon"][0] == "| Assumption | Quality | Impact | Source |"
    assert found["Service desk"][2:] == [
        "| Time on hold moves the due time | amber | red | Contract |"
    ]
    assert tables(PAPER)["Carbon"][0] == "| Assumption | Value | Quality | Impact | Source |"
