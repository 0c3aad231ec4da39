"""For which months `make pack` and `make backfill` start the runs that take a source in."""

from dataclasses import replace

import pytest

from scorecard import council
from scorecard.orchestration.local.runs import keys_of
from scorecard.period import FinancialQuarter
from scorecard.settings import INCLUDE

QUARTER = FinancialQuarter.parse("2025-26-Q1")
FEED = council.feeds_in(INCLUDE / "council")["tickets"]


@pytest.mark.parametrize(
    ("connector", "pull_from", "keys"),
    [
        ("folder", "2023-04", ("2025-06",)),
        ("sql", "2023-04", (None,)),
        ("rest", "2023-04", (None,)),
        ("sql", None, ("2025-04", "2025-05", "2025-06")),
    ],
)
def test_a_system_is_asked_for_every_month_and_a_folder_once(connector, pull_from, keys):
    assert keys_of(replace(FEED, connector=connector, pull_from=pull_from), QUARTER) == keys
