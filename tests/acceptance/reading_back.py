"""A pack's files as a reader finds them: rows of the page, of the workbook and of the CSV files."""

import csv
import io
import json
import re
from functools import cache
from html.parser import HTMLParser

import openpyxl
from pdf_tree import tree_of

from scorecard.packs import manifest


class _Rows(HTMLParser):
    """The texts of each table row of a page."""

    def __init__(self):
        super().__init__()
        self.rows, self._cell = [], None

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self._cell = []

    def handle_data(self, data):
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None


class _Text(HTMLParser):
    """Everything that a page says, without its style."""

    def __init__(self):
        super().__init__()
        self.said, self._skipped = [], False

    def handle_starttag(self, tag, attributes):
        self._skipped = tag == "style"

    def handle_endtag(self, tag):
        self._skipped = False

    def handle_data(self, data):
        if not self._skipped:
            self.said.append(data)


def page_rows(pack):
    parser = _Rows()
    parser.feed((pack.folder / "report.html").read_text(encoding="utf-8"))
    return parser.rows


def page_text(pack):
    parser = _Text()
    parser.feed((pack.folder / "report.html").read_text(encoding="utf-8"))
    return plain(" ".join(parser.said))


def pdf_text(pack):
    """What the document says, as a screen reader would; None where the pack has none."""
    file = pack.folder / "report.pdf"
    if not file.exists():
        return None
    tree = tree_of(file)  # a line may be parted between tags, and two lines stand in two
    parts = " ".join(tag.text for tag in tree.walk()).replace("\u200b", "")
    # The end of a line within one tag is no character of it: Revision, and below it its number.
    return re.sub(r"Revision(?=\d)", "Revision ", plain(f"{tree.said} {parts}"))


def plain(text):
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


@cache
def _book(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def book(pack):
    return _book((pack.folder / "pack.xlsx").read_bytes())


def cover_text(pack):
    return plain(" ".join(str(row[0]) for row in book(pack)["Cover"].iter_rows(values_only=True)))


def sheet_rows(pack, name):
    """The rows of a worksheet's table by their headings; its empty row is none."""
    (table,) = book(pack)[name].tables.values()
    head, *rows = book(pack)[name][table.ref]
    names = [cell.value for cell in head]
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return [row for row in found if row[names[-1]].value != "[z]" or len(found) > 1]


def data_file(pack, name):
    return pack.folder / "data" / f"{name}.csv"


def data_rows(pack, name):
    text = data_file(pack, name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def told(pack):
    return json.loads((pack.folder / manifest.NAME).read_bytes())
