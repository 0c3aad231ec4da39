"""How a file is written, where only all of its rows together show it: proved, or refused.

Of 3/12/2025 nobody can tell whether it is in March or in December. The file can, if a day is over
12, or if in one of both orders the export would reach into the future or over most of a year.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import duckdb

from scorecard.admission import Refused
from scorecard.mapping import Mapping
from scorecard.mapping_cells import Received, side_of, text_of
from scorecard.mapping_numbers import number_of, text
from scorecard.mapping_rules import ColumnRule
from scorecard.readers import Opened, glance


@dataclass(frozen=True)
class _Reading:
    """What a column's cells are if they are written in one format."""

    format: str
    unread: int  # cells that another format could read, and this one not
    first: datetime | None
    last: datetime | None
    mark: Any  # alike for readings that are alike in every cell

    def is_possible(self, until: datetime, within: timedelta) -> bool:
        """Whether every cell can be read so, none lies in the future, and all are near."""
        if self.unread or self.first is None or self.last is None:
            return False
        return self.last <= until and self.last - self.first <= within

    def __str__(self) -> str:
        if self.first is None or self.last is None:
            return f"{self.format} (no date)"
        return f"{self.format} ({self.first:%-d %B %Y} to {self.last:%-d %B %Y})"


def proved(
    connection: duckdb.DuckDBPyConnection, name: str, opened: Opened, received_at: datetime
) -> Opened:
    """The file, read as its own rows show; Refused if they leave it open."""
    mapping = opened.found.mapping
    if not mapping.is_proved:
        return opened
    glance(connection, opened)
    at = f"{text(received_at.isoformat())}::timestamptz"
    file = Received(opened.found.headings, opened.found.cells, at)
    rules = dict(mapping.columns)
    for column, rule in mapping.columns.items():
        if rule.proved:
            found = list(_readings(connection, mapping, rule, file))
            rules[column] = replace(rule, format=(_chosen(name, rule, found, received_at),))
        if rule.side and _is_signed(connection, name, mapping, rule, file):
            rules[column] = replace(rule, side=None)
    return replace(opened, found=replace(opened.found, mapping=replace(mapping, columns=rules)))


def _readings(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, rule: ColumnRule, file: Received
) -> Iterator[_Reading]:
    """What a column is in each of its formats."""
    cell = text_of(mapping, rule, file)
    each = [f"try_strptime({cell}, {text(way)})::timestamp" for way in rule.format]
    dates = ", ".join(f"{asked} as d{n}" for n, asked in enumerate(each))
    any_read = f"coalesce({', '.join(f'd{n}' for n in range(len(each)))}) is not null"
    asked = ", ".join(
        f"count(*) filter (where d{n} is null and {any_read}), min(d{n}), max(d{n}), "
        f"bit_xor(hash(d{n}, row))"
        for n in range(len(each))
    )
    rows = f"select {dates}, row_number() over () as row from raw"
    told = connection.execute(f"select {asked} from ({rows})").fetchone()
    assert told
    for n, way in enumerate(rule.format):
        yield _Reading(way, *told[4 * n : 4 * n + 4])


def _chosen(name: str, rule: ColumnRule, found: list[_Reading], received_at: datetime) -> str:
    """The one format in which all cells make sense."""
    assert rule.proved
    # A clock may be ahead of UTC by half a day.
    until = received_at.replace(tzinfo=None) + timedelta(days=1)
    within = timedelta(days=rule.proved.within_days)
    possible = [reading for reading in found if reading.is_possible(until, within)]
    if possible and len({reading.mark for reading in possible}) == 1:
        return possible[0].format
    if all(reading.first is None for reading in found):
        return found[0].format  # nothing can be read: each row says so
    heading, ways = rule.from_[0], " or ".join(map(str, possible or found))
    what = "may be written" if possible else "cannot all be written"
    days = f"within {rule.proved.within_days} days and not in the future"
    raise Refused(
        f"{name}, {heading}: the dates {what} as {ways}{'' if possible else ', ' + days}. "
        "Export a month that is over, whole, so that a day over 12 shows the order; or export "
        "dates as 2025-12-03."
    )


def _is_signed(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    mapping: Mapping,
    rule: ColumnRule,
    file: Received,
) -> bool:
    """Whether a file writes its credits with a minus: they add up to a credit.

    Of a wide row the last period has the sum of all. Refused if a minus stands among credits that
    do not.
    """
    assert rule.side
    credit = ", ".join(map(text, rule.side.credit))
    amount = number_of("written", rule, "gbp")
    rows = f"select {text_of(mapping, rule, file)} as written, {side_of(rule, file)} as side"
    rows += (
        f", c0 = '{mapping.unpivot.last}' as is_whole" if mapping.unpivot else ", true as is_whole"
    )
    ((total, least),) = connection.execute(
        f"select coalesce(sum({amount}) filter (where is_whole), 0), coalesce(min({amount}), 0) "
        f"from ({rows} from raw) where side in ({credit})"
    ).fetchall()
    if least < 0 <= total:
        raise Refused(
            f"{name}, {rule.side.heading}: some credits bear a minus, and together they are no "
            "credit, so nobody can tell which of them are corrections. Export all accounts of the "
            "period."
        )
    return bool(total < 0)
