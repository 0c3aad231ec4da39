import csv
import re
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from given import A_LINE, NOW, ledger
from openpyxl import load_workbook

from scorecard import sheets
from scorecard.broken_cells import NOT_RECKONED
from scorecard.readers import sheets_of
from scorecard.sheets import EVERY, as_text, errors_as_text
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


def changed(path, part, old, new):
    """The workbook with the first such bytes of a part replaced."""
    to = path.with_stem(f"{path.stem}_changed")
    with zipfile.ZipFile(path) as read, zipfile.ZipFile(to, "w") as written:
        for name in read.namelist():
            content = read.read(name)
            assert old in content or name != part
            written.writestr(name, content.replace(old, new, 1) if name == part else content)
    return to


ERRORS = (
    b't="e"><v>#N/A</v>', b't="e"><f>1/0</f><v>#DIV/0!</v>', b"s='1' t='e'><v>#NULL!</v>"
)  # fmt: skip


@pytest.mark.parametrize("column", ["Commitments", "Revised budget"])
def test_an_error_sets_its_row_aside_even_where_a_cell_may_be_empty(tmp_path, limits, column):
    path = ledger(tmp_path / "l.xlsx", *[{column: 4321}] * 3, *[{}] * 12)
    for error in ERRORS:
        path = changed(path, "xl/worksheets/sheet1.xml", b't="n"><v>4321</v>', error)
    told = try_file(path, limits, NOW)

    rule = f"{column.lower().replace(' ', '_')}_unreadable"
    assert [(aside["row"], aside["rule"]) for aside in told["set_aside"]] == [
        (5, rule), (6, rule), (7, rule)
    ]  # fmt: skip
    assert [re.findall("#[A-Z/0!]+", aside["why"]) for aside in told["set_aside"]] == [
        ["#N/A"], ["#DIV/0!"], ["#NULL!"]
    ]  # fmt: skip


def test_a_formula_that_was_never_reckoned_sets_its_row_aside_even_where_a_cell_may_be_empty(
    tmp_path, limits
):
    lines = [{name: "=1+1"} for name in ("Commitments", "Service", "Project", "Directorate")]
    told = try_file(ledger(tmp_path / "l.xlsx", *lines, *[{}] * 16), limits, NOW)

    assert [(aside["row"], aside["rule"]) for aside in told["set_aside"]] == [
        (5, "commitments_unreadable"), (6, "service_unreadable"),
        (7, "project_code_unreadable"), (8, "directorate_unknown"),
    ]  # fmt: skip
    assert all(f"'{NOT_RECKONED}' is not" in aside["why"] for aside in told["set_aside"])
    assert all(list(reason["values"]) == [NOT_RECKONED] for reason in told["reasons"])


def test_an_error_where_a_text_should_stand_is_no_text(tmp_path, limits):
    lines = [{"Service": "#REF!"}, {"Project": "#N/A"}, {"Service": "Roads #1"}]
    told = try_file(ledger(tmp_path / "l.xlsx", *lines, *[{}] * 12), limits, NOW)
    assert told["by_rule"] == {"project_code_unreadable": 1, "service_unreadable": 1}


SAVED = (
    '<c r="A1"><f>1+1</f><v>2</v></c>', '<c r="A1" t="str"><f>""</f><v></v></c>',
    '<c r="A1"><v></v></c>', '<c r="A1" s="1"/><c r="B1"><f>A1</f><v>0</v></c>',
    '<c r="A1" t="e"><f>1/0</f><v>#REF!</v></c>', "<x:c r='A1' t='str'><x:f>A2</x:f><x:v/></x:c>",
)  # fmt: skip
NEVER = (
    '<c r="A1"><f>1+1</f></c>', '<c r="A1"><f>1+1</f><v></v></c>', '<c><f a="b">1</f>\n<v/>\n</c>',
    '<c r="A1" s="2"><f t="shared" si="0"/></c>', '<c t="str"><f>1&lt;2</f></c>',
    "<x:c r='A1' t='n'><x:f>1</x:f><x:v /></x:c>", '<c t="b"><f>1</f><v xml:space="preserve"/></c>',
)  # fmt: skip


@pytest.mark.parametrize("size", [1, 7, 30, 1000])
@pytest.mark.parametrize("cell", SAVED + NEVER)
def test_a_formula_has_a_saved_value_or_none_however_it_is_written(
    tmp_path, monkeypatch, cell, size
):
    path = tmp_path / "l.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f"<row>{cell * 3}</row>")
    monkeypatch.setattr(sheets, "_CHUNK", size)
    with zipfile.ZipFile(errors_as_text(path, tmp_path)) as archive:
        told = archive.read("xl/worksheets/sheet1.xml").decode()
    assert told.count(f"v>{NOT_RECKONED}</") == (3 if cell in NEVER else 0)


def test_a_workbook_without_an_error_is_read_as_it_is(tmp_path):
    path = ledger(tmp_path / "l.xlsx", {"Service": "t=e"})
    assert errors_as_text(path, tmp_path) == path


def test_errors_are_found_wherever_the_file_is_cut_into_pieces(tmp_path, monkeypatch):
    given = b'<c r="A1" t="e"><v>#N/A</v></c>' * 9
    path = tmp_path / "l.xlsx"
    for size in (1, 7, 30, 31, 32, 1000):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("xl/worksheets/sheet1.xml", given)
        monkeypatch.setattr(sheets, "_CHUNK", size)
        (tmp_path / str(size)).mkdir()
        with zipfile.ZipFile(errors_as_text(path, tmp_path / str(size))) as archive:
            told = archive.read("xl/worksheets/sheet1.xml")
        assert told == given.replace(b'"e"', b'"str"')
