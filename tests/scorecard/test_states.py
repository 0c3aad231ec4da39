"""The state of a figure, and when its denominator is a small number."""

from decimal import Decimal

import pytest

from scorecard.kpis import load
from scorecard.settings import INCLUDE
from scorecard.states import Readiness, standing_of, standing_of_nothing

KPIS = load(INCLUDE / "sql" / "kpi")
SHARE, MEDIAN = KPIS["incidents_resolved_within_sla"], KPIS["ticket_resolution_time"]
COUNT, MONEY = KPIS["pages_printed"], KPIS["forecast_outturn_variance"]
READY = Readiness()


def standing(definition, numerator, denominator, ready=READY):
    numbers = [None if n is None else Decimal(n) for n in (numerator, denominator)]
    return standing_of(definition, *numbers, ready, small_denominator=10)


@pytest.mark.parametrize(
    ("definition", "numerator", "denominator", "flags"),
    [
        (SHARE, 7, 9, ("small_numbers",)),
        (SHARE, 7, 10, ()),
        (SHARE, 0, 1, ("small_numbers",)),
        (MEDIAN, "3.5", 9, ("small_numbers",)),  # of a median the cases that it rests on
        (MEDIAN, "3.5", 10, ()),
        (COUNT, 3, 1, ()),  # a count has no denominator
        (MONEY, 2, -9, ("small_numbers",)),  # an income budget is negative
        (MONEY, 2, -10, ()),
    ],
)
def test_under_ten_cases_are_a_small_number(definition, numerator, denominator, flags):
    seen = standing(definition, numerator, denominator)

    assert (seen.state, seen.flags) == ("final", flags)


@pytest.mark.parametrize(
    ("seen", "state"),
    [
        (standing(SHARE, 9, 12), "final"),
        (standing(SHARE, 9, 12, Readiness(incomplete=("June is missing.",))), "provisional"),
        (standing(SHARE, 9, 12, Readiness(awaited=("Nothing was sent.",))), "awaiting"),
        (standing(SHARE, None, 12), "awaiting"),
        (standing(SHARE, 0, 0), "not_applicable"),
        (standing(MEDIAN, None, 0), "not_applicable"),
        (standing_of_nothing(SHARE, READY, "", is_counted=True), "not_applicable"),
        (standing_of_nothing(COUNT, READY, "", is_counted=True), "final"),
        (standing_of_nothing(COUNT, READY, "No row can be expected.", is_counted=True), "awaiting"),
    ],
)
def test_a_figure_has_one_state(seen, state):
    assert seen.state == state
    assert (seen.exact is None) == (state not in ("final", "provisional"))
