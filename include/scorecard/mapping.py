"""How one system's export becomes one table's columns: `include/sources/<system>.yaml`, read.

Every column of the table is either mapped or said not to be there, with the reason. Every
heading of the export is either used or dropped by name: what nobody named may be personal data.
"""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from scorecard.mapping_problems import problems
from scorecard.mapping_rules import (
    ColumnRule,
    ControlTotal,
    FileShape,
    Filter,
    Group,
    KeepLast,
    Moments,
    RowCount,
    Unpivot,
)
from scorecard.sources import TABLES, Table
from scorecard.strict import WrongDefinition, record, yaml_of

SEVERAL = "several_values"  # a row whose file is refused: see one_value


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
    one_value: tuple[
        str, ...
    ] = ()  # headings: a file whose rows that count differ there is refused
    file: FileShape = field(default_factory=FileShape)
    moments: Moments = field(default_factory=Moments)
    nulls: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    may_drop: tuple[str, ...] = ()  # headings that may stand there, once, often or not at all
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)  # a heading's other names
    cannot_map: dict[str, str] = field(default_factory=dict)
    keep_last: KeepLast | None = None
    set_aside: tuple[Filter, ...] = ()
    unpivot: Unpivot | None = None
    group: Group | None = None
    by_day: str | None = None  # a moment: a report by month, of first days alone, is refused
    control_total: ControlTotal | None = None
    row_count: RowCount | None = None
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
        named = [*self.alike_by, *self.one_value]
        named += [heading for rule in self.columns.values() for heading in rule.headings]
        named += [rule.heading for rule in self.set_aside if rule.heading]
        named += [self.keep_last.per, self.keep_last.by] if self.keep_last else []
        counted = self.unpivot.name if self.unpivot else None
        return {heading_key(heading): heading for heading in named if heading != counted}

    @cached_property
    def as_agreed(self) -> dict[str, str]:
        """Other names of headings, as they are compared, to the name by which they are read."""
        return {
            heading_key(other): heading_key(name)
            for name, others in self.also.items()
            for other in others
        }

    def may_stand(self, key: str) -> bool:
        """Whether a heading may stand in the export although nobody needs it."""
        return key.partition("#")[0] in self._droppable

    @cached_property
    def _droppable(self) -> frozenset[str]:
        return frozenset(map(heading_key, self.may_drop))

    @property
    def refusing(self) -> tuple[str, ...]:
        """The rules of which one row shows that the file is another than was agreed."""
        several = (SEVERAL,) if self.one_value else ()
        return (*several, *(rule.rule for rule in self.set_aside if rule.refuses))

    @property
    def is_numbered(self) -> bool:
        """Whether the rows are disordered on their way, and are numbered before that."""
        return bool(self.keep_last or self.group or self.unpivot or self.one_value)

    @property
    def is_proved(self) -> bool:
        """Whether all rows of a file together say how it is written."""
        return any(rule.proved or rule.side for rule in self.columns.values())


def load(path: Path) -> Mapping:
    """The mapping in a file; WrongDefinition names the file, the key and the mend."""
    seen = path.stat()
    return _load(path, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=256)
def _load(path: Path, _changed: int, _size: int) -> Mapping:
    """A file is read again when it has changed: every table of a step asks for every mapping."""
    mapping = record(Mapping, yaml_of(path), path.name)
    for problem in problems(mapping, path.stem):
        raise WrongDefinition(f"{path.name}: {problem}")
    return mapping


def senders_in(folder: Path) -> dict[str, str]:
    """Every system of a folder, and the one under whose name its rows count."""
    return {system: found.same_as or system for system, found in load_all(folder).items()}


def load_all(folder: Path) -> dict[str, Mapping]:
    """Every mapping of a folder, by system."""
    return {path.stem: load(path) for path in sorted(folder.glob("*.yaml"))}
