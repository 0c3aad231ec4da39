"""Every text of a pack, whatever it stands in, and whether each is short enough for every file."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from scorecard.packs.content import PackContent, parts_of

# A cell of Excel holds 32,767 letters, and a title in a PDF as many bytes, two for a letter. The
# rest is for words of ours around it.
LONGEST = 15_000


class TooLong(ValueError):
    """A text that no cell of a workbook and no line of a document holds."""


def texts_in(value: Any) -> Iterator[str]:
    """The texts of a pack's content, or of a part of it, in their order."""
    left = [value]
    while left:
        part = left.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, tuple):
            left.extend(reversed(part))
        else:
            kind: Any = type(part)
            left.extend(getattr(part, name) for name in reversed(parts_of(kind)))


def check_lengths(content: PackContent) -> None:
    """Refuse a text that is too long for a file of the pack; TooLong says which it is."""
    for part in fields(content):
        for text in texts_in(getattr(content, part.name)):
            if len(text) > LONGEST:
                raise TooLong(
                    f"pack, {part.name}: the text that begins '{text[:40]}' has {len(text):,} "
                    f"letters; a pack holds at most {LONGEST:,} in one text. Shorten it where it "
                    "is written: in council.yaml, events.csv, a comment or the reason of the draft."
                )
