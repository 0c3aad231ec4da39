"""The queries of include/sql/extract/: what each may and must ask for."""

import re

import pytest
from landing import land, ledger

from scorecard import mapping, sample
from scorecard.connectors import TWINS, query
from scorecard.register import feeds
from scorecard.settings import INCLUDE

FOLDER = TWINS["sql"].parent
QUERIES = sorted(FOLDER.glob("*.sql"))
MAPPINGS = mapping.load_all(INCLUDE / "sources")
# Ledgers: what their mappings drop tells their rows apart, and is of nobody.
OF_ROWS = {"oracle_gl_balances", "sap_acdoca", "fortigate_database"}


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_is_one_ordered_select_of_a_month_that_says_its_grain(path):
    written = path.read_text(encoding="utf-8")
    asked = query.parameters_in(query.read(path))

    assert re.match(r"-- .+\.\n-- One row per ", written), path.name
    assert asked & {"month", "from_utc", "from_local", "period_no"}, path.name


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_brings_what_its_mapping_reads_and_nothing_of_what_it_drops(path):
    """What is dropped may be personal: it is not fetched. Its column may be there, and empty."""
    found = MAPPINGS[path.stem]
    selected = query.read(path).rpartition("\nfrom ")[0].rpartition("select\n")[2]
    columns = [column.strip() for column in re.split(r",\s*\n", selected)]
    empty = {c.removeprefix("null as ").strip('"') for c in columns if c.startswith("null as ")}
    names = [re.split(r"\bas\s+|\.(?=\w+$)", column)[-1].strip('"') for column in columns]

    assert set(mapping.heading_keys(names)) == set(found.headings)
    dropped = {mapping.heading_key(h).partition("#")[0] for h in found.drop}
    assert path.stem in OF_ROWS or dropped == {mapping.heading_key(h) for h in empty}


def test_a_system_that_is_the_same_as_another_is_of_the_same_table():
    for found in MAPPINGS.values():
        if found.same_as:
            assert MAPPINGS[found.same_as].table == found.table, found.system
            assert MAPPINGS[found.same_as].same_as == "", found.system


def test_of_one_sender_rows_have_one_key_or_come_as_whole_months():
    for found in MAPPINGS.values():
        # PaperCut's two logs tell a job otherwise: one of both is listed.
        if found.same_as and found.meets == "by_key" and found.system != "papercut_text_log":
            other = MAPPINGS[found.same_as]
            assert (other.meets, other.key) == (found.meets, found.key), found.system


def test_a_ledger_asked_for_by_sql_replaces_the_workbook_of_its_month(postgres, pulling):
    """Both are of one sender: the newest counts, and neither is missed beside the other."""
    office = pulling("budget")
    inbox = office.stores.settings.inbox
    sample.write(inbox, months=1, staff=60, seed=1, only=["budget"])
    (book,) = inbox.glob("budget/*.xlsx")
    ledger(postgres, [book])
    land(postgres, "savings_register", [])
    by_file = pulling("budget", "folder")
    by_file.pull(None)
    before = office.rows("select sum(actual_ytd), count(*) from accepted", "ledger")
    postgres.say("update scorecard_ledger set actual_ytd = actual_ytd * 2, control_total = 1")

    pulling("budget").pull(postgres.connection, "2023-04", hour=10)
    after = office.rows("select sum(actual_ytd), count(*) from accepted", "ledger")

    assert after == [(2 * before[0][0], before[0][1])]
    sent = {m.system for m in feeds.months(office.stores.register, "budget") if m.table == "ledger"}
    assert sent == {"ledger_by_period"}
