"""The sentences of the carbon section: what a member is told before any table."""

from dataclasses import replace
from decimal import Decimal

import pytest
from carbon_records import NUMBERS, QUARTER, all_figures, figure, with_carbon

from scorecard.packs.build import build
from scorecard.packs.carbon_figures import COMMUTING, HOME, NET, PRINTING

BEFORE = "2024-25-Q4"
WELL = {
    "well_to_tank_kg": "7600.5", "well_to_tank_lower_kg": "5400", "well_to_tank_upper_kg": "10600",
    "naive_change_kg": "7000", "activity_effect_kg": "7600.5", "factor_effect_kg": "-600.5",
    "grade": "D", "factor_year": "2025",
}  # fmt: skip


def carbon(records, *more, **given):
    return build(with_carbon(records, *all_figures(**given), *more)).carbon


def quarter_before(**numbers):
    """Every line of the quarter before: as in this one, save what is given in kilograms."""
    told = {kpi: NUMBERS[kpi] for kpi in (PRINTING, COMMUTING, HOME, NET)} | numbers
    return [figure(kpi, BEFORE, numbers=each) for kpi, each in told.items()]


@pytest.mark.parametrize(
    ("basis", "why"),
    [("annual_average", "each quarter is charged with an even part of the year's heating of homes, "
      "so that spring and summer look worse than they are, and autumn and winter better"),
     ("seasonal", "homes are heated in winter")],
)  # fmt: skip
def test_the_quarter_is_told_as_one_of_four_and_not_as_a_second_headline(records, basis, why):
    made = with_carbon(records, *all_figures())
    settled = made.council.settled
    chosen = replace(settled, carbon=replace(settled.carbon, heating_basis=basis))
    (said,) = build(replace(made, council=replace(made.council, settled=chosen))).carbon.quarter
    assert said == (
        f"The headline is of twelve months, because {why}. April to June 2025 is one of its four "
        "quarters, and is not to be added to it: 12 t CO2e, 95% interval −1 to 25 t; not "
        "distinguishable from zero."
    )


def test_what_each_line_was_in_the_quarter_before_stands_beside_what_it_is(records):
    before = quarter_before(
        **{COMMUTING: ("24622.835", "18000", "33000"), PRINTING: ("3000.526", "2000", "4000")},
        **{NET: ("5.492412", "-6", "18")},
    )
    *_, said = carbon(records, *before).quarter
    assert said == (
        "In January to March 2025 and then in April to June 2025: net 5 t (−6 to 18 t) and "
        "then 12 t (−1 to 25 t); "
        "avoided printing 3.0 t and then 2.9 t, avoided commuting 24.6 t and then 31 t and added "
        "home-working energy 22.1 t and then 22.1 t."
    )


BETTER = {
    "survey_and_logs": {"lower_kg": "1900", "upper_kg": "19500"},
    "home_factor_too": {"lower_kg": "5600", "upper_kg": "17500"},
}
AS_GOOD = {name: {"lower_kg": "-600", "upper_kg": "24700"} for name in BETTER}


@pytest.mark.parametrize(
    ("told", "words"),
    [(BETTER, "with home days from logs, to 1.9 to 19.5 t; the energy"), (AS_GOOD, ""), ({}, ""),
     ({**BETTER, "survey_and_logs": AS_GOOD["survey_and_logs"]}, "interval: the energy of")],
)  # fmt: skip
def test_what_better_evidence_would_make_of_the_interval_is_told_if_it_would(records, told, words):
    legend = carbon(records, details={"narrower": told}).pictures[1].legend
    assert words in legend if words else "evidence" not in legend


@pytest.mark.parametrize(
    "given",
    [{"flags": ("too_small_to_estimate",)}, {"details": {"is_baseline": True}},
     {"details": {"missing": ["printing not known: HR"]}}, {"state": "awaiting"}],
)  # fmt: skip
def test_nothing_is_said_of_a_move_from_a_quarter_that_has_no_whole_net(records, given):
    before = [f for f in quarter_before() if f.kpi_id != NET]
    net = figure(NET, BEFORE, **given)
    assert len(carbon(records, *before, net).quarter) == 1


def test_the_effects_have_the_digits_of_the_net(records):
    told = {"activity_effect_kg": "11582.412", "factor_effect_kg": "-1503.666",
            "naive_change_kg": "10078.746"}  # fmt: skip
    assert carbon(records, details=told).effects == (
        "The net of 12 t counts then and now by the same official factors, so that it is what "
        "staff did alone: the activity effect. With each period's own factors the change would "
        "look like 10 t; the −2 t between them is what changed official factors did, the factor "
        "effect, and not to be taken off the net. Only what staff did is called a reduction. Parts "
        "may not sum because of rounding."
    )


@pytest.mark.parametrize(
    ("homes", "said"),
    [(("22130.949", "15000", "32000"), "summer look worse than they are, and autumn"),
     (("-22130.949", "-32000", "-15000"), "summer look better than they are, and autumn"),
     (("0", "0", "0"), "")],
)  # fmt: skip
def test_which_seasons_even_heating_favours_follows_from_what_homes_added(records, homes, said):
    told = " ".join(carbon(records, figure(HOME, QUARTER, numbers=homes)).quarter)
    assert said in told if said else "spring" not in told


def test_a_line_that_some_directorates_lack_says_so_in_sentences_and_cells(records):
    lacks = {"missing": ["home working not known: HR"], "well_to_tank": WELL,
             "grades": {"printing": "A", "commuting": "B"}}  # fmt: skip
    told = carbon(records, details=lacks, flags=("estimated", "partial"))
    partial = "partial: home working of some directorates not known"
    assert [partial in said for said in told.sentences[:2]] == [True, True]
    assert partial in told.sentences[-1]
    cells = {row[0].text: row[1].text for row in told.lines.rows}
    for name in ("Avoided commuting", "Added home-working energy", "Net avoided"):
        assert cells[name].endswith(partial), name
    assert "partial" not in cells["Avoided printing"]


def test_well_to_tank_stands_beside_the_net_where_the_council_asks_for_it(records):
    plain, asked = carbon(records), carbon(records, details={"well_to_tank": WELL})
    said = "net: about 7.6 t CO2e avoided (95% interval 5.4 to 10.6 t)."
    assert asked.sentences[-1].endswith(said)
    assert len(asked.sentences) == len(plain.sentences) + 1
    assert (asked.headline, asked.facts) == (plain.headline, plain.facts)
    lines = {row[0].text: row[1].text for row in asked.lines.rows}
    assert lines["Well to tank of commuting, not in the net"] == "7.6 t (5.4 to 10.6 t)"
    assert [picture.bars for picture in asked.pictures] == [p.bars for p in plain.pictures]
    for told, is_named in ((plain, True), (asked, False)):
        assert any("well to tank" in each for each in told.not_counted) is is_named


def test_well_to_tank_is_split_into_its_effects_beside_the_lines(records):
    content = build(with_carbon(records, *all_figures(details={"well_to_tank": WELL})))
    effects = {row[2].text: row[3:] for row in content.sheet("Carbon_effects").rows}
    told = [cell.value for cell in effects["Well to tank of commuting, not in the net"]]
    assert told == [Decimal("7000"), Decimal("7600.5"), Decimal("-600.5")]


def test_the_lines_of_the_quarter_alone_need_no_headline_of_a_year(records):
    alone = [f for f in all_figures() if f.period == QUARTER]
    assert build(with_carbon(records, *alone)).carbon.quarter == ()
