"""A month whose volume lies far from the months before it."""

from decimal import Decimal

import pytest

from scorecard.jumps import from_first_count, jumps_in
from scorecard.period import Month
from scorecard.tolerances import JumpLimits

LIMITS = JumpLimits(under=Decimal("0.5"), over=Decimal(3), base=Decimal(50))


def by_month(text, first="2024-07"):
    """Volumes of months in a row; `-` is a month without one."""
    begins = Month.parse(first)
    return {
        str(begins.shifted(place)): Decimal(volume)
        for place, volume in enumerate(text.split())
        if volume != "-"
    }


def found(text, span=(12, 6), confirmed=()):
    jumps = jumps_in(by_month(text), LIMITS, span, confirmed)
    return [(jump.month, int(jump.seen), jump.times, jump.months) for jump in jumps]


@pytest.mark.parametrize(
    ("volumes", "expected"),
    [
        # Under half of the median, and exactly half; over three times it, and exactly three times.
        ("100 100 100 100 100 100 49", [("2025-01", 49, "0.49", 6)]),
        ("100 100 100 100 100 100 50", []),
        ("100 100 100 100 100 100 301", [("2025-01", 301, "3.0", 6)]),
        ("100 100 100 100 100 100 300", []),
        ("100 100 100 100 100 100 0", [("2025-01", 0, "0.00", 6)]),
        # The median of the least that can be judged by, and one less.
        ("50 50 50 50 50 50 24", [("2025-01", 24, "0.48", 6)]),
        ("49 49 49 49 49 49 24", []),
        # One month fewer than a median needs: five, or six of which one has no volume.
        ("100 100 100 100 100 49", []),
        ("100 100 100 - 100 100 49", []),
        # A single odd month moves no median.
        ("100 100 900 100 100 100 100", []),
    ],
)
def test_a_month_is_a_jump_beyond_the_limits_and_not_on_them(volumes, expected):
    assert found(volumes) == expected


@pytest.mark.parametrize(("most", "jumps"), [(2, ["2024-10"]), (3, [])])
def test_the_median_is_of_so_many_months_before_and_no_more(most, jumps):
    # The median of 100 and 200 is 150, and with the 500 before them 200.
    assert [jump[0] for jump in found("500 100 200 460", span=(most, 2))] == jumps


def test_what_was_confirmed_is_usual_from_then_on():
    volumes = "100 100 100 100 100 100 400 410 40"

    assert [jump[0] for jump in found(volumes)] == ["2025-01", "2025-02", "2025-03"]
    assert [jump[0] for jump in found(volumes, confirmed={"2025-01"})] == ["2025-01", "2025-03"]


def test_nothing_was_counted_before_the_first_count():
    volumes = by_month("0 0 100 0 100")

    assert list(from_first_count(volumes).values()) == [100, 0, 100]
    assert from_first_count(by_month("0 0")) == {}
