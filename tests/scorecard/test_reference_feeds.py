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


def test_a_column_names_the_kpis_that_need_it_or_its_purpose_and_says_so_if_none_does():
    assert re.search(r"\| `is_major` \| [^|]+ \| TKT-15 \|", PAGE)
    assert re.search(r"\| `csat_score` \| [^|]+ \| The answer to the survey. For TKT-11", PAGE)
    assert re.search(r"\| `requester_id` \| [^|]+ \| Nothing uses it yet \|", PAGE)
    assert "To keep less, a council moves its heading to `may_drop`" in PAGE
    assert "these KPIs count" not in PAGE


def test_keyed_hashes_are_said_to_be_personal_data_and_what_is_dropped_to_stay_in_the_file():
    assert "Pseudonymised data is still personal data (UK GDPR" in PAGE
    months = retention.read(INCLUDE / "council").raw_extracts
    assert f"There it stays until the file is removed, {months} months after" in PAGE


def test_who_may_see_what_is_told_of_every_role():
    told = PAGE.partition("## Who may see what")[2].partition("## tickets")[0]
    for who in ("reader", "officer", "`restricted`", "steward", "log in Airflow", "the machine"):
        assert who in told


def test_a_table_of_which_no_system_is_in_use_says_so():
    parts = re.split(r"\n### ", PAGE)
    unused = {part.split()[0] for part in parts if "No system of this table is in use" in part}
    assert unused == {"spend", "activity_reports"}


def test_a_system_says_whether_the_council_uses_it():
    assert "**servicenow_incident** (in use)" in PAGE
    assert "**jira_search** (ready, not in use)" in PAGE
