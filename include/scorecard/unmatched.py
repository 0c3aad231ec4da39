"""Rows that no decision of the council fits: of a directorate that had ended, or without SLA time.

They are counted, in the month in which they stand; the gate says of which, how many, and who acts.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from scorecard.arrivals import feed_of
from scorecard.council import COUNCIL, Council
from scorecard.gate import Finding


class Known(Protocol):
    """What is asked of a measurement: its decisions, and two of its tables of activity."""

    @property
    def decided(self) -> Council: ...
    @property
    def of_ended(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def without_sla(self) -> Sequence[Mapping[str, Any]]: ...


def findings(known: Known) -> Iterator[Finding]:
    """Every month in which rows of a table fit no decision."""
    yield from _of_ended(known)
    yield from _without_sla(known)


def _of_ended(known: Known) -> Iterator[Finding]:
    for row in known.of_ended:
        table, month, code = row["table_name"], row["month"], row["directorate"]
        since, sender = _since(known.decided, code, month), known.decided.sender_of(table)
        message = (
            f"{feed_of(table)} of {month}: {int(row['rows_named']):,} rows name {code}, which "
            f"{since}. {sender} sends the month by the directorates of then, or "
            "include/council/directorates.csv is corrected."
        )
        outcome = known.decided.settled.gate.ended_directorate
        yield Finding("ended_directorate", outcome, table, month, code, message)


def _since(decided: Council, code: str, month: str) -> str:
    """That a directorate did not exist in a month, with the day if it had ended."""
    days = [d.last_day for d in decided.directorates if d.code == code]
    ended = [day for day in days if f"{day:%Y-%m}" < month]
    return f"ended on {max(ended):%-d %B %Y}" if ended else "did not exist then"


def _without_sla(known: Known) -> Iterator[Finding]:
    for row in known.without_sla:
        month, of = row["month"], f"{row['type']} {row['priority']}"
        message = (
            f"tickets of {month}: {int(row['tickets']):,} of {of} have no SLA time and are in no "
            "figure of the SLA. The performance team adds the time to `sla` in "
            "include/council/council.yaml, or a row with hours: none."
        )
        outcome = known.decided.settled.gate.no_sla_time
        yield Finding("no_sla_time", outcome, "tickets", month, COUNCIL, message)
