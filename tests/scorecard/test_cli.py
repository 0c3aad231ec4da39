"""The `scorecard` command as a person or a program calls it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scorecard import cli

REPOSITORY = Path(__file__).resolve().parent.parent.parent
COMMANDS = ("sample", "try", "verify", "sources", "kpis", "commentary")
HEADINGS = (
    "Month,Employee,Directorate,Persona,Remote capable,FTE,Work days,Home days,Leave days,"
    "Leave on\n"
)
GOOD = [f"2025-04,person{number},Resources,Hybrid,Y,1.0,,Mon Fri,2,01 02\n" for number in range(9)]
BAD = "2025-04,person9,Transformation Unit,Fixed,N,0.5,,,1,\n"


@pytest.fixture
def scorecard(tmp_path, monkeypatch):
    """Run the command; its exit code, its output and its complaint."""
    monkeypatch.setenv("SCORECARD_HOME", str(tmp_path / "home"))

    def run(*arguments):
        done = CliRunner().invoke(cli.app, [str(argument) for argument in arguments])
        return done.exit_code, done.stdout, done.stderr

    return run


@pytest.fixture
def staff_list(tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text("".join([HEADINGS, GOOD[0], BAD, *GOOD[1:]]))
    return path


def test_help_lists_every_command_and_loads_nothing_heavy():
    program = (
        "import sys; from scorecard import cli; sys.argv = ['scorecard', '--help']\n"
        "try: cli.main()\n"
        "finally: print('heavy:', {'airflow', 'duckdb', 'pandas', 'sqlalchemy'} & set(sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "include")}
    said = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    ).stdout

    assert [name for name in COMMANDS if name not in said] == []
    assert "heavy: set()" in said


def test_trying_an_extract_says_what_would_be_accepted_and_set_aside(scorecard, staff_list):
    code, said, _ = scorecard("try", staff_list, "--json")
    found = json.loads(said)

    assert code == 0
    assert (found["rows_received"], found["rows_accepted"], found["rows_set_aside"]) == (10, 9, 1)
    assert [row["row"] for row in found["set_aside"]] == [3]
    assert found["refusals"] == []


def test_trying_an_extract_in_words_names_the_row_and_the_reason(scorecard, staff_list):
    code, said, _ = scorecard("try", staff_list)

    assert code == 0
    assert "10 rows received, 9 accepted, 1 set aside" in said
    assert "row 3: " in said
    assert "Transformation Unit" in said


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.csv", "", "the file is empty"),
        ("unknown.csv", "Colour,Size\nred,4\n", "unknown.csv"),
        (None, None, "there is no such file"),
    ],
)
def test_an_extract_that_would_be_refused_ends_with_code_1_and_the_reason(
    scorecard, tmp_path, name, content, why
):
    path = tmp_path / (name or "missing.csv")
    if name:
        path.write_text(content)

    code, said, _ = scorecard("try", path, "--json")

    assert code == 1
    assert len(json.loads(said)["refusals"]) == 1
    assert why in json.loads(said)["refusals"][0]


def test_trying_an_extract_stores_nothing(scorecard, staff_list, tmp_path):
    scorecard("try", staff_list)

    assert list(tmp_path.iterdir()) == [staff_list]


def test_an_extract_is_read_with_the_mapping_that_was_named(scorecard, staff_list):
    code, said, _ = scorecard("try", staff_list, "--mapping", "servicenow_incident", "--json")

    assert code == 1
    assert json.loads(said)["system"] == "servicenow_incident"


def test_the_sources_are_listed_with_their_tables_and_columns(scorecard):
    _, said, _ = scorecard("sources", "--json")
    found = {source["source"]: source["tables"] for source in json.loads(said)}

    assert list(found) == ["tickets", "budget", "printing", "remote_working", "workforce"]
    assert [table["table"] for table in found["budget"]] == ["ledger", "savings", "spend"]
    assert found["tickets"][0]["columns"][0] == {
        "name": "ticket_id", "type": "text", "meaning": "The desk's reference",
    }  # fmt: skip


def test_the_kpis_are_listed_with_code_name_unit_and_the_better_way(scorecard):
    _, said, _ = scorecard("kpis", "--json")

    assert {
        "code": "TKT-01", "id": "incidents_resolved_within_sla",
        "title": "Incidents resolved within SLA", "theme": "Service desk",
        "unit": "percent", "better": "higher",
    } in json.loads(said)  # fmt: skip


def test_the_sample_is_written_and_counted(scorecard, tmp_path):
    arguments = ("--months", "1", "--staff", "20", "--out", tmp_path / "out", "--json")
    _, said, complaint = scorecard("sample", *arguments)

    assert complaint == ""
    written = json.loads(said)
    assert {file["source"] for file in written["files"]} >= {"tickets", "printing", "budget"}
    assert written["rows"] == sum(file["rows"] for file in written["files"]) > 0


def test_a_folder_that_is_no_pack_is_not_verified(scorecard, tmp_path):
    code, said, _ = scorecard("verify", tmp_path, "--json")

    assert code == 1
    assert json.loads(said)["verified"] is False


def test_a_wrong_use_ends_with_code_2(scorecard):
    assert scorecard("try")[0] == 2
    assert scorecard("no-such-command")[0] == 2
