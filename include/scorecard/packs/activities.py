"""What a sheet of activity is: the columns of its SQL, with their headings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Activity:
    """One sheet of activity: the columns of its SQL, each with its heading and its decimals."""

    name: str
    table: str  # in include/sql/table/
    title: str
    reads: tuple[str, ...]  # tables of the register that it is measured from
    remark: str
    keys: tuple[tuple[str, str], ...]  # column of the SQL, heading
    numbers: tuple[tuple[str, str, int], ...]  # column of the SQL, heading, decimals
    said: tuple[tuple[str, str], ...] = ()  # a code of a key, and how it is said
    visibility: str = "public"  # of the sheet; a KPI has one of its own
    people: str = ""  # the group of people that it describes: what their KPIs withhold, it does too

    @property
    def headings(self) -> tuple[str, ...]:
        keys = (heading for _, heading in self.keys)
        return (*keys, *(heading for _, heading, _ in self.numbers), "Marker")
