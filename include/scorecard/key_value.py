"""A log whose lines name each of their cells: `date=2025-07-01 user="jsmith" duration=28110`.

Lines of different kinds have different keys, in any order. Every key of the file must be one that
the mapping reads or drops: what nobody named may be personal data.
"""

import re
from pathlib import Path

from scorecard.mapping import Mapping
from scorecard.mapping_cells import text

# One key with its value, which stands in quotation marks if it holds a space.
_PAIR = r'[A-Za-z_][A-Za-z0-9_]*=(?:"[^"]*"|[^ "]*)'
_KEY = re.compile(r'(?:^| )([A-Za-z_][A-Za-z0-9_]*)=(?:"[^"]*"|[^ "]*)')
_LINE = re.compile(rf"{_PAIR}(?: +{_PAIR})* *")
_HEAD = 256 * 1024
# The line itself, as a cell: what no key can be called.
LINE = "the whole line"


def is_key_value(path: Path) -> bool:
    """Whether a text file's first line is made of keys and values."""
    with path.open("rb") as file:
        first = file.readline(_HEAD).decode("utf-8", "replace").strip()
    return _LINE.fullmatch(first) is not None


def keys_in_head(path: Path) -> list[str]:
    """The keys of a log's first lines, each once, in the order in which they come."""
    with path.open("rb") as file:
        lines = file.read(_HEAD).decode("utf-8", "replace").splitlines()
    return list(dict.fromkeys(key for line in lines for key in _KEY.findall(line)))


def lines(mapping: Mapping, path: Path, encoding: str, how: str) -> str:
    """A select of a log's lines: a cell for each key that is read, then the whole line."""
    keys = mapping.read
    cells = ", ".join(f"{_value(key)} as c{n}" for n, key in enumerate(keys.values(), start=1))
    return f"""
        with lines as (
            select line, ' ' || line as spaced from read_csv(
                {text(str(path))}, columns = {{line: 'varchar'}}, header = false,
                auto_detect = false, delim = {text(chr(1))}, quote = '', escape = '',
                encoding = '{encoding}', hive_partitioning = false, compression = 'none'{how}
            ) where trim(line) <> ''
        )
        select {cells}, line as c{len(keys) + 1}, {_doubts(mapping)} from lines
    """


def places(mapping: Mapping) -> dict[str, int]:
    """The number of each cell of `raw`, by the key that it is read from."""
    return {key: number for number, key in enumerate([*mapping.read, LINE], start=1)}


def _value(key: str) -> str:
    """The value of a key in a line, without its quotation marks; nothing if the key is not there.

    Parting texts is twice as quick as a pattern, and a line that is not well-formed is set aside.
    """
    found = f"split_part(spaced, {text(f' {key}=')}, 2)"
    quoted = f"split_part({found}, '\"', 2)"
    return f"case when {found}[1] = '\"' then {quoted} else split_part({found}, ' ', 1) end"


def _doubts(mapping: Mapping) -> str:
    """What is wrong with a line: a key that nobody named, or no form that can be relied on.

    Only a text with an equals sign in it can look like a key: such lines are looked at again.
    """
    named = "|".join(map(re.escape, mapping.headings.values()))
    agreed = text(rf'(?:(?:{named})=(?:"[^"=]*"|[^ "]*)(?: +|$))+')
    keys = f"regexp_extract_all(line, {text(_KEY.pattern)}, 1)"
    listed = ", ".join(text(key) for key in mapping.headings.values())
    twice = " or ".join(
        f"split_part(spaced, {text(f' {key}=')}, 3) <> ''" for key in mapping.read.values()
    )
    is_line = f"regexp_full_match(line, {text(_LINE.pattern)})"
    return f"""
        case when regexp_full_match(line, {agreed}) then null
        when {is_line} then list_filter({keys}, lambda key: key not in ({listed}))[1]
        end as _unnamed,
        case when regexp_full_match(line, {agreed}) then false
        else not {is_line} or {twice} end as _misshapen
    """
