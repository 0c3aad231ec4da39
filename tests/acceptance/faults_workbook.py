"""One fault for each check of the workbook, and for each thing that a workbook must not have."""

import re
import zipfile


def part(name, change, add=None):
    """A fault of one part of the workbook's file; `add`: a part that is put in beside it."""

    def plant(folder):
        path = folder / "pack.xlsx"
        with zipfile.ZipFile(path) as archive:
            found = {each: archive.read(each) for each in archive.namelist()}
        before = found[name].decode()
        found[name] = change(before).encode()
        assert add or found[name].decode() != before
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for each, data in {**found, **(add or {})}.items():
                archive.writestr(each, data)

    return plant


def swapped(name, old, new):
    return part(name, lambda text: re.sub(old, new, text, count=1))


def beside(name):
    return part("xl/workbook.xml", str, {name: b"x"})


def cut_off(folder):
    path = folder / "pack.xlsx"
    path.write_bytes(path.read_bytes()[:-3000])


def sheet(number):
    return f"xl/worksheets/sheet{number}.xml"


SUMMARY = sheet(4)
BASE = dict.fromkeys([f"PK-{n}" for n in range(10, 20)], "small-council")
FAULTS = {
    "PK-10": cut_off,
    "PK-11": (
        swapped("xl/workbook.xml", 'name="Summary"', 'name="Sumary"'),
        swapped("xl/tables/table3.xml", 'name="Assurance"', 'name="Surety"'),
    ),
    "PK-12": (
        swapped(
            SUMMARY, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
        ),
        swapped(SUMMARY, "<is>", "<f>1+1</f><is>"),
        swapped(SUMMARY, ' t="inlineStr"', ' t="e"'),
        swapped(SUMMARY, "<selection", '<pane ySplit="1"/><selection'),
        swapped(SUMMARY, '<row r="3"', '<row r="3" hidden="1"'),
        swapped("xl/workbook.xml", 'state="visible" r:id="rId3"', 'state="hidden" r:id="rId3"'),
        swapped("xl/tables/table3.xml", "<tableColumns", '<autoFilter ref="A1:B2"/><tableColumns'),
        swapped(
            "xl/styles.xml",
            "<fills",
            '<fills><fill><patternFill patternType="solid"/></fill><fills',
        ),
        swapped(
            SUMMARY,
            "</worksheet>",
            "<headerFooter><oddHeader>x</oddHeader></headerFooter></worksheet>",
        ),
        beside("xl/vbaProject.bin"),
        beside("xl/externalLinks/externalLink1.xml"),
        beside("xl/media/image1.png"),
    ),
    "PK-13": (
        swapped("xl/tables/table3.xml", 'displayName="Summary"', 'displayName="Sum"'),
        swapped(SUMMARY, "</sheetData>", '<row r="99"><c r="A99"><v>1</v></c></row></sheetData>'),
        swapped("xl/tables/table3.xml", 'name="Assurance"', 'name="Variation"'),
        swapped(SUMMARY, "This worksheet has one table.", " "),
    ),
    "PK-14": (
        swapped(SUMMARY, r"\[x\] means", "It means"),
        swapped(SUMMARY, r"<t>\[x\]</t>", "<t>[q]</t>"),
        swapped(SUMMARY, r"<t>\[x\]</t>", "<t>n/a</t>"),
        swapped(SUMMARY, r"<is><t>\[x\]</t></is>", "<is><t></t></is>"),
    ),
    "PK-15": (
        swapped("docProps/core.xml", "en-GB", "en-US"),
        swapped("docProps/core.xml", "(?s)<dc:subject.*?</dc:subject>", ""),
    ),
    "PK-16": (
        swapped("xl/drawings/drawing1.xml", ' descr="[^"]*"', ""),
        swapped("xl/drawings/drawing1.xml", ' descr="[^"]*"', ' descr="A chart"'),
    ),
    "PK-17": (
        swapped(sheet(2), "'Summary'!A1", "'Sumary'!A1"),
        swapped("xl/tables/table3.xml", r'ref="(A\d+:[A-Z]+)\d+"', r'ref="\g<1>12"'),
    ),
    "PK-18": (
        swapped("xl/workbook.xml", 'activeTab="0"', 'activeTab="3"'),
        swapped(SUMMARY, 'activeCell="A1" sqref="A1"', 'activeCell="B7" sqref="B7"'),
    ),
    "PK-19": (
        swapped("xl/styles.xml", ' quotePrefix="1"', ""),
        swapped(sheet(1), "<t>State</t>", "<t>Sta\u202ete</t>"),
    ),
}
