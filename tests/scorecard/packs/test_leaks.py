"""A pack's own words may name a hidden KPI; those of people may not, and are quoted."""

from dataclasses import replace

import pytest

from scorecard.packs.build import build
from scorecard.packs.leaks import Leak, check_words, own_words

DEFINED = "Of the backlog, the share that is old."
REASON = "The backlog was counted again."


@pytest.fixture
def hidden(records):
    """A KPI called Backlog that few may see."""
    title = {"id": "hush", "code": "SEC-01", "title": "Backlog"}
    return [replace(records.definition("pages_printed"), visibility="internal", **title)]


def content_of(records, definition=DEFINED, reason=REASON):
    """A pack that names the backlog in its glossary, in a KPI's definition and in its reason."""
    shown = tuple(replace(d, definition=definition) for d in records.definitions)
    edition = replace(records.edition, visibility="public", reason=reason)
    records = replace(records, definitions=shown, edition=edition)
    return build(records), records.definitions


def test_glossary_and_definitions_name_a_hidden_kpi_without_telling_of_it(records, hidden):
    content, shown = content_of(records, reason="Late files.")
    meaning = dict(content.glossary)["At the end"]

    check_words(content, hidden, shown)
    assert meaning.endswith("such as a backlog.")
    assert {meaning, DEFINED, "Better is"} <= set(own_words(content, shown))


@pytest.mark.parametrize("reason", [REASON, f"{DEFINED} It rose.", "Backlog"])
def test_words_of_people_that_name_one_are_refused_and_quoted(records, hidden, reason):
    content, shown = content_of(records, reason=reason)

    with pytest.raises(Leak, match=rf"names? 'Backlog', .*, in: '{reason}'\. Find .* otherwise\.$"):
        check_words(content, hidden, shown)


def test_a_long_text_is_quoted_as_far_as_it_is_needed_to_find_it(records, hidden):
    content, shown = content_of(records, reason=f"{REASON} {'So it is. ' * 40}")

    with pytest.raises(Leak, match=rf"in: '{REASON} (So it is\. )+.* \.\.\.'\. Find "):
        check_words(content, hidden, shown)
