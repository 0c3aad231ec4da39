"""How wide the columns of a printed table are: as their words need, measured in characters."""

from scorecard.packs.content import Sheet

_MOST = 44  # characters of a line; longer text is broken
_PAD = 2  # characters that the room between columns takes
# Characters in a line of a wide page, of an upright one, and of half of that.
_ROOM = {"wide": 165, "full": 110, "half": 52}


def widths_of(sheet: Sheet, size: str) -> list[float]:
    """The width of each column as its share of the table's.

    A column is never narrower than its longest word; what is left goes to those with long text.
    """
    columns = [
        [heading, *(row[place].text for row in sheet.rows)]
        for place, heading in enumerate(sheet.columns)
    ]
    least = [max(map(_longest_word, texts)) + _PAD for texts in columns]
    wanted = [max(_wanted(texts), low) for texts, low in zip(columns, least, strict=True)]
    more = [want - low for want, low in zip(wanted, least, strict=True)]
    spare = max(_ROOM[size] - sum(least), 0)
    share = min(1.0, spare / sum(more)) if sum(more) else 0.0
    return [round(low + share * extra, 2) for low, extra in zip(least, more, strict=True)]


def _wanted(texts: list[str]) -> int:
    """Room for the longest text, up to the longest line; a heading may be broken."""
    return min(max(map(len, texts[1:])), _MOST) + _PAD


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)
