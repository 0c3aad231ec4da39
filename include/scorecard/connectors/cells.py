"""Rows of a database as a CSV file: the same rows are the same bytes, whatever server they are of.

Nothing is empty; a moment with a zone is in UTC, one without is as the database has it; a number
has its digits, and never an exponent.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID


class NoText(ValueError):
    """A value that has no agreed text."""


class TooLarge(ValueError):
    """A file that has grown beyond its limit."""


def write(
    path: Path, headings: Sequence[str], chunks: Iterable[Sequence[Sequence[Any]]], most: int
) -> int:
    """Write rows that come in chunks, and return how many; TooLarge beyond so many bytes."""
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        for chunk in chunks:
            writer.writerows(as_text(chunk))
            rows += len(chunk)
            if file.tell() > most:
                raise TooLarge
    return rows


def as_text(chunk: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """The rows of a chunk with each value as CSV has to write it.

    Whole columns are looked at, and most need nothing done: that is many times quicker than a
    question for each cell.
    """
    columns = zip(*chunk, strict=True)
    return zip(*(_column(column) for column in columns), strict=True)


def _column(values: tuple[Any, ...]) -> Iterable[Any]:
    found = set(map(type, values))
    ways = {kind: _way(kind) for kind in found - _AS_THEY_ARE}
    if not ways:
        return values
    if len(found) == 1:
        (way,) = ways.values()
        return map(way, values)
    return [ways[type(value)](value) if type(value) in ways else value for value in values]


# What CSV writes as we want it: nothing as an empty cell, the others as their text.
_AS_THEY_ARE = {type(None), str, int, date}


def _way(kind: type) -> Callable[[Any], str]:
    """How a value of a type is written; NoText if it was not agreed."""
    for known, way in _WAYS.items():
        if issubclass(kind, known):
            return way
    raise NoText(kind.__name__)


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        return str(value)
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _number(value: Decimal) -> str:
    return format(value, "f")


def _stretch(value: timedelta) -> str:
    """A time of day or a duration, as databases without such a type hand it over: hh:mm:ss."""
    sign, whole = ("-", -value) if value < timedelta() else ("", value)
    minutes, seconds = divmod(whole.days * 86400 + whole.seconds, 60)
    part = f".{whole.microseconds:06d}" if whole.microseconds else ""
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}{part}"


# In this order: a truth value is a whole number too, and a moment a date.
_WAYS: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "true" if value else "false",
    int: lambda value: str(int(value)),
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _stretch,
    Decimal: _number,
    float: lambda value: _number(Decimal(repr(value))),
    str: str,
    UUID: str,
}
