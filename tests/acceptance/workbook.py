"""PK-10 to PK-19: the workbook, as a spreadsheet and a screen reader find it."""

import re
import shutil
import subprocess
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
from expected_sheets import SHEETS, agreed
from pack import CannotRun

from scorecard.draft import VARIANT
from scorecard.packs.variants import MAY_BE_LEFT_OUT
from scorecard.packs.words import MARKER_WORDS, markers_in, sentences_in

FORMULA = ("=", "+", "-", "@", "\t", "\r")
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\u200e\u200f]")
NO_SYMBOL = {"-", "–", "—", "..", "...", ":", "*", "n/a", "N/A", "NA", "null", "None.", "#N/A"}
TABLELESS = ("Cover", "Charts")
# A chart draws a text as zero: where a line breaks, its data are blank.
DRAWN_FROM = "Chart_data"
# Parts and marks in them that a pack never has, by what they are.
FORBIDDEN_PARTS = {
    "a macro": r"vbaProject|/macrosheets/", "a link to another file": r"/externalLinks/",
    "an image": r"/media/", "an embedded object": r"/embeddings/|/activeX/",
}  # fmt: skip
FORBIDDEN_MARKS = {
    "a merged cell": "<mergeCell ", "a formula": "<f[ >]", "an error cell": ' t="e"',
    "a frozen pane": "<pane ", "a filter": "<autoFilter", "a hidden row or column": ' hidden="1"',
    "a header or footer": "<(odd|even|first)(Header|Footer)>", "a hidden sheet":
    '<sheet [^>]*state="(hidden|veryHidden)"',
    "a fill": '<patternFill patternType="(?!none|gray125)',
}  # fmt: skip


@cache
def opened(path):
    return openpyxl.load_workbook(path)


@cache
def parts(path):
    """Every part of the workbook's file that is text, by its name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def tables(pack):
    """Each sheet with a table, the table, the row of its headings, and the rows below them."""
    for sheet in opened(pack.workbook).worksheets:
        for table in sheet.tables.values():
            first, *rows = sheet[table.ref]
            yield sheet, table, first[0].row, rows


def pk_10(pack):
    try:
        opened(pack.workbook)
    except Exception as error:
        return [f"openpyxl cannot open it: {error!r}"]
    told = _in_libreoffice(pack.together).get(pack.folder)
    if told is None:
        return ["LibreOffice cannot open it"]
    name = pack.content.council
    return (
        [] if name in told.replace('""', '"') else [f"LibreOffice shows no {name!r} on the cover"]
    )


@cache
def _in_libreoffice(folders):
    """What LibreOffice shows of each workbook's first sheet; one start for all of them."""
    office = shutil.which("soffice")
    if office is None:
        raise CannotRun(
            "LibreOffice is not installed, so no workbook was opened in it. "
            "Install it: `apt-get install libreoffice-calc-nogui`."
        )
    with tempfile.TemporaryDirectory() as room:
        copies = {folder: Path(room) / f"{nth}.xlsx" for nth, folder in enumerate(folders)}
        for folder, copy in copies.items():
            shutil.copy(folder / "pack.xlsx", copy)
        subprocess.run(
            [office, f"-env:UserInstallation=file://{room}/profile", "--headless",
             "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", room,
             *map(str, copies.values())],
            capture_output=True, check=False, timeout=300,
        )  # fmt: skip
        found = {folder: copy.with_suffix(".csv") for folder, copy in copies.items()}
        return {f: path.read_text("utf-8") for f, path in found.items() if path.exists()}


def pk_11(pack):
    book = opened(pack.workbook)
    known = [name for name in book.sheetnames if name in SHEETS]
    may_miss = () if pack.content.variant == VARIANT else MAY_BE_LEFT_OUT
    needed = [name for name in SHEETS if name in known or name not in may_miss]
    problems = [] if known == needed else [f"the sheets are {book.sheetnames}"]
    wanted = ["Cover", *(sheet.name for sheet in pack.content.sheets), "Charts"]
    if book.sheetnames != wanted:
        problems.append(f"the content has {wanted}")
    columns_of = {sheet.name: list(sheet.columns) for sheet in pack.content.sheets}
    for sheet, table, _, _ in tables(pack):
        columns = [column.name for column in table.tableColumns]
        if columns != columns_of.get(sheet.title):
            problems.append(f"{sheet.title}: its columns are {columns}")
        named = [name for name in columns if name in agreed(sheet.title, columns)]
        if named != list(agreed(sheet.title, columns)):
            problems.append(f"{sheet.title}: of the agreed columns it has {named}")
    return problems


def pk_12(pack):
    found = parts(pack.workbook)
    problems = [
        f"{what}: {name}"
        for what, pattern in FORBIDDEN_PARTS.items()
        for name in found
        if re.search(pattern, name)
    ]
    for name, text in found.items():
        if re.match(r"xl/(workbook|styles|worksheets/sheet\d+|tables/table\d+)\.xml$", name):
            marks = FORBIDDEN_MARKS.items()
            problems += [f"{what}: {name}" for what, mark in marks if re.search(mark, text)]
    return problems


