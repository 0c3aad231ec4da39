"""The pack as a PDF that is read aloud as it is read: set by typst, its row headings by pikepdf."""

import io
import json
import re
import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from scorecard.packs.columns import BREAK
from scorecard.packs.content import PackContent
from scorecard.packs.document import structure
from scorecard.packs.typeface import FONTS, bold, regular

TEMPLATES = Path(__file__).parent / "templates"
STANDARDS = ("ua-1", "a-3a")
TYPESETTING = Path(__file__).with_name("typesetting.py")
UNKNOWN = "[?]"  # stands for a character that the typeface does not have
_LONG = re.compile(r"\S{70,}")  # letters without a space that no line holds
_PIECE = 24


def write(content: PackContent) -> bytes:
    """The document's bytes; the same content gives the same bytes."""
    return tagged(typeset(laid_out(content)))


def laid_out(content: PackContent) -> bytes:
    """The document as the data that typst reads: JSON, with text that the typeface can show."""
    return json.dumps(_shown(structure(content)), ensure_ascii=False).encode()


class CannotSet(RuntimeError):
    """A document that typst does not set: what it says of it."""


def typeset(data: bytes) -> bytes:
    """A document as typst sets it. Text goes in as data, and nothing is read but the template.

    It is set by a process of its own: two thirds of what a pack needs of memory go back with it.
    """
    command = [sys.executable, str(TYPESETTING), str(TEMPLATES), str(FONTS), *STANDARDS]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        is_short = not said or "memory" in said[0].lower()
        what = "Give the worker 400 MB; if it had them, tell" if is_short else "Tell"
        raise CannotSet(
            f"report.pdf: typst does not set it ({''.join(said) or 'it was killed'}). {what} "
            "whoever looks after Scorecard."
        )
    return done.stdout


def _shown(told: Any) -> Any:
    """The same data with text that the typeface can show and that lines can hold."""
    if isinstance(told, str):
        return _known(told) if told.startswith("<svg ") else showable(told)
    if isinstance(told, dict):
        return {name: _shown(part) for name, part in told.items()}
    return [_shown(part) for part in told] if isinstance(told, list) else told


def showable(text: str) -> str:
    """Text without what nobody can see, and with `[?]` where the typeface has no character."""
    return _LONG.sub(_with_breaks, _known(text))


def _known(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_instead, unicodedata.normalize("NFC", text)))


@cache
def _instead(character: str) -> str:
    """A character as the typeface shows it."""
    if character == BREAK:
        return BREAK
    if character == "\N{NON-BREAKING HYPHEN}":
        return "-"
    kind = unicodedata.category(character)
    if kind[0] == "Z" or character in "\t\n\r":
        return " "
    if kind in ("Cc", "Cf"):
        return ""
    there = character in regular().widths and character in bold().widths
    return character if there else UNKNOWN


def _with_breaks(found: re.Match[str]) -> str:
    long = found[0]
    return BREAK.join(long[at : at + _PIECE] for at in range(0, len(long), _PIECE))


def tagged(set_by_typst: bytes) -> bytes:
    """The document with row headings, and with each caption in the tags of its table."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(set_by_typst)) as pdf:
        for part in pdf.objects:
            if isinstance(part, Dictionary) and part.get("/S") == "/TBody":
                for row in _kids(part):
                    _head(_kids(row)[0])
            if isinstance(part, Dictionary) and part.get("/S") == "/Div":
                join_caption(part)
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            linearize=False,
        )
    return out.getvalue()


def join_caption(part: Any) -> None:
    """Put a caption into its table, where typst left both side by side in a part of their own.

    It does so of a table that runs over a page's end, now and then.
    """
    kids = _kids(part)
    if len(kids) != 2 or not _is(kids[0], "/Caption"):
        return
    table = kids[1]
    while _is(table, "/Div") and len(_kids(table)) == 1:
        table = _kids(table)[0]
    if _is(table, "/Table"):
        table.K = pikepdf.Array([kids[0], *_kids(table)])
        kids[0].P = table
        part.K = pikepdf.Array([kids[1]])


def _is(part: Any, kind: str) -> bool:
    return isinstance(part, Dictionary) and part.get("/S") == kind


def _kids(part: Any) -> list[Any]:
    kids = part.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _head(cell: Any) -> None:
    """Make a cell of data the heading of its row; what else it says of its layout stays."""
    cell.S = Name.TH
    scope = Dictionary(O=Name.Table, Scope=Name.Row)
    said = cell.get("/A")
    if said is None:
        cell.A = scope
        return
    each = list(said) if isinstance(said, pikepdf.Array) else [said]
    of_table = [one for one in each if one.get("/O") == "/Table"]
    for one in of_table:
        one.Scope = Name.Row
    cell.A = pikepdf.Array(each if of_table else [*each, scope])
