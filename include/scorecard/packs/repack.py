"""A saved workbook as the same bytes every time, with alt text on its charts."""

import io
import re
import zipfile

from lxml import etree

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_MODIFIED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def repack(saved: bytes, modified: str, alt: dict[str, list[str]]) -> bytes:
    """The workbook with fixed dates and order of parts; `alt` has one text for each drawing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda n: (n not in _FIRST, n)):
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + modified.encode(), data)
            if alt.get(name):
                data = _described(data, alt[name])
            part = zipfile.ZipInfo(name, _LONG_AGO)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(part, data)
    return out.getvalue()


def _described(drawing: bytes, texts: list[str]) -> bytes:
    """A drawing part with a description on each of its shapes, in order."""
    root = etree.fromstring(drawing)
    for shape, text in zip(root.iter("{*}cNvPr"), texts, strict=True):
        shape.set("descr", text)
    result: bytes = etree.tostring(root)
    return result
