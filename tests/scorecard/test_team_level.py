"""Persons end at the accepted rows: the record, the pack and the log know teams only."""

import logging

import duckdb
import pytest
from given import NOW
from sqlalchemy import MetaData, select

from scorecard import accept, draft, keep, measure, reconcile, sample
from scorecard.period import Month
from scorecard.pseudonym import pseudonym
from scorecard.sample import people

SIZE = {"months": 3, "staff": 60, "seed": 3}
QUARTER = "2025-26-Q1"


@pytest.fixture
def quarter(stores, caplog):
    """A small council's quarter from its extracts to a draft pack; what the steps logged."""
    sources = ("workforce", "remote_working")
    sample.write(stores.settings.inbox, start="2025-04", only=sources, **SIZE)
    with caplog.at_level(logging.INFO):
        for source in sources:
            keep.run(stores, source, NOW)
            accept.run(stores, source, NOW)
        measurement = measure.run(stores, QUARTER, NOW, NOW)
        reconcile.run(stores, measurement)
        draft.run(stores, measurement, "", "test", NOW)
    return caplog.text


def persons(stores):
    """Every login of the quarter, and every pseudonym among the accepted rows."""
    files = (stores.settings.home / "store" / "accepted").rglob("*.parquet")
    found = set()
    for path in files:
        rows = duckdb.sql(f"select * from '{path}'")
        if "person_pseud" in rows.columns:
            found |= {name for (name,) in rows.select("person_pseud").fetchall()}
    months = [Month(2025, number) for number in (4, 5, 6)]
    logins = {
        login
        for month in months
        for login in people.in_post(SIZE["seed"], SIZE["staff"], month).login.to_pylist()
    }
    return logins, found - {None}


def record_of(stores):
    """Every cell of every table and view of the register, as text."""
    with stores.register.connect() as connection:
        known = MetaData()
        known.reflect(connection, views=True)
        return {
            name: str(connection.execute(select(table)).fetchall())
            for name, table in known.tables.items()
        }


def test_no_table_view_sheet_or_log_line_has_a_person(stores, quarter):
    logins, pseudonyms = persons(stores)
    assert pseudonyms >= {pseudonym(login, stores.hash_key) for login in logins}

    told = {**record_of(stores), "the log": quarter}
    pack = [path for path in stores.settings.home.rglob("packs/**/*") if path.is_file()]
    told |= {f"{path.name} in the pack": path.read_bytes().decode("latin-1") for path in pack}
    assert {"figures", "measured", "activity_rows", "v_figures", "the log"} <= set(told)
    assert pack != []
    hidden = {f"'{login}'" for login in logins} | pseudonyms
    assert [(where, who) for where, text in told.items() for who in hidden if who in text] == []


def test_only_accepted_rows_and_files_as_received_know_persons(stores, quarter):
    _, pseudonyms = persons(stores)
    one = min(pseudonyms)
    columns = {
        path.parts[path.parts.index("accepted") + 1]: "person_pseud"
        in duckdb.sql(f"select * from '{path}'").columns
        for path in (stores.settings.home / "store").rglob("accepted/**/*.parquet")
    }
    aside = [
        str(duckdb.sql(f"select * from '{path}'").fetchall())
        for path in (stores.settings.home / "store" / "aside").glob("*.parquet")
    ]

    assert columns == {
        "staff": True, "presence_events": True, "workforce": False, "travel_survey": False
    }  # fmt: skip
    assert aside != []
    assert [text for text in aside if one in text] == []
