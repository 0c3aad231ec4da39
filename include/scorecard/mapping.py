"""How one system's export becomes one table's columns: `include/sources/<system>.yaml`, read.

Every column of the table is either mapped or said not to be there, with the reason. Every
heading of the export is either used or dropped by name: what nobody named may be personal data.
"""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from scorecard.mapping_rules import (
    ColumnRule,
    ControlTotal,
    FileShape,
    Filter,
    KeepLast,
    Moments,
)
from scorecard.sources import TABLES, Table
from scorecard.strict import WrongDefinition, record, yaml_of

MEETS = ("by_key", "whole_month")
FORMATS = ("csv", "xlsx", "key_value")
NUMBER_HABITS = ("thousands", "trailing_minus", "brackets", "currency")


def heading_key(heading: str) -> str:
    """A heading as it is compared: trimmed, spaces collapsed, case folded."""
    return " ".join(heading.split()).casefold()


def heading_keys(headings: list[str]) -> list[str]:
    """Headings as they are compared; the second of one name is written `name#2`."""
    seen: dict[str, int] = {}
    keys = []
    for heading in headings:
        key = heading_key(heading)
        seen[key] = seen.get(key, 0) + 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return keys


@dataclass(frozen=True)
class Mapping:
    """One system's export to one table's columns. Its name is the name of its file."""

    system: str
    product: str
    table: str
    version: int
    grain: str
    meets: str
    key: tuple[str, ...]
    month_from: tuple[str, ...]
    columns: dict[str, ColumnRule]
    same_as: str = ""  # the system whose rows these are, fetched another way: it is one with it
    key_repeats: str = "refused"  # or numbered: rows of one key are told apart by their number
    alike: str = "set_aside"  # rows alike in every cell are one row sent twice; or kept: they count
    alike_by: tuple[str, ...] = ()  # the system's own numbers of rows: alike in these is enough
    file: FileShape = field(default_factory=FileShape)
    moments: Moments = field(default_factory=Moments)
    nulls: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    cannot_map: dict[str, str] = field(default_factory=dict)
    keep_last: KeepLast | None = None
    set_aside: tuple[Filter, ...] = ()
    control_total: ControlTotal | None = None
    reconcile: str | None = None  # the column whose amounts must add up, accepted and set aside

    @property
    def of(self) -> Table:
        """The table that the export becomes rows of."""
        return TABLES[self.table]

    @cached_property
    def looked_up(self) -> dict[str, str]:
        """The columns that are resolved once per distinct value, and by what."""
        found = {name: rule.lookup for name, rule in self.columns.items() if rule.lookup}
        persons = [column.name for column in self.of.columns if column.type == "person"]
        return {**found, **{name: "person" for name in persons if name in self.columns}}

    @cached_property
    def headings(self) -> dict[str, str]:
        """Every heading that the export must have, as it is compared, to how it is written."""
        return {heading_key(heading): heading for heading in [*self.read.values(), *self.drop]}

    @cached_property
    def read(self) -> dict[str, str]:
        """The headings whose cells are read, as they are compared, to how they are written."""
        named = [*self.alike_by, *(h for rule in self.columns.values() for h in rule.headings)]
        named += [rule.heading for rule in self.set_aside if rule.heading]
        named += [self.keep_last.per, self.keep_last.by] if self.keep_last else []
        return {heading_key(heading): heading for heading in named}


def load(path: Path) -> Mapping:
    """The mapping in a file; WrongDefinition names the file, the key and the mend."""
    seen = path.stat()
    return _load(path, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=256)
def _load(path: Path, _changed: int, _size: int) -> Mapping:
    """A file is read again when it has changed: every table of a step asks for every mapping."""
    mapping = record(Mapping, yaml_of(path), path.name)
    for problem in _problems(mapping, path):
        raise WrongDefinition(f"{path.name}: {problem}")
    return mapping


def senders_in(folder: Path) -> dict[str, str]:
    """Every system of a folder, and the one under whose name its rows count."""
    return {system: found.same_as or system for system, found in load_all(folder).items()}


def load_all(folder: Path) -> dict[str, Mapping]:
    """Every mapping of a folder, by system."""
    return {path.stem: load(path) for path in sorted(folder.glob("*.yaml"))}


def _problems(mapping: Mapping, path: Path) -> list[str]:
    """What makes a mapping unusable, each with its mend."""
    found = []
    if mapping.system != path.stem:
        found.append(f"system is '{mapping.system}'. Name it like its file, '{path.stem}'.")
    if mapping.table not in TABLES:
        return [*found, f"table '{mapping.table}' is unknown. Use one of {', '.join(TABLES)}."]
    if mapping.meets not in MEETS:
        found.append(f"meets is '{mapping.meets}'. Use one of {', '.join(MEETS)}.")
    if mapping.file.format not in FORMATS:
        found.append(f"file: format is '{mapping.file.format}'. Use one of {', '.join(FORMATS)}.")
    for name, allowed in (
        ("key_repeats", ("refused", "numbered")),
        ("alike", ("set_aside", "kept")),
    ):
        if getattr(mapping, name) not in allowed:
            found.append(f"{name} is '{getattr(mapping, name)}'. Use {' or '.join(allowed)}.")
    known = {column.name for column in mapping.of.columns}
    said = [*mapping.columns, *mapping.cannot_map]
    for name in sorted(known - set(said)):
        found.append(f"'{name}' is neither mapped nor in cannot_map. Add it to one of them.")
    for name in (name for name in said if name not in known or said.count(name) > 1):
        found.append(f"'{name}' is no column of {mapping.table}, or stands twice. Remove it.")
    for name in (*mapping.key, *mapping.month_from, *filter(None, [mapping.reconcile])):
        if name not in mapping.columns:
            found.append(f"'{name}' identifies or dates a row and is not mapped. Map it.")
    for name, rule in mapping.columns.items():
        found += [f"columns: {name}: {problem}" for problem in _rule_problems(rule)]
        for meant in (*rule.values.values(), rule.otherwise or ""):
            other = mapping.columns.get(meant.removeprefix("="))
            if meant.startswith("=") and (other is None or other.values):
                found.append(
                    f"columns: {name}: '{meant}' is no column that is read from a cell. Name one."
                )
    return found


def _rule_problems(rule: ColumnRule) -> list[str]:
    found = []
    origins: list[object] = [rule.from_, rule.constant, rule.join, rule.running_sum]
    origins += [rule.control_total, rule.minutes_between]
    if sum(bool(origin) for origin in origins) != 1:
        found.append("say where it comes from, once: from, constant, join, running_sum, ...")
    if len({way.endswith("%z") for way in rule.format}) > 1:
        found.append("format: a clock's own zone (%z) ends every way of writing it, or none.")
    for habit in set(rule.numbers) - set(NUMBER_HABITS):
        found.append(f"numbers: '{habit}' is unknown. Use {', '.join(NUMBER_HABITS)}.")
    if rule.empty not in ("refused", "allowed"):
        found.append(f"empty is '{rule.empty}'. Use refused or allowed.")
    if rule.lookup not in (None, "directorates", "networks"):
        found.append(f"lookup is '{rule.lookup}'. Use directorates or networks.")
    return found
