"""A log whose lines name each of their cells: `date=2025-07-01 user="jsmith" duration=28110`.

Lines of different kinds have different keys, in any order. Every key of the file must be one that
the mapping reads or drops: what nobody named may be personal data.
"""

import re
from pathlib import Path

import duckdb

from scorecard.admission import Refused
from scorecard.mapping import Mapping, heading_key
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
        select {cells}, line as c{len(keys) + 1}, {_misshapen(mapping)} as _misshapen from lines
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


def _misshapen(mapping: Mapping) -> str:
    """Whether a line has other keys than those that were agreed, or one that is read twice.

    Only a text with an equals sign in it can look like a key: such lines are looked at again.
    """
    named = "|".join(map(re.escape, mapping.headings.values()))
    plain = rf'(?:(?:{named})=(?:"[^"=]*"|[^ "]*)(?: +|$))+'
    agreed = plain.replace('[^"=]*', '[^"]*')
    twice = " or ".join(
        f"split_part(spaced, {text(f' {key}=')}, 3) <> ''" for key in mapping.read.values()
    )
    again = f"not regexp_full_match(line, {text(agreed)}) or {twice}"
    return f"case when regexp_full_match(line, {text(plain)}) then false else {again} end"


def refuse_unknown_keys(connection: duckdb.DuckDBPyConnection, name: str, mapping: Mapping) -> None:
    """Refused if a well-formed line of `raw` has a key that the mapping neither reads nor drops."""
    line = f"c{len(mapping.read) + 1}"
    lines = connection.execute(
        f"select {line} from raw where _misshapen "
        f"and regexp_full_match({line}, {text(_LINE.pattern)}) limit 1000"
    ).fetchall()
    for (found,) in lines:
        for key in _KEY.findall(found):
            if heading_key(key) not in mapping.headings:
                raise Refused(
                    f"{name}: the key '{key}' is unknown. Export the agreed keys, or map or drop "
                    f"it in include/sources/{mapping.system}.yaml."
                )
