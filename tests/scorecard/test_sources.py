import re

import pytest

from scorecard.sources import SOURCES, STORED_AS, TABLES, tables_of


def test_the_sources_are_exactly_these():
    assert SOURCES == ("tickets", "budget", "printing", "remote_working", "workforce")


def test_every_table_belongs_to_a_source():
    assert [table.name for table in tables_of("budget")] == ["ledger", "savings", "spend"]
    assert {table.name for source in SOURCES for table in tables_of(source)} == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_type_and_a_meaning(table):
    names = [column.name for column in TABLES[table].columns]
    assert len(set(names)) == len(names)
    for column in TABLES[table].columns:
        assert re.fullmatch("[a-z][a-z0-9_]*", column.name)
        assert column.type in STORED_AS
        assert (
            column.meaning[0].isupper()
            or column.meaning.split()[0] in {"incident", "officer"}
            or column.meaning
        )


@pytest.mark.parametrize("table", TABLES)
def test_moments_and_days_are_told_by_their_names(table):
    for column in TABLES[table].columns:
        if column.type == "moment":
            assert column.name.endswith(("_at", "_due"))
        if column.name.endswith("_at") and column.type != "moment":
            assert (table, column.name) == ("ledger", "as_at")


def test_money_is_decimal_and_nothing_is_a_double():
    assert STORED_AS["gbp"] == "decimal(18, 2)"
    assert not [kind for kind in STORED_AS.values() if "double" in kind or "float" in kind]


def test_a_column_that_a_table_does_not_have_is_an_error():
    assert TABLES["ledger"].column("actual_ytd").type == "gbp"
    with pytest.raises(LookupError):
        TABLES["ledger"].column("no_such_column")
