"""The carbon section, its sheets and its pictures, from the figures of a small council."""

from dataclasses import replace
from decimal import Decimal

import pytest
from carbon_records import QUARTER, ROLLING, all_figures, figure, with_carbon
from lxml import html

from scorecard.baselines import Baseline
from scorecard.packs import webpage
from scorecard.packs.build import build
from scorecard.packs.carbon_figures import COMMUTING, NET, PRINTING


@pytest.fixture
def example(records):
    """The content of a pack whose council is that of the method's worked example."""
    return build(with_carbon(records, *all_figures()))


def rows(content, name):
    return [tuple(cell.text for cell in row) for row in content.sheet(name).rows]


def test_gross_and_net_stand_side_by_side_with_their_intervals(example):
    facts = dict(example.carbon.facts)
    assert facts["Gross avoided"] == "34 t (25 to 46 t)"
    assert facts["Net avoided"] == "12 t (−1 to 25 t)"
    assert facts["Chance that anything was avoided"] == (
        "97 in 100; a saving is claimed only when the whole interval is above zero"
    )
    assert facts["Weakest evidence"] == "D (default)"
    assert example.carbon.headline == (
        "No clear carbon saving, July 2024 to June 2025: 12 t CO2e, 95% interval −1 to 25 t; "
        "not distinguishable from zero"
    )


@pytest.mark.parametrize(
    ("numbers", "said"),
    [(("1", "0.1", "2"), "a clear saving: Human Resources."),
     (("-1", "-2", "-0.1"), "a clear increase: Human Resources."),
     (("1", "0", "2"), "none with a clear saving or increase.")],
)  # fmt: skip
def test_a_directorate_that_can_be_told_from_none_alone_is_named_beside_the_table(
    records, numbers, said
):
    own = figure(NET, directorate="HR", numbers=numbers)
    table = build(with_carbon(records, *all_figures(), own)).carbon.directorates[0]
    assert table.remarks[0].startswith(f"Of 1 directorate whose net is shown, alone: {said}")


@pytest.mark.parametrize("state", ["suppressed", "awaiting"])
def test_of_directorates_whose_net_is_not_shown_nothing_is_claimed(records, state):
    own = figure(NET, directorate="HR", state=state)
    table = build(with_carbon(records, *all_figures(), own)).carbon.directorates[0]
    assert table.remarks[0].startswith("Chance: that anything was avoided.")


@pytest.mark.parametrize(
    ("a_km", "said"), [("0.16725", "about 72,000 km"), (None, None)], ids=["known", "not known"]
)
def test_how_far_a_car_drives_for_as_much_is_told_for_scale(records, a_km, said):
    made = replace(with_carbon(records, *all_figures()), car_kg_a_km=a_km and Decimal(a_km))
    assert dict(build(made).carbon.facts).get("For scale: an average car emits that in") == said


def test_the_rolling_year_is_the_headline_and_the_quarter_stands_beneath(example):
    assert example.carbon.lines.columns == ("Line", "July 2024 to June 2025", "April to June 2025")
    assert [d.title for d in example.carbon.directorates] == [
        "Gross and net by directorate, July 2024 to June 2025",
        "Gross and net by directorate, April to June 2025",
    ]


def test_without_four_quarters_the_quarter_alone_is_the_headline(records):
    figures = [f for f in all_figures() if f.period == QUARTER]
    carbon = build(with_carbon(records, *figures)).carbon
    assert carbon.headline.startswith("No clear carbon saving, April to June 2025: ")
    assert carbon.lines.columns == ("Line", "April to June 2025")


def test_an_increase_is_said_as_plainly_as_a_saving(records):
    worse = figure(NET, numbers=("-12", "-22", "-2"))
    carbon = build(with_carbon(records, *all_figures(), worse)).carbon
    assert "emissions increased by about 12 t CO2e (95% interval 2 to 22 t)" in carbon.headline
    assert "emissions increased, so this is no saving" in " ".join(carbon.sentences)


def test_fallbacks_provisional_factors_and_missing_lines_are_named(records):
    told = {
        "fallbacks": ["paper_primary: 2025 for 2026"],
        "provisional_factors": ["electricity_td"],
        "missing": ["printing not known: HR: no pages"],
    }
    net = figure(NET, details=told, state="provisional", why="A set is not out.")
    carbon = build(with_carbon(records, *all_figures(), net)).carbon
    said = " ".join((*carbon.sentences, *carbon.doubts))
    for words in ("paper_primary: 2025 for 2026", "electricity_td", "A set is not out",
                  "partial: printing not known"):  # fmt: skip
        assert words in said


