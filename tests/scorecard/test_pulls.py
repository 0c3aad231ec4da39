from datetime import UTC, datetime

import pytest

from scorecard.period import Month
from scorecard.pulls import months_to_ask

NOW = datetime(2025, 7, 4, 6, tzinfo=UTC)


def month(text):
    return Month.parse(text)


def asked(key=None, first=None, pulled=(), now=NOW):
    before = {month(m): datetime.fromisoformat(at).replace(tzinfo=UTC) for m, at in pulled}
    found = months_to_ask(key and month(key), first and month(first), before, now)
    return [str(each) for each in found]


LATER = "2025-07-02"  # a moment after the months below were over


@pytest.mark.parametrize(
    ("key", "pulled", "months"),
    [
        ("2025-06", [], ["2025-06"]),
        ("2025-06", [("2025-05", LATER)], ["2025-05", "2025-06"]),
        ("2025-06", [("2025-03", LATER), ("2025-02", LATER)], ["2025-03", "2025-06"]),
        ("2025-06", [("2025-06", LATER)], ["2025-06"]),
        ("2025-07", [], ["2025-07"]),  # not over, but asked for by name
        ("2025-08", [], []),  # not begun: nobody can know
    ],
)
def test_a_run_for_a_month_asks_for_it_and_again_for_the_three_before_that_were_pulled(
    key, pulled, months
):
    assert asked(key, pulled=pulled) == months


@pytest.mark.parametrize(
    ("first", "months"),
    [("2025-06", ["2025-06"]), ("2025-05", ["2025-05", "2025-06"]), ("2025-07", [])],
)
def test_no_month_before_the_feeds_first_is_asked_for_even_by_name(first, months):
    assert asked("2025-06", first, [("2025-05", LATER)]) == months


@pytest.mark.parametrize(
    ("first", "pulled", "months"),
    [
        (None, [], ["2025-06"]),
        ("2025-04", [], ["2025-04", "2025-05", "2025-06"]),
        ("2025-04", [("2025-05", LATER)], ["2025-04", "2025-06"]),
        ("2025-06", [("2025-06", "2025-06-30T22:59")], ["2025-06"]),  # it was not over in London
        ("2025-06", [("2025-06", "2025-06-30T23:00")], []),
        ("2025-07", [], []),
    ],
)
def test_a_run_for_no_month_asks_for_every_month_that_was_not_pulled_since_it_was_over(
    first, pulled, months
):
    assert asked(None, first, pulled) == months
