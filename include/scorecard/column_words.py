"""Which column of a table a heading may stand for, told by words that are known beforehand."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from scorecard.column_values import FLAGS, Column
from scorecard.mapping import Mapping as SourceMapping
from scorecard.mapping import heading_key
from scorecard.sources import TABLES, Table
from scorecard.sources import Column as TableColumn

# As which kinds of cells a column of a type can be read.
READ_AS = {
    "text": {"text", "code"}, "code": {"code", "flag", "text"}, "person": {"person"},
    "month": {"month"}, "moment": {"moment", "date"}, "date": {"date"}, "int": {"int"},
    "dec": {"dec"}, "gbp": {"gbp", "int"}, "flag": {"flag"},
}  # fmt: skip
COLOUR = "colour_pages"  # which a flag may tell, too: all pages or none
_LISTED = ("priority", "status", "type", "channel", "outcome", "persona", "mode", "paper_size")
_ENOUGH = 0.5  # less is no likeness
_DOUBTED = 0.7  # the same words, which other systems use otherwise
_SURE = 0.9  # the same words; less is a guess, and no heading is guessed that is sure elsewhere
_BY_VALUES = 2.0  # every text is one of the council's own names
_OFTEN = 0.75  # of the known systems send a column: it is looked for
_FILLERS = frozenset(("at", "date", "on", "time", "when"))
_UNITS = {
    "seconds": {"seconds", "secs", "sec", "s"}, "minutes": {"minutes", "mins", "min"},
    "hours": {"hours", "hrs"}, "milliseconds": {"milliseconds", "ms"},
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The headings that are known: by table and column, and of what is personal."""

    columns: Mapping[tuple[str, str], frozenset[str]]
    personal: Mapping[str, frozenset[str]]
    # Written, folded, to what it stands for: more than one where systems mean different things.
    values: Mapping[tuple[str, str], Mapping[str, frozenset[str]]]
    wanted: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by table: most have them
    directorates: frozenset[str] = frozenset()  # the council's names for them, folded
    # Of columns, too, but what heads them may be something else: they are asked about.
    doubted: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    ordinary: frozenset[str] = frozenset()  # each word by itself, of every heading that is known


def words_of(
    written: Mapping[str, Mapping[str, Iterable[str]]],
    mappings: Collection[SourceMapping],
    directorates: frozenset[str] = frozenset(),
) -> Words:
    """Words as a file lists them, and those that the mappings of known systems use."""
    columns: dict[tuple[str, str], set[str]] = {}
    doubted: dict[tuple[str, str], frozenset[str]] = {}
    values: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
    for table, listed in written.items():
        if table in TABLES:
            for column, heads in listed.items():
                asked = {head for head in heads if head.endswith("?")}
                columns.setdefault((table, column), set()).update(map(_folded, {*heads} - asked))
                doubted[table, column] = frozenset(map(_folded, asked))
    for mapping in mappings:
        for column, rule in mapping.columns.items():
            place = (mapping.table, column)
            # The cells of a log of lines have names of ours, and no headings.
            if not rule.join and not rule.running_sum and not mapping.file.patterns:
                columns.setdefault(place, set()).update(map(_folded, rule.from_))
            stands = values.setdefault(place, {})
            for word, meant in rule.values.items():
                if not meant.startswith("="):
                    stands[word.casefold()] = stands.get(word.casefold(), frozenset()) | {meant}
    personal = {kind: frozenset(map(_folded, heads)) for kind, heads in written["personal"].items()}
    headed = {k: frozenset(v) for k, v in columns.items()}
    known = {_folded(each) for mapping in mappings for each in mapping.drop}
    known |= set(map(_folded, written["ordinary"]["words"]))
    known = known.union(*headed.values(), *doubted.values(), *personal.values())
    ordinary = frozenset(" ".join(known).split())
    return Words(headed, personal, values, _wanted(mappings), directorates, doubted, ordinary)


def _wanted(mappings: Collection[SourceMapping]) -> dict[str, frozenset[str]]:
    """By table, the columns that most of its known systems send under a heading."""
    systems = Counter(mapping.table for mapping in mappings)
    sent = Counter(
        (mapping.table, name)
        for mapping in mappings
        for name, rule in mapping.columns.items()
        if rule.headings
    )
    often = [place for place, count in sent.items() if count >= _OFTEN * systems[place[0]]]
    return {
        table: frozenset(name for of, name in often if of == table)
        for table, count in systems.items()
        if count > 1  # what one system sends, another need not
    }


