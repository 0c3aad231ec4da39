"""Which files count where they came: those of the source, sent by a system that its feed lists."""

import pytest

from scorecard import council, senders
from scorecard.admission import Refused
from scorecard.mapping import load_all
from scorecard.settings import INCLUDE
from scorecard.workbench import SOURCES

FEEDS = council.feeds_in(INCLUDE / "council")
MAPPINGS = load_all(SOURCES)


@pytest.mark.parametrize("source", ["", "tickets"])
def test_a_file_of_a_system_that_its_feed_lists_may_count(source):
    senders.check("incident.csv", MAPPINGS["servicenow_incident"], FEEDS, source)


@pytest.mark.parametrize("source", ["", "tickets"])
def test_a_file_of_a_system_that_its_feed_does_not_list_is_refused(source):
    with pytest.raises(Refused) as refused:
        senders.check("desk.csv", MAPPINGS["freshdesk"], FEEDS, source)
    assert str(refused.value) == (
        "desk.csv: an export of freshdesk, while feeds.yaml lists for tickets only "
        "servicenow_incident, servicenow_request, servicenow_incident_api, servicenow_request_api. "
        "Add freshdesk to `mappings` of tickets there if it is to count, or take the file away."
    )


@pytest.mark.parametrize("system", ["servicenow_incident", "freshdesk"])
def test_a_file_in_another_sources_inbox_is_sent_there_first_listed_or_not(system):
    with pytest.raises(Refused) as refused:
        senders.check("desk.csv", MAPPINGS[system], FEEDS, "printing")
    assert str(refused.value) == (
        f"desk.csv: a file of {system}, which belongs to tickets, arrived with printing. Put it "
        "into the inbox of tickets."
    )


def test_the_mappings_of_a_source_are_those_of_its_feed_and_of_none_those_of_all():
    assert senders.listed(FEEDS, "printing") == {"papercut_print_logger", "papercut_database"}
    assert senders.listed(FEEDS) == {m for feed in FEEDS.values() for m in feed.mappings}
