"""A month of print or of staff that never came, from the inbox to the words of the pack."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from scorecard import accept, gather, keep, measure, reconcile, sample
from scorecard.packs.build import build
from scorecard.packs.carbon_figures import COMMUTING, HOME, NET, PRINTING
from scorecard.packs.records import Edition
from scorecard.period import FinancialQuarter
from scorecard.register import packs

NOW = datetime(2025, 4, 15, 8, tzinfo=UTC)
QUARTER = "2024-25-Q4"
FEEDS = ("printing", "remote_working", "workforce")
# The file that is lost, and the quarter that it belongs to now or as a baseline.
LOST = {
    "printing/papercut-print-log-2024-05.csv": "2024-25-Q1",
    "printing/papercut-print-log-2023-08.csv": "2024-25-Q2",
    "workforce/workforce_2024-11.csv": "2024-25-Q3",
    "workforce/workforce_2024-02.csv": "2024-25-Q4",
}


UNUSED = ("remote_working/*vpn*", "remote_working/*desk*")  # other evidence of place


@pytest.fixture
def records(stores):
    """The records of a small council's year, each quarter of which lost one file."""
    inbox = stores.settings.inbox
    sample.write(inbox, months=24, staff=60, seed=1, only=FEEDS)
    for path in [
        *(inbox / name for name in LOST),
        *(p for like in UNUSED for p in inbox.glob(like)),
    ]:
        path.unlink()
    for source in FEEDS:
        keep.run(stores, source, NOW)
        accept.run(stores, source, NOW)
    measurement = reconcile.run(stores, measure.run(stores, QUARTER, NOW, NOW))
    reading = packs.read(stores.register, measurement)
    edition = Edition(FinancialQuarter.parse(QUARTER), "officer", "internal", 1, "draft", "")
    return gather.records_of(stores, reading, edition)


def test_a_lost_month_leaves_its_line_unknown_and_the_pack_says_which_and_draws_no_verdict(records):
    for name, quarter in LOST.items():
        month = name[-11:-4]
        printing, commuting, home, net = (
            records.figures.get(kpi, quarter, "COUNCIL") for kpi in (PRINTING, COMMUTING, HOME, NET)
        )
        assert (printing.state, printing.value, printing.lower) == ("awaiting", None, None)
        whose = "the baseline of 6 directorates" if month < "2024-04" else "6 directorates"
        assert f"Printing not known: no impressions for {whose}, {quarter}. " in printing.why
        assert re.search(f"incomplete without [a-z_]+ {month}. .* sends it", printing.why)
        assert net.why.startswith(printing.why)
        assert (net.state, net.rag, net.direction) == ("provisional", "not_rated", "not_comparable")
        assert "partial" in net.flags
        # Nothing of another quarter stands in for what is lost.
        rest = commuting.numerator - home.numerator
        assert abs(net.numerator * 1000 - rest) < Decimal("0.01")

    carbon = build(records).carbon
    assert carbon.headline.endswith("partial: printing not known")
    assert "Whether emissions fell or rose on the whole is not known." in carbon.sentences[3]
    assert dict(carbon.facts)["Chance that anything was avoided"] == "[x]"
    assert next(row[1].text for row in carbon.lines.rows) == "[x]"
    (history,) = carbon.pictures
    assert {moment.kind for moment in history.moments[4:]} <= {"partial", "small"}
