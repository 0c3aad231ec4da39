"""The pack as a PDF."""

import json
from functools import cache
from pathlib import Path

import typst

from scorecard.packs.content import PackContent
from scorecard.packs.document import structure
from scorecard.packs.typeface import FONTS

TEMPLATES = Path(__file__).parent / "templates"
STANDARDS = ["ua-1", "a-3a"]


def write(content: PackContent) -> bytes:
    return _set(json.dumps(structure(content), ensure_ascii=False))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(False, False, [str(FONTS)])

def _set(text: str) -> bytes:
    return typst.compile(
        str(TEMPLATES / "report.typ"), root=str(TEMPLATES), font_paths=_fonts(),
        sys_inputs={"content": text}, pdf_standards=STANDARDS, ignore_system_fonts=True,
    )
