"""The page that a data protection officer asks for."""

import re

from scorecard import mapping, retention
from scorecard.reference_docs import pages
from scorecard.settings import INCLUDE

PAGE = pages()["feeds.md"]
MAPPINGS = mapping.load_all(INCLUDE / "sources")


def part_of(system):
    return re.split(r"\n(?=\*\*|#)", PAGE.partition(f"**{system}**")[2])[0]


def test_every_system_is_told_with_what_is_read_dropped_and_set_aside():
    for system, found in MAPPINGS.items():
        told = part_of(system)
        assert all(f"| `{column}` |" in told for column in found.columns), system
        wide = {heading for rule in found.columns.values() for heading in rule.numbered}
        assert all(heading in told for heading in set(found.headings.values()) - wide), system
        assert all(rule.why in told for rule in found.set_aside), system


def test_a_person_is_kept_as_a_keyed_hash_and_an_address_as_a_class_of_network():
    told = part_of("fortigate_vpn")
    assert "| `person_pseud` | user | a keyed hash" in told
    assert (
        "| `network` | remip | corporate, other or unknown: the address goes no further |" in told
    )


def test_how_long_files_and_rows_are_kept_is_what_the_council_decided():
    policy = retention.read(INCLUDE / "council")
    assert f"{policy.raw_extracts} months after it was last received" in PAGE
    assert f"{policy.accepted_rows} months after the end of their month" in PAGE


def test_a_column_names_the_kpis_that_need_it_and_says_so_if_none_does():
    assert "| `csat_score` | Satisfaction score, higher is better | Prepares the rows" in PAGE
    assert re.search(r"\| `is_major` \| [^|]+ \| TKT-15 \|", PAGE)
    assert re.search(r"\| `requester_id` \| [^|]+ \| No KPI reads it yet", PAGE)


def test_a_system_says_whether_the_council_uses_it():
    assert "**servicenow_incident** (in use)" in PAGE
    assert "**jira_search** (ready, not in use)" in PAGE
