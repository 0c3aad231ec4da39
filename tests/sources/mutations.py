"""Small files of every format, each spoilt in one to three ways by a seed."""

import gzip
import io
import json
import random
import zipfile

ROWS = [
    (f"2025-06-{n:02d}", f"T{n:03d}", f"{n * 37 % 100}.{n * 13 % 100:02d}", name)
    for n, name in enumerate(("Smith & Co", "Café Noir", "O'Hara", 'The "Inn"', "A, B", "Jones"), 1)
]
HEADINGS = ("Paid", "No", "Amount", "Supplier")
PIECES = [
    b"\n", b"\r", b"\r\n", b"\n\n", b'"', b'""', b",", b";", b"\t", b"'", b"\\", b"\x00", b"\xff",
    b"\xc3", b"\xfe\xff", b"\xe2\x80\xa8", b"-", b"1e999", b"9" * 400, b"NaN", b"null", b"{", b"]}",
    b"[" * 300, b"9999-12-31", b"0001-01-01", b"2025-06-31", b"\xef\xbb\xbf", b"=1+1", b" ",
    b"''; drop table raw; --", b"<!ENTITY a 'b'>", b"x" * 20_000, b"\xe9", b"=", b"&lt;", b"\x1a",
]  # fmt: skip


CELLS = (
    "", "-", "null", "NULL", "Nil", "9" * 400, "1e999", "-0", "2025-06-31", "9999-12-31", "=1+1",
    "x" * 20_000, "\u202e", "\u00a0", "1;2", "1-", "'' or 1=1 --", "\u0663", "\ufeff", "NaN",
)  # fmt: skip
SIMPLE = "".join(
    f"{','.join(cell.replace(',', ' and').replace(chr(34), '') for cell in row)}\n"
    for row in (HEADINGS, *ROWS)
)


def text(delimiter=",", banner="", end="\n"):
    """The rows as text with headings."""

    def cell(value):
        quoted = any(c in value for c in (delimiter, '"', "\n"))
        return '"' + value.replace('"', '""') + '"' if quoted else value

    lines = [delimiter.join(map(cell, row)) for row in (HEADINGS, *ROWS)]
    return banner + "".join(line + end for line in lines)


def log():
    """The rows as a log whose lines name their cells."""
    return "".join(
        f'Paid={day} No={no} Amount={amount} Supplier="{name.replace(chr(34), "")}"\n'
        for day, no, amount, name in ROWS
    )


def pattern():
    """The rows as a log whose lines are made in one way."""
    return "".join(f"{day} [{no}] {amount} for {name}\n" for day, no, amount, name in ROWS)


def lines():
    """The rows as records of JSON, one on a line."""
    return "".join(json.dumps(dict(zip(HEADINGS, row, strict=True))) + "\n" for row in ROWS)


def zipped(*members):
    """An archive, the same bytes each time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2025, 6, 1, 0, 0, 0)), data)
    return made.getvalue()


def ods(sheet):
    """A workbook of LibreOffice with a sheet's XML."""
    return zipped(
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", sheet),
    )


def ods_sheet():
    """The rows as the XML of an OpenDocument sheet."""
    written = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell.replace("&", "&amp;")}'
            "</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in (HEADINGS, *ROWS)
    )
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body>'
        f'<office:spreadsheet><table:table table:name="Payments">{written}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    ).encode()


