"""A log whose lines name each of their cells: `date=2025-07-01 user="jsmith" duration=28110`.

Lines of different kinds have different keys, in any order. Every key of the file must be one that
the mapping reads or drops: what nobody named may be personal data.
"""

import re
from collections import Counter
from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

from scorecard.admission import broken_off
from scorecard.mapping import Mapping
from scorecard.mapping_numbers import text

# One key with its value, which stands in quotation marks if it holds a space.
_PAIR = r'[A-Za-z_][A-Za-z0-9_]*=(?:"[^"]*"|[^ "]*)'
_KEY = re.compile(r'(?:^| )([A-Za-z_][A-Za-z0-9_]*)=(?:"[^"]*"|[^ "]*)')
_LINE = re.compile(rf"{_PAIR}(?: +{_PAIR})* *")
_HEAD = 256 * 1024
_KINDS = 50  # of lines, at most, that are asked for the order of their keys
_SHORT = 40  # letters in which most values end
# The line itself, as a cell: what no key can be called.
LINE = "the whole line"


def is_key_value(path: Path) -> bool:
    """Whether a text file's first line is made of keys and values."""
    with path.open("rb") as file:
        first = file.readline(_HEAD).decode("utf-8", "replace").strip()
    return _LINE.fullmatch(first) is not None


def keys_in_head(path: Path) -> list[str]:
    """The keys of a log's first lines, each once, in the order in which they come."""
    return list(dict.fromkeys(key for keys in _head(path) for key in keys))


def _head(path: Path) -> list[list[str]]:
    """The keys of each of a log's first lines."""
    with path.open("rb") as file:
        lines = file.read(_HEAD).decode("utf-8", "replace").splitlines()
    return [_KEY.findall(line) for line in lines]


def pairs_of(line: str) -> list[tuple[str, str]]:
    """The keys of a line with their values."""
    found = re.finditer(rf"(?:^| )({_PAIR})", line)
    pairs = (match[1].partition("=") for match in found)
    return [(key, value.strip('"')) for key, _, value in pairs]


def check_whole(path: Path, encoding: str) -> None:
    """Refuse a log that ends in the middle of a line.

    A last line without a line end is whole if it is well-formed and has the keys of another line.
    """
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _HEAD))
        *_, last = file.read().decode(encoding, "replace").splitlines(keepends=True)
        if last.endswith(("\n", "\r")):
            return
        file.seek(0)
        number = sum(1 for _ in file)
    before = [set(keys) for keys in _head(path)][:-1]
    if not _LINE.fullmatch(last) or (before and set(_KEY.findall(last)) not in before):
        raise broken_off(path.name, number)


def _order(lines: list[list[str]]) -> list[str]:
    """The keys in one order that most lines keep, though some lack keys that others have."""
    follows: dict[str, tuple[str, ...]] = {}
    order: list[str] = []
    for keys, _ in Counter(map(tuple, lines)).most_common(_KINDS):
        asked = follows | {key: follows.get(key, ()) for key in keys}
        for before, after in pairwise(keys):
            asked[after] += (before,)
        try:
            order = list(TopologicalSorter(asked).static_order())
        except CycleError:
            continue
        follows = asked
    return order


def lines(mapping: Mapping, paths: Sequence[Path], encoding: str, how: str) -> str:
    """A select of logs' lines: a cell for each key that is read, the whole line, and its path."""
    keys = mapping.read
    cells = ", ".join(f"{_value(key)} as c{n}" for n, key in enumerate(keys.values(), start=1))
    named = ", ".join(text(str(path)) for path in paths)
    return f"""
        with lines as (
            select line, ' ' || line as spaced, _path from read_csv(
                [{named}], filename = '_path', columns = {{line: 'varchar'}}, header = false,
                auto_detect = false, delim = {text(chr(1))}, quote = '', escape = '',
                encoding = '{encoding}', hive_partitioning = false, compression = 'none'{how}
            ) where line > '!' or trim(line) <> ''
        )
        select {cells}, line as c{len(keys) + 1}, {_doubts(mapping, paths[0])}, _path
        from lines
    """


def places(mapping: Mapping) -> dict[str, int]:
    """The number of each cell of `raw`, by the key that it is read from."""
    return {key: number for number, key in enumerate([*mapping.read, LINE], start=1)}


def _value(key: str) -> str:
    """The value of a key in a line, without its quotation marks; nothing if the key is not there.

    Few values are long, and a short text is parted sooner than the rest of the line.
    """
    starts = f"nullif(instr(spaced, {text(f' {key}=')}), 0) + {len(key) + 2}"
    short = _first(f"substring(spaced, {starts}, {_SHORT})")
    whole = _first(f"substring(spaced, {starts})")
    return f"case when length({short}) < {_SHORT - 1} then {short} else {whole} end"


def _times(key: str, line: str) -> str:
    """How often a key seems to stand in a line."""
    return f"len(string_split({line}, {text(f' {key}=')})) - 1"


def _first(rest: str) -> str:
    """The value with which a text begins."""
    quoted = f"split_part({rest}, '\"', 2)"
    return f"case when starts_with({rest}, '\"') then {quoted} else split_part({rest}, ' ', 1) end"


def _doubts(mapping: Mapping, path: Path) -> str:
    """What is wrong with a line: a key that nobody named, or no form that can be relied on.

    Most lines have agreed keys in one order, so each key once, and no text with an equals sign,
    which alone could look like a key. One pattern tells them; the others are looked at again.
    """
    named = mapping.headings.values()
    ordered = [key for key in _order(_head(path)) if key in named]
    agreed = "".join(rf'(?:{re.escape(key)}=(?:"[^"=]*"|[^ "]*)(?: +|$))?' for key in ordered)
    is_agreed = f"regexp_full_match(line, {text(agreed)})"
    keys = f"regexp_extract_all(line, {text(_KEY.pattern)}, 1)"
    listed = ", ".join(text(key) for key in named)
    # A key is read where it first stands, so it stands once, and not in a quoted text.
    bare = "regexp_replace(spaced, '\"[^\"]*\"', '', 'g')"
    twice = " or ".join(
        f"{_times(key, 'spaced')} <> least({_times(key, bare)}, 1)" for key in mapping.read.values()
    )
    is_line = f"regexp_full_match(line, {text(_LINE.pattern)})"
    return f"""
        case when {is_agreed} then null
        when {is_line} then list_filter({keys}, lambda key: key not in ({listed}))[1]
        end as _unnamed,
        case when {is_agreed} then false else not {is_line} or {twice} end as _misshapen
    """
