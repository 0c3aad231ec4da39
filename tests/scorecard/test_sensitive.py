"""Which figures are withheld for their own sake: rows on each side of every threshold."""

from collections import namedtuple
from dataclasses import replace
from decimal import Decimal

import pytest

from scorecard.drafts import Draft
from scorecard.kpis import People, load
from scorecard.period import FinancialQuarter, Month, months_between, period_named
from scorecard.sensitive import Before, Protection, cover_of, is_sensitive, months_told, sizes_of
from scorecard.settings import INCLUDE
from scorecard.states import Standing

SHARE = load(INCLUDE / "sql" / "kpi")["user_satisfaction"]
ANSWERS = People("respondents", "denominator")
LEAVERS = People("leavers", "denominator", "numerator")
CLICKERS = People("clickers", "staff", "numerator")
STAFF = People("staff", "staff")
APRIL, MARCH = Month(2023, 4), Month(2024, 3)

Published = namedtuple("Published", "kpi_id period directorate state")


def draft(people, numerator, denominator, kind="ratio", directorate="CEX", period="2025-26-Q1"):
    numbers = [None if n is None else Decimal(n) for n in (numerator, denominator)]
    kpi = replace(SHARE, people=people, kind=kind)
    return Draft(kpi, 1, period_named(period), directorate, Standing("final", "", *numbers), None)


def about(**sizes):
    """Thresholds of 4 and 10, and the staff of CEX by month: april=12."""
    months = {"april": "2025-04", "may": "2025-05", "june": "2025-06"}
    rows = [{"month": months[m], "directorate": "CEX", "staff": str(n)} for m, n in sizes.items()]
    return Protection(4, 10, sizes_of(rows))


def test_leavers_of_a_quarter_are_out_of_the_staff_of_its_smallest_month():
    """Their denominator is a mean, which says 10 of months of 10, 10 and 9."""
    turnover = load(INCLUDE / "sql" / "kpi")["staff_turnover"]

    assert is_sensitive(draft(turnover.people, 0, 10), about(april=10, may=10, june=9))
    assert not is_sensitive(draft(turnover.people, 0, 10), about(april=10, may=10, june=10))


@pytest.mark.parametrize(
    ("people", "numerator", "denominator", "withheld"),
    [
        # A group under ten, whatever is measured of it.
        (ANSWERS, 720, 9, True),
        (ANSWERS, 800, 10, False),
        (ANSWERS, 0, 9, True),
        (ANSWERS, 0, 0, False),  # nobody answered: there is nobody to protect
        # A count of 1 to 4, and all but so many.
        (LEAVERS, 0, 60, False),
        (LEAVERS, 1, 60, True),
        (LEAVERS, 4, 60, True),
        (LEAVERS, 5, 60, False),
        (LEAVERS, 55, 60, False),
        (LEAVERS, 56, 60, True),
        (LEAVERS, 59, 60, True),
        (LEAVERS, 60, 60, True),  # everybody: it is known of each of them
        # Nobody of a group under ten is known of each of them, too.
        (LEAVERS, 0, 9, True),
        (LEAVERS, 0, 10, False),
        (None, 1, 2, False),  # tickets are no people
    ],
)
def test_a_share_is_withheld_by_its_group_its_count_or_the_rest(
    people, numerator, denominator, withheld
):
    assert is_sensitive(draft(people, numerator, denominator), about()) is withheld


@pytest.mark.parametrize(
    ("counted", "staff", "withheld"),
    [(0, 40, False), (0, 9, True), (4, 40, True), (5, 40, False), (36, 40, True), (35, 40, False)],
)
def test_a_count_of_staff_has_its_group_from_the_staff_list(counted, staff, withheld):
    figure = draft(CLICKERS, counted, 1, kind="count")

    assert is_sensitive(figure, about(april=60, may=60, june=staff)) is withheld


@pytest.mark.parametrize(
    ("sizes", "withheld"),
    [
        ({"april": 10, "may": 10, "june": 10}, False),
        ({"april": 10, "may": 9, "june": 10}, True),  # of several months the fewest
        ({"may": 10}, False),  # the directorate was there for a month
        ({}, True),  # a group that cannot be shown to be large
    ],
)
def test_a_group_of_staff_is_as_large_as_in_its_smallest_month(sizes, withheld):
    assert is_sensitive(draft(STAFF, "31.5", 80), about(**sizes)) is withheld


def test_the_council_is_no_breakdown_but_may_be_small_itself():
    council = draft(STAFF, 30, 80, directorate="COUNCIL")
    small = Protection(4, 10, {("staff", "2025-04", "COUNCIL"): 9})

    assert is_sensitive(council, about()) is False
    assert is_sensitive(council, small) is True
    assert is_sensitive(draft(ANSWERS, 720, 9, directorate="COUNCIL"), about()) is True


def test_a_figure_without_numbers_has_nothing_to_withhold():
    assert is_sensitive(draft(STAFF, None, None), about()) is False


@pytest.mark.parametrize(
    ("people", "numerator", "denominator", "cover"),
    [
        (ANSWERS, 800, 12, 12),
        (ANSWERS, 0, 12, 0),  # nothing hides behind a zero
        (ANSWERS, 12, 12, 0),  # nor behind everything
        (LEAVERS, 7, 60, 7),
        (LEAVERS, 50, 60, 10),
        (LEAVERS, 0, 60, 0),
    ],
)
def test_a_figure_covers_as_many_people_as_could_be_meant(people, numerator, denominator, cover):
    assert cover_of(draft(people, numerator, denominator), about()) == cover


def test_what_was_shown_once_is_shown_and_what_was_only_withheld_is_withheld():
    told = [
        Published("user_satisfaction", "2025-26-Q1", directorate, state)
        for directorate, state in (
            ("ASC", "final"),
            ("CEX", "suppressed"),
            ("HOU", "suppressed"),
            ("HOU", "provisional"),
            ("PLA", "awaiting"),
        )
    ]
    before = Before.of(told)

    assert {key[2] for key in before.shown} == {"ASC", "HOU"}
    assert {key[2] for key in before.withheld} == {"CEX"}


@pytest.mark.parametrize(
    ("details", "told"),
    [
        ({}, ["2023-04", "2023-05", "2023-06"]),
        ({"averaged": []}, ["2023-04", "2023-05", "2023-06"]),
        ({"averaged": ["printing"]}, [str(m) for m in months_between(APRIL, MARCH)]),
    ],
)
def test_an_average_of_the_baseline_year_tells_of_all_its_months(details, told):
    carbon = replace(draft(STAFF, 3, 1, kind="carbon"), details=details)
    compared = Protection(
        4, 10, baselines_of=lambda quarter: [FinancialQuarter(2023, quarter.number)]
    )

    assert sorted(months_told(carbon, compared)) == [*told, "2025-04", "2025-05", "2025-06"]
