"""A mapping proposed for an export that nobody has mapped: YAML with what a person has to decide.

It is made of headings, counts and kinds: no cell is repeated, save words that the mappings of other
systems already name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from scorecard import proposal_cells as cells
from scorecard.column_guesses import may_hold
from scorecard.column_hints import hints
from scorecard.column_values import Column
from scorecard.column_words import Guess, Words, is_doubted, personal_by_heading
from scorecard.mapping import Mapping as SourceMapping
from scorecard.proposal_cells import quoted

_WIDE = 96
UNSHOWN = '"?"'  # in place of a sheet's name
_LOOKED_UP = {"directorate": "directorates", "network": "networks"}


@dataclass(frozen=True)
class Export:
    """An export as it was looked at: how it is written, and what its columns are like."""

    system: str
    file: Mapping[str, str]  # of the mapping's `file`
    columns: Mapping[str, Column]  # by heading, the second of one name with its number
    rows: int
    withheld: tuple[int, ...] = ()  # the places of headings that look like a person's name
    total: tuple[str, str] | None = None  # heading and cell that tell the last row, which adds up


def proposed(export: Export, found: Guess, words: Words, like: SourceMapping | None) -> str:
    """The YAML text of a mapping; lines that begin with # say what to decide."""
    used = set(found.columns.values())
    rules = [_rule(export, found, words, name) for name in _in_order(found)]
    absent = [c.name for c in found.table.columns if c.name not in found.columns]
    dropped = [heading for heading in export.columns if heading not in used]
    left = {heading: export.columns[heading] for heading in dropped}
    holds = set(may_hold([found.table.column(name) for name in absent], found, left, words))
    lines = [
        f"# Proposed from {export.rows:,} rows. Read every line, and decide where it says `?`.",
        f"system: {export.system}",
        "product: Name the system, its version and the export   # ?",
        f"table: {found.table.name}",
        "version: 1",
        f"grain: {found.table.grain}   # ? compare with what a row is",
        f"meets: {like.meets}" if like else "meets: by_key   # ? or whole_month",
        *_key(export, found, like),
        f"file: {{{', '.join(f'{key}: {value}' for key, value in export.file.items())}}}"
        + _asked_of(export.file),
        *_first_row(export),
        *_last_row(export),
        *(["columns:", *rules] if rules else ["columns: {}   # ? none was found"]),
        *_drops(export, dropped, words),
        *(f"# ? {hint}" for hint in hints(export.columns, dropped, found.table.name)),
    ]
    if lacks := sorted(words.wanted.get(found.table.name, frozenset()) & set(absent)):
        lines += _wrapped("# ? nearly every system has: ", lacks, "", "#   ")
    if holds:
        lines.append("# ? Not found: it may be in a column that is dropped above")
    if absent:
        why = {name: "Not found" if name in holds else "Not in the export" for name in absent}
        lines += _wrapped("cannot_map: {", [f"{name}: {said}" for name, said in why.items()], "}")
    return "\n".join(lines) + "\n"


def _asked_of(file: Mapping[str, str]) -> str:
    """What is open about how a file is written."""
    if file.get("sheet") == UNSHOWN:
        return "   # ? its sheet's name looks like a person's: write it yourself"
    return "   # ? how its cells look" if "looks_like" in file else ""


def _first_row(export: Export) -> list[str]:
    """What a person has to decide of the first row, because nothing of it is repeated."""
    lines = []
    if "looks_like" in export.file:
        lines.append(
            "# ? row 1 is taken for data: if it holds headings, take out `names` and `looks_like`"
        )
    if export.withheld:
        places = [f"column {place + 1}" for place in export.withheld]
        lines += [
            *_wrapped(
                "# ? ", places, ": looks like a person's name, so it is not repeated here.", "#   "
            ),
            "#   Write the heading yourself, under columns or drop, if it names no person.",
        ]
    return lines


def _last_row(export: Export) -> list[str]:
    """How a row that adds up the others is set aside."""
    if export.total is None:
        return []
    heading, cell = export.total
    if not cell:
        return ["# ? the last row looks like a total: set it aside, or ask for the export without"]
    told = f"heading: {quoted(heading)}, in: [{quoted(cell)}], why: It adds up the other rows."
    asks = f"   # ? or `trailer: {cell}` in file: one cut off before is refused"
    return ["set_aside:", f"  - {{rule: total, {told}}}{asks}"]


