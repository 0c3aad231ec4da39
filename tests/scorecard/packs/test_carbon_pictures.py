"""The pictures of the carbon section: when each is drawn, in what unit, and what is marked."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from carbon_records import DETAILS, QUARTER, SWINGS, all_figures, figure, with_carbon
from lxml import etree, html

from scorecard.assumptions import Break
from scorecard.decisions import Event
from scorecard.packs import bar_charts, interval_chart, webpage
from scorecard.packs.build import build
from scorecard.packs.carbon_figures import NET, headline_of
from scorecard.packs.carbon_pictures import MOST_SWINGS, history, pictures_of, tornado, waterfall


@pytest.fixture
def example(records):
    """The content of a pack whose council is that of the method's worked example."""
    return build(with_carbon(records, *all_figures()))


def main(records, *figures):
    return headline_of(with_carbon(records, *all_figures(), *figures))


@pytest.mark.parametrize(
    ("given", "drawn"),
    [
        ({}, True),
        ({"details": {"missing": ["printing not known: HR: no pages"]}}, False),
        ({"flags": ("too_small_to_estimate",)}, False),
    ],
)
def test_a_waterfall_is_drawn_only_from_a_whole_net_that_can_be_estimated(records, given, drawn):
    assert (waterfall(main(records, figure(NET, **given))) is not None) is drawn


@pytest.mark.parametrize(
    ("given", "drawn"),
    [
        ({}, True),
        ({"details": {"swings": []}}, False),
        ({"lower": None, "upper": None}, False),
        ({"flags": ("too_small_to_estimate",)}, False),
    ],
)
def test_a_tornado_needs_swings_and_an_interval(records, given, drawn):
    assert (tornado(main(records, figure(NET, **given))) is not None) is drawn


@pytest.mark.parametrize("more", [0, 1])
def test_a_tornado_has_six_bars_at_the_most(records, more):
    swings = (SWINGS * MOST_SWINGS)[: MOST_SWINGS + more]
    found = tornado(main(records, figure(NET, details={"swings": swings})))
    assert len(found.bars) == MOST_SWINGS


@pytest.mark.parametrize(("quarters", "drawn"), [((4,), True), ((), False)])
def test_a_history_needs_two_quarters(records, quarters, drawn):
    known = [figure(NET, QUARTER), *(figure(NET, f"2024-25-Q{n}") for n in quarters)]
    assert (history(with_carbon(records, *known)) is not None) is drawn


@pytest.mark.parametrize(
    ("nets", "said"),
    [
        ((("12", "-1", "25"), ("12", "0", "25")), "None of 2 quarters shows a clear saving"),
        ((("12", "3", "25"), ("12", "-1", "25")), "2 quarters: 1 with a clear saving and 1 with "
         "neither"),
        ((("12", "3", "25"), ("-12", "-25", "-3")), "2 quarters: 1 with a clear saving and 1 with "
         "a clear increase"),
    ],
)  # fmt: skip
def test_the_headline_of_a_history_counts_savings_apart_from_increases(records, nets, said):
    quarters = zip(("2024-25-Q4", QUARTER), nets, strict=True)
    known = [figure(NET, quarter, numbers=numbers) for quarter, numbers in quarters]
    assert history(with_carbon(records, *known)).headline == said


@pytest.mark.parametrize(
    ("net", "suffix"), [(("1", "0.5", "1"), "t"), (("0.999", "0.5", "0.999"), "kg")]
)
def test_a_history_that_reaches_no_tonne_is_in_kilograms(records, net, suffix):
    known = [figure(NET, period, numbers=net) for period in ("2024-25-Q4", QUARTER)]
    assert history(with_carbon(records, *known)).suffix == suffix


def test_a_history_marks_events_of_carbon_and_the_first_quarter_of_changed_factors(records):
    quarters = [
        replace(figure(NET, period), details={**DETAILS, "factor_year": year})
        for period, year in (("2024-25-Q3", "2024"), ("2024-25-Q4", "2025"), (QUARTER, "2025"))
    ]
    mine = with_carbon(records, *quarters)
    events = (
        Event(date(2025, 5, 1), "event", "Carbon", "*", "An office closed", ""),
        Event(date(2025, 5, 1), "event", "Printing", "*", "New printers", ""),
    )
    mine = replace(
        mine,
        council=replace(mine.council, events=events),
        breaks=(Break(2024, "paper"), Break(2025, "paper recycling")),
    )
    assert history(mine).marks == (
        (1, "official factors of 2025 (paper recycling)"),
        (2, "An office closed"),
    )


def test_a_council_without_figures_has_no_picture(records):
    assert pictures_of(with_carbon(records)) == ()


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


def test_a_break_of_the_factors_is_marked_at_the_first_quarter_that_has_them(records):
    years = {"2024-25-Q2": "2024", "2024-25-Q4": "2025", QUARTER: "2025"}
    quarters = [figure(NET, q, details={"factor_year": year}) for q, year in years.items()]
    made = replace(
        with_carbon(records, *quarters),
        breaks=(Break(2024, "paper rose"), Break(2025, "recycling fell")),
    )
    (history,) = [p for p in build(made).carbon.pictures if p.name == "history"]
    assert history.marks == ((2, "official factors of 2025 (recycling fell)"),)


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
