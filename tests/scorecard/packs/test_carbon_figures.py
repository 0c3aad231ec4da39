"""The carbon of one period: its number, what stands in its place, and its words."""

from dataclasses import replace
from decimal import Decimal

import pytest
from carbon_records import QUARTER, ROLLING, all_figures, figure, with_carbon

from scorecard.packs.carbon_figures import (
    GROSS,
    HOME,
    NET,
    PRINTING,
    Carbon,
    directorates_of,
    emissions_in_words,
    headline_of,
    span_of,
)
from scorecard.packs.shown import Shown


def carbon(records, *figures, period=ROLLING, directorate="COUNCIL"):
    return Carbon(with_carbon(records, *figures), period, directorate)


def test_the_net_is_read_in_kilograms_though_it_is_published_in_tonnes(records):
    found = carbon(records, *all_figures())
    assert found.amount(NET).kg == Decimal("11582.412")
    assert found.amount(PRINTING).kg == Decimal("2890.526")
    assert found.amount(GROSS).kg == Decimal("33713.361")


@pytest.mark.parametrize(
    ("given", "marker", "words"),
    [
        ({}, "", "12 t CO2e, 95% interval −1 to 25 t; not distinguishable from zero"),
        ({"state": "awaiting"}, "[x]", "not known"),
        ({"state": "suppressed"}, "[c]", "withheld to protect people"),
        ({"state": "not_applicable"}, "[z]", "nothing to measure"),
    ],
)
def test_a_net_that_is_not_there_has_a_marker_and_words_and_no_number(
    records, given, marker, words
):
    found = carbon(records, figure(NET, **given))
    assert (found.marker(NET), found.words()) == (marker, words)
    assert (found.amount(NET) is None) is bool(marker)


def test_a_figure_that_was_never_made_is_missing_and_never_zero(records):
    found = carbon(records)
    assert (found.marker(NET), found.amount(NET), found.chance) == ("[x]", None, "[x]")


def test_a_gross_that_the_net_does_not_tell_of_is_missing(records):
    told = figure(NET)
    silent = replace(told, details={k: v for k, v in told.details.items() if k != "gross_kg"})
    assert carbon(records, silent).marker(GROSS) == "[x]"
    assert carbon(records, told).marker(GROSS) == ""


@pytest.mark.parametrize(
    ("flags", "words"),
    [(("estimated",), "22.1 t CO2e added"), (("too_small_to_estimate",), "too small to estimate")],
)
def test_energy_that_was_added_is_said_as_added_unless_it_is_too_small(records, flags, words):
    added = figure(HOME, numbers=("22130.949", "15000", "32000"), flags=flags)
    assert words in carbon(records, added).words(HOME)


def test_the_years_and_the_newest_of_them_are_those_of_the_factors(records):
    found = carbon(records, figure(NET, details={"factor_year": "2025, 2026"}))
    assert (found.years, found.newest_year) == ("2025, 2026", 2026)
    assert carbon(records).newest_year == 0


@pytest.mark.parametrize(("details", "words"), [({}, ""), ({"census_home_share": "0.05"}, "5.0%")])
def test_a_share_of_the_census_is_told_as_a_percentage(records, details, words):
    assert carbon(records, figure(NET, details=details)).census_home_share == words


def test_the_headline_is_the_rolling_year_if_it_is_known_and_else_the_quarter(records):
    assert headline_of(with_carbon(records, *all_figures())).period == ROLLING
    awaited = figure(NET, state="awaiting")
    assert headline_of(with_carbon(records, awaited, figure(NET, QUARTER))).period == QUARTER


@pytest.mark.parametrize(
    ("period", "span"),
    [(ROLLING, "July 2024 to June 2025"), (QUARTER, "April to June 2025")],
)
def test_a_period_is_told_by_its_months(records, period, span):
    assert span_of(carbon(records, period=period)) == span


def test_the_council_comes_before_its_directorates_which_are_in_the_order_of_their_names(records):
    assert directorates_of(records) == (
        ("COUNCIL", "Whole council"), ("HR", "Human Resources"), ("ICT", "Technology"),
    )  # fmt: skip


def test_a_kpi_of_emissions_is_worded_with_its_interval_and_one_without_is_not(records):
    mine = with_carbon(records)
    definition = mine.definition(PRINTING)
    assert emissions_in_words(Shown(definition, figure(PRINTING))).endswith(", an estimate")
    bare = figure(PRINTING, lower=None, upper=None)
    assert emissions_in_words(Shown(definition, bare)) == ""
