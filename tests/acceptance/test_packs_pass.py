"""Every acceptance check passes on every pack."""

import making
import pytest
from catalogue import CHECKS
from pack import CannotRun

from scorecard.period import FinancialQuarter, Month


def test_the_packs_are_the_latest_quarter_a_small_council_a_missing_feed_and_a_revision(packs):
    told = {name: pack.content for name, pack in packs.items()}
    received = packs["exampleshire"].records.months
    latest = max(month for months in received.values() for month in months)
    small = {row[-1].text for row in told["small-council"].sheet("KPI_figures").rows}

    assert FinancialQuarter.parse(told["exampleshire"].period).months[-1] == Month.parse(latest)
    assert (sum(making.PEOPLE), "[u]" in small or "[c]" in small) == (400, True)
    assert told["missing-feed"].overview.missing_feeds or told["missing-feed"].provisional
    assert told["revision-2"].revision == 2
    assert told["revision-2"].sheet("Revisions").rows[0][0].text != "None"


@pytest.mark.parametrize("name", making.NAMES)
@pytest.mark.parametrize("check", sorted(CHECKS))
def test_a_pack_passes(check, name, packs):
    try:
        problems = list(CHECKS[check](packs[name]))
    except CannotRun as missing:
        pytest.skip(f"{check}: {missing}")

    assert problems[:20] == [], f"{len(problems)} problems"
