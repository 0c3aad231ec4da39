"""The `scorecard` command as a person or a program calls it."""

import json
import os
import re
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner

from scorecard import cli, terminal
from scorecard.cli import _moment
from scorecard.register.models import Figure, Measurement

REPOSITORY = Path(__file__).resolve().parent.parent.parent
COMMANDS = ("sample", "try", "verify", "sources", "kpis", "carbon", "commentary")
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
    assert "  1 row, row 3: directorate: 'Transformation Unit' (1) is not in the council's" in said
    assert "    Add the name to include/council/directorates.csv." in said


def test_a_mapping_that_is_not_decided_is_said_so_in_words(scorecard, staff_list, tmp_path):
    whole = (REPOSITORY / "include" / "sources" / "work_patterns.yaml").read_text()
    path = tmp_path / "work_patterns.yaml"
    path.write_text(whole.replace("\nversion:", "   # ? its name\nversion:", 1))
    code, said, _ = scorecard("try", staff_list, "--using", path)

    assert code == 0
    assert "Not decided yet, for the mapping still bears `# ?` in 1 of its lines:\n  line " in said


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        (10, 0, "10 rows received, 9 accepted"),
        (11, 1, "staff.csv: states 11 rows and holds 10: it was cut off or added to. Export it"),
        (None, 1, "staff.csv: came without its companion, in which 'ROWS' is stated. Send both"),
    ],
)
def test_an_extract_is_tried_with_its_companion(scorecard, staff_list, tmp_path, rows, code, words):
    whole = (REPOSITORY / "include" / "sources" / "work_patterns.yaml").read_text()
    mapping, beside = tmp_path / "work_patterns.yaml", tmp_path / "staff.ctl"
    mapping.write_text(whole.replace("\nversion:", "\nrow_count: {beside: ROWS}\nversion:", 1))
    beside.write_text(f"ROWS {rows}\n")
    companion = ("--beside", beside) if rows else ()

    found, said, _ = scorecard("try", staff_list, "--using", mapping, *companion)
    assert (found, words in said) == (code, True), said


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


def test_what_a_file_holds_cannot_steer_the_terminal(scorecard, tmp_path):
    path = tmp_path / "hostile.csv"
    path.write_text("number\x1b[31m,priority\n1,2\n")

    _, said, _ = scorecard("try", path)
    assert "\x1b" not in said
    assert r"number\x1b[31m" in said


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


def test_the_kpis_are_listed_theme_by_theme_under_headings(scorecard):
    _, said, _ = scorecard("kpis")

    lines = said.splitlines()
    assert [line for line in lines if not line.startswith(" ")][:2] == ["Budget", "Carbon"]
    (mine,) = [line for line in lines if "TKT-06" in line]
    assert mine.endswith("hours; better is lower")


@pytest.mark.parametrize(("asked", "hour"), [("2025-07-15T09:00", 8), ("2025-01-15T09:00", 9)])
def test_a_moment_without_a_zone_is_of_londons_clock(asked, hour):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert _moment(datetime.fromisoformat(asked), now).astimezone(UTC).hour == hour
    assert _moment(None, now) == now


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


@pytest.fixture
def asked(stores, monkeypatch):
    """The register of a test's own, with a red figure of the council, at the terminal."""
    moment = datetime(2025, 7, 15, 8, tzinfo=UTC)
    with stores.register.begin() as connection:
        connection.execute(
            insert(Measurement).values(
                id="m", quarter="2025-26-Q1", as_at=moment, measured_at=moment, identity={}
            )
        )
        connection.execute(
            insert(Figure).values(
                measurement_id="m", kpi_id="open_tickets", version=1, period="2025-26-Q1",
                period_kind="quarter", directorate="COUNCIL", numerator=Decimal(9),
                denominator=Decimal(1), value=Decimal(9), state="final", flags=[], why="",
                rag="red", rag_basis="abs_tolerance: too far", direction="worse", details={},
            )
        )  # fmt: skip
    monkeypatch.setattr(terminal, "stores", lambda: nullcontext(stores))


def test_commentary_that_is_owed_is_listed_written_out_and_taken_in(scorecard, asked, tmp_path):
    path = tmp_path / "slots.csv"
    code, said, _ = scorecard("commentary", "2025-26-Q1")
    assert (code, said.splitlines()[:5]) == (
        0,
        [
            "Backlog (open_tickets), owed by Head of ICT Service Delivery",
            "  COUNCIL  missing   Red: 9 tickets, too far",
            "",
            "1 figure asks for commentary. It is supplied for none of them.",
            "Still awaited, due by 28 July 2025: Head of ICT Service Delivery, 1.",
        ],
    )
    assert scorecard("commentary", "2025-26-Q1", "--write", path)[0] == 0
    path.write_text(path.read_text(encoding="utf-8").replace(
        ",,,Head of ICT Service Delivery,", ",Leave,Two posts,Head of ICT Service Delivery,1/9/2025"
    ))  # fmt: skip
    reading = ("commentary", "2025-26-Q1", "--read", path, "--by", "Service Desk Analyst")
    code, said, _ = scorecard(*reading, "--json")
    told = json.loads(said)

    assert (code, told["taken_in"]["written"], told["slots"][0]["by_when"]) == (0, 1, "2025-09-01")
    assert (told["slots"][0]["cause"], told["slots"][0]["action"]) == ("Leave", "Two posts")


def test_a_row_that_is_refused_ends_with_code_1(scorecard, asked, tmp_path):
    path = tmp_path / "slots.csv"
    scorecard("commentary", "2025-26-Q1", "--write", path)
    path.write_text(path.read_text(encoding="utf-8").replace(",,,Head", ",Leave,,Head"))
    reading = ("commentary", "2025-26-Q1", "--read", path, "--by", "Service Desk Analyst")
    code, said, _ = scorecard(*reading)

    assert code == 1
    assert "slots.csv, row 2: action is missing." in said
    assert scorecard(*reading, "--write", path)[0] == 2


@pytest.mark.parametrize(
    "command",
    [
        ("commentary", "2025-26-Q1", "--write"),
        ("sample", "--months", "1", "--staff", "20", "--out"),
    ],
)
def test_a_place_that_cannot_be_written_to_is_told_in_one_line(
    asked, tmp_path, monkeypatch, command
):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(sys, "argv", ["scorecard", *command, str(tmp_path / "file" / "x")])

    with pytest.raises(SystemExit) as told:
        cli.main()
    assert re.fullmatch(
        rf"{tmp_path}/file\S*: Not a directory[.] Correct the path, or choose another[.]",
        str(told.value),
    )
