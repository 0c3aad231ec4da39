"""Which system sent this file? Its headings tell; between two that are alike, its name."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from scorecard import json_pages, json_rows, key_value, line_pattern
from scorecard.admission import Refused
from scorecard.differences import Difference, nearest
from scorecard.mapping import Mapping, heading_key, heading_keys

_HEAD = 256 * 1024
_LOOKED_AT = 12  # rows in which headings are looked for that are not where they should be
csv.field_size_limit(2**31 - 1)  # the file's size is limited, not the cell's
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}


@dataclass(frozen=True)
class Sheet:
    """A text file to read: the file itself, or one sheet of a workbook turned to text."""

    path: Path
    name: str | None = None  # the sheet's name
    encoding: str | None = None  # from which it was turned to UTF-8

    @cached_property
    def looked_at(self) -> dict[tuple[str, str], list[list[str]]]:
        """The first rows by encoding and delimiter: each mapping that is tried asks for them."""
        return {}

    @cached_property
    def format(self) -> str:
        """How the rows are written: as a mapping's file says it."""
        if self.name:
            return "xlsx"
        if json_pages.is_json(self.path):
            return "json"
        return "key_value" if key_value.is_key_value(self.path) else "csv"


@dataclass(frozen=True)
class Recognised:
    """A file whose headings are exactly those that one mapping names."""

    mapping: Mapping
    sheet: Sheet
    headings: dict[str, int]  # as compared, to the number of the cell
    banner: tuple[tuple[str, ...], ...]  # the rows above the headings
    cells: int  # of a row, those without a heading included
    trailer: tuple[str, ...] = ()  # the cells of the row that ends the file, once it is cut off


def recognise(
    name: str,
    sheets: list[Sheet],
    mappings: Iterable[Mapping],
    wanted: str | None = None,
    listed: Collection[str] = (),
) -> Recognised:
    """The one mapping that reads a file; Refused if none does, or more than one.

    If one that is `listed` reads it, those that are not listed are not asked. Of mappings that read
    it alike, such as a copy for a second desk, the one by which the file is called.
    """
    asked = [(sheet, m) for sheet in sheets for m in mappings if _may_read(m, sheet, wanted)]
    tried = [_match(sheet, mapping) for sheet, mapping in asked]
    fitting = [match for match, _ in tried if match]
    found = [match for match in fitting if match.mapping.system in listed] or fitting
    found = _named_in(name, found) or found
    if len(found) == 1:
        return found[0]
    if found:
        systems = " and ".join(sorted(match.mapping.system for match in found))
        raise Refused(
            f"{name}: its headings fit {systems} alike. Call it by its mapping and "
            f"a date, such as {found[0].mapping.system}_2025-06, or list one of them alone in "
            "feeds.yaml."
        )
    why = _written_otherwise(asked) or nearest([d for _, d in tried], wanted)
    raise Refused(f"{name}: {why}")


def _named_in(name: str, found: list[Recognised]) -> list[Recognised]:
    """Those by whose mapping a file is called, with a date or number and no other word after it."""
    stem = name.partition(".")[0]
    return [
        match
        for match in found
        if re.fullmatch(rf"{re.escape(match.mapping.system)}[\W\d_]*", stem, re.IGNORECASE)
    ]


def _may_read(mapping: Mapping, sheet: Sheet, wanted: str | None) -> bool:
    shape = mapping.file
    is_log = shape.format == "pattern" and sheet.format not in ("xlsx", "json")
    # An export of rows may also come as records whose keys are its headings, or the log's keys.
    is_list = sheet.format == "json" and shape.format != "pattern" and not shape.names
    fits = is_log or is_list or shape.format == sheet.format
    fits = fits and (sheet.name is None or sheet.name == shape.sheet)
    if sheet.encoding:
        fits = fits and shape.encoding == sheet.encoding
    return fits and wanted in (None, mapping.system)


def delimiter_of(mapping: Mapping) -> str:
    """The character between two cells."""
    return _DELIMITERS.get(mapping.file.delimiter, mapping.file.delimiter)


def _first_rows(sheet: Sheet, encoding: str, delimiter: str, count: int) -> list[list[str]]:
    """The first rows of a file, or of a sheet, which was turned to UTF-8."""
    told = "utf-8" if sheet.name or sheet.encoding else encoding
    rows = sheet.looked_at.setdefault((told, delimiter), [])
    if len(rows) < count:
        with sheet.path.open("rb") as file:
            text = file.read(_HEAD).decode(told, "replace").removeprefix("\ufeff")
        lines = text.splitlines(keepends=True)
        rows[:] = islice(csv.reader(lines, delimiter=delimiter), max(count, _LOOKED_AT))
    return rows[:count]


def _match_keys(sheet: Sheet, mapping: Mapping) -> tuple[Recognised | None, Difference]:
    """A log is a mapping's if its first lines have every key that is read, and none unknown."""
    keys = {heading_key(key): key for key in key_value.keys_in_head(sheet.path)}
    missing = tuple(written for key, written in mapping.read.items() if key not in keys)
    unknown = tuple(written for key, written in keys.items() if key not in mapping.headings)
    difference = Difference(mapping.system, missing, unknown)
    if not difference.fits:
        return None, difference
    cells = key_value.places(mapping)
    return Recognised(mapping, sheet, cells, (), len(cells)), difference


