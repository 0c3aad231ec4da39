"""Direction of travel, by each of its methods."""

from decimal import Decimal

import pytest

from scorecard.direction import (
    Aim,
    compared,
    from_previous_period,
    over_window,
    period_before,
    year_before,
)
from scorecard.period import period_named

HIGHER, LOWER = Aim("higher"), Aim("lower")
BAND = Aim("band", Decimal(40), Decimal(60))


@pytest.mark.parametrize(
    ("aim", "now", "before", "expected"),
    [
        (HIGHER, "2", "1", "better"),
        (HIGHER, "1", "2", "worse"),
        (HIGHER, "1.0", "1", "same"),
        (LOWER, "1", "2", "better"),
        (LOWER, "-1", "-2", "worse"),
        (BAND, "40", "60", "same"),
        (BAND, "39", "38", "better"),
        (BAND, "61", "38", "better"),
        (BAND, "62", "50", "worse"),
        (Aim("band", high=Decimal(10)), "12", "11", "worse"),
        (Aim("band"), "1", "2", "not_comparable"),
        (HIGHER, None, "1", "not_comparable"),
        (HIGHER, "1", None, "not_comparable"),
    ],
)
def test_a_figure_goes_the_way_its_better_direction_says(aim, now, before, expected):
    values = [None if text is None else Decimal(text) for text in (now, before)]

    assert compared(*values, aim) == expected


@pytest.mark.parametrize(
    ("is_cumulative", "targets", "expected"),
    [
        (False, (Decimal(90), Decimal(90)), "better"),
        (False, (None, None), "better"),
        (True, (Decimal(90), Decimal(90)), "not_comparable"),
        (False, (Decimal(90), Decimal(88)), "not_comparable"),
    ],
)
def test_the_period_before_says_nothing_when_cumulative_or_the_target_varies(
    is_cumulative, targets, expected
):
    seen = from_previous_period(
        Decimal(2), Decimal(1), HIGHER, is_cumulative=is_cumulative, targets=targets
    )

    assert seen == expected


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (range(12), "better"),
        (range(12, 0, -1), "worse"),
        ([5] * 12, "same"),
        (range(11), "not_comparable"),
        # The line rises by less than half a tenth over the whole window: nobody would see it.
        ([Decimal(n) / 1000 for n in range(12)], "same"),
        # One outlier at each end pulls the line up, whatever the last step did.
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 10], "better"),
    ],
)
def test_a_window_goes_the_way_of_the_line_through_its_points(points, expected):
    assert over_window([Decimal(point) for point in points], 1, HIGHER) == expected


@pytest.mark.parametrize(
    ("key", "before", "year_ago"),
    [
        ("2025-01", "2024-12", "2024-01"),
        ("2025-26-Q1", "2024-25-Q4", "2024-25-Q1"),
        ("2025-26-Q2-YTD", None, "2024-25-Q2-YTD"),
        ("2025-26-Q2-R12", None, "2024-25-Q2-R12"),
    ],
)
def test_a_period_is_compared_with_one_of_its_kind(key, before, year_ago):
    period = period_named(key)

    assert (period_before(period), year_before(period)) == (before, year_ago)
