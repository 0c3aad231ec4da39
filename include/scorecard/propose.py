"""A mapping proposed for an export that none reads yet: `scorecard map`. Nothing is stored."""

import csv
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from scorecard import column_words, key_value, proposal
from scorecard.admission import Refused
from scorecard.column_guesses import completed
from scorecard.column_values import Column, look_at
from scorecard.column_words import Words
from scorecard.decisions import Directorate
from scorecard.first_row import is_data, named_like_persons, total_in
from scorecard.folders import room
from scorecard.mapping import heading_key, load_all
from scorecard.proposal_cells import quoted
from scorecard.readers import sheets_of
from scorecard.recognise import Sheet
from scorecard.settings import INCLUDE, Settings
from scorecard.sheets import EVERY
from scorecard.sources import TABLES
from scorecard.strict import rows_of, unseen, yaml_of
from scorecard.workbench import SOURCES

_ROWS = 50_000  # that are looked at, at most ...
_CELLS = 1_000_000  # ... and so many cells
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_ENCODINGS = ("utf-8-sig", "cp1252", "latin-1")
_HEADINGS = INCLUDE / "reference" / "heading_words.yaml"


@dataclass(frozen=True)
class _Written:
    """How an export is written, and its rows."""

    file: dict[str, str]
    headings: list[str]
    rows: list[list[str]]
    total: tuple[int, str] | None = None  # of a last row that adds up: its cell, and what it says


def propose(path: Path, settings: Settings, table: str | None, system: str | None) -> str:
    """The YAML of a mapping for a file; Refused says why none can be proposed."""
    if not path.is_file():
        raise Refused(f"{path}: there is no such file. Check the path.")
    if table and table not in TABLES:
        raise Refused(
            f"{path.name}: the table '{table}' is unknown. Use one of {', '.join(TABLES)}."
        )
    mappings = load_all(SOURCES)
    directorates = rows_of(settings.council / "directorates.csv", Directorate)
    names = {name for each in directorates for name in each.called}
    words = column_words.words_of(yaml_of(_HEADINGS), mappings.values(), frozenset(names))
    with room() as folder:
        sheets = sheets_of(path.absolute(), settings, [EVERY], folder, ["utf-16"])
        each = [_written(path.name, sheet, words) for sheet in sheets if sheet.path.stat().st_size]
        written = max(each, key=lambda w: len(w.rows), default=None)
    if written is None or not written.rows:
        raise Refused(f"{path.name}: it has no rows below its headings. Export a month that has.")
    _check(path.name, written.headings)
    withheld = tuple(named_like_persons(written.headings, words))
    columns = _columns(written, withheld)
    found = completed(column_words.guess(columns, words, table), columns, words)
    like = next((m for m in mappings.values() if m.table == found.table.name), None)
    name = system or _name(path)
    rows, total = len(written.rows), _total(written, withheld)
    export = proposal.Export(name, written.file, columns, rows, withheld, total)
    return proposal.proposed(export, found, words, like)


def _check(name: str, headings: list[str]) -> None:
    """Refused if a mapping could not name one of the headings."""
    for number, heading in enumerate(headings, start=1):
        if not heading.strip():
            raise Refused(
                f"{name}: column {number} has no heading, and a mapping names what it reads. "
                "Give it one in the export, or leave the column out."
            )
        if hidden := unseen(" ".join(heading.split())):
            raise Refused(
                f"{name}: the heading of column {number} holds {hidden}, a character that cannot "
                "be seen, and no mapping may name it. Export it again without, or leave the "
                "column out."
            )


def _name(path: Path) -> str:
    """A name for the system, from that of the file."""
    plain = re.sub(r"[^a-z0-9]+", "_", path.name.split(".")[0].lower()).strip("_")
    return plain or "new_system"


def _total(written: _Written, withheld: tuple[int, ...]) -> tuple[str, str] | None:
    """The heading and cell that tell a row which adds up the others; empty if not to be shown."""
    if written.total is None:
        return None
    place, said = written.total
    is_shown = place < len(written.headings) and place not in withheld
    return (" ".join(written.headings[place].split()), said) if is_shown else ("", "")


def _columns(written: _Written, withheld: tuple[int, ...]) -> dict[str, Column]:
    """What each column is like, by its heading; the second of one name has its number."""
    seen: Counter[str] = Counter()
    columns = {}
    for place, heading in enumerate(written.headings):
        if place in withheld:
            continue
        key = heading_key(heading)
        seen[key] += 1
        name = " ".join(heading.split()) + (f"#{seen[key]}" if seen[key] > 1 else "")
        columns[name] = look_at(row[place] if place < len(row) else "" for row in written.rows)
    return columns


