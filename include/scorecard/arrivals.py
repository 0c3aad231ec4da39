"""What has arrived: whether the extracts that a figure needs were there, month by month.

An extract often brings a few late rows of another month. They are counted where they belong, but
they are not that month's extract: a month has arrived with an extract that holds at least half as
many rows of it as of its fullest month (proposed).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from scorecard.period import Month, Period, london_day, months_between
from scorecard.sources import TABLES

# How many months of a table a period needs: each of them, or its last because the amounts are
# year to date, or any up to its end because the newest list stays in force.
_LAST_MONTH = ("ledger", "savings")
_IN_FORCE = ("staff",)
_NEVER_AWAITED = ("travel_survey",)  # without a survey the carbon method has its own default

COMPLETE, PARTIAL, NONE = "complete", "partial", "none"


@dataclass(frozen=True)
class AcceptedMonth:
    """The accepted rows of one extract that belong to one month."""

    table: str
    system: str
    month: str
    rows: int
    extract_id: int
    received_at: datetime


@dataclass(frozen=True)
class Arrival:
    """Whether a table's extracts for a period are there, and what is missing, in words."""

    state: str  # complete, partial, none
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrivals:
    """Per table and system: the months that arrived whole, and those received before their end."""

    whole: Mapping[str, Mapping[str, Collection[str]]]
    early: Mapping[str, Mapping[str, Collection[str]]]

    def of(self, table: str, period: Period) -> Arrival:
        """What arrived of a table for a period."""
        if table in _NEVER_AWAITED:
            return Arrival(COMPLETE)
        systems = self.whole.get(table, {})
        if table in _IN_FORCE:
            return self._in_force(table, period)
        months = [str(month) for month in months_of(period)]
        needed = months[-1:] if table in _LAST_MONTH else months
        # A system counts from the first month that it ever sent.
        missing = tuple(
            f"{system} {month}{self._how_early(table, system, month)}"
            for system, sent in sorted(systems.items())
            for month in needed
            if month not in sent and month >= min(sent, default=month)
        )
        arrived = {month for sent in systems.values() for month in sent} & set(months)
        if not any(self.has(table, month) for month in months):
            return Arrival(NONE, tuple(needed))
        unsent = tuple(month for month in needed if month not in arrived and not missing)
        return Arrival(PARTIAL if missing or unsent else COMPLETE, missing or unsent)

    @property
    def first_month(self) -> str:
        """The first month of which any extract arrived; late rows of earlier months are none."""
        months = [
            month
            for found in (self.whole, self.early)
            for systems in found.values()
            for sent in systems.values()
            for month in sent
        ]
        return min(months, default="")

    def has(self, table: str, month: str) -> bool:
        """Whether any extract of a table arrived for a month, complete or not."""
        return any(
            month in sent
            for found in (self.whole, self.early)
            for sent in found.get(table, {}).values()
        )

    def _in_force(self, table: str, period: Period) -> Arrival:
        last = str(months_of(period)[-1])
        sent = {month for months in self.whole.get(table, {}).values() for month in months}
        if any(month <= last for month in sent):
            return Arrival(COMPLETE)
        return Arrival(NONE, (last,))

    def _how_early(self, table: str, system: str, month: str) -> str:
        received = month in self.early.get(table, {}).get(system, ())
        return " (received before the month was over)" if received else ""


def months_of(period: Period) -> list[Month]:
    """The months of which a period consists."""
    first = Month.containing(period.starts_at)
    return months_between(first, Month.containing(period.ends_at).shifted(-1))


def arrivals_of(accepted: Iterable[AcceptedMonth]) -> Arrivals:
    """What arrived, from the accepted months of every extract that a measurement read."""
    whole: dict[str, dict[str, set[str]]] = {}
    early: dict[str, dict[str, set[str]]] = {}
    rows = list(accepted)
    fullest: dict[int, int] = {}
    for row in rows:
        fullest[row.extract_id] = max(row.rows, fullest.get(row.extract_id, 0))
    for row in rows:
        if 2 * row.rows < fullest[row.extract_id]:
            continue
        was_over = row.received_at >= Month.parse(row.month).ends_at
        found = whole if was_over else early
        found.setdefault(row.table, {}).setdefault(row.system, set()).add(row.month)
        whole.setdefault(row.table, {}).setdefault(row.system, set())
    return Arrivals(whole, early)


def feed_of(table: str) -> str:
    """A table as its sender knows it: the source, and the table where they differ."""
    source = TABLES[table].source
    return table if source == table else f"{source}, {table}"


def in_words(table: str, sender: str, arrival: Arrival) -> str:
    """What is missing of a table and who sends it, as one sentence."""
    feed, missing = feed_of(table), ", ".join(arrival.missing)
    if arrival.state == NONE:
        return f"{feed}: nothing has been accepted for {missing}. {sender} sends it."
    return f"{feed}: incomplete without {missing}. {sender} sends it."


def absent_in_words(table: str, sender: str, period: Period, codes: Iterable[str]) -> str:
    """Which directorates a table has no row of, and who sends them, as one sentence."""
    named = ", ".join(codes)
    return f"{feed_of(table)} of {period.key}: there is no row of {named}. {sender} sends it."


def is_open(period: Period, as_at: datetime) -> bool:
    """Whether a period was not over yet at the moment as at which it was measured."""
    return as_at < period.ends_at


def unsettled(arrivals: Arrivals, table: str, period: Period, days: int) -> str:
    """A sentence while cases may still change and no extract that would say so has arrived."""
    until = london_day(period.ends_at) + timedelta(days=days - 1)
    month = f"{until:%Y-%m}"
    if days == 0 or arrivals.has(table, month):
        return ""
    return (
        f"Cases may still change until {until:%-d %B %Y}, and no {table} extract of {month} "
        "has been accepted."
    )


def still_open_in_words(period: Period) -> str:
    """That a period is not over, as one sentence."""
    return f"The period is open until {london_day(period.ends_at):%-d %B %Y}."
