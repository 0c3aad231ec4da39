"""An export's first and last rows: whether they hold headings and a total, and what may be shown.

Either may be what a person did, and then nothing of it is repeated.
"""

import re
from collections.abc import Iterator, Sequence

from scorecard.column_values import NULLS, look_at
from scorecard.column_words import Words, in_known_words, is_known

_NAMES = "names of persons"
_NO_HEADING = (
    "e-mail addresses", "national insurance numbers", "telephone numbers", "addresses",
    "computers of persons",
)  # fmt: skip


def is_data(row: Sequence[str], below: Sequence[Sequence[str]], words: Words) -> bool:
    """Whether a row that should hold headings may hold what a row of data does.

    It is taken for headings only if a known one stands above cells that all hold digits, while it
    has none itself, and if no heading stands again in a row below.
    """
    cells = [look_at([cell]) for cell in row if cell.strip()]
    if any(
        cell.kinds & {"int", "dec", "date", "moment"} or cell.personal in _NO_HEADING
        for cell in cells
    ):
        return True
    others = [other for other in below if other != row]  # a report repeats its headings on a page
    return _stands_again(row, others) or not any(
        is_known(heading, words) and not _has_digit(heading) and _have_digits(others, place)
        for place, heading in enumerate(row)
    )


def _stands_again(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a cell stands in its column again."""
    headings = {(place, cell) for place, cell in enumerate(row) if cell.strip()}
    return any(headings & set(enumerate(other)) for other in below)


def _have_digits(below: Sequence[Sequence[str]], place: int) -> bool:
    """Whether all that stands in a column has digits: dates, amounts, references."""
    cells = (row[place].strip() for row in below if place < len(row))
    said = [cell for cell in cells if cell and cell not in NULLS]
    return bool(said) and all(map(_has_digit, said))


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def named_like_persons(headings: Sequence[str], words: Words) -> Iterator[int]:
    """The places, from 0, of headings that look like a person's name in words that none uses."""
    for place, heading in enumerate(headings):
        if look_at([heading]).personal == _NAMES and not in_known_words(heading, words):
            yield place


def total_in(row: Sequence[str], words: Words) -> tuple[int, str] | None:
    """Where a row says that it is a total, from 0, and in which words if they may be shown."""
    filled = ((place, " ".join(cell.split())) for place, cell in enumerate(row) if cell.strip())
    place, said = next(filled, (0, ""))
    if not re.search(r"(?i)\btotals?\b", said):
        return None
    return place, said if in_known_words(said, words) else ""
