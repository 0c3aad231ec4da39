"""Text files by whole columns: the columns become lines, the lines become bytes, no loop over rows.

A sheet is a dict from heading to column. A column is an Arrow array of texts, or one text that
every row shares. Texts that need quotes come quoted; `quoted` does it for the few distinct ones.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Column = Any  # an Arrow array of texts, or a str; Arrow ships no types
Sheet = dict[str, Column]


def quoted(text: str) -> str:
    """A text as it stands in a CSV cell."""
    if any(sign in text for sign in ',;"\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def pick(choices: Sequence[str], which: Any) -> Column:
    """A column of choices, by their numbers."""
    return pa.array(list(choices)).take(pa.array(which))


def shared(text: str, rows: int) -> Column:
    """A column in which every row has the same text."""
    return pa.repeat(text, rows)


def numbers(values: Any) -> Column:
    """A column of whole numbers; a masked number is an empty cell."""
    if isinstance(values, np.ma.MaskedArray):
        return pa.array(values.data, mask=values.mask).cast(pa.string()).fill_null("")
    return pa.array(values).cast(pa.string())


def hundredths(values: Any) -> Column:
    """A column of decimal numbers with two places, from whole hundredths."""
    return pa.array([f"{value // 100}.{value % 100:02d}" for value in values.tolist()])


def moments(values: Any) -> Column:
    """A column of moments, written 2025-07-01 08:12:44; NaT is an empty cell."""
    return pa.array(values.astype("datetime64[s]")).cast(pa.string()).fill_null("")


def moments_as(values: Any, day_layout: str, time_layout: str) -> Column:
    """A column of moments in another layout; NaT is an empty cell.

    Days and times are written once each and picked, which is quicker than writing every moment.
    """
    days, which = np.unique(values.astype("datetime64[D]"), return_inverse=True)
    seconds = (values - values.astype("datetime64[D]")).astype("timedelta64[s]").astype(np.int64)
    never = np.isnat(values)
    day_texts = pc.strftime(pa.array(days), day_layout).take(pa.array(which))
    time_texts = _times_of_day(time_layout).take(pa.array(np.where(never, 0, seconds)))
    return blank_where(joined(day_texts.fill_null(""), time_texts), never)


def joined(*parts: Column) -> Column:
    """A column of texts put together from others."""
    return pc.binary_join_element_wise(*parts, "")


def identifiers(rng: np.random.Generator, count: int) -> Column:
    """A column of random identifiers such as 6f1c9a52-..., all different."""
    letters = np.frombuffer(rng.bytes(16 * count).hex().encode(), np.uint8).reshape(count, 32)
    dashed = np.insert(letters, (8, 12, 16, 20), ord("-"), axis=1)
    fixed = pa.Array.from_buffers(pa.binary(36), count, [None, pa.py_buffer(dashed.tobytes())])
    return fixed.cast(pa.binary()).cast(pa.string())


@cache
def _times_of_day(layout: str) -> Column:
    """Every second of a day, written."""
    return pc.strftime(pa.array(np.arange(86400).astype("datetime64[s]")), layout)


def flags(values: Any, yes: str = "true", no: str = "false") -> Column:
    """A column of two words."""
    return pick((no, yes), values.astype(np.int8))


def mask(height: int, rows: Any) -> Any:
    """Which of so many rows are meant, as flags."""
    flagged = np.zeros(height, bool)
    flagged[rows] = True
    return flagged


def blank_where(column: Column, mask: Any) -> Column:
    """The column with empty cells where the mask says so."""
    return pc.if_else(pa.array(mask), "", column)


def height(sheet: Sheet) -> int:
    """How many rows a sheet has."""
    return next(len(cells) for cells in sheet.values() if not isinstance(cells, str))


def taken(sheet: Sheet, rows: Any) -> Sheet:
    """The sheet with these rows, in this order."""
    which = pa.array(rows)
    return {
        head: cells if isinstance(cells, str) else cells.take(which)
        for head, cells in sheet.items()
    }


def stacked(sheets: Sequence[Sheet]) -> Sheet:
    """Several sheets of the same headings as one; a shared text must be shared by all."""
    return {
        head: cells
        if isinstance(cells, str)
        else pa.concat_arrays([sheet[head] for sheet in sheets])
        for head, cells in sheets[0].items()
    }


def to_bytes(
    sheet: Sheet,
    *,
    heading: str | None = None,
    delimiter: str = ",",
    encoding: str = "utf-8",
    line_end: Column = "\r\n",
    tail: str = "",
) -> bytes:
    """The file: its first lines, then one line for each row. `tail` ends every row's line."""
    end = "\r\n" if not isinstance(line_end, str) else line_end
    top = (heading or delimiter.join(sheet).strip()) + end
    body = pc.binary_join_element_wise(*sheet.values(), delimiter)
    body = pc.binary_join_element_wise(body, tail, line_end, "")
    text = _contents(body)
    if encoding == "utf-8":
        return top.encode() + text
    plain = encoding.removesuffix("-sig")
    mark = b"\xef\xbb\xbf" if encoding == "utf-8-sig" else b""
    return mark + top.encode(plain) + (text if plain == "utf-8" else text.decode().encode(plain))


def log(column: Column, line_end: str = "\n") -> bytes:
    """A file without headings: each text of a column as a line."""
    return _contents(pc.binary_join_element_wise(column, line_end, ""))


def _contents(array: Any) -> bytes:
    """All texts of an Arrow array, one after the other, without a loop."""
    _, offsets, data = array.buffers()
    ends = np.frombuffer(offsets, np.int32)
    first, last = ends[array.offset], ends[array.offset + len(array)]
    return bytes(memoryview(data)[first:last]) if data else b""
