"""What a mapping may say: how a file is written, and where each column comes from.

Every key of `include/sources/<system>.yaml` is a field here; what makes them unusable together is
told by `mapping`.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

_GROUP = r"\(\?P<(\w+)>"
NUMBER_HABITS = ("thousands", "trailing_minus", "brackets", "currency")
DURATIONS = ("seconds", "milliseconds", "minutes", "hours", "clock", "letters")
EPOCHS = ("epoch_s", "epoch_ms")


@dataclass(frozen=True)
class FileShape:
    """How the file is written."""

    # csv; xlsx: a sheet of a workbook, .ods as well; json: records of pages or lines; key_value: a
    # log whose lines name each of their cells; or pattern: a log whose lines are made as the
    # patterns say. Records of JSON whose keys are the headings of csv or xlsx are read as these.
    format: str = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    banner_rows: int = 0  # rows above the headings
    trailer: str = ""  # the word with which the last row begins, which ends the file and is none
    trailing_cells: int = 0  # empty cells at the end of every row, without a heading
    sheet: str | None = None
    records: str = ""  # of JSON: where a page has its list of records; empty: it is one, or has one
    may_lack: tuple[str, ...] = ()  # json: paths of which a whole file may say nothing
    names: tuple[str, ...] = ()  # of the cells, from the left, of a file without headings
    looks_like: dict[str, str] = field(default_factory=dict)  # named cells, each by a pattern
    patterns: tuple[str, ...] = ()  # of a whole line; its named groups are the cells
    other_lines: str | None = None  # why lines that are made otherwise do not count ...
    own_lines: str = ""  # ... save those in which this pattern is found: they have a fault

    @property
    def names_cells(self) -> bool:
        """Whether every row names its own cells: a log, or records of JSON."""
        return self.format in ("key_value", "pattern", "json")

    @property
    def rows_above(self) -> int:
        """The rows before the first that counts: where each row names its cells, no headings."""
        is_bare = self.names_cells or bool(self.names)
        return self.banner_rows + (0 if is_bare else 1)

    @property
    def groups(self) -> tuple[str, ...]:
        """The named groups of the patterns, each once."""
        named = (name for pattern in self.patterns for name in re.findall(_GROUP, pattern))
        return tuple(dict.fromkeys(named))


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
class Only:
    """The rows in which a cell counts: those in which another cell is one of these."""

    heading: str
    in_: tuple[str, ...] = field(metadata={"key": "in"})


@dataclass(frozen=True)
class Side:
    """The cell that says whether an amount is a debit or a credit, which counts as a minus.

    A file writes a credit with a minus of its own or without. Its credits add up to a credit: so
    their sum shows which, and where it is positive the sign of every credit turns.
    """

    heading: str
    credit: tuple[str, ...]
    debit: tuple[str, ...]


@dataclass(frozen=True)
class Proved:
    """That one of several formats is shown to be the file's by all of its cells together."""

    within_days: int  # from the first to the last of an export


@dataclass(frozen=True)
class ColumnRule:
    """Where one column comes from, and how its text is read. Operations apply in this order."""

    from_: tuple[str, ...] = field(default=(), metadata={"key": "from"})  # first that is not empty
    constant: str | None = None
    join: tuple[str, ...] = ()
    joined_by: str = ""  # or the word `space`
    suffix: str | None = None  # put behind the text
    add: tuple[str, ...] = ()  # cells whose amounts are added up ...
    take: tuple[str, ...] = ()  # ... less these
    some_empty: str = "refused"  # or allowed: of these cells, all but one may say nothing
    running_sum: RunningSum | None = None
    highest: str | None = None  # the highest number that stands under a heading in the whole file
    control_total: bool = False  # the extract's own total, on every row
    minutes_between: tuple[str, ...] = ()  # two columns of the table
    only: Only | None = None
    split: Split | None = None
    nulls: tuple[str, ...] = ()  # what means "not known", besides nothing
    zeros: tuple[str, ...] = ()  # what means 0
    numbers: tuple[str, ...] = ()  # NUMBER_HABITS that are expected
    unit: str | None = None  # suffix such as kb
    side: Side | None = None
    duration: tuple[str, ...] = ()  # DURATIONS, in which minutes, or `less_seconds`, are written
    values: dict[str, str] = field(default_factory=dict)  # "=pages": what the column pages says
    otherwise: str | None = None  # for a value that `values` does not name
    lookup: str | None = None  # directorates, cost_centres or networks, as the council lists them
    fin_year: str | None = None  # starts or ends in a year such as 2025; 2025/26 is read as well
    format: tuple[str, ...] = ()  # or EPOCHS
    proved: Proved | None = None
    zone: str | None = None
    less_seconds: str | None = None  # a moment so many seconds earlier: the heading of the number
    times: Decimal | None = None
    plus: Decimal | None = None
    empty: str = "refused"  # or allowed

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that the column is read from."""
        asked = [part.heading for part in (self.only, self.side) if part]
        if not self.running_sum:
            cells = (*self.from_, *self.join, *self.add, *self.take)
            return (*cells, *filter(None, [self.less_seconds, self.highest]), *asked)
        return (*self.numbered, self.running_sum.through, *asked)

    @property
    def numbered(self) -> tuple[str, ...]:
        """The headings of a running sum, in the order of their numbers."""
        if not self.running_sum:
            return ()
        wide = self.running_sum
        return tuple(wide.headings.format(f"{n:02d}") for n in range(1, wide.last + 1))


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
    in_: tuple[str, ...] = field(default=(), metadata={"key": "in"})
    not_in: tuple[str, ...] = ()  # instead: all but these
    empty: bool = False  # instead: nothing at all
    filled: bool = False  # instead: anything at all, save what `not_in` names
    refuses: bool = False  # one such row shows that the whole file is another than was agreed
    heading: str | None = None
    column: str | None = None


@dataclass(frozen=True)
class Group:
    """Rows that are parts of one: alike in the columns of `by`, and added up in those of `sum`.

    The first row of the parts stands for all; the others are set aside, as counted with it. If one
    part cannot be read, none of them counts: a sum of some parts is no sum.
    """

    by: tuple[str, ...]
    sum: tuple[str, ...]
    day_of: str | None = None  # a moment on whose day all parts stand, where numbers can restart


@dataclass(frozen=True)
class Unpivot:
    """A row of a wide file is as many rows as it has periods; each knows its number by a name.

    Periods that had not begun when the file was received are left for a later file.
    """

    name: str
    last: int


@dataclass(frozen=True)
class RowCount:
    """Where the export states how many rows it has: above them, below, in JSON or beside them."""

    row: int = 0  # above the headings, both counted from 1 ...
    cell: int = 0
    at: str = ""  # ... and where pages of JSON state it; empty: under the name of this key
    trailer: int = 0  # instead: the cell of the row that ends the file, counted from 1
    beside: str = ""  # instead: the word before the number in the companion that comes with it


@dataclass(frozen=True)
class ControlTotal:
    """Where the export states its own total, and of which column; a place as for RowCount."""

    of: str
    row: int = 0
    cell: int = 0
    at: str = ""
    trailer: int = 0
    beside: str = ""
