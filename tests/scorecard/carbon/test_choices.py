"""What a council may choose about carbon, each choice beside the one that is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scorecard import council
from scorecard.baselines import Baseline
from scorecard.carbon.choices import check_baselines, check_carbon, resets
from scorecard.settings import INCLUDE
from scorecard.strict import WrongDefinition

CHOSEN = council.read(INCLUDE / "council").settled.carbon
FIRST = Baseline("2019-20-Q1", "2018-19", "Cabinet, minute 1", "Before the strategy")


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"section": "off"},
        {"section": "reported_elsewhere", "link": "https://example.gov.uk/climate"},
        {"section": "reported_elsewhere", "link": "https://Example.gov.uk:8443/a?b=1&c=%20#d"},
        {"heating_basis": "seasonal"},
        {"factor_year": "fy_majority"},
    ],
)
def test_a_council_may_choose(changed):
    check_carbon(replace(CHOSEN, **changed))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"section": "reported_elsewhere"}, "link: '' leads nowhere"),
        ({"section": "reported_elsewhere", "link": "http://example.gov.uk"}, "with https://"),
        ({"section": "reported_elsewhere", "link": "javascript:alert(1)"}, "leads nowhere"),
        ({"link": "https://example.gov.uk"}, "Remove the link"),
        *(
            ({"section": "reported_elsewhere", "link": link}, "leads nowhere")
            for link in (
                "https://",
                "https:///climate",
                "https://climate",
                "https://example.",
                "https://.uk",
                "https://council@example.gov.uk",
                "https://council:word@example.gov.uk/climate",
                "https://example.gov.uk/our climate",
                "https://example.gov.uk/\nclimate",
                "https://example.gov.uk\x07",
                "https://example.gov.uk:port/",
                "https://[example.gov.uk",
                "https://example.gov.uk\\.example.com",
                " https://example.gov.uk",
            )
        ),
    ],
)
def test_a_choice_that_is_none_is_refused(changed, words):
    with pytest.raises(WrongDefinition, match=words):
        check_carbon(replace(CHOSEN, **changed))


def test_a_section_that_is_not_there_says_why():
    elsewhere = replace(CHOSEN, section="reported_elsewhere", link="https://example.gov.uk/climate")
    assert elsewhere.in_words.endswith("elsewhere: https://example.gov.uk/climate")
    assert "switched" in replace(CHOSEN, section="off").in_words


@pytest.mark.parametrize(
    "baseline",
    [
        FIRST,
        replace(FIRST, starts="2022-23-Q1", year="2019-20"),
        replace(FIRST, starts="2022-23-Q1", year="2022-23"),
        replace(FIRST, starts="2022-23-Q1", year="2021-22", override="Offices were open"),
        replace(FIRST, other_years=("2017-18", "2016-17")),
        replace(FIRST, starts="2023-24-Q1", other_years=("2020-21",), override="Offices were open"),
        replace(FIRST, census_home_share=Decimal("0.05"), census_home_reason="No log before 2020"),
        replace(FIRST, census_home_share=Decimal("0.104"), census_home_reason="No log before 2020"),
    ],
)
def test_a_year_may_be_a_baseline(baseline):
    check_baselines([baseline])


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"year": "2020-21", "starts": "2022-23-Q1"}, "2020-21: a year of the pandemic"),
        ({"year": "2021-22", "starts": "2022-23-Q1"}, "say in `override` why"),
        ({"starts": "2023-24-Q1", "other_years": ("2020-21",)}, "a year of the pandemic"),
        ({"other_years": ("2020-21",), "override": "Open"}, "it begins after 2019-20-Q1"),
        ({"other_years": ("2018-19",)}, "a year is named twice"),
        ({"other_years": ("2017-18", "2017-18")}, "a year is named twice"),
        ({"override": "Why not"}, "it needs no override"),
        ({"year": "2022-23"}, "it begins after 2019-20-Q1"),
        ({"census_home_share": Decimal("0.05")}, "belong together"),
        ({"census_home_reason": "No log before 2020"}, "belong together"),
        ({"census_home_share": Decimal("0.05"), "census_home_reason": ""}, "belong together"),
        ({"census_home_share": Decimal(0), "census_home_reason": "No log"}, "Write 0.05 or 0.104"),
        ({"census_home_share": Decimal("0.312"), "census_home_reason": "Newer"}, "none of the Ce"),
    ],
)
def test_a_year_that_cannot_be_a_baseline_is_refused(changed, words):
    with pytest.raises(WrongDefinition, match=words):
        check_baselines([replace(FIRST, **changed)])


def test_two_baselines_from_the_same_quarter_are_refused_unless_decided_on_other_days():
    with pytest.raises(WrongDefinition, match="another begins with 2019-20-Q1"):
        check_baselines([FIRST, replace(FIRST, year="2017-18")])
    check_baselines([FIRST, replace(FIRST, year="2017-18", decided_on=date(2020, 1, 1))])


def test_a_baseline_that_takes_the_place_of_another_is_an_event_with_its_reason():
    later = Baseline("2025-26-Q1", "2023-24", "Cabinet, minute 9", "The office moved")
    found = list(resets([later, FIRST]))
    assert [(e.day, e.theme, e.kpi) for e in found] == [
        (date(2025, 4, 1), "Carbon", "*"),
        (date(2025, 4, 1), "Printing", "print_reduction_from_baseline"),
    ]
    assert found[0].title == "The baseline is 2023-24, no longer 2018-19"
    assert found[0].reason == "The office moved (Cabinet, minute 9)"


def test_the_first_baseline_and_one_that_is_confirmed_are_no_event():
    assert list(resets([FIRST, replace(FIRST, starts="2023-24-Q1")])) == []


def test_an_average_that_takes_the_place_of_its_year_is_an_event_and_names_its_years():
    later = replace(FIRST, starts="2023-24-Q1", other_years=("2017-18", "2016-17"))
    (event, _) = resets([FIRST, later])
    assert event.title == (
        "The baseline is the average of 2016-17, 2017-18 and 2018-19, no longer 2018-19"
    )
