"""The carbon of one period: its number, what stands in its place, its words; and partial nets."""

from dataclasses import replace
from decimal import Decimal

import pytest
from carbon_records import QUARTER, ROLLING, all_figures, figure, with_carbon

from scorecard.packs import interval_chart
from scorecard.packs.build import build
from scorecard.packs.carbon_figures import (
    GROSS,
    HOME,
    NET,
    PER_FTE,
    PRINTING,
    Carbon,
    directorates_of,
    headline_of,
    span_of,
)

PARTIAL = {"missing": ["home working not known: no days"], "grades": {"printing": "A"}}
LACKING = "partial: home working not known"


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


@pytest.fixture
def lacking(records):
    """The content of a pack whose net lacks home working, and lies wholly above zero."""
    about = {"details": PARTIAL, "flags": ("estimated", "partial"), "state": "provisional"}
    partial = [
        figure(kpi, period, numbers=("12", "3", "21"), **about)
        for kpi in (NET, PER_FTE)
        for period in ("2024-25-Q3", "2024-25-Q4", QUARTER, ROLLING)
    ]
    others = [f for f in all_figures() if f.kpi_id == PRINTING]
    return build(with_carbon(records, *others, *partial))


def test_a_partial_net_says_so_wherever_the_net_or_the_gross_is_told(lacking):
    carbon, facts = lacking.carbon, dict(lacking.carbon.facts)
    assert carbon.headline.endswith(LACKING)
    for name in ("Gross avoided", "Net avoided", "Net per FTE"):
        assert facts[name].endswith(LACKING), name
    told = {row[0].text: row[1].text for row in carbon.lines.rows}
    for name in ("Gross avoided", "Net avoided", "Net per FTE", "In words"):
        assert told[name].endswith(LACKING), name
    assert LACKING not in told["Avoided printing"]
    assert carbon.effects.endswith(f"The net is {LACKING}.")
    for name in ("Carbon_sensitivity", "Carbon_alternatives"):
        assert f"The net is {LACKING}." in lacking.sheet(name).remarks, name
    assert lacking.sheet("Carbon_net").rows[0][-1].text.endswith(LACKING)
    assert lacking.sheet("Carbon_history").rows[0][-1].text.endswith(LACKING)


def test_a_partial_net_has_no_chance_and_its_evidence_is_that_of_the_lines_it_has(lacking):
    facts = dict(lacking.carbon.facts)
    assert facts["Chance that anything was avoided"] == "[x]"
    assert facts["Weakest evidence"].endswith(", of the lines that are known")


def test_the_headline_of_a_partial_kpi_says_what_it_lacks(lacking):
    said = {kpi.kpi_id: kpi.headline for theme in lacking.themes for kpi in theme.kpis}
    assert LACKING in said[NET]
    assert LACKING in said[PER_FTE]
    assert "partial" not in said[PRINTING]


def test_of_a_partial_net_nothing_is_said_of_the_whole(lacking):
    said = " ".join(lacking.carbon.sentences)
    assert "whole interval" not in said
    assert (
        f"The net is {LACKING}. Whether emissions fell or rose on the whole is not known." in said
    )


def test_a_partial_net_is_a_cross_and_the_words_of_its_picture_say_so(lacking):
    (history,) = lacking.carbon.pictures
    assert {m.kind for m in history.moments} == {"partial"}
    assert history.headline == "No quarter can be told from zero: every net is partial"
    assert "3 partial" in history.alt
    assert LACKING in history.alt
    assert "Crosses are partial" in history.legend
    assert "M-5-5L5 5M-5 5L5-5" in interval_chart.draw(history, interval_chart.WIDE)


def test_a_line_that_some_directorates_lack_is_said_to_lack_them(records):
    told = {"missing": ["printing not known: HR"], "grades": {"printing": "A", "commuting": "B"}}
    about = {"details": told, "flags": ("estimated", "partial")}
    figures = [figure(kpi, ROLLING, **about) for kpi in (NET, PRINTING)]
    kept = [
        f
        for f in all_figures()
        if (f.kpi_id, f.period) not in {(NET, ROLLING), (PRINTING, ROLLING)}
    ]
    carbon = build(with_carbon(records, *kept, *figures)).carbon
    assert carbon.headline.endswith("partial: printing of some directorates not known")


@pytest.mark.parametrize(
    ("state", "marker", "words"),
    [
        (
            "suppressed",
            "[c]",
            "The council's own mean distance to work is withheld to protect people.",
        ),
        ("final", "[x]", "The council's own mean distance to work is not known."),
    ],
)
def test_a_distance_that_a_withheld_directorate_hides_is_withheld_and_not_unknown(
    records, state, marker, words
):
    details = {"mean_km": None, "break_even_km": None}
    whole = [figure(NET, period, details=details) for period in (QUARTER, ROLLING)]
    part = figure(NET, QUARTER, directorate="HR", details=details, state=state)
    content = build(with_carbon(records, *whole, part))
    assert content.carbon.break_even == words
    own = {row[0].text: row[1].text for row in content.sheet("Carbon_break_even").rows}
    assert own["The council's own mix"] == marker
    assert "The council's mean distance to work" not in own  # it is no break-even
