"""What a column may hold if no heading tells: by its values, and open until a person decides."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from scorecard.column_values import FLAGS, Column
from scorecard.column_words import READ_AS, Guess, Words, likeness, personal_by_heading
from scorecard.sources import Column as Target

_FEW = range(2, 13)  # different texts of a column that may be a code
_MOST = 6  # candidates that are named
_A_WORD = 0.3  # of a likeness: a heading shares a word with the column
_NAMES = ("names of persons", "e-mail addresses", "numbers of persons")  # by which one is known
_GUESSED = ("text", "code", "person", "moment", "date")  # numbers are too much alike


def completed(found: Guess, columns: Mapping[str, Column], words: Words) -> Guess:
    """A guess with the columns that nearly every system sends, from the likeliest that are left."""
    named, open_ = dict(found.columns), {}
    wanted = words.wanted.get(found.table.name, frozenset())
    for target in found.table.columns:
        if target.name not in wanted - set(named) or target.type not in _GUESSED:
            continue
        left = {h: seen for h, seen in columns.items() if h not in named.values()}
        if candidates := _candidates(target, found, left, words):
            named[target.name] = candidates[0]
            open_[target.name] = candidates[:_MOST]
    return replace(found, columns=named, open=open_)


def _candidates(
    target: Target, found: Guess, left: Mapping[str, Column], words: Words
) -> tuple[str, ...]:
    """The headings that may be a column's, the likeliest first."""
    known = set(words.values.get((found.table.name, target.name), ()))
    ranked = []
    for place, (heading, seen) in enumerate(left.items()):
        if _may_be(target, heading, seen, words):
            shared = len({word.casefold() for word in seen.words} & known)
            fit = likeness(heading, found.table, target.name, words)
            ranked.append((-bool(shared), -fit, place, heading))
    return tuple(heading for *_, heading in sorted(ranked))


def _may_be(target: Target, heading: str, seen: Column, words: Words) -> bool:
    """Whether a column's values may be a target's: an identifier is in each row another one."""
    personal = seen.personal or personal_by_heading(heading, words)
    if not seen.filled or (target.type == "person") != bool(personal):
        return False
    is_number_or_date = bool(seen.kinds & {"dec", "date", "moment"})
    match target.type:
        case "person":
            return personal in _NAMES
        case "text":
            is_whole = "int" in seen.kinds or not is_number_or_date
            return seen.is_unique and seen.filled > 1 and is_whole
        case "code":
            is_flag = {word.casefold() for word in seen.words} <= FLAGS
            return len(seen.words) in _FEW and not is_number_or_date and not is_flag
        case _:
            return bool(seen.kinds & READ_AS[target.type])


def may_hold(
    absent: Iterable[Target], found: Guess, left: Mapping[str, Column], words: Words
) -> Iterator[str]:
    """The columns that some heading which was not understood may hold all the same."""
    for target in absent:
        for heading, seen in left.items():
            personal = seen.personal or personal_by_heading(heading, words)
            fits = personal in _NAMES if target.type == "person" else not personal
            if not seen.filled or not fits:
                continue
            alike = likeness(heading, found.table, target.name, words) >= _A_WORD
            if alike or seen.kinds & READ_AS[target.type]:
                yield target.name
                break
