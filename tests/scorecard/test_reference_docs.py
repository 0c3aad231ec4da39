import ast

import pytest

from scorecard import reference_docs
from scorecard.packs.headings import MEANINGS, SHEETS
from scorecard.reference_docs import main, stale, write
from scorecard.settings import INCLUDE
from scorecard.sources import TABLES


def test_the_same_definitions_give_the_same_pages(tmp_path):
    assert reference_docs.pages() == reference_docs.pages()
    write(tmp_path)
    assert stale(tmp_path) == []


def test_a_page_edited_by_hand_is_named_with_the_command_that_mends_it(tmp_path, capsys):
    write(tmp_path)
    (tmp_path / "kpis.md").write_text("Edited.", encoding="utf-8")
    (tmp_path / "dags.md").unlink()

    with pytest.raises(SystemExit, match=r"docs/kpis\.md.*`make docs`\.\ndocs/dags\.md"):
        main(["--check"], tmp_path)

    main([], tmp_path)
    main(["--check"], tmp_path)


def test_every_kpi_is_told_with_its_definition_target_and_role():
    page = reference_docs.pages()["kpis.md"]

    told = {path.stem for path in (INCLUDE / "sql" / "kpi").glob("*.yaml") if path.stem in page}
    assert told == {path.stem for path in (INCLUDE / "sql" / "kpi").glob("*.yaml")}
    part = page.partition("## TKT-01 Incidents resolved within SLA\n")[2].partition("\n## ")[0]
    assert "Of the incidents resolved in the period" in part
    assert "| 2025-04-01 | all | 90.0% | Green at 90.0% or more;" in part
    assert "owner Head of ICT Service Delivery" in part


def test_every_stored_column_is_in_the_dictionary():
    page = reference_docs.pages()["data_dictionary.md"]

    missing = [
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if f"| `{column.name}` | {column.type} | {column.meaning} |"
        not in page.partition(f"\n### {table.name}\n")[2].partition("\n#")[0]
    ]
    assert missing == []


def test_every_printed_column_has_a_meaning_and_every_meaning_a_column():
    printed = {column for columns in SHEETS.values() for column in columns}

    assert printed == set(MEANINGS)


def test_the_dictionary_says_what_feeds_a_column_what_cannot_be_told_and_what_is_dropped():
    page = reference_docs.pages()["data_dictionary.md"]

    assert "| sum of Actual P01 to Period |" in page
    assert "- `refunded` cannot be mapped: The Print Logger knows no refunds." in page
    assert "- Dropped at the door: Document Name, Client, Language, Height, Width, Size." in page


def test_every_rule_is_printed_as_it_is_asked():
    page = reference_docs.pages()["checks.md"]

    assert (
        "| `copies_plausible` | warning | validity | column values to be between "
        "(column: copies, min_value: 1, max_value: 5000) | A job has at least one copy;"
    ) in page


def test_every_dag_is_told_without_importing_airflow():
    page = reference_docs.pages()["dags.md"]

    assert "## ingest_tickets, ingest_budget, ingest_printing" in page
    assert "`keep`, then `accept`, then `alert`. Runs on the working day after each month" in page
    assert "by which it arrives: tickets 3, budget 7, printing 2" in page
    assert "Runs on working day 15 after each quarter." in page
    code = ast.parse((INCLUDE / "scorecard" / "reference_docs.py").read_text(encoding="utf-8"))
    assert "airflow" not in ast.unparse(code)


def test_a_dag_that_waits_for_data_says_for_which(tmp_path):
    (tmp_path / "publish_pack.py").write_text(
        '"""Publish."""\n@dag(schedule=[DRAFT])\ndef publish_pack():\n    @task\n'
        "    def publish(): ...\n",
        encoding="utf-8",
    )
    from scorecard import council

    page = reference_docs.dags_page(tmp_path, council.read(INCLUDE / "council"))

    assert "## publish_pack" in page
    assert "Tasks: `publish`. Runs when [DRAFT] has changed." in page
