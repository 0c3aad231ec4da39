"""The sheets of the carbon section: what a row holds, and what stands where there is no number."""

from dataclasses import replace
from decimal import Decimal

import pytest
from carbon_records import ROLLING, SWINGS, all_figures, figure, with_carbon

from scorecard.carbon import scenarios, uncertainty
from scorecard.packs.carbon_figures import NET
from scorecard.packs.carbon_pictures import pictures_of
from scorecard.packs.carbon_sheets import MULTIPLIERS, kilograms, sheets_of
from scorecard.packs.carbon_wording import Amount, alternative


def rows(records, name):
    (found,) = [s for s in sheets_of(records, pictures_of(records)) if s.name == name]
    return [tuple(cell.text for cell in row) for row in found.rows]


@pytest.fixture
def example(records):
    return with_carbon(records, *all_figures())


def test_every_multiplier_and_every_alternative_of_the_method_has_a_name():
    assert set(MULTIPLIERS) == set(uncertainty.MULTIPLIERS)
    told = [alternative(name, "seasonal") for name in scenarios.SCENARIOS]
    assert len(set(told)) == len(scenarios.SCENARIOS)


def test_an_estimate_and_its_ends_have_the_digits_that_the_interval_bears():
    cells = kilograms(Amount(*map(Decimal, ("11582.412", "-600", "24700"))))
    assert [cell.text for cell in cells] == ["12,000", "−1,000", "25,000"]


def test_an_estimate_without_an_interval_has_ends_that_do_not_apply():
    cells = kilograms(Amount(Decimal("11582.412"), None, None))
    assert [cell.text for cell in cells][1:] == ["[z]", "[z]"]


def test_the_steps_of_the_waterfall_are_those_of_the_picture_and_none_without_it(example, records):
    steps = ["Avoided printing", "Avoided commuting", "Gross avoided",
             "Added home-working energy", "Net avoided"]  # fmt: skip
    assert [row[0] for row in rows(example, "Carbon_waterfall")] == steps
    partial = figure(NET, details={"missing": ["printing not known: HR: no pages"]})
    bare = with_carbon(records, *all_figures(), partial)
    assert [row[0] for row in rows(bare, "Carbon_waterfall")] != steps


def test_what_moves_the_net_has_a_row_for_each_assumption_in_the_order_of_the_estimate(example):
    found = rows(example, "Carbon_sensitivity")
    assert [row[0] for row in found] == [MULTIPLIERS[swing["multiplier"]] for swing in SWINGS]
    assert found[0][1:] == ("1.40", "18,000", "3,000", "15,000")


def test_an_alternative_stands_beside_the_net_as_published(example):
    assert rows(example, "Carbon_alternatives") == [
        (alternative("rebound", "annual_average"), "12,000", "5,000"),
    ]


def test_a_line_without_effects_has_no_row_of_them(records):
    told = figure(NET)
    silent = {k: v for k, v in told.details.items() if k != "naive_change_kg"}
    for net, has_row in ((told, True), (replace(told, details=silent), False)):
        lines = [row[2] for row in rows(with_carbon(records, net), "Carbon_effects") if row[1:]]
        assert ("Net avoided" in lines) is has_row


def test_a_net_too_small_to_estimate_shows_words_in_place_of_numbers(records):
    small = with_carbon(records, *all_figures(flags=("too_small_to_estimate",)))
    (row,) = [r for r in rows(small, "Carbon_net") if r[:2] == (ROLLING, "COUNCIL")]
    assert row[5:8] == ("too small to estimate",) * 3


@pytest.mark.parametrize(("section", "filled"), [("on", True), ("off", False)])
def test_a_section_that_is_off_leaves_every_sheet_empty(records, section, filled):
    chosen = with_carbon(records, *all_figures(), section=section)
    made = sheets_of(chosen, pictures_of(chosen))
    assert len(made) == 8
    assert [s.name for s in made if (s.rows[0][0].text != "None") is not filled] == []
