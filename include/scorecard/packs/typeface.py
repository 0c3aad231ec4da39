"""The document's typeface: which characters it has, and how wide a text is set."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "templates" / "fonts"
NAME = "Source Sans Pro"


@dataclass(frozen=True, eq=False)
class Typeface:
    """One weight of the typeface: the width of each character it has, as a share of the size."""

    widths: dict[str, float]

    def width(self, text: str) -> float:
        """How wide a text is in one line, in sizes of the type; a missing character is wide."""
        return _width(self, text)


@lru_cache(maxsize=100_000)  # the texts of a pack are measured often, and are often the same
def _width(typeface: Typeface, text: str) -> float:
    return sum(typeface.widths.get(character, 1.0) for character in text)


@cache
def regular() -> Typeface:
    """The weight of plain text."""
    return _read((FONTS / "SourceSansPro-Regular.ttf").read_bytes())


@cache
def bold() -> Typeface:
    """The weight of headings."""
    return _read((FONTS / "SourceSansPro-Bold.ttf").read_bytes())


def _read(font: bytes) -> Typeface:
    """A typeface from a TrueType file: its tables `head`, `hhea`, `hmtx` and `cmap`."""
    (count,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(count))
    tables = {tag: at for tag, _, at, _ in entries}
    (units,) = struct.unpack_from(">H", font, tables[b"head"] + 18)
    (metrics,) = struct.unpack_from(">H", font, tables[b"hhea"] + 34)
    advances = struct.unpack_from(f">{metrics * 2}H", font, tables[b"hmtx"])[::2]
    return Typeface(
        {
            chr(code): advances[min(glyph, metrics - 1)] / units
            for code, glyph in _glyphs(font, tables[b"cmap"])
            if glyph
        }
    )


def _glyphs(font: bytes, start: int) -> Iterator[tuple[int, int]]:
    """The glyph of each character of the basic plane: the character map of format 4."""
    (count,) = struct.unpack_from(">H", font, start + 2)
    maps = (start + struct.unpack_from(">HHL", font, start + 4 + 8 * n)[2] for n in range(count))
    at = next(place for place in maps if struct.unpack_from(">H", font, place)[0] == 4)
    runs = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{runs}H", font, at + 14)
    starts, deltas, offsets = (
        struct.unpack_from(f">{runs}H", font, at + 16 + 2 * runs * part) for part in (1, 2, 3)
    )
    for run in range(runs):
        where = at + 16 + 6 * runs + 2 * run + offsets[run]
        for code in range(starts[run], min(ends[run], 0xFFFE) + 1):
            glyph = code
            if offsets[run]:
                (glyph,) = struct.unpack_from(">H", font, where + 2 * (code - starts[run]))
            if glyph or not offsets[run]:
                yield code, (glyph + deltas[run]) % 0x10000
