"""What the net leaves out: in short beside the net, and in full at the end."""

import pytest
from carbon_records import all_figures, figure, with_carbon

from scorecard.packs.build import build
from scorecard.packs.carbon_figures import COMMUTING, NET


def carbon(records, *more):
    return build(with_carbon(records, *all_figures(), *more)).carbon


def test_what_the_net_leaves_out_stands_beside_it_and_not_only_at_the_end(records):
    said = carbon(records).sentences[4]
    assert (
        "if a fifth of the travel saved came back as other journeys, the net would be 5 t" in said
    )
    assert said.endswith("The energy of offices is not in it, because it is not known.")


@pytest.mark.parametrize(
    ("line", "numbers", "said"),
    [
        (COMMUTING, ("-15411", "-21000", "-11000"), None),  # no travel was saved
        (NET, ("0.1", "-12", "12"), "would be 5 t. The energy"),  # under one in a hundred
        (NET, ("31", "12", "50"), "would be 5 t. The energy"),  # over all of it
        (NET, ("15.41", "2", "25"), ", and if 50% did, nothing."),
    ],
)
def test_what_would_come_back_is_told_of_travel_that_was_saved_alone(records, line, numbers, said):
    told = " ".join(carbon(records, figure(line, numbers=numbers)).sentences)
    assert said in told if said else "came back" not in told


def test_in_full_it_says_to_which_side_each_thing_pushes(records):
    office, journeys, fuels, rest = carbon(records).not_counted
    assert "not known, which is not the same as zero" in office
    assert office.endswith("if offices use less, more was saved.")
    assert "Caldarola and Sorrell" in journeys
    assert journeys.endswith("Counting them would lower the net.")
    assert "add both to what commuting avoided and to what homes added" in fuels
    assert "never subtracted" in rest
