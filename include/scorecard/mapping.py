"""How one system's export becomes one table's columns: `include/sources/<system>.yaml`, read.

Every column of the table is either mapped or said not to be there, with the reason. Every
heading of the export is either used or dropped by name: what nobody named may be personal data.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path

from scorecard.sources import TABLES, Table
from scorecard.strict import WrongDefinition, record, yaml_of

MEETS = ("by_key", "whole_month")
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
class FileShape:
    """How the file is written."""

    format: str = "csv"  # csv or xlsx
    encoding: str = "utf-8"
    delimiter: str = ","
    banner_rows: int = 0  # rows above the headings
    trailing_cells: int = 0  # empty cells at the end of every row, without a heading
    sheet: str | None = None


@dataclass(frozen=True)
class RunningSum:
    """The sum of numbered columns, from the first to the number that stands in another column."""

    headings: str  # "Actual P{}": the number has two digits
    through: str
    last: int = 12


@dataclass(frozen=True)
class Split:
    """One part of a cell, counted from 1."""

    by: str
    part: int


@dataclass(frozen=True)
class ColumnRule:
    """Where one column comes from, and how its text is read. Operations apply in this order."""

    from_: tuple[str, ...] = field(default=(), metadata={"key": "from"})  # first that is not empty
    constant: str | None = None
    join: tuple[str, ...] = ()
    joined_by: str = ""
    suffix: str | None = None  # put behind the text
    running_sum: RunningSum | None = None
    control_total: bool = False  # the extract's own total, on every row
    minutes_between: tuple[str, ...] = ()  # two columns of the table
    split: Split | None = None
    nulls: tuple[str, ...] = ()  # what means "not known", besides nothing
    zeros: tuple[str, ...] = ()  # what means 0
    numbers: tuple[str, ...] = ()  # NUMBER_HABITS that are expected
    unit: str | None = None  # suffix such as kb
    values: dict[str, str] = field(default_factory=dict)  # "=pages": what the column pages says
    otherwise: str | None = None  # for a value that `values` does not name
    lookup: str | None = None  # directorates or networks, as the council lists them
    format: tuple[str, ...] = ()
    zone: str | None = None
    times: Decimal | None = None
    plus: Decimal | None = None
    empty: str = "refused"  # or allowed

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that the column is read from."""
        if not self.running_sum:
            return self.from_ + self.join
        wide = self.running_sum
        numbered = tuple(wide.headings.format(f"{n:02d}") for n in range(1, wide.last + 1))
        return (*numbered, wide.through)


@dataclass(frozen=True)
class Moments:
    """How moments are written, unless a column says otherwise."""

    format: tuple[str, ...] = ()
    zone: str = "Europe/London"


@dataclass(frozen=True)
class KeepLast:
    """Of an event log, the last row of each ticket."""

    per: str
    by: str


@dataclass(frozen=True)
class Filter:
    """Rows that are known not to count, and why."""

    rule: str
    why: str
    in_: tuple[str, ...] = field(metadata={"key": "in"})
    heading: str | None = None
    column: str | None = None


@dataclass(frozen=True)
class ControlTotal:
    """Where the export states its own total, and of which column."""

    row: int
    cell: int
    of: str


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
    key_repeats: str = "refused"  # or numbered: rows of one key are told apart by their number
    alike: str = "set_aside"  # rows alike in every cell are one row sent twice; or kept: they count
    alike_by: tuple[str, ...] = ()  # the system's own numbers of rows: alike in these is enough
    file: FileShape = FileShape()
    moments: Moments = Moments()
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
        named = [*self.alike_by, *(h for rule in self.columns.values() for h in rule.headings)]
        named += [rule.heading for rule in self.set_aside if rule.heading]
        named += (self.keep_last.per, self.keep_last.by) if self.keep_last else ()
        return {heading_key(heading): heading for heading in [*named, *self.drop]}


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
    for habit in set(rule.numbers) - set(NUMBER_HABITS):
        found.append(f"numbers: '{habit}' is unknown. Use {', '.join(NUMBER_HABITS)}.")
    if rule.empty not in ("refused", "allowed"):
        found.append(f"empty is '{rule.empty}'. Use refused or allowed.")
    if rule.lookup not in (None, "directorates", "networks"):
        found.append(f"lookup is '{rule.lookup}'. Use directorates or networks.")
    return found
