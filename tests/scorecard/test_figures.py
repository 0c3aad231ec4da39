"""A figure beside the others of its KPI: direction, versions, small numbers."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scorecard.figures import Draft, finished
from scorecard.kpis import load
from scorecard.period import period_named
from scorecard.rating import Rule
from scorecard.settings import INCLUDE
from scorecard.states import Standing

KPI = load(INCLUDE / "sql" / "kpi")["pages_printed_duplex"]
RULE = Rule("abs_tolerance", target=Decimal(70), tolerance=Decimal(5))


def draft(period, value, *, version=1, flags=(), rule=RULE, **changes):
    standing = Standing("final", "", Decimal(1), Decimal(1), Decimal(value), flags)
    kpi = replace(KPI, **changes)
    return Draft(kpi, version, period_named(period), "COUNCIL", standing, rule)


def direction(*drafts):
    """The direction of travel of the last of these drafts."""
    return finished(drafts[-1], {d.key: d for d in drafts}).direction


PREVIOUS = {"direction": "previous_period"}
WINDOW = {"direction": "regression_window"}
YEAR = {"direction": "same_period_last_year"}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (draft("2024-25-Q1", 60, **YEAR), draft("2025-26-Q1", 61, **YEAR), "better"),
        (draft("2024-25-Q4", 60, **YEAR), draft("2025-26-Q1", 61, **YEAR), "not_comparable"),
        (draft("2024-25-Q4", 60, **PREVIOUS), draft("2025-26-Q1", 61, **PREVIOUS), "better"),
        # What reads alike is the same: both print 60.0.
        (draft("2024-25-Q4", "60.01", **PREVIOUS), draft("2025-26-Q1", 60, **PREVIOUS), "same"),
        (
            draft("2024-25-Q4", 60, **PREVIOUS),
            draft("2025-26-Q1", 61, version=2, **PREVIOUS),
            "not_comparable",
        ),
        (
            draft("2024-25-Q4", 60, flags=("small_numbers",), **PREVIOUS),
            draft("2025-26-Q1", 61, **PREVIOUS),
            "not_comparable",
        ),
        (
            draft("2024-25-Q4", 60, accumulation="year_to_date", **PREVIOUS),
            draft("2025-26-Q1", 61, accumulation="year_to_date", **PREVIOUS),
            "not_comparable",
        ),
        (
            draft("2024-25-Q4", 60, rule=replace(RULE, target=Decimal(65)), **PREVIOUS),
            draft("2025-26-Q1", 61, **PREVIOUS),
            "not_comparable",
        ),
    ],
)
def test_a_figure_is_compared_only_with_its_like(before, now, expected):
    assert direction(before, now) == expected


def test_a_window_ends_with_the_figures_own_period_and_stops_at_a_gap():
    first = period_named("2024-04")
    months = [f"{2024 + (3 + n) // 12}-{(3 + n) % 12 + 1:02d}" for n in range(15)]
    assert months[0] == first.key
    rising = [draft(month, 50 + n, **WINDOW) for n, month in enumerate(months)]
    quarter = draft("2025-26-Q1", 64, **WINDOW)

    assert direction(*rising, quarter) == "better"
    assert direction(*rising[:5], *rising[6:], quarter) == "not_comparable"


def test_small_numbers_and_a_missing_target_leave_a_figure_unrated():
    small = finished(draft("2025-26-Q1", 50, flags=("small_numbers",)), {})
    new = finished(draft("2025-26-Q1", 50, rule=None), {})

    assert [(f.rag, f.rag_basis, f.flags) for f in (small, new)] == [
        ("not_rated", "small numbers: too few cases to rate", ("small_numbers",)),
        ("not_rated", "baseline: no target yet", ("baseline",)),
    ]