def xlsx(sheet):
    """A workbook of Excel with a sheet's XML."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"

    def links(kind, target):
        return (
            f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{office}/{kind}" Target="{target}"/></Relationships>'
        )

    return zipped(
        ("[Content_Types].xml", f'{head}<Types xmlns="{package}/content-types"/>'.encode()),
        ("_rels/.rels", links("officeDocument", "xl/workbook.xml").encode()),
        ("xl/_rels/workbook.xml.rels", links("worksheet", "worksheets/sheet1.xml").encode()),
        (
            "xl/workbook.xml",
            f'{head}<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Payments" '
            'sheetId="1" r:id="rId1"/></sheets></workbook>'.encode(),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    )


def xlsx_sheet():
    """The rows as the XML of an Excel sheet."""
    rows = "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{column}{n}" t="inlineStr"><is><t>{cell.replace("&", "&amp;")}</t></is></c>'
            for column, cell in zip("ABCD", row, strict=True)
        )
        + "</row>"
        for n, row in enumerate((HEADINGS, *ROWS), 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/'
        f'spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    ).encode()


def mutated(data, chance):
    """Bytes with one to three things done to them: put in, over, out, moved, broken off."""
    for _ in range(chance.randint(1, 3)):
        at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        done = chance.choice(("flip", "in", "in", "over", "out", "again", "move", "off", "row"))
        if done == "flip":
            bit = 1 << chance.randrange(8)
            data = data[:at] + bytes(byte ^ bit for byte in data[at : at + 1]) + data[at + 1 :]
        elif done in ("in", "over"):
            behind = at if done == "in" else min(at + 4, to)
            data = data[:at] + chance.choice(PIECES) + data[behind:]
        elif done == "out":
            data = data[:at] + data[min(at + 40, to) :]
        elif done == "again":
            data = data[:to] + data[at:to][:400] + data[to:]
        elif done == "move":
            data = data[:at] + data[min(at + 12, to) : to] + data[at : min(at + 12, to)] + data[to:]
        elif done == "off":
            data = data[:to]
        else:
            parts = data.split(b"\n")
            parts.insert(chance.randrange(len(parts)), parts.pop(chance.randrange(len(parts))))
            data = b"\n".join(parts[: chance.randint(1, len(parts))])
    return data


def spoilt_cells(written, delimiter, chance):
    """Text whose rows stay well-formed: cells emptied, moved, swollen or filled with rubbish."""
    rows = [line.split(delimiter) for line in written.split("\n") if line]
    for _ in range(chance.randint(1, 4)):
        row = chance.choice(rows[1:])
        place = chance.randrange(len(row))
        row[place] = chance.choice((*CELLS, chance.choice(chance.choice(rows))))
    return "\n".join(delimiter.join(row) for row in rows) + "\n"


def _inside(data, pack, share):
    """Some files spoilt inside their packing, the others as they are sent."""

    def make(chance):
        if chance.random() < share:
            return pack(mutated(data, chance))
        return mutated(pack(data), chance)

    return make


def _plain(written, encoding="utf-8", cells=None):
    """Half of the files of cells keep their form, and are spoilt in their cells alone."""

    def make(chance):
        if cells and chance.random() < 0.5:
            return spoilt_cells(cells, ",", chance).encode(encoding)
        return mutated(written.encode(encoding), chance)

    return make


# Each format: the ways in which its files are written, as the `file` of a mapping, and what makes a
# spoilt file of each.
FORMATS = {
    "text": {
        "{format: csv}": _plain(text(), cells=SIMPLE),
        "{format: csv, encoding: cp1252, delimiter: semicolon, banner_rows: 2}": _plain(
            text(";", "Payments\r\n\r\n", "\r\n"), "cp1252"
        ),
        "{format: csv, delimiter: tab, names: [Paid, No, Amount, Supplier], "
        r"looks_like: {Paid: '\d{4}-\d\d-\d\d'}}": _plain(text("\t").partition("\n")[2]),
        "{format: csv, encoding: utf-16}": _plain(text(), "utf-16", SIMPLE),
    },
    "key_value": {"{format: key_value}": _plain(log())},
    "pattern": {
        r"{format: pattern, patterns: ['(?P<Paid>\S+) \[(?P<No>\w+)\] (?P<Amount>\S+) "
        r"for (?P<Supplier>.*)']}": _plain(pattern())
    },
    "json": {"{format: json}": _plain(lines())},
    "gzip": {"{format: csv}": _inside(text().encode(), lambda d: gzip.compress(d, mtime=0), 0.3)},
    "zip": {"{format: csv}": _inside(text().encode(), lambda d: zipped(("p.csv", d)), 0.3)},
    "ods": {"{format: xlsx, sheet: Payments}": _inside(ods_sheet(), ods, 0.05)},
    "xlsx": {"{format: xlsx, sheet: Payments}": _inside(xlsx_sheet(), xlsx, 0.05)},
}  # fmt: skip


def files(name, way, number):
    """The spoilt files of a format that are written in one way, always the same."""
    chance = random.Random(f"mutations of {name} {way}")
    return [FORMATS[name][way](chance) for _ in range(number)]