def _in_order(found: Guess) -> list[str]:
    return [c.name for c in found.table.columns if c.name in found.columns]


def _key(export: Export, found: Guess, like: SourceMapping | None) -> list[str]:
    """What identifies and dates a row: as in a mapping of the same table, else what is unique."""
    mapped = _in_order(found)
    dated = [c.name for c in found.table.columns if c.type in ("moment", "date", "month")]
    month = next((name for name in dated if name in mapped), None)
    wanted = [name for name in (like.key if like else ()) if name in mapped]
    alone = [n for n in mapped if n not in dated and _is_unique(export, found, n)]
    key = wanted or alone[:1] or sorted(mapped, key=lambda name: name != month)[:3]
    is_unique = len(key) == 1 and _is_unique(export, found, key[0])
    is_told = is_unique and bool(wanted) and key[0] in found.sure
    lines = [f"key: [{', '.join(key)}]" + ("" if is_told else "   # ? what tells rows apart")]
    if not is_unique:
        lines.append("key_repeats: numbered")
        if like and like.alike == "kept":
            lines.append("alike: kept   # ? rows alike in every cell all count")
    if like and len(like.month_from) == 2 and set(like.month_from) <= set(mapped):
        return [*lines, f"month_from: [{', '.join(like.month_from)}]"]
    if month is None:
        return [*lines, "month_from: []   # ? no date was found"]
    asks = "" if month in found.sure else "   # ? the date that says when a row counts"
    return [*lines, f"month_from: [{month}]{asks}"]


def _is_unique(export: Export, found: Guess, name: str) -> bool:
    return export.columns[found.columns[name]].is_unique


def _rule(export: Export, found: Guess, words: Words, name: str) -> str:
    """One column's line, with what is open about it."""
    target, heading = found.table.column(name), found.columns[name]
    seen = export.columns[heading]
    parts, notes = [f"from: [{quoted(heading)}]"], []
    if name in found.open:
        notes.append(f"? one of: {', '.join(quoted(each) for each in found.open[name])}")
    elif is_doubted(heading, found.table, name, words):
        notes.append("? its heading may mean something else")
    elif name not in found.sure:
        notes.append("? its heading says so in part")
    if seen.nulls:
        parts.append(f"nulls: [{', '.join(quoted(token) for token in seen.nulls)}]")
    if target.type in ("int", "gbp", "dec"):
        parts += [
            f"{key}: [{', '.join(listed)}]"
            for key, listed in (("numbers", seen.habits), ("zeros", seen.zeros))
            if listed
        ]
    written, said = cells.written(heading, seen, found.table.name, target, words)
    parts += written
    notes += said
    if name in _LOOKED_UP and target.type == "code":
        parts.append(f"lookup: {_LOOKED_UP[name]}")
    if seen.may_be_empty:
        parts.append("empty: allowed")
        notes += [f"{seen.empty:,} of {export.rows:,} rows say nothing"] if seen.empty else []
    if target.type == "person":
        notes.append("a person: kept as a keyed hash only")
    comment = f"   # {'; '.join(notes)}" if notes else ""
    return f"  {name}: {{{', '.join(parts)}}}{comment}"


def _drops(export: Export, dropped: list[str], words: Words) -> list[str]:
    """The headings that go no further; of those that look personal by themselves, why."""
    if not dropped:
        return []
    kinds: dict[str, list[str]] = {}
    for heading in dropped:
        seen = export.columns[heading]
        kind = personal_by_heading(heading, words) or seen.personal
        said = f"look like {kind}" if kind else "? not understood" if seen.filled else "are empty"
        kinds.setdefault(said, []).append(quoted(heading))
    notes = [
        line
        for said, headings in kinds.items()
        for line in _wrapped(f"# {said}: ", headings, "", "#   ")
    ]
    return [*notes, *_wrapped("drop: [", [quoted(heading) for heading in dropped], "]")]


def _wrapped(start: str, parts: list[str], end: str, next_line: str = "  ") -> list[str]:
    """Parts between commas, on lines that are not too long."""
    lines, line = [], start
    for number, part in enumerate(parts, start=1):
        last = number == len(parts)
        piece = part + (end if last else ", ")
        if len(line) + len(piece) > _WIDE and line != start:
            lines.append(line.rstrip())
            line = next_line
        line += piece
    return [*lines, line]
