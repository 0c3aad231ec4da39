"""Files that people edit, read strictly: an unknown, missing or doubled key is an error.

A frozen dataclass says what a file or a row must hold and of which type; nothing is guessed.
YAML is read as text (so `on` and `no` stay words) and every text is then turned into its type.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

try:
    from yaml import CBaseLoader as _Base  # the same reading, several times faster
except ImportError:
    from yaml import BaseLoader as _Base  # type: ignore[assignment]

T = TypeVar("T")


class WrongDefinition(ValueError):
    """A file that people edit holds something that cannot be used."""


@dataclass(frozen=True)
class Must:
    """What the value of a field has to be, beyond its type: a test, and the same in words."""

    holds: Callable[[Any], object]
    words: str


class _Loader(_Base):
    """YAML whose scalars stay text and whose keys may not come twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping of the file; WrongDefinition names a key that stands there twice."""
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        seen: set[Any] = set()
        for key in (self.construct_object(key) for key, _ in node.value):
            if key in seen:
                line = node.start_mark.line + 1
                raise WrongDefinition(f"line {line}: '{key}' stands there twice. Keep one of them.")
            seen.add(key)
        return made


def yaml_of(path: Path) -> dict[str, Any]:
    """The keys of a YAML file, every scalar as text."""
    written = _text_of(path)
    try:
        # _Loader is a BaseLoader: it makes texts, lists and mappings, never an object.
        content = yaml.load(written, Loader=_Loader)
    except (yaml.YAMLError, WrongDefinition) as error:
        text = " ".join(str(error).split())
        raise WrongDefinition(f"{path.name}: {text} Correct the file.") from error
    if not isinstance(content, dict):
        raise WrongDefinition(f"{path.name}: holds no keys. Write it as 'key: value' lines.")
    return content


def _text_of(path: Path) -> str:
    """What a file holds, without the mark that spreadsheets put before UTF-8."""
    try:
        written = path.read_bytes()
        return written.decode("utf-8-sig")
    except FileNotFoundError:
        raise WrongDefinition(f"{path.name}: not found in {path.parent}. Add it.") from None
    except UnicodeDecodeError as error:
        raise WrongDefinition(
            f"{path.name}, byte {error.start:,}: not UTF-8 text. Save it in UTF-8, in Excel as "
            "'CSV UTF-8'."
        ) from None


def rows_of(path: Path, kind: type[T]) -> tuple[T, ...]:
    """The rows of a CSV file whose headings are exactly the fields of a dataclass.

    The last columns may be left out if a row may do without them.
    """
    try:
        lines = list(csv.reader(io.StringIO(_text_of(path), newline="")))
    except csv.Error as error:
        raise WrongDefinition(
            f"{path.name}: cannot be read as CSV ({error}). Close every quotation mark."
        ) from None
    keys = _keys(kind)
    headings = lines[0] if lines else []
    wanted = list(keys)[: max(len(headings), _fewest(keys))]
    if headings != wanted:
        raise WrongDefinition(
            f"{path.name}, row 1: the headings are '{','.join(headings)}'. "
            f"Write exactly '{','.join(wanted)}'."
        )
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        where = f"{path.name}, row {number}"
        if len(cells) != len(wanted):
            raise WrongDefinition(
                f"{where}: has {len(cells)} cells, not {len(wanted)}. Quote cells that hold commas."
            )
        filled = {key: cell for key, cell in zip(wanted, cells, strict=True) if cell != ""}
        rows.append(record(kind, filled, where))
    return tuple(rows)


def record(kind: type[T], values: Mapping[str, Any], where: str) -> T:
    """A dataclass filled from texts; WrongDefinition names an unknown, missing or wrong key."""
    if not isinstance(values, Mapping):
        raise WrongDefinition(f"{where}: '{values}' is no list of keys. Write 'key: value'.")
    keys = _keys(kind)
    for key in values:
        if key not in keys:
            raise WrongDefinition(
                f"{where}: unknown key '{key}'. Use only {', '.join(keys)}, or remove it."
            )
    hints = get_type_hints(kind, include_extras=True)
    filled: dict[str, Any] = {}
    for key, field in keys.items():
        if key in values:
            filled[field.name] = convert(hints[field.name], values[key], f"{where}: {key}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise WrongDefinition(f"{where}: '{key}' is missing. Add it.")
    made = kind(**filled)
    problem = getattr(made, "problem", "") or _ends_too_early(filled)
    if problem:
        raise WrongDefinition(f"{where}: {problem}")
    return made


def _ends_too_early(filled: Mapping[str, Any]) -> str:
    """That a row could hold on no day, and what to do; empty if it can."""
    first, last = filled.get("effective_from"), filled.get("effective_to")
    if first is None or last is None or first <= last:
        return ""
    return f"ends on {last}, before {first}, on which it begins. Correct one of them."


def _keys(kind: type) -> dict[str, Any]:
    """Key in the file to field; a field that is no Python name says its key in its metadata."""
    assert is_dataclass(kind)
    return {field.metadata.get("key", field.name): field for field in fields(kind)}


def _fewest(keys: Mapping[str, Any]) -> int:
    """How many of the first keys there must be: up to the last that has no default."""
    needed = [
        place
        for place, field in enumerate(keys.values(), start=1)
        if field.default is MISSING and field.default_factory is MISSING
    ]
    return max(needed, default=0)


def convert(kind: Any, value: Any, where: str) -> Any:
    """A text, list or mapping of a file as a value of the type that a field asks for."""
    if get_origin(kind) in (Union, UnionType):
        if value == "":
            return None
        kind = next(part for part in get_args(kind) if part is not type(None))
    if get_origin(kind) is Annotated:
        return _ruled(kind, value, where)
    if get_origin(kind) is Literal:
        return _coded(get_args(kind), value, where)
    if get_origin(kind) is tuple:
        parts = value.split("|") if isinstance(value, str) else value
        item = get_args(kind)[0]
        return tuple(convert(item, part, f"{where}[{n}]") for n, part in enumerate(parts, 1))
    if get_origin(kind) is dict:
        return _pairs(get_args(kind)[1], value, where)
    if is_dataclass(kind) and isinstance(kind, type):
        return record(kind, value, where)
    if not isinstance(value, str):
        raise WrongDefinition(f"{where}: '{value}' is not one value. Write a single value.")
    return _scalar(kind, value.strip(), where)


def _ruled(kind: Any, value: Any, where: str) -> Any:
    """A value that follows the rules that its type is annotated with."""
    plain, *rules = get_args(kind)
    converted = convert(plain, value, where)
    for rule in rules:
        if not rule.holds(converted):
            raise WrongDefinition(f"{where}: '{_shown(value)}' is not {rule.words}. Correct it.")
    return converted


def _shown(value: Any) -> Any:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else value


def _coded(codes: tuple[str, ...], value: Any, where: str) -> str:
    """One of a list of codes."""
    if value not in codes:
        raise WrongDefinition(f"{where}: '{value}' is unknown. Use one of {', '.join(codes)}.")
    return str(value)


def _pairs(kind: Any, value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise WrongDefinition(f"{where}: '{value}' is no list of keys. Write 'key: value'.")
    return {key: convert(kind, part, f"{where}: {key}") for key, part in value.items()}


_SHAPES: dict[type, tuple[str, str]] = {
    date: (r"\d{4}-\d\d-\d\d", "a day such as 2025-04-01"),
    time: (r"\d\d:\d\d", "a time of day such as 08:00"),
    Decimal: (r"-?\d+(\.\d+)?", "a number such as 7.4"),
    int: (r"-?\d+", "a whole number"),
    bool: (r"true|false", "true or false"),
    str: (r"(?s).+", "a text"),
}


def unseen(text: str) -> str:
    """The first character of a text that nobody can see, as it is named; empty if there is none.

    Some of them no workbook can hold; others make a text read otherwise than it is written.
    """
    hidden = (c for c in text if unicodedata.category(c)[0] == "C" and c not in "\t\r\n")
    return next((f"U+{ord(c):04X}" for c in hidden), "")


def _scalar(kind: type, text: str, where: str) -> Any:
    pattern, words = _SHAPES[kind]
    if hidden := unseen(text):
        raise WrongDefinition(
            f"{where}: holds {hidden}, a character that cannot be seen. Type it again."
        )
    try:
        if re.fullmatch(pattern, text):
            if kind is date or kind is time:
                return kind.fromisoformat(text)
            return text == "true" if kind is bool else kind(text)
    except (ValueError, InvalidOperation):
        pass  # a day such as 31 February has the right shape and is none: the error below says so
    raise WrongDefinition(f"{where}: '{text}' is not {words}. Correct it.")
