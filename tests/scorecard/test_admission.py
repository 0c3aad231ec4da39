"""Hostile files, built here: each is a refusal, and never the end of the process that reads it."""

import zipfile
from datetime import UTC, datetime

import pytest
from given import ledger
from hypothesis import given
from hypothesis import strategies as st

from scorecard import admission, settings
from scorecard.admission import Refused, check_workbook, look, scan_text
from scorecard.trial import try_file

NOW = datetime(2025, 7, 20, tzinfo=UTC)
RELATED = "xl/_rels/workbook.xml.rels"
LINK = (
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
)


@pytest.fixture
def workbook(tmp_path):
    """A good ledger workbook, with parts added or changed."""

    def build(added=(), changed=None):
        good = ledger(tmp_path / "good.xlsx", {}, {})
        path = tmp_path / "ledger.xlsx"
        with zipfile.ZipFile(good) as read, zipfile.ZipFile(path, "w", 8) as written:
            for part in read.infolist():
                data = read.read(part)
                if changed and part.filename == changed[0]:
                    data = changed[1](data)
                written.writestr(part.filename, data)
            for name, data in added:
                written.writestr(name, data)
        return path

    return build


def refusal(path, limit=400):
    with pytest.raises(Refused) as refused:
        check_workbook(path, limit)
    return str(refused.value)


def test_a_workbook_as_excel_writes_it_may_pass(workbook):
    path = workbook()
    assert look(path, 50) == "workbook"
    check_workbook(path, 400)


def test_a_link_to_a_web_page_or_a_mail_address_is_normal(workbook):
    link = LINK.format(kind="hyperlink", target="mailto:budget@exampleshire.gov.uk")
    check_workbook(
        workbook(changed=(RELATED, lambda xml: xml.replace(b"</Relationships>", link.encode()))),
        400,
    )


@pytest.mark.parametrize("kind", ["image", "externalLinkPath", "oleObject"])
def test_a_link_to_another_file_is_refused(workbook, kind):
    link = LINK.format(kind=kind, target="file:///server/share/hyperlink").encode()
    path = workbook(changed=(RELATED, lambda xml: xml.replace(b"</Relationships>", link)))
    assert refusal(path) == (
        f"ledger.xlsx: '{RELATED}' links to another file. "
        "Save a copy with values only, as .xlsx or CSV."
    )


@pytest.mark.parametrize("start", ["d0cf11e0a1b11ae1"])
def test_an_old_or_encrypted_workbook_is_refused(tmp_path, start):
    path = tmp_path / "ledger.xls"
    path.write_bytes(bytes.fromhex(start) + b"\0" * 4096)
    with pytest.raises(Refused) as refused:
        look(path, 50)
    assert str(refused.value) == (
        "ledger.xls: an old .xls workbook, or one with a password. "
        "Save it as .xlsx without a password, or as CSV."
    )


def test_a_binary_workbook_is_refused_because_it_does_not_tell_errors_from_empty_cells(workbook):
    assert refusal(workbook(added=[("xl/Workbook.bin", b"")])) == (
        "ledger.xlsx: a binary workbook (.xlsb) shows errors as empty cells. Save it as .xlsx."
    )


def test_an_encrypted_part_is_refused(workbook):
    path = workbook()
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    path.write_bytes(data)
    assert "encrypted" in refusal(path)


def test_a_zip_bomb_is_refused_while_it_unpacks(workbook):
    path = workbook(added=[("xl/worksheets/sheet9.xml", b" " * 60_000_000)])
    assert path.stat().st_size < 200_000
    assert refusal(path) == (
        "ledger.xlsx: 'xl/worksheets/sheet9.xml' unpacks to far more than a ledger needs. "
        "Delete empty rows and columns and save it again, or send CSV."
    )


def test_a_bomb_of_many_small_parts_is_refused(workbook):
    parts = [(f"xl/part{n}.bin", bytes([n]) * 900_000) for n in range(5)]
    assert "unpacks to far more" in refusal(workbook(added=parts), limit=4)


def test_a_declared_size_is_not_believed(workbook):
    path = workbook(added=[("xl/a.bin", b"x" * 5_000_000)])
    data = path.read_bytes()
    size = (5_000_000).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (10).to_bytes(4, "little")))
    assert refusal(path, limit=4).startswith("ledger.xlsx: ")


@pytest.mark.parametrize("name", ["/etc/passwd", "../../outside.xml", "xl\\..\\outside.xml"])
def test_a_part_that_points_outside_is_refused(workbook, name):
    assert f"the part '{name}' points outside" in refusal(workbook(added=[(name, b"x")]))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(workbook):
    path = workbook(added=[("xl/workbook.xml", b"<workbook/>")])
    assert "too many parts, or two of one name" in refusal(path)


def test_more_parts_than_a_workbook_has_are_refused(workbook):
    assert "too many parts" in refusal(workbook(added=[(f"x{n}", b"") for n in range(2001)]))


@pytest.mark.parametrize(
    "name",
    ["xl/vbaProject.bin", "xl/activeX/activeX1.xml", "xl/embeddings/oleObject1.bin",
     "xl/externalLinks/externalLink1.xml"],
)  # fmt: skip
def test_macros_embedded_objects_and_links_are_refused(workbook, name):
    assert refusal(workbook(added=[(name, b"x")])) == (
        f"ledger.xlsx: '{name}' is a macro, an embedded object or a link to another file. "
        "Save a copy with values only, as .xlsx or CSV."
    )


