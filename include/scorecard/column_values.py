"""What the cells of a column look like: types, formats, null tokens, and whether they are personal.

Nothing here is printed but counts and kinds: a cell's own text leaves only as a token that is known
to mean nothing, or as a word that a mapping of ours already names.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from scorecard.mapping_rules import NUMBER_HABITS

_DISTINCT = 3000  # texts of a column that are looked at
NULLS = ("-", "--", "?", "NULL", "null", "N/A", "n/a", "NA", "None", "(null)", "(blank)", "#N/A")
ZEROS = ("Nil", "nil", "NIL")
TRUE = frozenset(("true", "t", "yes", "y", "1"))  # read as they are, like ...
FLAGS = TRUE | {"false", "f", "no", "n", "0"}
FORMATS = (
    "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y",
    "%Y%m%d", "%d-%b-%Y", "%d-%b-%y", "%d %B %Y", "%d %b %Y", "%b %d, %Y", "%d/%b/%Y", "%d/%b/%y",
    "%Y/%m/%d",
)  # fmt: skip
_TIMES = ("", "%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%H:%M:%SZ", "%H:%M:%S.%fZ")
_NUMBER = {
    "plain": r"[-+]?\d+(\.\d+)?",
    "thousands": r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?",
    "trailing_minus": r"\d{1,3}(,?\d{3})*(\.\d+)?-",
    "brackets": r"\((£?\d{1,3}(,?\d{3})*(\.\d+)?)\)",
    "currency": r"-?£-?\d{1,3}(,?\d{3})*(\.\d+)?",
}
_PERSONAL = {
    "e-mail addresses": r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}",
    "national insurance numbers": r"(?i)[A-CEGHJ-PR-TW-Z]{2} ?(\d\d ?){3}[A-D]",
    "telephone numbers": r"(\+44|0)[ \d()-]{9,15}",
    "addresses": r"(?i).*\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
    "computers of persons": r"\d{1,3}(\.\d{1,3}){3}|[\da-fA-F]{0,4}(:[\da-fA-F]{0,4}){3,7}",
    "names of persons": r"[A-Z][a-z'’-]+,? ([A-Z]\.? )?[A-Z][A-Za-z'’-]+|[A-Z]\.? [A-Z][a-z'’-]+",
}
_SHARE = {"names of persons": 0.6}  # of the texts that look so; else a tenth is enough
_LONG = 60  # characters: a text so long is no code


@dataclass(frozen=True)
class Column:
    """What is known of a column without its heading."""

    filled: int
    empty: int
    nulls: tuple[str, ...]
    zeros: tuple[str, ...]
    kinds: frozenset[str]  # int, gbp, dec, date, moment, month, time, flag, code, text
    formats: tuple[str, ...]  # all that read every text
    habits: tuple[str, ...]
    personal: str | None
    is_unique: bool
    words: frozenset[str] = field(repr=False)  # of a column with few texts, to be compared

    @property
    def may_be_empty(self) -> bool:
        """Whether a cell said nothing."""
        return bool(self.empty or self.nulls)


def look_at(cells: Iterable[str]) -> Column:
    """What a column's cells are like."""
    texts: dict[str, int] = {}
    empty = 0
    for cell in (cell.strip() for cell in cells):
        if cell:
            texts[cell] = texts.get(cell, 0) + 1
        else:
            empty += 1
    nulls = tuple(token for token in NULLS if token in texts)
    known = [text for text in islice(texts, _DISTINCT) if text not in nulls]
    zeros = tuple(token for token in ZEROS if token in texts)
    numbers = [text for text in known if text not in zeros]
    habits = _habits(numbers)
    formats = _formats(known)
    is_short = len(texts) <= 40 and all(len(text) <= _LONG for text in texts)
    return Column(
        filled=sum(texts.values()),
        empty=empty,
        nulls=nulls,
        zeros=zeros if habits is not None else (),
        kinds=_kinds(known, numbers, habits, formats) | _few(known, is_short),
        formats=formats,
        habits=tuple(habit for habit in NUMBER_HABITS if habit in (habits or ())),
        personal=_personal(known),
        is_unique=bool(texts) and max(texts.values()) == 1,
        words=frozenset(known) if is_short else frozenset(),
    )


def _few(known: list[str], is_short: bool) -> set[str]:
    """What a column of few texts may be besides."""
    return ({"code", "flag"} if len(known) <= 4 else {"code"}) if is_short else set()


def _kinds(
    known: list[str], numbers: list[str], habits: set[str] | None, formats: tuple[str, ...]
) -> frozenset[str]:
    """The types as which every text of a column can be read."""
    found = {"text", "person"}
    if habits is not None and known:
        plain = [re.sub(r"[^\d.]", "", number) for number in numbers]
        found |= {"dec"}
        if all(re.fullmatch(r"\d+", number) for number in plain):
            found |= {"int"}
        if all(re.fullmatch(r"\d+(\.\d{1,2}0*)?", number) for number in plain):
            found |= {"gbp"}
    if formats:
        found |= {"moment"} if any("%H" in way or "%I" in way for way in formats) else {"date"}
    if known and all(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text) for text in known):
        found |= {"month"}
    if known and all(re.fullmatch(r"\d{1,2}:\d\d(:\d\d)?( ?[AaPp][Mm])?", text) for text in known):
        found |= {"time"}
    return frozenset(found)


def _habits(numbers: list[str]) -> set[str] | None:
    """How the numbers of a column are written; nothing if a text is no number."""
    found = set()
    for number in numbers:
        ways = {way for way, pattern in _NUMBER.items() if re.fullmatch(pattern, number)}
        if not ways:
            return None
        found |= ways - {"plain"}
        if "," in number:
            found.add("thousands")
        if "£" in number:
            found.add("currency")
    return found


def _formats(known: list[str]) -> tuple[str, ...]:
    """Every format of a date or moment that reads all texts of a column."""
    if not known or not all(any(map(str.isdigit, text)) for text in known[:20]):
        return ()
    ways = [
        f"{day}{apart}{time}" if time else day
        for day in FORMATS
        for time in _TIMES
        for apart in ((" ", "T") if time else ("",))
    ]
    for text in known:
        ways = [way for way in ways if _reads(text, way)]
        if not ways:
            return ()
    return tuple(ways)


def _reads(text: str, way: str) -> bool:
    try:
        return 1990 <= datetime.strptime(text, way).year <= 2100  # noqa: DTZ007
    except ValueError:
        return False


def _personal(known: list[str]) -> str | None:
    """What personal things a column's texts look like."""
    for kind, pattern in _PERSONAL.items():
        alike = sum(1 for text in known if re.fullmatch(pattern, text))
        if known and alike > len(known) * _SHARE.get(kind, 0.1):
            return kind
    if known and sum(map(len, known)) > _LONG * len(known):
        return "free text"
    return None