def pk_13(pack):
    problems = []
    for sheet in opened(pack.workbook).worksheets:
        wanted = 0 if sheet.title in TABLELESS else 1
        if len(sheet.tables) != wanted:
            problems.append(f"{sheet.title}: {len(sheet.tables)} tables")
        blank = [n for n, row in enumerate(sheet.values, start=1) if not any(_said(v) for v in row)]
        if blank and sheet.title != "Charts":
            problems.append(f"{sheet.title}: row {blank[0]} is blank")
    for sheet, table, _, _ in tables(pack):
        heads = [cell.value for cell in sheet[table.ref][0]]
        if table.displayName != sheet.title or not table.ref.startswith("A"):
            problems.append(f"{sheet.title}: its table is {table.displayName} at {table.ref}")
        if heads != [column.name for column in table.tableColumns] or len({*heads}) < len(heads):
            problems.append(f"{sheet.title}: its headings are {heads}")
        if not all(isinstance(head, str) and head.strip() for head in heads):
            problems.append(f"{sheet.title}: a heading is no text")
        if sheet.dimensions.split(":")[-1] != table.ref.split(":")[-1]:
            problems.append(f"{sheet.title}: something is below or right of its table")
    return problems


def _said(value):
    return value is not None and str(value).strip() != ""


def pk_14(pack):
    problems = []
    for sheet, table, first, rows in tables(pack):
        above = {sheet.cell(row, 1).value for row in range(1, first)}
        heads = [column.name for column in table.tableColumns]
        used = set()
        for row in rows:
            for head, cell in zip(heads, row, strict=True):
                problems += _symbols(sheet.title, head, cell)
                used |= set(markers_in(cell.value)) if isinstance(cell.value, str) else set()
        said = {marker for marker in used if not set(sentences_in(MARKER_WORDS[marker])) <= above}
        problems += [f"{sheet.title}: {marker} is not explained" for marker in sorted(said)]
    return problems


def _symbols(title, head, cell):
    text = cell.value
    if not _said(text):
        if head != "Marker" and title != DRAWN_FROM:
            yield f"{title}, {cell.coordinate}: an empty value under {head}"
    elif isinstance(text, str):
        unknown = text.strip() in NO_SYMBOL or re.fullmatch(r"(\[\w+\])+( baseline)?", text.strip())
        if unknown and not markers_in(text):
            yield f"{title}, {cell.coordinate}: the symbol {text!r}"


def pk_15(pack):
    told = opened(pack.workbook).properties
    wanted = {
        "title": f"{pack.content.council}: {pack.content.title}",
        "creator": pack.content.council,
        "language": "en-GB",
    }
    problems = [
        f"its {n} is {getattr(told, n)!r}" for n, v in wanted.items() if getattr(told, n) != v
    ]
    return problems if told.subject else [*problems, "it has no subject"]


def pk_16(pack):
    problems = []
    for name, text in parts(pack.workbook).items():
        if not re.match(r"xl/drawings/drawing\d+\.xml$", name):
            continue
        for shape in re.findall(r"<(?:\w+:)?cNvPr\b[^>]*>", text):
            told = re.search(r'\bdescr="([^"]*)"', shape)
            if told is None or not 40 <= len(told[1]) <= 600:
                problems.append(f"{name}: its text is {told[1] if told else None!r}")
    return problems


def pk_17(pack):
    book = opened(pack.workbook)
    rows = {sheet.title: len(found) for sheet, _, _, found in tables(pack)}
    problems, listed = [], []
    for sheet, _, _, found in tables(pack):
        for row in found if sheet.title == "Contents" else ():
            name, link, count = row[0].value, row[0].hyperlink, row[2].value
            listed.append(name)
            if link is None or link.location != f"'{name}'!A1" or name not in book.sheetnames:
                problems.append(f"the link of {name} leads to {link and link.location}")
            if name in rows and count != rows[name]:
                problems.append(f"{name} has {rows[name]} rows, and Contents says {count}")
    if listed != [name for name in book.sheetnames if name not in ("Cover", "Contents")]:
        problems.append(f"Contents lists {listed}")
    return problems


def pk_18(pack):
    book = opened(pack.workbook)
    problems = [] if book.active.title == "Cover" else [f"{book.active.title} is open first"]
    for sheet in book.worksheets:
        chosen = [(one.activeCell, one.sqref) for one in sheet.sheet_view.selection]
        if chosen != [("A1", "A1")] or sheet.sheet_view.topLeftCell not in (None, "A1"):
            problems.append(f"{sheet.title}: {chosen} is selected")
    return problems


def pk_19(pack):
    problems = []
    for sheet in opened(pack.workbook).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell.value, str):
                    continue
                if cell.value.startswith(FORMULA) and (
                    cell.data_type != "s" or not cell.quotePrefix
                ):
                    problems.append(f"{sheet.title}, {cell.coordinate}: {cell.value!r} is no text")
    problems += [
        f"{name}: a character that is not seen"
        for name, text in parts(pack.workbook).items()
        if name.endswith(".xml") and (UNSEEN.search(text) or re.search(r"_x00[01]\d_", text))
    ]
    return problems


CHECKS = {
    "PK-10": pk_10, "PK-11": pk_11, "PK-12": pk_12, "PK-13": pk_13, "PK-14": pk_14,
    "PK-15": pk_15, "PK-16": pk_16, "PK-17": pk_17, "PK-18": pk_18, "PK-19": pk_19,
}  # fmt: skip
