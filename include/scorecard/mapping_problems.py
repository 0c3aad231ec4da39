"""What makes a mapping unusable, each with its mend."""

import codecs
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scorecard.json_records import is_path
from scorecard.mapping_rules import (
    DURATIONS,
    EPOCHS,
    NUMBER_HABITS,
    ColumnRule,
    ControlTotal,
    FileShape,
    RowCount,
)
from scorecard.sources import TABLES

if TYPE_CHECKING:
    from scorecard.mapping import Mapping

_CHOICES = {
    "meets": ("by_key", "whole_month"),
    "key_repeats": ("refused", "numbered"),
    "alike": ("set_aside", "kept"),
}
FORMATS = ("csv", "xlsx", "json", "key_value", "pattern")
LOOKUPS = (None, "directorates", "cost_centres", "networks")
_PLAIN = ("seconds", "milliseconds", "minutes", "hours")  # durations that are a bare number

_WORD = re.compile(r"(?=.*[^\W\d_])\w(.*\w)?")  # a letter in it, and no mark at its ends


def problems(mapping: "Mapping", name: str) -> Iterator[str]:
    """What makes a mapping unusable, each with its mend."""
    if mapping.system != name:
        yield f"system is '{mapping.system}'. Name it like its file, '{name}'."
    if mapping.table not in TABLES:
        yield f"table '{mapping.table}' is unknown. Use one of {', '.join(TABLES)}."
        return
    for key, allowed in _CHOICES.items():
        if getattr(mapping, key) not in allowed:
            yield f"{key} is '{getattr(mapping, key)}'. Use one of {', '.join(allowed)}."
    yield from _of_file(mapping.file)
    yield from _of_names(mapping)
    yield from _of_statements(mapping)
    if mapping.file.format == "json":
        for path in (path for path in mapping.headings.values() if not is_path(path)):
            yield f"'{path}' is no path. Write it like a.b, a[1].b or a[name=x].b."
    for column, rule in mapping.columns.items():
        for problem in _of_rule(rule):
            yield f"columns: {column}: {problem}"
        yield from _of_meanings(mapping, column, rule)


def _of_file(shape: FileShape) -> Iterator[str]:
    if shape.format not in FORMATS:
        yield f"file: format is '{shape.format}'. Use one of {', '.join(FORMATS)}."
    try:
        codecs.lookup(shape.encoding)
    except LookupError:
        yield f"file: encoding '{shape.encoding}' is unknown. Use utf-8, utf-16, cp1252, ..."
    if (shape.format == "pattern") != bool(shape.patterns):
        yield "file: patterns are for the format 'pattern', which needs them. Correct one of both."
    for pattern in (*shape.patterns, *shape.looks_like.values(), shape.own_lines):
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"file: '{pattern}' is no pattern ({error}). Correct it."
    if unknown := set(shape.looks_like) - set(shape.names):
        yield f"file: looks_like names '{min(unknown)}', which is not in names. Name it there."
    if shape.trailer and shape.names_cells:
        yield "file: no row ends a log or pages of JSON. Remove `trailer`."
    if shape.names and not shape.looks_like:
        yield "file: a file without headings is told by looks_like. Say how a cell of it looks."


def _of_names(mapping: "Mapping") -> Iterator[str]:
    """Columns that nobody mapped, and cells that nobody named."""
    known = {column.name for column in mapping.of.columns}
    said = [*mapping.columns, *mapping.cannot_map]
    for name in sorted(known - set(said)):
        yield f"'{name}' is neither mapped nor in cannot_map. Add it to one of them."
    for name in (name for name in said if name not in known or said.count(name) > 1):
        yield f"'{name}' is no column of {mapping.table}, or stands twice. Remove it."
    group = mapping.group
    parts = (*group.by, *group.sum, group.day_of) if group else ()
    needed = filter(None, (*mapping.key, *mapping.month_from, mapping.reconcile, *parts))
    for name in dict.fromkeys(needed):
        if name not in mapping.columns:
            yield f"'{name}' identifies or dates a row and is not mapped. Map it."
    cells = mapping.file.groups or mapping.file.names
    for name in cells:
        if not mapping.may_stand(name.casefold()) and name.casefold() not in mapping.headings:
            yield f"file: '{name}' is neither mapped nor in drop. It may be personal data: drop it."
    if cells and (absent := set(mapping.headings) - {name.casefold() for name in cells}):
        yield f"'{min(absent)}' is no cell that the file names. Name it, or do not ask for it."


