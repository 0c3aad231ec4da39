"""The pictures of the carbon section: when each is drawn, in what unit, and what is marked."""

from dataclasses import replace
from datetime import date

import pytest
from carbon_records import DETAILS, QUARTER, SWINGS, all_figures, figure, with_carbon

from scorecard.assumptions import Break
from scorecard.decisions import Event
from scorecard.packs.carbon_figures import NET, headline_of
from scorecard.packs.carbon_pictures import MOST_SWINGS, history, pictures_of, tornado, waterfall


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
