import csv
from datetime import date, datetime, time, timedelta

import pytest
from given import A_LINE, NOW, ledger
from openpyxl import load_workbook

from scorecard.readers import sheets_of
from scorecard.sheets import EVERY, as_text
from scorecard.trial import try_file


def at(moment):
    """A moment as a workbook has it, without a zone."""
    return datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (12.0, "12"), (-0.0, "0"), (0.1 + 0.2, "0.3"), (1234.56, "1234.56"), (1e14, "1" + "0" * 14),
        (1e20, "1e+20"), (True, "TRUE"), (False, "FALSE"), ("007", "007"), ("", ""),
        (at("2025-06-05"), "2025-06-05"), (at("2025-06-05 09:30"), "2025-06-05 09:30:00"),
        (date(2025, 6, 5), "2025-06-05"), (time(9, 30), "09:30:00"),
        (timedelta(hours=1), "1:00:00"),
    ],
)  # fmt: skip
def test_a_cell_is_written_as_a_person_would_read_it(cell, text):
    assert as_text(cell) == text


def test_only_the_sheets_that_a_mapping_names_are_read(tmp_path, limits):
    path = ledger(tmp_path / "l.xlsx", {})
    book = load_workbook(path)
    book.create_sheet("Notes").append(["for J Smith only"])
    book["Ledger"].sheet_state = "hidden"
    book.save(path)
    (sheet,) = sheets_of(path, limits, ["Ledger", "Other"], tmp_path)
    assert (sheet.name, sheet.format) == ("Ledger", "xlsx")
    with sheet.path.open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1][:2] == ["Control total (actual to date)", "150.35"]
    assert rows[4][2] == "010450"


def test_rows_of_a_sheet_have_the_numbers_that_excel_shows(tmp_path, limits):
    lines = [{}] * 7 + [{"Period": "x"}]
    told = try_file(ledger(tmp_path / "l.xlsx", *lines), limits, NOW)
    assert [(row["row"], row["rule"]) for row in told["set_aside"]] == [
        (12, "period_no_unreadable")
    ]


def test_days_and_texts_are_dates_alike(tmp_path, limits):
    path = ledger(tmp_path / "l.xlsx", {"As at": date(2025, 6, 5)}, {"As at": A_LINE["As at"]})
    assert try_file(path, limits, NOW)["rows_accepted"] == 2


def test_of_a_workbook_that_nobody_knows_every_sheet_is_read_under_its_name(tmp_path, limits):
    path = ledger(tmp_path / "l.xlsx", {})
    book = load_workbook(path)
    book.create_sheet("Übersicht 2").append(["a", "b"])
    book.save(path)
    found = sheets_of(path, limits, [EVERY], tmp_path)
    assert [sheet.name for sheet in found] == ["Ledger", "Übersicht 2"]