def _written(name: str, sheet: Sheet, words: Words) -> _Written:
    """How a sheet or text file is written."""
    if sheet.format == "json":
        raise Refused(
            f"{name}: records of JSON. Write its mapping beside include/rest, like a neighbour's."
        )
    encoding = "utf-8" if sheet.name or sheet.encoding else _encoding(sheet.path)
    told = sheet.encoding or encoding.removesuffix("-sig")
    if sheet.format == "key_value":
        return _log(sheet.path, encoding)
    delimiter = "comma" if sheet.name else _delimiter(name, sheet.path, encoding)
    rows = _rows_of(sheet.path, encoding, _DELIMITERS[delimiter])
    width, banner = _shape(rows)
    headings, below = rows[banner], [row for row in rows[banner + 1 :] if any(row)]
    file = {"format": "csv", "encoding": told, "delimiter": delimiter}
    if sheet.name:
        file = {"format": "xlsx", "sheet": _shown(name, sheet.name, words)}
    if banner:
        file["banner_rows"] = str(banner)
    if below and is_data(headings, below, words):
        named = [f"Column {n}" for n in range(1, width + 1)]
        file |= {"names": f"[{', '.join(named)}]", "looks_like": "{Column 1: '.*'}"}
        return _without_total(_Written(file, named, rows[banner:]), words)
    while headings and not headings[-1].strip():
        headings = headings[:-1]
    if width > len(headings) and all(not any(row[len(headings) :]) for row in below):
        file["trailing_cells"] = str(width - len(headings))
    return _without_total(_Written(file, headings, below), words)


def _shown(name: str, sheet: str, words: Words) -> str:
    """A sheet's name for a mapping; Refused if none could name it."""
    if hidden := unseen(sheet):
        raise Refused(
            f"{name}: the name of its sheet holds {hidden}, a character that cannot be seen, and "
            "no mapping may name it. Rename it in the export."
        )
    return proposal.UNSHOWN if list(named_like_persons([sheet], words)) else quoted(sheet)


def _without_total(written: _Written, words: Words) -> _Written:
    """The rows but the last, if it adds up the others."""
    total = total_in(written.rows[-1], words) if len(written.rows) > 1 else None
    return replace(written, rows=written.rows[:-1], total=total) if total else written


def _encoding(path: Path) -> str:
    """The first encoding in which all of a file's bytes make sense."""
    for encoding in _ENCODINGS:
        try:
            with path.open(encoding=encoding) as file:
                for _ in iter(lambda: file.read(1024 * 1024), ""):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise Refused(f"{path.name}: no text in a known encoding. Export it as UTF-8.")


def _rows_of(path: Path, encoding: str, delimiter: str, most: int = _ROWS) -> list[list[str]]:
    found: list[list[str]] = []
    cells = 0
    with path.open(encoding=encoding, newline="") as file, suppress(csv.Error):
        for row in csv.reader(file, delimiter=delimiter):
            found.append(row)
            cells += len(row)
            if len(found) == most or cells >= _CELLS:
                break
    return found


def _delimiter(name: str, path: Path, encoding: str) -> str:
    """The delimiter that parts most rows into the same number of cells, above one."""
    best = {}
    for word, delimiter in _DELIMITERS.items():
        counts = Counter(len(row) for row in _rows_of(path, encoding, delimiter, 500) if row)
        if counts:
            cells, rows = max(counts.items(), key=lambda found: (found[1], found[0]))
            best[word] = (cells > 1) * rows * (1 + cells / 1000)
    word = max(best, key=lambda found: best[found], default="comma")
    if not best.get(word):
        raise Refused(
            f"{name}: its rows have one cell each, whatever parts them. If it is a log, write its "
            "mapping with patterns, like include/sources/cups_page_log.yaml."
        )
    return word


def _shape(rows: list[list[str]]) -> tuple[int, int]:
    """How many cells most rows have, and in which row, from 0, the headings stand."""
    width = Counter(len(row) for row in rows[:2000]).most_common(1)[0][0]
    for place, row in enumerate(rows[:30]):
        filled = sum(1 for cell in row if cell.strip())
        if filled >= max(2, (width - 1) * 0.8):
            return width, place
    return width, 0


def _log(path: Path, encoding: str) -> _Written:
    """A log whose lines name their own cells."""
    with path.open(encoding=encoding) as file:
        headings: dict[str, None] = {}
        lines: list[dict[str, str]] = []
        for line in islice(file, _ROWS):
            lines.append(dict(key_value.pairs_of(line)))
            headings |= dict.fromkeys(lines[-1])
            if len(lines) * len(headings) >= _CELLS:
                break
    rows = [[line.get(heading, "") for heading in headings] for line in lines]
    return _Written({"format": "key_value", "encoding": "utf-8"}, list(headings), rows)
