"""How a printed table is laid out: the widths of its columns, and which rows are of one line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from scorecard.packs.typeface import Typeface, bold, regular


@dataclass(frozen=True)
class Paper:
    """The room that a table has, in points."""

    name: str
    width: float
    type: float  # the size of the type


# A4 with margins of 50 points: lying, upright, and a column of an upright page.
WIDE = Paper("wide", 741.8, 8)
UPRIGHT = Paper("upright", 495.2, 8.5)
HALF = Paper("column", 237, 7.5)
BROAD = Paper("column", 305, 7.5)  # beside a narrow column of facts
BESIDE = Paper("column", 224, 7.5)  # beside a chart

GUTTER = 18  # between what stands side by side
GAP = 6.0  # between columns
SHORT = 16  # characters of a text that is not broken at a space
WIDEST = 250.0  # what a column may ask for that a word or a short text is not broken
_LONGEST = 900.0  # what long text asks for; longer text gets no more
_CAPTION, _PADDING = 34.0, 5.0  # of two lines; above and below a row
_SHAPE = 1.3  # the room of a rating's shape, in sizes of the type
_SURE = 0.97  # of a column's width: what fits in it for certain
_NUMBER = re.compile(
    r"[-\u2212]?\u00a3?[\d.,]+%?"
)  # is never broken: it is searched for and pasted
BREAK = "\N{ZERO WIDTH SPACE}"


def widths_of(
    columns: Sequence[str], rows: Sequence[Sequence[str]], ratings: Sequence[bool], paper: Paper
) -> list[float]:
    """The width of each column in points.

    A column is no narrower than its longest word, if that can be; what is left is shared by how
    much text a column holds, so that rows are low.
    """
    least, wanted = [], []
    for place, heading in enumerate(columns):
        texts = [row[place] for row in rows if len(row) == len(columns)]
        shape = _SHAPE if ratings[place] else 0.0
        words = [_longest(heading, bold()), *(_unbroken(text) for text in texts)]
        word = min((max(words) + shape) * paper.type, WIDEST)
        line = (max(map(regular().width, texts)) + shape) * paper.type
        least.append(word / _SURE + GAP)
        wanted.append(max(min(line, _LONGEST), word) / _SURE + GAP)
    return _shared(least, wanted, paper.width)


def _unbroken(text: str) -> float:
    """The widest part of a text that stands in one line."""
    return regular().width(text) if len(text) <= SHORT else _longest(text, regular())


def _shared(least: list[float], wanted: list[float], room: float) -> list[float]:
    """Widths that fill the room: as wanted where that can be, at least what words need."""
    if sum(wanted) <= room or sum(least) >= room:
        base = wanted if sum(wanted) <= room else least
        return [round(width * room / sum(base), 1) for width in base]
    share = (room - sum(least)) / (sum(wanted) - sum(least))
    pairs = zip(least, wanted, strict=True)
    return [round(low + share * (want - low), 1) for low, want in pairs]


def fits(text: str, width: float, is_rating: bool, paper: Paper) -> bool:
    """Whether a text surely stands in one line of a column."""
    shape = _SHAPE if is_rating else 0.0
    return (regular().width(text) + shape) * paper.type <= (width - GAP) * _SURE


def lines_of(text: str, width: float, paper: Paper) -> int:
    """How many lines a text takes in a column at the most."""
    room = (width - GAP) * _SURE / paper.type
    lines = ceil(regular().width(text) / room)
    return lines if lines < 2 else lines + 1  # what is left of a line where a word did not fit


def opening_of(columns: Sequence[str], rows: Sequence[Sequence[str]], paper: Paper) -> float:
    """How high the caption, the headings and the first rows of a table are, in points."""
    widths = widths_of(columns, rows, [False] * len(columns), paper)
    first = [columns, *rows[:2]]
    lines = sum(
        max(lines_of(text, width, paper) for text, width in zip(row, widths, strict=False))
        for row in first
    )
    return round(_CAPTION + lines * paper.type * 1.3 + len(first) * _PADDING)


def broken(text: str, width: float, paper: Paper) -> str:
    """The text with places to break it, where a word of it is wider than its column."""
    room = (width - GAP) * _SURE / paper.type
    if max(map(regular().width, text.split()), default=0.0) <= room:
        return text
    return " ".join(_with_places(word, room) for word in text.split(" "))


def _with_places(word: str, room: float) -> str:
    """A word that may be broken after each underscore, or anywhere if that is not enough."""
    if regular().width(word) <= room or _NUMBER.fullmatch(word):
        return word
    parts = (p if regular().width(p) <= room else BREAK.join(p) for p in _parts(word))
    return BREAK.join(parts)


def _parts(text: str) -> list[str]:
    """What of a text stands in one line: words, and parts of names."""
    return text.replace("_", "_ ").split()


def _longest(text: str, typeface: Typeface) -> float:
    return max(map(typeface.width, _parts(text)), default=0.0)
