"""A log whose lines are made in a few ways, each told by a pattern whose named groups are cells.

What a pattern does not name goes no further, and a line that fits none of them is set aside.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from scorecard.admission import broken_off
from scorecard.mapping import Mapping, heading_key
from scorecard.mapping_numbers import text

_HEAD = 256 * 1024
# The line itself, as a cell: what no group can be called.
LINE = "the whole line"


def fits(path: Path, mapping: Mapping) -> bool:
    """Whether one of a file's first lines is made as a mapping says."""
    with path.open("rb") as file:
        head = file.read(_HEAD).decode(mapping.file.encoding, "replace").removeprefix("\ufeff")
    made = [re.compile(pattern) for pattern in mapping.file.patterns]
    return any(pattern.fullmatch(line) for line in head.splitlines() for pattern in made)


def places(mapping: Mapping) -> dict[str, int]:
    """The number of each cell of `raw`, by the group that it is read from."""
    named = {heading_key(name): n for n, name in enumerate(mapping.file.groups, start=1)}
    return named | {LINE: len(named) + 1}


def check_whole(path: Path, mapping: Mapping) -> None:
    """Refuse a log that ends in the middle of a line: without a line end, and made as no other."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _HEAD))
        *_, last = file.read().decode(mapping.file.encoding, "replace").splitlines(keepends=True)
        if last.endswith(("\n", "\r")):
            return
        file.seek(0)
        number = sum(1 for _ in file)
    if not any(re.fullmatch(pattern, last) for pattern in mapping.file.patterns):
        raise broken_off(path.name, number)


def lines(mapping: Mapping, paths: Sequence[Path], encoding: str, how: str) -> str:
    """A select of logs' lines: cells, the line itself, whether it fits no pattern, and its path.

    A line is made by the first of the patterns that it fits.
    """
    patterns, groups = mapping.file.patterns, mapping.file.groups
    made = " ".join(
        f"when regexp_full_match(line, {text(pattern)}) then {n}"
        for n, pattern in enumerate(patterns)
    )
    parts = "".join(f", {_parts(pattern)} as parts_{n}" for n, pattern in enumerate(patterns))
    cells = "".join(f"{_cell(mapping, name)} as c{n}, " for n, name in enumerate(groups, start=1))
    named = ", ".join(text(str(path)) for path in paths)
    return f"""
        with lines as (
            select line, _path from read_csv(
                [{named}], filename = '_path', columns = {{line: 'varchar'}}, header = false,
                auto_detect = false, delim = {text(chr(1))}, quote = '', escape = '',
                encoding = '{encoding}', hive_partitioning = false, compression = 'none'{how}
            ) where line > '!' or trim(line) <> ''
        ),
        parted as (select line, _path, case {made} end as made{parts} from lines)
        select {cells}line as c{len(groups) + 1}, made is null as _misshapen, _path from parted
    """


def _groups(pattern: str) -> list[str]:
    return list(re.compile(pattern).groupindex)


def _parts(pattern: str) -> str:
    """What the groups of a pattern hold, by their names; nothing where it does not fit."""
    # DuckDB is given a name for each group in its order: those without one as well.
    index = {number: name for name, number in re.compile(pattern).groupindex.items()}
    names = [index.get(n, f"_{n}") for n in range(1, re.compile(pattern).groups + 1)]
    listed = ", ".join(map(text, names))
    return f"regexp_extract(line, {text(f'^(?:{pattern})$')}, [{listed}])"


def _cell(mapping: Mapping, name: str) -> str:
    """What a group holds in the pattern by which its line is made."""
    held = [
        f"when {n} then parts_{n}['{name}']"
        for n, pattern in enumerate(mapping.file.patterns)
        if name in _groups(pattern)
    ]
    return f"coalesce(case made {' '.join(held)} end, '')"
