"""Which column of a table a heading may stand for, told by words that are known beforehand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scorecard.column_values import Column
from scorecard.mapping import Mapping as SourceMapping
from scorecard.mapping import heading_key
from scorecard.sources import TABLES, Table

# As which kinds of cells a column of a type can be read.
_READ_AS = {
    "text": {"text", "code"}, "code": {"code", "flag", "text"}, "person": {"person"},
    "month": {"month"}, "moment": {"moment", "date"}, "date": {"date"}, "int": {"int"},
    "dec": {"dec"}, "gbp": {"gbp", "int"}, "flag": {"flag"},
}  # fmt: skip
_LISTED = ("priority", "status", "type", "channel", "outcome", "persona", "mode", "paper_size")
_ENOUGH = 0.5  # less is no likeness


@dataclass(frozen=True)
class Words:
    """The headings that are known: by table and column, and of what is personal."""

    columns: Mapping[tuple[str, str], frozenset[str]]
    personal: Mapping[str, frozenset[str]]
    values: Mapping[tuple[str, str], Mapping[str, str]]  # written, folded, to what it stands for


def words_of(
    written: Mapping[str, Mapping[str, Iterable[str]]], mappings: Iterable[SourceMapping]
) -> Words:
    """Words as a file lists them, and those that the mappings of known systems use."""
    columns: dict[tuple[str, str], set[str]] = {}
    values: dict[tuple[str, str], dict[str, str]] = {}
    for table, listed in written.items():
        if table != "personal":
            for column, heads in listed.items():
                columns.setdefault((table, column), set()).update(map(_folded, heads))
    for mapping in mappings:
        for column, rule in mapping.columns.items():
            place = (mapping.table, column)
            if not rule.join and not rule.running_sum:
                columns.setdefault(place, set()).update(map(_folded, rule.from_))
            meant = {k.casefold(): v for k, v in rule.values.items() if not v.startswith("=")}
            values.setdefault(place, {}).update(meant)
    personal = {kind: frozenset(map(_folded, heads)) for kind, heads in written["personal"].items()}
    return Words({k: frozenset(v) for k, v in columns.items()}, personal, values)


def _folded(heading: str) -> str:
    """A heading in plain words: `opened_at`, `Opened At` and `openedAt` alike."""
    parted = "".join(
        f" {c}" if c.isupper() and n and heading[n - 1].islower() else c
        for n, c in enumerate(heading)
    )
    return " ".join(heading_key("".join(c if c.isalnum() else " " for c in parted)).split())


def likeness(heading: str, table: Table, column: str, words: Words) -> float:
    """How well a heading's words fit a column: 1 for the same, 0 for nothing in common."""
    asked = set(_folded(heading).split())
    if not asked:
        return 0.0
    names = {_folded(column), *words.columns.get((table.name, column), ())}
    if _folded(heading) in names:
        return 1.0
    best = 0.0
    for name in names:
        known = set(name.split())
        if known:
            best = max(best, 0.9 * len(asked & known) / len(asked | known))
            best = max(best, 0.6 * (known <= asked))
    return best


def personal_by_heading(heading: str, words: Words) -> str | None:
    """What personal things a heading tells of."""
    asked = _folded(heading)
    for kind, names in words.personal.items():
        if asked in names:
            return kind
    parts = set(asked.split())
    for kind, names in words.personal.items():
        if any(len(name) > 3 and set(name.split()) <= parts for name in names):
            return kind
    return None


def is_known(heading: str, words: Words) -> bool:
    """Whether a heading is like one that some table or list of personal things has."""
    return personal_by_heading(heading, words) is not None or any(
        likeness(heading, table, column.name, words) >= _ENOUGH
        for table in TABLES.values()
        for column in table.columns
    )


@dataclass(frozen=True)
class Guess:
    """The table that a file may be of, and the heading that each column may come from."""

    table: Table
    columns: dict[str, str]
    score: float


def guess(columns: Mapping[str, Column], words: Words, table: str | None = None) -> Guess:
    """The table that fits best; each heading is used once, the likeliest first."""
    asked = [TABLES[table]] if table else list(TABLES.values())
    return max((_guess(columns, words, each) for each in asked), key=lambda found: found.score)


def _guess(columns: Mapping[str, Column], words: Words, table: Table) -> Guess:
    pairs = []
    for place, column in enumerate(table.columns):
        for order, (heading, seen) in enumerate(columns.items()):
            if not seen.kinds & _READ_AS[column.type] or not seen.filled:
                continue
            fit = likeness(heading, table, column.name, words)
            if fit >= _ENOUGH:
                known = words.values.get((table.name, column.name), {})
                if column.name in _LISTED and not {w.casefold() for w in seen.words} & set(known):
                    fit /= 2  # none of its texts is known to mean anything
                pairs.append((-fit, order, place, heading, column.name))
    found: dict[str, str] = {}
    score = 0.0
    for fit, _, _, heading, name in sorted(pairs):
        if name not in found and heading not in found.values():
            found[name] = heading
            score -= fit
    return Guess(table, found, score / (3 + len(columns)) + score / 10)
