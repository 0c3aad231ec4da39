"""Records of JSON as rows of cells: each cell is found by its path, such as `caller_id.name`.

A path's parts are joined by dots; an element of a list is named by what it says of itself,
`custom_fields[name=Department].value`, or by its place, `cycles[1].breached`. Texts and numbers
stay exactly as they are written. What nobody named may be personal data: it stops the extract.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

_STEP = r"([^.\[\]]+)(?:\[(\d+|[^\[\]=]+=[^\[\]]+)\])?"
# What a parser makes of a page takes tens of times its size if it is all brackets and commas.
MOST_PARTS = 2_000_000


class NotJson(ValueError):
    """Bytes that are no JSON, or JSON that nobody should read. Its text says what is wrong."""


class Unfit(ValueError):
    """A record that cannot be a row. Its text says why, and quotes nothing of the record."""


@dataclass(frozen=True)
class _Twice:
    """An object in which a key stands twice: nobody knows which of the two is meant."""

    key: str


def _object(pairs: list[tuple[str, Any]]) -> Any:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            break
        seen.add(key)
    return _Twice(key)


def _no_number(written: str) -> Any:
    raise NotJson(f"holds {written}, which JSON does not know")


def parsed(body: bytes) -> Any:
    """What JSON bytes say, every number as it is written; NotJson if they are not well-formed."""
    if sum(body.count(mark) for mark in (b",", b"[", b"{")) > MOST_PARTS:
        raise NotJson(f"has more than {MOST_PARTS:,} parts")
    try:
        return json.loads(
            body.decode("utf-8-sig"), object_pairs_hook=_object,
            parse_int=str, parse_float=str, parse_constant=_no_number,
        )  # fmt: skip
    except UnicodeDecodeError as error:
        raise NotJson(f"is not UTF-8 (byte {error.start:,})") from None
    except json.JSONDecodeError as error:
        raise NotJson(f"is broken off or no JSON ({error.msg}, byte {error.pos:,})") from None
    except RecursionError:
        raise NotJson("is nested too deeply") from None


def found_at(said: Any, path: str) -> Any:
    """What stands at a path of an answer, such as `value` or `data.rows`; None if nothing does.

    Nobody knows what stands below an object in which a key stands twice: it is found itself.
    """
    if isinstance(said, dict) and path in said:
        return said[path]  # a key may hold dots itself
    for part in filter(None, path.split(".")):
        if not isinstance(said, _Twice):
            said = said.get(part) if isinstance(said, dict) else None
    return said


def records_of(said: Any, path: str) -> list[Any]:
    """The records of an answer; NotJson if there is no list of them where it should be.

    Without a path, the answer is the list, or has one list and no other.
    """
    if isinstance(said, _Twice):
        raise NotJson(f"has the key '{said.key}' twice")
    records = found_at(said, path)
    if not path and isinstance(said, dict):
        lists = [part for part in said.values() if isinstance(part, list)]
        records = lists[0] if len(lists) == 1 else None
    if not isinstance(records, list):
        where = f"at '{path}'" if path else "at its top"
        raise NotJson(f"has no list of records {where}")
    return records


@dataclass
class _Node:
    """A part of the tree of paths: what stands below it, and what becomes of its own value."""

    path: str = ""
    parts: dict[str, "_Node"] = field(default_factory=dict)
    picks: dict[str, "_Node"] = field(default_factory=dict)  # elements of a list
    cell: int | None = None
    dropped: bool = False

    def part(self, key: str) -> "_Node | None":
        """The node of a key. A key may hold dots itself; it is found once, and remembered."""
        node = self.parts.get(key)
        if node is None and "." in key:
            node = self
            for step in key.split("."):
                node = node.parts.get(step) if node else None
            if node:
                self.parts[key] = node
        return node

    @property
    def is_dropped_whole(self) -> bool:
        """Whether nothing is read from here and below."""
        return self.dropped and self.cell is None and not self.parts and not self.picks

    def cells(self) -> Iterable[int]:
        """The cells that are read from here and below."""
        if self.cell is not None:
            yield self.cell
        for node in (*self.parts.values(), *self.picks.values()):
            yield from node.cells()


class Shape:
    """The paths of a mapping as a tree, into which records are sorted."""

    def __init__(self, read: Iterable[str], drop: Iterable[str], plain: bool = False) -> None:
        """`plain`: what is read and dropped are the keys themselves, whatever they hold."""
        self.read = tuple(read)
        self._plain = plain
        self._root = _Node()
        for cell, path in enumerate(self.read):
            self._node(path).cell = cell
        for path in drop:
            self._node(path).dropped = True
        self.seen: set[int] = set()  # cells of which some record said something, if only null
        self.unknown: dict[str, None] = {}  # paths that nobody named, in their order

    def _node(self, path: str) -> _Node:
        node = self._root
        for name, pick in [(path, "")] if self._plain else _steps_of(path):
            at = f"{node.path}.{name}" if node.path else name
            node = node.parts.setdefault(name, _Node(at))
            if pick:
                node = node.picks.setdefault(pick, _Node(f"{at}[{pick}]"))
        return node

    def row(self, record: Any) -> list[str]:
        """A record's cells in the order in which they are read; Unfit if it cannot be a row."""
        if not isinstance(record, dict | _Twice):
            raise Unfit("the record is no object with keys")
        cells = [""] * len(self.read)
        self._fill(self._root, record, cells)
        return cells

    def _fill(self, node: _Node, value: Any, cells: list[str]) -> None:
        if type(value) is str and node.cell is not None:
            cells[node.cell] = value
            self.seen.add(node.cell)
        elif value is None or value == "":
            self.seen.update(node.cells())
        elif isinstance(value, dict):
            self._fill_object(node, value, cells)
        elif isinstance(value, list):
            self._fill_list(node, value, cells)
        elif isinstance(value, _Twice):
            if node.parts or node.cell is not None or not node.dropped:
                raise Unfit(f"the key '{value.key}' stands twice in {_name(node)}")
        elif type(value) is bool and node.cell is not None:
            cells[node.cell] = "true" if value else "false"
            self.seen.add(node.cell)
        elif not node.dropped:
            raise Unfit(f"'{node.path}' holds one value, where keys are expected")

    def _fill_object(self, node: _Node, value: dict[str, Any], cells: list[str]) -> None:
        if node.cell is not None:
            raise Unfit(f"'{node.path}' holds an object, where one value is expected")
        if node.picks and not node.dropped:
            raise Unfit(f"'{node.path}' holds an object, where a list is expected")
        if node.dropped and not node.parts:
            return
        for key, part in value.items():
            below = node.part(key)
            if below is not None:
                if not below.is_dropped_whole:
                    self._fill(below, part, cells)
            elif not node.dropped:
                self.unknown.setdefault(f"{node.path}.{key}" if node.path else key)

    def _fill_list(self, node: _Node, value: list[Any], cells: list[str]) -> None:
        if not node.picks and not node.dropped:
            raise Unfit(f"'{node.path}' holds a list, where one value is expected")
        for pick, below in node.picks.items():
            self.seen.update(below.cells())
            element = _picked(value, pick)
            below.dropped = below.dropped or node.dropped  # of a dropped list, so are its elements
            if element is not None:
                self._fill(below, element, cells)
        if node.picks and not node.dropped and value:
            self.unknown.setdefault(f"{node.path}[]")


def is_path(path: str) -> bool:
    """Whether a text is a path."""
    return re.fullmatch(rf"({_STEP}(\.|$))+", path) is not None and not path.endswith(".")


def _steps_of(path: str) -> list[tuple[str, str]]:
    """The parts of a path, each with the element of a list that it names, if any."""
    return re.findall(_STEP, path)


def _picked(elements: list[Any], pick: str) -> Any:
    """The element of a list that a path names: by its place from 1, or by what it says."""
    key, named, wanted = pick.partition("=")
    if not named:
        return elements[int(pick) - 1] if 0 < int(pick) <= len(elements) else None
    return next((e for e in elements if isinstance(e, dict) and e.get(key) == wanted), None)


def _name(node: _Node) -> str:
    return f"'{node.path}'" if node.path else "the record"