def _match_paths(sheet: Sheet, mapping: Mapping) -> tuple[Recognised | None, Difference]:
    """Records are a mapping's if the first have every path that is read, and none unknown."""
    found = json_rows.looked_over(sheet.path, mapping)
    cells = json_rows.places(mapping)
    missing = json_rows.missing_from(found, mapping) if found else tuple(mapping.read.values())
    difference = Difference(mapping.system, missing, tuple(found.unknown) if found else ())
    if not difference.fits:
        return None, difference
    return Recognised(mapping, sheet, cells, (), len(cells)), difference


def _match_lines(sheet: Sheet, mapping: Mapping) -> tuple[Recognised | None, Difference]:
    """A log is a mapping's if one of its first lines is made as the mapping's patterns say."""
    if not line_pattern.fits(sheet.path, mapping):
        return None, Difference(mapping.system, (), (), is_far=True)
    cells = line_pattern.places(mapping)
    found = Recognised(mapping, sheet, cells, (), len(cells))
    return found, Difference(mapping.system, (), ())


def _match_places(
    row: list[str], sheet: Sheet, mapping: Mapping
) -> tuple[Recognised | None, Difference]:
    """A file without headings is a mapping's if cells of its first row look as agreed."""
    named = dict(zip(mapping.file.names, row, strict=False))
    looks = mapping.file.looks_like.items()
    alike = all(re.fullmatch(pattern, named.get(name, "").strip()) for name, pattern in looks)
    keys = {heading_key(name): n for n, name in enumerate(named, start=1)}
    if not alike or set(mapping.read) - set(keys):
        return None, Difference(mapping.system, (), (), is_far=True)
    return Recognised(mapping, sheet, keys, (), len(row)), Difference(mapping.system, (), ())


def _match(sheet: Sheet, mapping: Mapping) -> tuple[Recognised | None, Difference]:
    shape = mapping.file
    if shape.format == "pattern":
        return _match_lines(sheet, mapping)
    if sheet.format == "key_value":
        return _match_keys(sheet, mapping)
    if sheet.format == "json":
        return _match_paths(sheet, mapping)
    delimiter = "," if sheet.name else delimiter_of(mapping)
    rows = _first_rows(sheet, shape.encoding, delimiter, shape.banner_rows + 1)
    headings = rows[shape.banner_rows] if len(rows) > shape.banner_rows else []
    if shape.names:
        return _match_places(headings, sheet, mapping)
    keys, difference = _compared(headings, mapping)
    if not difference.fits:
        return None, difference
    places = {key: number for number, key in enumerate(keys, start=1)}
    if mapping.unpivot:
        places[heading_key(mapping.unpivot.name)] = 0
    banner = tuple(tuple(row) for row in rows[: shape.banner_rows])
    cells = max(len(headings), len(keys) + shape.trailing_cells)
    return Recognised(mapping, sheet, places, banner, cells), difference


def _compared(headings: list[str], mapping: Mapping) -> tuple[list[str], Difference]:
    """A row's headings as they are compared, and how they differ from those of a mapping."""
    named = list(headings)
    while named and not named[-1].strip():
        named.pop()
    keys = [mapping.as_agreed.get(key, key) for key in heading_keys(named)]
    missing = tuple(written for key, written in mapping.headings.items() if key not in keys)
    unknown = tuple(
        heading
        for heading, key in zip(named, keys, strict=True)
        if key not in mapping.headings and not mapping.may_stand(key)
    )
    return keys, Difference(mapping.system, missing, unknown, len(missing) == len(mapping.headings))


def _written_otherwise(asked: list[tuple[Sheet, Mapping]]) -> str | None:
    """That a mapping's headings are there, in another row or parted by another character."""
    found = (each for sheet, mapping in asked for each in _shapes(sheet, mapping))
    fewest = min(found, key=lambda shape: len(shape[1]), default=None)
    if fewest is None:
        return None
    system, differs = fewest
    keys = " and ".join(f"`{key}`" for key in differs)
    return (
        f"{' and '.join(differs.values())}. Export it again so, or correct {keys} in "
        f"include/sources/{system}.yaml."
    )


def _shapes(sheet: Sheet, mapping: Mapping) -> Iterator[tuple[str, dict[str, str]]]:
    """The other ways of writing a file in which a mapping's headings are found in a sheet.

    Each is told by the keys of the mapping from which it differs, in words.
    """
    if sheet.format in ("key_value", "json") or mapping.file.names or mapping.file.patterns:
        return
    above, expected = mapping.file.banner_rows, mapping.file.delimiter
    own = delimiter_of(mapping)
    for word, delimiter in ({"comma": ","} if sheet.name else _DELIMITERS).items():
        rows = _first_rows(sheet, mapping.file.encoding, delimiter, _LOOKED_AT)
        for place, headings in enumerate(rows):
            if not _compared(headings, mapping)[1].fits:
                continue
            differs = {}
            if not sheet.name and delimiter != own:
                words = f"its cells are parted by {word}s, where {mapping.system} expects"
                differs["delimiter"] = f"{words} '{expected}'"
            if place != above:
                words = f"its headings stand in row {place + 1}, where {mapping.system} expects"
                differs["banner_rows"] = f"{words} them in row {above + 1}{_below(above)}"
            yield mapping.system, differs


def _below(banner_rows: int) -> str:
    rows = "row" if banner_rows == 1 else "rows"
    return f", below a banner of {banner_rows} {rows}" if banner_rows else ""
