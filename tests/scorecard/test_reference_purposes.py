"""Why a column is read: a KPI that counts it, a purpose in words, or that nothing does."""

import pytest

from scorecard import kpis, mapping, reference_purposes
from scorecard.reference_purposes import NONE, Purpose
from scorecard.settings import INCLUDE
from scorecard.sources import TABLES
from scorecard.strict import WrongDefinition

SQL = INCLUDE / "sql"
KPIS = kpis.load(SQL / "kpi").values()
PURPOSES = reference_purposes.read(INCLUDE / "reference" / "purposes.yaml")
MAPPINGS = mapping.load_all(INCLUDE / "sources").values()


def reasons(table, purposes=None):
    of_table = [m for m in MAPPINGS if m.table == table]
    told = PURPOSES.get(table, {}) if purposes is None else purposes
    return reference_purposes.reasons(TABLES[table], of_table, KPIS, SQL, told)


def test_a_purpose_is_of_a_column_that_there_is():
    known = {(t.name, c.name) for t in TABLES.values() for c in t.columns}
    assert {(table, name) for table, columns in PURPOSES.items() for name in columns} <= known


def test_every_column_about_a_person_of_a_table_that_kpis_rest_on_has_its_purpose_in_words():
    unsaid = {
        (table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if column.type == "person" and column.name not in PURPOSES.get(table.name, {})
    }
    assert unsaid == {("tickets", "requester_id"), ("activity_reports", "person_pseud")}
    assert reasons("tickets")["requester_id"] == NONE


def test_a_kpi_rests_on_a_table_by_way_of_the_relations_that_it_reads():
    assert set(reference_purposes.resting_on(TABLES["travel_survey"], KPIS, SQL)) == {"RMT-06"}
    staff = reference_purposes.resting_on(TABLES["staff"], KPIS, SQL)
    assert {"PRN-01", "RMT-01", "CO2-02"} <= set(staff)
    assert not {"TKT-01", "BUD-01"} & set(staff)
    assert reference_purposes.resting_on(TABLES["spend"], KPIS, SQL) == {}


def test_a_column_without_words_names_the_kpis_whose_sql_does():
    assert reasons("tickets", {})["is_major"] == "TKT-15"
    assert reasons("tickets", {})["csat_score"] == NONE
    assert reasons("travel_survey", {})["fuel"] == "A table of activity in the pack"
    assert reasons("spend", {})["transaction_no"] == "Tells one row from another"


def test_a_purpose_for_a_kpi_that_does_not_rest_on_the_table_is_refused():
    wrong = {"fte": Purpose("What a day is worth", ("RMT-01", "TKT-01"))}
    with pytest.raises(WrongDefinition, match=r"^purposes.yaml: staff: fte: TKT-01 does not rest"):
        reasons("staff", wrong)
