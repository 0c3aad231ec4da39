"""Files of JSON: the pages that a system answered, one page, or a record on each line."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorecard.admission import DAMAGED, Refused
from scorecard.json_records import NotJson, found_at, parsed
from scorecard.unpacking import check_packing

PAGE_MB = 16  # a page is held in memory
_PAGE = PAGE_MB * 1024**2
_MEMBER = re.compile(r"\d{6}\.json")
_MOST_PAGES = 200_000
_MAX_RATIO = 200  # of a page to its packed size


@dataclass(frozen=True)
class Page:
    """One page as received: its number from 1, and what it says."""

    number: int
    said: Any
    has_hidden: bool  # an escaped character that no text file can hold
    is_record: bool = False  # a line, which is one record


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
    check_packing(path, pages)
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


def stated(path: Path, at: str) -> str:
    """What the first page says of the whole, at a path; nothing if it does not."""
    said = found_at(next(pages_of(path)).said, at)
    return said if isinstance(said, str) else ""