def _folded(heading: str) -> str:
    """A heading in plain words: `opened_at`, `Opened At` and `openedAt` alike."""
    parted = "".join(
        f" {c}" if c.isupper() and n and heading[n - 1].islower() else c
        for n, c in enumerate(heading)
    )
    return " ".join(heading_key("".join(c if c.isalnum() else " " for c in parted)).split())


def plain_words(heading: str) -> list[str]:
    """The words of a heading, without marks and capitals."""
    return _folded(heading).split()


def likeness(heading: str, table: Table, column: str, words: Words) -> float:
    """How well a heading's words fit a column: 1 for the same, 0 for nothing in common."""
    asked = set(_folded(heading).split())
    if not asked:
        return 0.0
    names = {_folded(column), *words.columns.get((table.name, column), ())}
    if _folded(heading) in names:
        return 1.0
    if is_doubted(heading, table, column, words):
        return _DOUBTED
    best = _SURE if asked - _FILLERS in [set(name.split()) - _FILLERS for name in names] else 0.0
    for name in names if asked - _FILLERS else ():
        known = set(name.split())
        if known:
            best = max(best, 0.9 * len(asked & known) / len(asked | known))
            best = max(best, 0.6 * (known <= asked))
    return best


def is_doubted(heading: str, table: Table, column: str, words: Words) -> bool:
    """Whether a heading is known for a column, and may mean something else as well."""
    return _folded(heading) in words.doubted.get((table.name, column), ())


def meanings(word: str, column: str, known: Mapping[str, frozenset[str]]) -> list[str]:
    """What a word of a code may stand for; one with a number before it, as the word alone."""
    numbered = re.fullmatch(r"(\d)\s*[-:.]\s*(.+)", word)
    told = known.get(word.casefold(), frozenset())
    if not told and numbered and (told := known.get(numbered[2].casefold(), frozenset())):
        told |= {f"P{numbered[1]}"} if column == "priority" else set()
    return sorted(told)


def unit_of(heading: str) -> str | None:
    """The unit of time that a heading names, as a mapping's `duration` does."""
    said = set(_folded(heading).split())
    return next((unit for unit, ways in _UNITS.items() if said & ways), None)


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


def in_known_words(heading: str, words: Words) -> bool:
    """Whether each word of a heading stands in some heading that is known."""
    return set(_folded(heading).split()) <= words.ordinary


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
    sure: frozenset[str]  # the columns whose heading or values leave no doubt
    open: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by values: the candidates


def guess(columns: Mapping[str, Column], words: Words, table: str | None = None) -> Guess:
    """The table that fits best; each heading is used once, the likeliest first."""
    asked = [TABLES[table]] if table else list(TABLES.values())
    return max((_guess(columns, words, each) for each in asked), key=lambda found: found.score)


def _guess(columns: Mapping[str, Column], words: Words, table: Table) -> Guess:
    pairs = []
    for order, (heading, seen) in enumerate(columns.items()):
        for place, column in enumerate(table.columns):
            plain = _fit(heading, seen, table, column, words)
            fit = plain / 2 if _is_unheard_of(seen, table, column, words) else plain
            if plain >= _ENOUGH and fit > 0:
                pairs.append((-fit, order, place, heading, column.name, plain >= _SURE))
    certain = {heading for *_, heading, _, is_sure in pairs if is_sure}
    found: dict[str, str] = {}
    sure, score = set(), 0.0
    for fit, _, _, heading, name, is_sure in sorted(pairs):
        is_free = name not in found and heading not in found.values()
        if is_free and (is_sure or heading not in certain):
            found[name] = heading
            score += min(1.0, -fit)
            sure |= {name} if is_sure else set()
    return Guess(table, found, score / (3 + len(columns)) + score / 10, frozenset(sure))


def _fit(heading: str, seen: Column, table: Table, column: TableColumn, words: Words) -> float:
    """How well a column fits by its heading; one of directorates by its values."""
    if not seen.filled:
        return 0.0
    fit = likeness(heading, table, column.name, words)
    said = {word.casefold() for word in seen.words - set(seen.nulls)}
    if column.name == "directorate" and said and said <= words.directorates:
        return _BY_VALUES + fit
    is_colour = column.name == COLOUR and said <= FLAGS
    return fit if seen.kinds & READ_AS[column.type] or is_colour else 0.0


def _is_unheard_of(seen: Column, table: Table, column: TableColumn, words: Words) -> bool:
    """Whether a column should hold words that are known, and none of its texts is one."""
    known = words.values.get((table.name, column.name), {})
    said = {word.casefold() for word in seen.words}
    return column.name in _LISTED and not said & set(known)
