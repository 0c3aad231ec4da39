"""Workbooks of LibreOffice (.ods) are read like those of Excel, and are as harmless."""

import io
import zipfile

import pytest
from given import A_LINE, LEDGER

KIND = "application/vnd.oasis.opendocument.spreadsheet"
CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    "<office:body><office:spreadsheet>"
    '<table:table table:name="Ledger">{rows}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)
EMPTY = '<table:table-row table:number-rows-repeated="{n}"><table:table-cell/></table:table-row>'
BOMB = (
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
    'table:number-columns-repeated="16384" office:value-type="string"><text:p>1</text:p>'
    "</table:table-cell></table:table-row>"
)


def row(*cells):
    def written(cell):
        if isinstance(cell, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
        if not cell:
            return "<table:table-cell/>"
        if cell.startswith("<"):
            return cell
        return (
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
        )

    return f"<table:table-row>{''.join(map(written, cells))}</table:table-row>"


def ods(*rows, kind=KIND, parts=()):
    lines = [{**A_LINE, "Cost centre": f"{n:06d}", "Actual P02": 50.25} for n in range(4)]
    total = sum(line["Actual P01"] + line["Actual P02"] for line in lines)
    rows = rows or (
        *(row("Exampleshire"), row("Control total", total), row(""), row(*LEDGER)),
        *(row(*[line.get(heading) for heading in LEDGER]) for line in lines),
        EMPTY.format(n=1_048_568),
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", CONTENT.format(rows="".join(rows)))
        listed = dict(parts)
        listed.setdefault("META-INF/manifest.xml", "<manifest:manifest/>")
        for name, data in listed.items():
            archive.writestr(name, data)
    return made.getvalue()


def test_an_ods_ledger_is_read_like_an_excel_one(tried):
    told = tried(ods(), "ledger.ods")
    assert (told["system"], told["rows_accepted"], told["refusals"]) == ("ledger_by_period", 4, [])
    assert told["amounts"]["accepted"] == "601.40"


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (ods(kind="application/vnd.oasis.opendocument.text"), "a zip archive, not a workbook"),
        (ods(parts=[("META-INF/manifest.xml", "<manifest:encryption-data/>")]), "with a password"),
        (ods(parts=[("Basic/Standard/Module1.xml", "<x/>")]), "is a macro"),
        (ods(parts=[("styles.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>")]), "declares entities"),
        (ods(BOMB), "could not be read within 1 GB"),
    ],
)
def test_an_ods_that_could_harm_is_refused(refusal, made, words):
    assert words in refusal(made, "ledger.ods")


# As LibreOffice writes them: an empty value, the words that it shows, and perhaps a remark.
ERROR = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
    'calcext:value-type="error">{remark}<text:p>{shown}</text:p></table:table-cell>'
)
REMARK = "<office:annotation><text:p>ask Ruth</text:p></office:annotation>"


SHOWN = (("#DIV/0!", ""), ("Err:502", ""), ("#N/A", REMARK))


def test_an_error_of_an_ods_sets_its_row_aside_as_one_of_excel_does(tried):
    lines = [{**A_LINE, "Cost centre": f"{n:06d}", "Actual P02": 0} for n in range(15)]
    for line, (shown, remark) in zip(lines, SHOWN, strict=False):
        line["Commitments"] = ERROR.format(shown=shown, remark=remark)
    told = tried(
        ods(
            *(row("Exampleshire"), row("Control total", 1501.5), row(""), row(*LEDGER)),
            *(row(*[line.get(heading) for heading in LEDGER]) for line in lines),
        ),
        "ledger.ods",
    )

    assert (told["by_rule"], told["rows_accepted"]) == ({"commitments_unreadable": 3}, 12)
    for (shown, _), aside in zip(SHOWN, told["set_aside"], strict=True):
        assert f"'{shown}'" in aside["why"]


FORMULA = 'table:formula="of:=[.A1]&gt;0"'


NEVER = (
    f"<table:table-cell {FORMULA}/>",
    f'<table:table-cell table:style-name="a>b" {FORMULA} ></table:table-cell>',
)
SAVED = (
    f'<table:table-cell {FORMULA} office:value-type="float" office:value="2"/>',
    f'<table:table-cell office:value-type="float" office:value="2" {FORMULA}/>',
    '<table:table-cell table:style-name="ce1"/>',
)


def test_a_formula_of_an_ods_that_was_never_reckoned_sets_its_row_aside(tried):
    lines = [{**A_LINE, "Cost centre": f"{n:06d}", "Actual P02": 0} for n in range(15)]
    for line, cell in zip(lines, SAVED + NEVER, strict=False):
        line["Commitments"] = cell
    told = tried(
        ods(
            *(row("Exampleshire"), row("Control total", 1501.5), row(""), row(*LEDGER)),
            *(row(*[line.get(heading) for heading in LEDGER]) for line in lines),
        ),
        "ledger.ods",
    )
    assert [aside["row"] for aside in told["set_aside"]] == [8, 9]
    assert told["by_rule"] == {"commitments_unreadable": 2}
