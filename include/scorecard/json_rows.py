"""Records of JSON as a text file of cells, which is then read like any other.

A record keeps its number in the file, and the page that it stands on is told beside it.
"""

import csv
import json
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorecard import key_value
from scorecard.admission import Refused
from scorecard.json_pages import Page, pages_of
from scorecard.json_records import NotJson, Shape, Unfit, records_of
from scorecard.mapping import Mapping, heading_key

_FAULTS = 200_000  # records that cannot be rows: nobody wants to see a longer list
_LOOKED_AT = 500  # records that tell whose they are
_HIDDEN = re.compile(r"\x00|[\ud800-\udfff]")


@dataclass(frozen=True)
class Written:
    """What became of a file's records: the rest of them are rows of cells."""

    unfit: tuple[tuple[int, str], ...]  # number of a record in the file, and why
    starts: tuple[int, ...]  # how many records stand before each page


def records(page: Page, path: str, where: str) -> list[Any]:
    """The records of a page; Refused if it has no list of them."""
    try:
        return [page.said] if page.is_record else records_of(page.said, path)
    except NotJson as error:
        raise Refused(
            f"{where}, page {page.number}: it {error}. Pull it again, or correct `records` in the "
            "mapping."
        ) from None


def shape_of(mapping: Mapping) -> Shape:
    """The paths that a mapping reads and drops.

    Of an export of rows the headings themselves: all of them, because rows are alike in all cells.
    """
    dropped = (*mapping.drop, *mapping.may_drop)
    match mapping.file.format:
        case "json":
            return Shape(mapping.read.values(), dropped)
        case "key_value":
            return Shape(mapping.read.values(), dropped, plain=True)
    return Shape(mapping.headings.values(), mapping.may_drop, plain=True)


def places(mapping: Mapping) -> dict[str, int]:
    """The number of each cell, by the path or heading that it is read from, as it is compared."""
    if mapping.file.format == "key_value":
        return key_value.places(mapping)
    return {heading_key(path): n for n, path in enumerate(shape_of(mapping).read, start=1)}


def looked_over(path: Path, mapping: Mapping) -> Shape | None:
    """The shape of a mapping after the first records of a file; None if it finds none in it."""
    shape, seen = shape_of(mapping), 0
    for page in pages_of(path):
        try:
            found = [page.said] if page.is_record else records_of(page.said, mapping.file.records)
        except NotJson:
            if page.number == 1:
                return None
            break  # it is told of when the file is read
        for record in found[: _LOOKED_AT - seen]:
            with suppress(Unfit):
                shape.row(record)
        seen += len(found)
        if seen >= _LOOKED_AT:
            break
    if not seen:
        raise Refused(
            f"{path.name}: its pages hold no records. If nothing happened in the month, say so to "
            "the performance team; else see what the account may read, and pull it again."
        )
    return shape


def write(path: Path, mapping: Mapping, to: Path) -> Written:
    """Write a file's records as rows of cells; Refused if a key is one that nobody named."""
    shape, number = shape_of(mapping), 0
    unfit: list[tuple[int, str]] = []
    starts: list[int] = []
    with to.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow([f"c{n}" for n in places(mapping).values()])
        for page in pages_of(path):
            starts += [] if page.is_record else [number]
            for record in records(page, mapping.file.records, path.name):
                number += 1
                try:
                    whole = [json.dumps(record)] if mapping.file.format == "key_value" else []
                    rows.writerow(_row(shape, record, page) + whole)
                except Unfit as why:
                    unfit.append((number, str(why)))
            _check(path.name, mapping, shape, page, unfit)
    _check_missing(path.name, mapping, shape)
    return Written(tuple(unfit), tuple(starts))


def _row(shape: Shape, record: Any, page: Page) -> list[str]:
    cells = shape.row(record)
    if page.has_hidden and any(map(_HIDDEN.search, cells)):
        raise Unfit("the record holds a character that no text can hold")
    return cells


def _check(
    name: str, mapping: Mapping, shape: Shape, page: Page, unfit: list[tuple[int, str]]
) -> None:
    """Refuse a file with a key that nobody named, or of which too little can be read."""
    if shape.unknown:
        keys = ", ".join(f"'{key[:60]}'" for key in list(shape.unknown)[:6])
        raise Refused(
            f"{name}, page {page.number}: the keys {keys} are unknown. Ask for the agreed fields "
            f"only, or map or drop them in include/sources/{mapping.system}.yaml."
        )
    if len(unfit) > _FAULTS:
        raise Refused(
            f"{name}, page {page.number}: up to here more than {_FAULTS:,} records cannot be rows "
            f"(the first: {unfit[0][1]}). Pull it again, or correct the mapping."
        )


def _check_missing(name: str, mapping: Mapping, shape: Shape) -> None:
    missing = missing_from(shape, mapping)
    if missing:
        keys = ", ".join(missing)
        raise Refused(
            f"{name}: no record has the keys {keys}. Ask for them, or name those that "
            f"the system may leave out as `may_lack` in include/sources/{mapping.system}.yaml."
        )


def missing_from(shape: Shape, mapping: Mapping) -> tuple[str, ...]:
    """The paths of which no record said anything, though the mapping reads them."""
    unseen = (path for n, path in enumerate(shape.read) if n not in shape.seen)
    return tuple(path for path in unseen if path not in mapping.file.may_lack)
