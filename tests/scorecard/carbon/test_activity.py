"""What was measured of a directorate, and what stands in for a baseline's missing quarter."""

from dataclasses import replace
from decimal import Decimal

import pytest
from worked_example import NOW, THEN, quarter_of

from scorecard.carbon.activity import (
    ACTIVITY,
    Activity,
    activities,
    in_place_of,
    together,
    with_census_home_share,
    with_the_same_sides,
)


def test_activity_is_read_from_what_the_kpis_measured():
    found = activities(
        {
            ("pages_printed", "HR"): (Decimal(540), Decimal(1)),
            ("pages_printed_duplex", "HR"): (Decimal(378), Decimal(500)),
            ("printing_emissions_avoided", "HR"): (Decimal(351), Decimal(20)),
            ("commute_trips_avoided", "HR"): (Decimal(4), Decimal(8)),
            ("commuting_emissions_avoided", "HR"): (Decimal(4), Decimal(10)),
            ("home_working_emissions_added", "HR"): (Decimal(74), Decimal(10)),
            ("net_emissions_avoided", "HR"): (Decimal(3), Decimal(3)),
            ("open_tickets", "HR"): (Decimal(9), Decimal(1)),
            ("pages_printed", "COUNCIL"): (Decimal(540), Decimal(1)),
        }
    )
    assert found == {
        "HR": Activity(
            impressions=Decimal(540),
            sheets=Decimal(351),
            duplex_pages=Decimal(378),
            pages_of_known_sides=Decimal(500),
            worked_fte_days=Decimal(20),
            home_fte_days=Decimal(4),
            placed_fte_days=Decimal(8),
            remote_fte_days=Decimal(10),
            contract_hours=Decimal(74),
            contract_days=Decimal(10),
            fte_months=Decimal(3),
            months=Decimal(3),
        )
    }


def printed(pages, sheets, duplex_pages, of_known_sides):
    """What the KPIs of printing measure of one directorate."""
    return {
        "pages_printed": (Decimal(pages), Decimal(1)),
        "pages_printed_duplex": (Decimal(duplex_pages), Decimal(of_known_sides)),
        "printing_emissions_avoided": (Decimal(sheets), Decimal(20)),
    }


def duplex_of(**directorates):
    rows = {
        (kpi, code): numbers
        for code, measured in directorates.items()
        for kpi, numbers in measured.items()
        if kpi in ACTIVITY
    }
    return {code: each.duplex_pages for code, each in activities(rows).items()}


def test_a_log_that_tells_the_sides_of_one_directorate_tells_them_of_all():
    one_page_jobs, known = printed(10, 10, 0, 0), printed(100, 100, 0, 1)
    assert duplex_of(HR=one_page_jobs, ICT=known) == {"HR": 0, "ICT": 0}
    assert duplex_of(HR=one_page_jobs, ICT=printed(100, 100, 0, 0)) == {"HR": None, "ICT": None}


@pytest.mark.parametrize(("sheets", "told"), [(99, 0), (100, None)])
def test_a_device_that_counts_fewer_sheets_than_pages_tells_the_sides(sheets, told):
    assert duplex_of(HR=printed(100, sheets, 0, 0)) == {"HR": told}


def test_sides_that_are_known_of_one_quarter_are_those_of_both():
    plain = replace(THEN, sheets=THEN.impressions, duplex_pages=None)
    now, then = with_the_same_sides(NOW, plain)
    assert (now, then.sheets) == (NOW, 912_000 * Decimal("0.65"))
    then, now = with_the_same_sides(plain, NOW)
    assert (now, then.sheets) == (NOW, 912_000 * Decimal("0.65"))


def test_sides_that_are_known_of_both_quarters_or_of_neither_stay_as_they_are():
    unknown = [replace(each, duplex_pages=None) for each in (NOW, THEN)]
    assert with_the_same_sides(NOW, THEN) == (NOW, THEN)
    assert with_the_same_sides(*unknown) == tuple(unknown)


def test_quarters_are_added_with_the_sides_that_each_tells():
    assert together(OTHERS).duplex_pages == 700_000
    assert together(OTHERS).sheets == OTHERS[0].sheets + OTHERS[1].sheets
    assert together(OTHERS).averaged == ()
    assert not together(OTHERS).sides_assumed


@pytest.mark.parametrize("add", [together, lambda both: in_place_of(Activity(), both)])
def test_a_quarter_whose_log_tells_no_sides_borrows_those_of_the_others_before_it_is_added(add):
    untold = replace(OTHERS[1], duplex_pages=None, sheets=OTHERS[1].impressions)
    added = add([OTHERS[0], untold])

    assert added.duplex_pages == 400_000 + 500_000
    assert added.sheets == 800_000 * Decimal("0.75") + 1_000_000 * Decimal("0.75")
    assert added.sides_assumed
    none = [replace(each, duplex_pages=None) for each in OTHERS]
    assert add(none).duplex_pages is None


OTHERS = [quarter_of(380, 800_000, "0.5", "0.10"), quarter_of(380, 1_000_000, "0.3", "0.02")]


def test_a_baseline_quarter_that_is_whole_stands_for_itself():
    assert in_place_of(THEN, [THEN, *OTHERS]) == THEN


def test_a_missing_quarter_is_the_average_of_those_that_are_known_of_its_year_and_says_so():
    found = in_place_of(Activity(), [Activity(), *OTHERS])
    days = 2 * 380 * 56
    assert found.volumes.impressions / found.volumes.days == Decimal(1_800_000) / days
    assert round(found.home_share, 9) == Decimal("0.06")
    assert found.averaged == ("printing", "home working")


def test_only_what_a_quarter_lacks_is_averaged():
    found = in_place_of(replace(THEN, impressions=None), [*OTHERS])
    assert found.averaged == ("printing",)
    assert found.home_share == THEN.home_share


def test_a_quarter_in_which_nobody_worked_is_no_baseline_of_printing():
    idle = replace(THEN, worked_fte_days=Decimal(0))
    assert in_place_of(idle, [idle, *OTHERS]).averaged == ("printing",)
    assert in_place_of(idle, [idle]) == idle


def test_a_share_of_the_census_stands_in_only_where_no_home_day_is_known():
    unknown = replace(THEN, home_fte_days=None)
    found = with_census_home_share(unknown, Decimal("0.05"))
    assert (found.home_share, found.grade) == (Decimal("0.05"), "D")
    assert with_census_home_share(THEN, Decimal("0.05")) == THEN
    assert with_census_home_share(unknown, None) == unknown


def test_a_year_of_which_nothing_is_known_leaves_the_gap():
    assert in_place_of(Activity(), [Activity(), Activity()]) == Activity()


@pytest.mark.parametrize(("evidenced", "grade"), [("0.80", "A"), ("0.79", "B")])
def test_days_are_measured_from_four_fifths_in_logs(evidenced, grade):
    days = NOW.due_fte_days
    assert replace(NOW, evidenced_fte_days=days * Decimal(evidenced)).grade == grade