@pytest.mark.parametrize(
    ("told", "words"), [({}, False), ({"census_home_share": "0.104"}, "10.4% at home is taken")]
)
def test_a_share_of_the_census_in_place_of_home_days_is_said(records, told, words):
    carbon = build(with_carbon(records, *all_figures(), figure(NET, details=told))).carbon
    said = " ".join(carbon.doubts)
    assert words in said if words else "Census" not in said


def test_a_home_share_that_hardly_moved_is_too_small_and_shows_no_number(records):
    figures = all_figures(flags=("estimated", "too_small_to_estimate"))
    content = build(with_carbon(records, *figures))
    assert content.carbon.headline.endswith("too small to estimate")
    assert dict(content.carbon.facts)["Net avoided"] == "too small to estimate"
    assert [p.name for p in content.carbon.pictures] == []


@pytest.mark.parametrize(
    ("section", "link", "words"),
    [
        ("off", None, "switched the carbon section off"),
        ("reported_elsewhere", "https://example.gov.uk/climate?a=1&b=2", "elsewhere"),
    ],
)
def test_a_section_that_is_not_on_says_so_and_shows_no_figure(records, section, link, words):
    blank = [
        replace(f, state="not_applicable", numerator=None, value=None, lower=None, upper=None,
                details={})
        for f in all_figures()
    ]  # fmt: skip
    content = build(with_carbon(records, *blank, section=section, link=link))
    page = html.fromstring(webpage.write(content).decode())
    (mine,) = page.xpath("//section[@aria-labelledby='carbon']")

    assert words in mine.text_content()
    assert mine.xpath(".//a/@href") == ([link] if link else [])
    assert (mine.xpath(".//table"), mine.xpath(".//svg")) == ([], [])
    assert rows(content, "Carbon_net")[0][0] == "None"


def test_the_two_effects_add_up_to_the_apparent_change_to_the_gram(example):
    for row in example.sheet("Carbon_effects").rows:
        naive, activity, factor = (cell.value for cell in row[3:6])
        assert naive == Decimal("1294.988") == activity + factor


def test_a_withheld_directorate_has_a_marker_in_every_number(records):
    hidden = figure(NET, directorate="HR", state="suppressed", details={})
    content = build(with_carbon(records, *all_figures(), hidden))
    (row,) = [r for r in rows(content, "Carbon_net") if r[:2] == (ROLLING, "HR")]
    assert set(row[2:8]) == {"[c]"}


def test_break_even_by_way_to_travel_stands_beside_the_councils_own(example):
    assert rows(example, "Carbon_break_even") == [
        ("Average car", "7.4", "2025"),
        ("The council's own mix", "10.8", "2025"),
    ]


def test_the_notes_on_assumptions_are_those_of_the_file(example):
    assert rows(example, "Carbon_assumptions") == [
        ("Weight of paper", "80", "Amber", "Red", "Geometry")
    ]


def test_the_headline_of_a_kpi_of_emissions_has_its_interval(example):
    said = {kpi.kpi_id: kpi.headline for theme in example.themes for kpi in theme.kpis}
    assert said[PRINTING] == (
        "Printing emissions avoided: about 2.9 t CO2e avoided (95% interval 2.1 to 4.0 t), "
        "an estimate"
    )
    assert "95% interval 22 to 43 t" in said[COMMUTING]
    assert "not distinguishable from zero" in said[NET]


def test_a_rolling_year_that_spans_a_reset_of_the_baseline_says_so_in_words(records):
    made = with_carbon(records, *all_figures())
    reset = Baseline("2024-25-Q4", "2022-23", "Cabinet, minute 9", "The office moved")
    settled = made.council.settled
    council = replace(made.council, settled=replace(settled, baselines=(*settled.baselines, reset)))
    said = build(replace(made, council=council)).carbon.sentences
    assert (
        "The baseline was reset within the year: it compares with 2023-24 from 2024-25-Q2 on and "
        "with 2022-23 from 2024-25-Q4 on."
    ) in said
    assert "reset" not in " ".join(build(made).carbon.sentences)


def test_that_a_single_winter_is_provisional_is_told_beside_the_rolling_year(records):
    why = "The winter's heating awaits the hours of the whole year."
    rolling, quarter = figure(NET), figure(NET, QUARTER, state="provisional", why=why)
    others = [f for f in all_figures() if f.kpi_id != NET]
    carbon = build(with_carbon(records, *others, rolling, quarter)).carbon
    assert f"April to June 2025 alone is provisional. {why}" in carbon.doubts
    assert "alone" not in " ".join(build(with_carbon(records, *all_figures())).carbon.doubts)
