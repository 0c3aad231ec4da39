"""One carbon figure in words: never without its interval, and what is said in a number's place."""

from decimal import Decimal

import pytest
from carbon_records import (
    HOME,
    KPIS,
    NET,
    NUMBERS,
    PRINTING,
    QUARTER,
    all_figures,
    figure,
    with_carbon,
)

from scorecard.packs.build import build
from scorecard.packs.carbon_told import beside_others, in_a_headline

TRIPS = KPIS["commute_trips_avoided"]


def test_a_kpi_of_emissions_is_worded_with_its_interval_and_one_without_is_not():
    assert in_a_headline(KPIS[PRINTING], figure(PRINTING)) == (
        "about 2.9 t CO2e avoided (95% interval 2.1 to 4.0 t), an estimate"
    )
    assert in_a_headline(KPIS[PRINTING], figure(PRINTING, lower=None, upper=None)) == ""
    assert in_a_headline(TRIPS, figure(NET)) == ""


@pytest.mark.parametrize(
    ("definition", "record", "said"),
    [
        (KPIS[NET], figure(NET), "12 t CO2e (estimate, 95% interval −1 to 25 t)"),
        (KPIS[PRINTING], figure(PRINTING), "2.9 t CO2e (estimate, 95% interval 2.1 to 4.0 t)"),
        (TRIPS, figure(NET, numbers=("1200.4", "1100.2", "1300.6"), value=Decimal(1200)),
         "1,200 trips (estimate, 95% interval 1,100 to 1,301)"),
        (KPIS[NET], figure(NET, flags=("estimated", "too_small_to_estimate")),
         "too small to estimate"),
        (KPIS[NET], figure(NET, numbers=("0", "0", "0"), details={"is_baseline": True}),
         "0: this is the baseline, compared with itself"),
        (KPIS[HOME], figure(HOME, numbers=("0", "0", "0")), "0 kg CO2e (estimate)"),
        (KPIS[NET],
         figure(NET, flags=("partial",), details={"missing": ["printing not known: no log"]}),
         "12 t CO2e (estimate, 95% interval −1 to 25 t); partial: printing not known"),
        (TRIPS, figure(NET, lower=None, upper=None), ""),
    ],
)  # fmt: skip
def test_a_figure_beside_others_has_its_interval_or_what_stands_in_its_place(
    definition, record, said
):
    assert beside_others(definition, record) == said


def test_no_carbon_number_of_the_page_or_of_the_summary_is_without_its_interval(records):
    content = build(with_carbon(records, *all_figures()))
    told = [kpi for theme in content.themes for kpi in theme.kpis if kpi.kpi_id in NUMBERS]
    for kpi in told:
        assert "95% interval" in kpi.headline, kpi.headline
        assert "95% interval" in dict(kpi.facts)["This quarter"]
    assert {kpi.kpi_id for kpi in told} == set(NUMBERS)
    noted = {row[0].text: row[-1].text for row in content.sheet("Summary").rows}
    assert noted[NET].startswith("12 t CO2e (estimate, 95% interval")
    assert content.period == QUARTER