BOMB = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><x>&lol;</x>'


@pytest.mark.parametrize("before", [b"", b"<!--" + b" " * 5000 + b"-->"])
def test_entities_are_refused_wherever_they_are_declared(workbook, before):
    path = workbook(added=[("xl/extra.xml", before + BOMB)])
    assert "'xl/extra.xml' declares entities" in refusal(path)


@pytest.mark.parametrize(
    "xml",
    ["<?xml version='1.0' encoding='UTF-16'?><x/>".encode("utf-16"),
     b"<?xml version='1.0' encoding='utf-7'?><x/>",
     b'<?xml version="1.0" encoding="ISO-8859-1"?><x/>'],
)  # fmt: skip
def test_a_part_that_is_not_written_in_utf_8_is_refused(workbook, xml):
    path = workbook(added=[("xl/extra.xml", xml)])
    assert "'xl/extra.xml' is not written in UTF-8" in refusal(path)


def test_a_workbook_that_is_broken_off_is_refused(workbook):
    path = workbook()
    path.write_bytes(path.read_bytes()[:-500])
    assert "the workbook is broken off or damaged" in refusal(path)


def test_a_damaged_part_is_refused(workbook):
    path = workbook()
    data = bytearray(path.read_bytes())
    data[200:400] = bytes(200)
    path.write_bytes(data)
    assert "Save it again as .xlsx, or as CSV, and send it." in refusal(path)


def sheet_with(cell):
    def change(xml):
        return xml.replace(b"</sheetData>", cell.encode() + b"</sheetData>")

    return ("xl/worksheets/sheet1.xml", change)


def tried(path, tmp_path):
    limits = settings.read({"SCORECARD_HOME": str(tmp_path), "SCORECARD_THREADS": "1"})
    return try_file(path, limits, NOW)


def test_one_stray_cell_in_the_last_corner_is_a_refusal_and_no_crash(workbook, tmp_path):
    stray = '<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>'
    path = workbook(changed=sheet_with(stray))
    assert path.stat().st_size < 20_000
    assert tried(path, tmp_path)["refusals"] == [
        "ledger.xlsx: the workbook could not be read within 1 GB and 120 seconds. "
        "Delete the empty rows and columns and save it again, or send it as CSV."
    ]


def changed_cell(cell, to):
    """The sheet with another cell instead of the first forecast outturn (column AN, row 5)."""

    def change(xml):
        start = xml.index(f'<c r="{cell}"'.encode())
        end = xml.index(b"</c>", start) + 4
        return xml[:start] + to.encode() + xml[end:]

    return ("xl/worksheets/sheet1.xml", change)


def test_a_formula_without_a_saved_value_is_an_error(workbook, tmp_path):
    path = workbook(changed=changed_cell("N5", '<c r="N5"><f>SUM(A1:A9)</f></c>'))
    told = tried(path, tmp_path)
    assert {(row["row"], row["rule"]) for row in told["set_aside"]} == {
        (5, "revised_budget_unreadable")
    }


def test_the_saved_value_of_a_formula_is_read_and_not_reckoned(workbook, tmp_path):
    path = workbook(changed=changed_cell("N5", '<c r="N5"><f>1+1</f><v>1200</v></c>'))
    assert tried(path, tmp_path)["rows_accepted"] == 2


def test_a_text_file_is_scanned_for_letters_and_line_ends(tmp_path):
    path = tmp_path / "a.csv"
    found = {}
    for name, content in {
        "plain": b"a\nb\n", "windows": b"a\r\nb\r\n", "old": b"a\rb\r", "mixed": b"a\r\nb\nc\n",
        "stray": b"a\nb\rc\n", "blank": b"a\n\nb\n", "blank windows": b"a\r\n\r\nb\r\n",
        "blank at the end": b"a\nb\n\n\n",
    }.items():  # fmt: skip
        path.write_bytes(content)
        scanned = scan_text(path, "utf-8")
        found[name] = (scanned.mixed_line_ends, scanned.blank_lines)
    assert found == {
        "plain": (False, False), "windows": (False, False), "old": (False, False),
        "mixed": (True, False), "stray": (True, False), "blank": (False, True),
        "blank windows": (False, True), "blank at the end": (False, False),
    }  # fmt: skip


@given(
    lines=st.lists(st.sampled_from([b"a", b"bc", b"\r", b"\n", b"\r\n"]), min_size=1, max_size=12),
    part=st.integers(1, 6),
)
def test_a_scan_tells_the_same_wherever_it_cuts_the_file_into_parts(tmp_path_factory, lines, part):
    path = tmp_path_factory.getbasetemp() / "cut.csv"
    path.write_bytes(b"".join(lines) + b"end")
    with pytest.MonkeyPatch.context() as cut:
        cut.setattr(admission, "_SCANNED", part)
        in_parts = scan_text(path, "utf-8")
    assert in_parts == scan_text(path, "utf-8")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [("£".encode("cp1252"), "latin-1"), ("€".encode("cp1252"), "cp1252"), (b"a", "latin-1")],
)
def test_windows_letters_that_latin_1_writes_alike_need_no_copy(tmp_path, content, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert scan_text(path, "cp1252").encoding == encoding


def test_a_letter_that_lies_across_two_pieces_of_the_file_is_whole(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * (1024 * 1024 - 1) + "é\n".encode())
    assert scan_text(path, "utf-8").encoding == "utf-8"
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(Refused, match="byte 1,048,576: not utf-8 text"):
        scan_text(path, "utf-8")
