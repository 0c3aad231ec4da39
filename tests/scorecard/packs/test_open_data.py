"""The open data of a pack: what a program reads without knowing any marker."""

import csv
import io
import json
from decimal import Decimal

import pytest
from csvw import CSVW

from scorecard.packs import open_data
from scorecard.packs.build import build


def rows_of(content, name):
    text = open_data.write(content)[f"data/{name}.csv"].decode("ascii")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_table_has_its_description_beside_it(content):
    names = [table.name for table in open_data.TABLES]

    assert list(open_data.write(content)) == [
        f"data/{name}{end}" for name in names for end in (".csv", ".csv-metadata.json")
    ]


def test_lines_end_as_rfc_4180_says_and_every_value_is_ascii(content):
    for path, data in open_data.write(content).items():
        assert data.isascii(), path
        assert not data.startswith(b"\xef\xbb\xbf")
        if path.endswith(".csv"):
            assert data.count(b"\n") == data.count(b"\r\n") > 0


def test_a_number_is_as_printed_and_a_marker_becomes_state_and_flags(changed):
    records = changed("pages_printed", flags=("baseline",), state="provisional")
    row = next(r for r in rows_of(build(records), "kpi_summary") if r["kpi_id"] == "pages_printed")

    assert (row["this_quarter"], row["target"], row["state"]) == ("2485", "", "provisional")
    assert [row[name] for name in open_data.FLAGS] == [
        "false", "false", "false", "true", "false", "false",
    ]  # fmt: skip


@pytest.mark.parametrize("state", ["awaiting", "not_applicable", "suppressed"])
def test_a_number_that_is_not_shown_is_an_empty_field_beside_its_state(changed, state):
    records = changed("pages_printed", state=state, value=None, numerator=None, denominator=None)
    row = next(
        r
        for r in rows_of(build(records), "kpi_figures")
        if (r["kpi_id"], r["directorate"], r["period"])
        == ("pages_printed", "COUNCIL", "2025-26-Q1")
    )

    assert (row["value"], row["numerator"], row["state"]) == ("", "", state)


def test_few_cases_leave_the_value_empty_and_show_what_they_are(changed):
    few = {"flags": ("small_numbers",), "numerator": Decimal(3), "denominator": Decimal(7)}
    row = next(
        r
        for r in rows_of(build(changed("tickets_solved", **few)), "kpi_figures")
        if (r["directorate"], r["period"]) == ("COUNCIL", "2025-26-Q1")
    )

    assert (row["value"], row["numerator"], row["denominator"]) == ("", "3", "7")
    assert (row["state"], row["has_small_numbers"]) == ("final", "true")


def test_a_table_without_rows_is_its_head_alone(content):
    assert rows_of(content, "revisions") == []


def test_every_table_is_valid_by_a_reader_that_is_not_ours(content, tmp_path):
    (tmp_path / "data").mkdir()
    files = open_data.write(content)
    for path, data in files.items():
        (tmp_path / path).write_bytes(data)
    told = [path for path in files if path.endswith("-metadata.json")]

    assert [p for p in told if not CSVW(str(tmp_path / p), validate=True).is_valid] == []


def test_a_description_names_title_licence_types_and_key(content):
    told = json.loads(open_data.write(content)["data/kpi_figures.csv-metadata.json"])
    types = {column["name"]: column["datatype"] for column in told["tableSchema"]["columns"]}

    assert told["dc:title"] == ("Exampleshire Council: Figures by KPI and directorate, 2025-26-Q1")
    assert told["dc:license"] == {"@id": open_data.LICENCE}
    assert told["tableSchema"]["primaryKey"] == ["kpi_id", "directorate", "period"]
    assert (types["value"], types["version"], types["is_restated"]) == (
        "decimal", "integer", "boolean",
    )  # fmt: skip


def test_words_lose_signs_that_a_spreadsheet_may_misread():
    assert open_data._ascii("\N{POUND SIGN}5 \N{MINUS SIGN} caf\u00e9") == "GBP 5 - cafe"
