"""How a column's cells are written, as a mapping says it, and what of that is to be decided."""

import re

from scorecard.column_values import FLAGS, TRUE, Column
from scorecard.column_words import COLOUR, Words, meanings, unit_of
from scorecard.sources import Column as Target


def written(
    heading: str, seen: Column, table: str, target: Target, words: Words
) -> tuple[list[str], list[str]]:
    """The parts of a column's rule that say how its cells are written, and what is open."""
    if target.type in ("moment", "date"):
        return _format(seen, target)
    if target.type in ("code", "flag"):
        return _values(seen, words, table, target)
    if target.name == "fin_year":
        return _year(seen)
    if "minutes" in target.name:
        return _duration(heading)
    if target.name == COLOUR and "int" not in seen.kinds:
        return _colour(seen)
    return [], []


def _format(seen: Column, target: Target) -> tuple[list[str], list[str]]:
    """How a date is written; several ways that all fit are spelt out."""
    ways = seen.formats
    listed = ", ".join(f'"{way}"' for way in ways)
    zone = ["? London's clock or UTC's"] if target.type == "moment" else []
    if len(ways) > 1:
        also = f"? day and month can be read in {len(ways)} orders, and no cell shows which"
        return [f"format: [{listed}]", "proved: {within_days: 31}"], [also, *zone]
    plain = target.type == "date" and ways == ("%Y-%m-%d",)
    return ([] if plain else [f"format: [{listed}]"]), zone


def _duration(heading: str) -> tuple[list[str], list[str]]:
    """How a number of minutes is written, if its heading names a unit."""
    unit = unit_of(heading)
    if unit is None:
        return [], ["? minutes, or `duration: [seconds]`"]
    return ([] if unit == "minutes" else [f"duration: [{unit}]"]), []


def _year(seen: Column) -> tuple[list[str], list[str]]:
    """How a financial year is written in full."""
    if all(re.fullmatch(r"\d{4}-\d\d", word) for word in seen.words):
        return [], []
    is_one = any(re.fullmatch(r"\d{4}", word) for word in seen.words)
    asks = ["? or ends: which year 2025-26 is called by"] if is_one else []
    return ["fin_year: starts"], asks


def _colour(seen: Column) -> tuple[list[str], list[str]]:
    """How many pages are in colour if a flag tells that some are."""
    pages = {word: "=pages" if word.casefold() in TRUE else "0" for word in sorted(seen.words)}
    listed = ", ".join(f"{quoted(word)}: {quoted(count)}" for word, count in pages.items())
    return [f"values: {{{listed}}}"], ["? a job in colour is taken to have no other page"]


def _values(seen: Column, words: Words, table: str, target: Target) -> tuple[list[str], list[str]]:
    """The words of a code that other mappings know; how many there are that none does."""
    known = words.values.get((table, target.name), {})
    said = {word.casefold() for word in seen.words - set(seen.nulls)}
    if (target.type == "code" and not known) or (target.type == "flag" and said <= FLAGS):
        return [], []
    told = {w: meanings(w, target.name, known) for w in sorted(seen.words)}
    # A number is each system's own. A word may be, too: two systems that differ say so.
    meant = {w: stands[0] for w, stands in told.items() if len(stands) == 1 and not w.isdigit()}
    open_ = {w: stands for w, stands in told.items() if len(stands) > 1 and not w.isdigit()}
    others = len(seen.words) - len(meant) - len(open_) - len(set(seen.nulls) & seen.words)
    if not meant and not open_ and others <= 0:
        return [], ["? name its values"]
    pairs = ", ".join(f"{quoted(w)}: {quoted(stands)}" for w, stands in meant.items())
    note = [f"? {quoted(w)} is {' or '.join(stands)}" for w, stands in open_.items()]
    more = [f"? {others} more values to name: `scorecard try` lists them"] if others > 0 else []
    return [f"values: {{{pairs}}}"], ["; ".join([*note, *more])] if note or more else []


def quoted(word: str) -> str:
    """A word as YAML reads it as text."""
    plain = (
        all(c.isalnum() or c in " _-./()" for c in word)
        and word[:1].isalnum()
        and word == word.strip()
    )
    if plain and word.casefold() not in ("true", "false", "yes", "no", "null", "on", "off"):
        return word
    spelt = word.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in spelt) + '"'
