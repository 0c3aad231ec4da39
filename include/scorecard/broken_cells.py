"""What a workbook's cell says whose formula gave nothing: an error, or no value at all.

calamine tells both as an empty cell, so they are made texts before it reads them. A number or date
that is such a text cannot be read; a text or a person would be taken as it is.
"""

import re

from scorecard.mapping_numbers import text

NOT_RECKONED = "formula without a saved value: save the workbook in Excel"
ERRORS = (
    "#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!",
)  # fmt: skip
_ATTRIBUTES = rb"""(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*"""
# How a cell says that its formula ended in an error, and how it would say the same as a text:
# in Excel by a type of its own, in LibreOffice by an empty value beside the words that it shows.
_ERRORS = (
    (re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?\st=)(?:"e"|'e')"""), rb'\1"str"'),
    (re.compile(rb"""(<table:table-cell\s[^<>]*?)\soffice:string-value=(?:""|'')"""), rb"\1"),
)
_ERROR_MARKS = (b't="e"', b"t='e'", b'string-value=""', b"string-value=''")  # quickly looked for
# A cell of Excel that has a formula, with its value if one stands there.
_FORMULA = re.compile(
    rb"<(?P<prefix>(?:\w+:)?)c(?P<told>" + _ATTRIBUTES + rb")>\s*"
    rb"(?P<formula><(?P=prefix)f" + _ATTRIBUTES + rb"(?:/>|>[^<]*</(?P=prefix)f>))\s*"
    rb"(?P<value><(?P=prefix)v" + _ATTRIBUTES + rb"(?:/>|>\s*</(?P=prefix)v>))?\s*</(?P=prefix)c>"
)
_TYPE = re.compile(rb"""\st\s*=\s*(?:"(\w*)"|'(\w*)')""")
_FORMULA_MARKS = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")
_OPEN_FORMULA = re.compile(
    rb"<table:(?:covered-)?table-cell(?P<told>" + _ATTRIBUTES + rb")(?P<end>/?>)"
)
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_LONGEST = 64 * 1024  # bytes of a cell with a formula, at most


def is_marked(xml: bytes) -> bool:
    """Whether a piece of a workbook has an error or a formula without a saved value."""
    return any(mark in xml for mark in _ERROR_MARKS) or _with_texts(xml) != xml


def as_texts(xml: bytes) -> bytes:
    """A piece of a workbook in which both are texts."""
    if any(mark in xml for mark in _ERROR_MARKS):
        for error, told in _ERRORS:
            xml = error.sub(told, xml)
    return _with_texts(xml)


def _with_texts(xml: bytes) -> bytes:
    if b"table:formula" in xml:
        return _OPEN_FORMULA.sub(_open_text, xml)
    if any(mark in xml for mark in _FORMULA_MARKS):
        return _FORMULA.sub(_text, xml)
    return xml


def _text(cell: re.Match[bytes]) -> bytes:
    """Excel's cell; an empty value of a text is that of a formula whose text is empty."""
    kind = _TYPE.search(cell["told"])
    if kind and b"str" in kind.groups() and cell["value"]:
        return cell[0]
    prefix, told = cell["prefix"].decode(), _TYPE.sub(b"", cell["told"]).decode().rstrip()
    value = f"<{prefix}v>{NOT_RECKONED}</{prefix}v>"
    formula = cell["formula"].decode()
    return f'<{prefix}c{told} t="str">{formula}{value}</{prefix}c>'.encode()


def _open_text(cell: re.Match[bytes]) -> bytes:
    told = cell["told"]
    if b" table:formula" not in told or b" office:value-type" in told:
        return cell[0]
    said = f' office:value-type="string" office:string-value="{NOT_RECKONED}"'.encode()
    return cell[0].removesuffix(cell["end"]) + said + cell["end"]


def whole_cells(xml: bytes) -> int:
    """Where a piece of a workbook may be cut: before a tag, and in no cell with a formula."""
    since = max(0, len(xml) - _LONGEST)
    last = max((found.start() for found in _CELL.finditer(xml, since)), default=0)
    return last if last or not since else max(0, xml.rfind(b"<"))


def is_broken(cell: str) -> str:
    """Whether a cell's text is none, as SQL."""
    listed = ", ".join(map(text, (NOT_RECKONED, *ERRORS)))
    return f"({cell} in ({listed}) or regexp_full_match({cell}, 'Err:\\d{{3}}'))"
