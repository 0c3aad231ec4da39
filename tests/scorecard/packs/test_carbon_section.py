"""The carbon section, its sheets and its pictures, from the figures of a small council."""

from dataclasses import replace
from decimal import Decimal

import pytest
from carbon_records import QUARTER, ROLLING, all_figures, figure, with_carbon
from lxml import etree, html

from scorecard.assumptions import Break
from scorecard.baselines import Baseline
from scorecard.packs import bar_charts, interval_chart, webpage
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


def test_the_waterfall_ends_at_the_net_and_a_step_begins_where_the_last_ended(example):
    waterfall = example.carbon.pictures[0]
    printing, commuting, gross, home, net = waterfall.bars
    assert (printing.end, commuting.end, home.start) == (commuting.start, gross.end, gross.end)
    assert abs(home.end - net.end) < Decimal("0.01")
    assert [b.kind for b in waterfall.bars] == ["avoided", "avoided", "total", "added", "total"]
    assert [b.text for b in waterfall.bars] == ["+2.9 t", "+31 t", "34 t", "−22.1 t", "12 t"]


def test_the_tornado_has_the_widest_assumption_first(example):
    tornado = example.carbon.pictures[1]
    assert [b.name for b in tornado.bars] == ["Energy of an hour at home", "Distance to work"]
    assert tornado.bars[1].text == "4 to 21 t"
    assert [b.note for b in tornado.bars] == ["× or ÷ 1.4", "× or ÷ 1.3"]
    for frame in (bar_charts.WIDE, bar_charts.NARROW):
        assert "× or ÷ 1.4" in bar_charts.draw(tornado, frame)
    assert tornado.central == Decimal("11582.412")


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({}, "unclear"),
        ({"numbers": ("12", "3", "21")}, "clear"),
        ({"numbers": ("12", "0", "21")}, "unclear"),
        ({"flags": ("too_small_to_estimate",)}, "small"),
        ({"state": "awaiting"}, "missing"),
        (
            {"numbers": ("12", "3", "21"), "details": {"missing": ["printing not known: HR"]}},
            "partial",
        ),
    ],
)
def test_a_quarter_has_the_shape_that_its_interval_asks_for(records, given, kind):
    quarters = [figure(NET, f"2024-25-Q{n}") for n in (1, 2, 4)]
    latest = figure(NET, QUARTER, **given)
    carbon = build(with_carbon(records, *quarters, latest)).carbon
    (history,) = [p for p in carbon.pictures if p.name == "history"]
    assert [m.kind for m in history.moments] == ["unclear", "unclear", "missing", "unclear", kind]


def test_the_baseline_is_a_diamond_at_zero_because_it_is_compared_with_itself(records):
    zero = figure(NET, "2023-24-Q4", numbers=("0", "0", "0"), details={"is_baseline": True})
    carbon = build(with_carbon(records, zero, *all_figures())).carbon
    (history,) = [p for p in carbon.pictures if p.name == "history"]
    assert history.moments[0].kind == "baseline"
    assert "compared with itself" in history.legend


def test_every_picture_says_in_words_what_it_shows_and_has_its_data_on_a_sheet(example):
    for picture in example.carbon.pictures:
        assert 40 <= len(picture.alt) <= 600
        assert picture.alt.endswith(f"on the sheet {picture.table}.")
        assert example.sheet(picture.table).rows[0][0].text != "None"


def test_every_picture_is_drawn_wide_and_narrow_with_title_and_description(example):
    page = html.fromstring(webpage.write(example).decode())
    (mine,) = page.xpath("//section[@aria-labelledby='carbon']")
    drawn = mine.xpath(".//svg[starts-with(@aria-labelledby, 'carbon-')]")
    ids = page.xpath("//@id")

    assert [chart.get("class") for chart in drawn] == ["wide", "narrow"] * 2
    assert len(ids) == len(set(ids))
    for chart in drawn:
        for name in chart.get("aria-labelledby").split():
            assert page.get_element_by_id(name).text


def test_names_and_numbers_stand_within_the_paper_on_a_narrow_screen(example):
    for picture in example.carbon.pictures:
        root = etree.fromstring(bar_charts.draw(picture, bar_charts.NARROW))
        for text in root.iter("text"):
            assert 0 <= float(text.get("x")) <= bar_charts.NARROW.width


def test_what_is_added_is_striped_so_that_colour_is_not_alone(example):
    drawn = bar_charts.draw(example.carbon.pictures[0], bar_charts.WIDE)
    assert drawn.count('fill="url(#carbon-waterfall-wide-hatch)"') == 1


def test_a_quarter_without_a_figure_is_a_gap(records):
    quarters = [figure(NET, f"2024-25-Q{n}") for n in (1, 4)]
    carbon = build(with_carbon(records, *quarters)).carbon
    (history,) = [p for p in carbon.pictures if p.name == "history"]
    root = etree.fromstring(interval_chart.draw(history, interval_chart.WIDE))
    assert len(list(root.iter("circle"))) == 2
    assert len(history.moments) == 5


def test_the_headline_of_a_kpi_of_emissions_has_its_interval(example):
    said = {kpi.kpi_id: kpi.headline for theme in example.themes for kpi in theme.kpis}
    assert said[PRINTING] == (
        "Printing emissions avoided: about 2.9 t CO2e avoided (95% interval 2.1 to 4.0 t), "
        "an estimate"
    )
    assert "95% interval 22 to 43 t" in said[COMMUTING]
    assert "not distinguishable from zero" in said[NET]


def test_a_break_of_the_factors_is_marked_at_the_first_quarter_that_has_them(records):
    years = {"2024-25-Q2": "2024", "2024-25-Q4": "2025", QUARTER: "2025"}
    quarters = [figure(NET, q, details={"factor_year": year}) for q, year in years.items()]
    made = replace(
        with_carbon(records, *quarters),
        breaks=(Break(2024, "paper rose"), Break(2025, "recycling fell")),
    )
    (history,) = [p for p in build(made).carbon.pictures if p.name == "history"]
    assert history.marks == ((2, "official factors of 2025 (recycling fell)"),)


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


def test_no_line_of_a_narrow_picture_runs_through_a_word(example):
    for picture in example.carbon.pictures:
        if not picture.bars:
            continue
        drawn = etree.fromstring(bar_charts.draw(picture, bar_charts.NARROW))
        words = [float(text.get("y")) for text in drawn.iter("{*}text", "text")]
        upright = list(drawn.iter("{*}line", "line"))
        assert len(upright) > len(picture.bars)
        for line in upright:
            top, bottom = float(line.get("y1")), float(line.get("y2"))
            crossed = [y for y in words if top < y + 2 and bottom > y - 9]
            assert crossed == [], (picture.name, top, bottom)
