"""Files of JSON: the pages that a system answered, one page, or a record on each line.

They become a text file of cells, which is then read like any other. A record keeps its number in
the file, and the page that it stands on is told beside it.
"""

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorecard import key_value
from scorecard.admission import DAMAGED, Refused
from scorecard.json_records import NotJson, Shape, Unfit, found_at, parsed, records_of
from scorecard.mapping import Mapping, heading_key

PAGE_MB = 16  # a page is held in memory
_PAGE = PAGE_MB * 1024**2
_MEMBER = re.compile(r"\d{6}\.json")
_MOST_PAGES = 200_000
_MAX_RATIO = 200  # of a page to its packed size
_FAULTS = 200_000  # records that cannot be rows: nobody wants to see a longer list
_LOOKED_AT = 500  # records that tell whose they are
_HIDDEN = re.compile(r"\x00|[\ud800-\udfff]")


@dataclass(frozen=True)
class Page:
    """One page as received: its number from 1, and what it says."""

    number: int
    said: Any
    has_hidden: bool  # an escaped character that no text file can hold
    is_record: bool = False  # a line, which is one record


@dataclass(frozen=True)
class Written:
    """What became of a file's records: the rest of them are rows of cells."""

    unfit: tuple[tuple[int, str], ...]  # number of a record in the file, and why
    starts: tuple[int, ...]  # how many records stand before each page


def is_pages(path: Path) -> bool:
    """Whether a zip archive holds nothing but numbered pages."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except DAMAGED:
        return False
    return bool(names) and all(_MEMBER.fullmatch(name) for name in names)


def is_json(path: Path) -> bool:
    """Whether a file holds records of JSON: an archive of pages, or text that begins so."""
    if zipfile.is_zipfile(path):
        return is_pages(path)
    with path.open("rb") as file:
        start = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    return re.match(rb'\{\s*("|\})|\[\s*(\{|\])', start) is not None


def check_size(path: Path, most_mb: int) -> None:
    """Refuse an archive whose pages unpack to more than a file may have, or to far too much."""
    with zipfile.ZipFile(path) as archive:
        pages = archive.infolist()
    total = sum(page.file_size for page in pages)
    swollen = any(
        page.file_size > 1024**2 and page.file_size > _MAX_RATIO * page.compress_size
        for page in pages
    )
    if swollen or total > most_mb * 1024**2:
        raise Refused(
            f"{path.name}: its pages unpack to {total // 1024**2:,} MB, which is over the limit of "
            f"{most_mb:,} MB or far more than pages do. Pull it again, and ask for fewer fields."
        )


def pages_of(path: Path) -> Iterator[Page]:
    """The pages of a file, one after the other; Refused if one cannot be read."""
    if zipfile.is_zipfile(path):
        yield from _pages_of_archive(path)
    elif _has_lines(path):
        yield from _lines_of(path)
    else:
        with path.open("rb") as file:
            yield _page(path.name, 1, file.read(_PAGE + 1))


def _pages_of_archive(path: Path) -> Iterator[Page]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if len(set(names)) < len(names) or len(names) > _MOST_PAGES:
                raise Refused(
                    f"{path.name}: two pages of one number, or more than {_MOST_PAGES:,} pages. "
                    "Pull it again, in shorter months or larger pages."
                )
            for number, name in enumerate(sorted(names), start=1):
                with archive.open(name) as member:
                    body = member.read(_PAGE + 1)
                yield _page(f"{path.name}, page {number}", number, body)
    except DAMAGED as error:
        raise Refused(
            f"{path.name}: the archive is broken off or damaged ({error}). Pull it again."
        ) from None


def _has_lines(path: Path) -> bool:
    """Whether the first line is an object by itself and not all that there is."""
    with path.open("rb") as file:
        first = file.readline(_PAGE)
        if len(first) == path.stat().st_size:
            return path.suffix.lower() in (".jsonl", ".ndjson")
    try:
        return isinstance(parsed(first), dict)
    except NotJson:
        return False


def _lines_of(path: Path) -> Iterator[Page]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_PAGE + 1):
            number += 1
            if line.strip():
                yield _page(f"{path.name}, line {number}", number, line, is_record=True)


def _page(where: str, number: int, body: bytes, is_record: bool = False) -> Page:
    if len(body) > _PAGE:
        raise Refused(
            f"{where}: over {PAGE_MB} MB, which is too much for one page. Ask for smaller pages, "
            "or send a file with one record on each line (.jsonl)."
        )
    hidden = b"\\u0000" in body or b"\\ud" in body.lower()
    try:
        return Page(number, parsed(body), hidden, is_record)
    except NotJson as error:
        raise Refused(f"{where}: {error}. Pull or export it again.") from None


def records(page: Page, path: str, where: str) -> list[Any]:
    """The records of a page; Refused if it has no list of them."""
    try:
        return [page.said] if page.is_record else records_of(page.said, path)
    except NotJson as error:
        raise Refused(
            f"{where}, page {page.number}: it {error}. Pull it again, or correct `records` in the "
            "mapping."
        ) from None


def stated(path: Path, at: str) -> str:
    """What the first page says of the whole, at a path; nothing if it does not."""
    said = found_at(next(pages_of(path)).said, at)
    return said if isinstance(said, str) else ""


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
