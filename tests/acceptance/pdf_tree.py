"""A PDF as a screen reader finds it: the tags in their order, and the text below each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import pikepdf

_SHOWS_TEXT = {"Tj", "TJ"}
_CODES = re.compile(rb"<([0-9A-Fa-f]+)>")


@dataclass
class Tag:
    """One tag: what it is, what it says of itself, and what is below it."""

    kind: str
    alt: str = ""
    scope: str = ""
    text: str = ""  # of itself; `said` is of all below
    kids: list["Tag"] = field(default_factory=list)

    def walk(self) -> Iterator["Tag"]:
        """This tag and all below it, in the order in which they are read."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, *kinds: str) -> list["Tag"]:
        return [tag for tag in self.walk() if tag.kind in kinds]

    @property
    def said(self) -> str:
        return " ".join("".join(tag.text for tag in self.walk()).replace("\u200b", "").split())


def tree_of(path):
    """The tags of a file; read once while it stays as it is."""
    now = path.stat()
    return _read(path, now.st_mtime_ns, now.st_size)


@lru_cache(maxsize=4)
def _read(path, _changed, _size):
    with pikepdf.open(path) as pdf:
        texts = {page.obj.objgen: _texts(page) for page in pdf.pages}
        root = pdf.Root.get("/StructTreeRoot", {})
        return Tag("Root", kids=[_tag(kid, texts, None) for kid in _kids(root)])


def _kids(element):
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _tag(element, texts, page):
    page = element.get("/Pg", page)
    made = Tag(str(element.S)[1:], str(element.get("/Alt", "")), _scope(element))
    for kid in _kids(element):
        if not isinstance(kid, pikepdf.Dictionary):
            made.text += texts.get(page.objgen, {}).get(int(kid), "")
        elif kid.get("/Type") == "/MCR":
            made.text += texts.get(kid.get("/Pg", page).objgen, {}).get(int(kid.MCID), "")
        elif "/S" in kid:
            made.kids.append(_tag(kid, texts, page))
    return made


def _scope(element):
    said = element.get("/A", [])
    for one in said if isinstance(said, pikepdf.Array) else [said]:
        if "/Scope" in one:
            return str(one.Scope)[1:]
    return ""


def _texts(page):
    """The text of each marked part of a page by its number."""
    fonts = {name: _characters(font) for name, font in page.resources.get("/Font", {}).items()}
    texts, marked, font = {}, [], {}
    for operands, operator in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf Tj TJ"):
        name = str(operator)
        if name in ("BDC", "BMC"):
            told = operands[1] if len(operands) > 1 else {}
            marked.append(told.get("/MCID") if isinstance(told, pikepdf.Dictionary) else None)
        elif name == "EMC":
            marked.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in _SHOWS_TEXT:
            number = next((int(n) for n in reversed(marked) if n is not None), -1)
            texts[number] = texts.get(number, "") + _decoded(operands[0], font)
    return texts


def _decoded(shown, font):
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    pairs = (codes[at : at + 2] for at in range(0, len(codes), 2))
    return "".join(font.get(pair, "\ufffd") for pair in pairs)


def _characters(font):
    """The text of each code of a font, from its map to Unicode."""
    found = {}
    if "/ToUnicode" not in font:
        return found
    told = font.ToUnicode.read_bytes()
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", told, re.S):
        codes = [bytes.fromhex(code.decode()) for code in _CODES.findall(block)]
        for code, text in zip(codes[::2], codes[1::2], strict=True):
            found[code] = text.decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", told, re.S):
        codes = [bytes.fromhex(code.decode()) for code in _CODES.findall(block)]
        for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            start, end, to = (int.from_bytes(code, "big") for code in (first, last, text))
            for n in range(start, end + 1):
                found[n.to_bytes(2, "big")] = chr(to + n - start)
    return found