def _of_statements(mapping: "Mapping") -> Iterator[str]:
    """What a file cannot state of itself where the mapping looks for it."""
    total, count = mapping.control_total, mapping.row_count
    for key, place in (("control_total", total), ("row_count", count)):
        for problem in _of_place(mapping.file, place) if place else ():
            yield f"{key}: {problem}"
    stood = mapping.columns.get("control_total")
    if total and not (stood and stood.control_total):
        yield (
            "control_total: nothing is compared with it. Add `control_total: {control_total: true}`"
            " to columns; only the table ledger has that column."
        )
    elif total and total.of != "actual_ytd":
        yield f"control_total: of: '{total.of}' is not compared with it. Write actual_ytd."


def _of_place(shape: FileShape, place: ControlTotal | RowCount) -> Iterator[str]:
    is_above = bool(place.row or place.cell)
    banner = 0 if shape.names_cells or shape.names else shape.banner_rows
    if [is_above or bool(place.at), bool(place.trailer), bool(place.beside)].count(True) != 1:
        yield "say where it stands, once: row and cell, at, trailer, or beside."
    elif place.trailer and (not shape.trailer or place.trailer < 0):
        yield "trailer is no cell. Say `trailer` of the file: the word that begins its last row."
    elif is_above and not (1 <= place.row <= banner and place.cell >= 1):
        yield f"row {place.row}, cell {place.cell} is not above the headings. Count both from 1."
    elif place.at and not is_above and shape.format != "json":
        yield "only pages of JSON have `at`. Say row and cell as well, or beside."
    elif place.beside and not _WORD.fullmatch(place.beside):
        yield f"beside is '{place.beside}'. Write the word before the number, and nothing else."


def _of_meanings(mapping: "Mapping", column: str, rule: ColumnRule) -> Iterator[str]:
    for meant in (*rule.values.values(), rule.otherwise or ""):
        other = mapping.columns.get(meant.removeprefix("="))
        if meant.startswith("=") and (other is None or other.values):
            yield f"columns: {column}: '{meant}' is no column that is read from a cell. Name one."


def _of_rule(rule: ColumnRule) -> Iterator[str]:
    origins: list[object] = [rule.from_, rule.constant, rule.join, rule.running_sum, rule.add]
    origins += [rule.control_total, rule.minutes_between, rule.highest]
    if sum(bool(origin) for origin in origins) != 1:
        yield "say where it comes from, once: from, constant, join, running_sum, ..."
    if len({way.endswith("%z") for way in rule.format}) > 1:
        yield "format: a clock's own zone (%z) ends every way of writing it, or none."
    if len(rule.format) > 1 and set(rule.format) & set(EPOCHS):
        yield "format: a count since 1970 is the only way of writing it. Remove the others."
    if rule.proved and len(rule.format) < 2:
        yield "proved: there is one format, and nothing to prove. Name the others, or remove it."
    for habit in set(rule.numbers) - set(NUMBER_HABITS):
        yield f"numbers: '{habit}' is unknown. Use {', '.join(NUMBER_HABITS)}."
    for way in set(rule.duration) - set(DURATIONS):
        yield f"duration: '{way}' is unknown. Use {', '.join(DURATIONS)}."
    if len(set(rule.duration) & set(_PLAIN)) > 1:
        yield f"duration: a bare number is one of {', '.join(_PLAIN)}. Keep one of them."
    for key, said in (("empty", rule.empty), ("some_empty", rule.some_empty)):
        if said not in ("refused", "allowed"):
            yield f"{key} is '{said}'. Use refused or allowed."
    if rule.fin_year not in (None, "starts", "ends"):
        yield f"fin_year is '{rule.fin_year}'. Use starts or ends."
    if rule.lookup not in LOOKUPS:
        yield f"lookup is '{rule.lookup}'. Use {', '.join(filter(None, LOOKUPS))}."
