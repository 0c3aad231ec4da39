"""What a mapping may say: how a file is written, and where each column comes from.

Every key of `include/sources/<system>.yaml` is a field here; what makes them unusable together is
told by `mapping`.
"""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class FileShape:
    """How the file is written."""

    # csv, xlsx, json, or key_value: a log whose lines name each of their cells
    format: str = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    banner_rows: int = 0  # rows above the headings
    trailing_cells: int = 0  # empty cells at the end of every row, without a heading
    sheet: str | None = None
    records: str = ""  # json: where a page has its list of records; empty: the page is the list
    may_lack: tuple[str, ...] = ()  # json: paths of which a whole file may say nothing

    @property
    def rows_above(self) -> int:
        """The rows before the first that counts: where cells are named in each, no headings."""
        return self.banner_rows + (0 if self.names_cells else 1)

    @property
    def names_cells(self) -> bool:
        """Whether every row names its own cells, in an order of its own."""
        return self.format in ("key_value", "json")


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
    less_seconds: str | None = None  # a moment so many seconds earlier: the heading of the number
    times: Decimal | None = None
    plus: Decimal | None = None
    empty: str = "refused"  # or allowed

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that the column is read from."""
        if not self.running_sum:
            return (*self.from_, *self.join, *filter(None, [self.less_seconds]))
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
