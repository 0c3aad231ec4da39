"""Why a figure differs from what was published: from facts of the register, in words.

Nobody has to remember what came late. Where a person knows more, their reason stands instead.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from scorecard.arrivals import AcceptedMonth, months_of
from scorecard.kpis import KpiDefinition
from scorecard.packs.words import counted, day
from scorecard.period import Period, london_day

_MOST = 3  # deliveries that are named; of more, the others are counted

# Parts of a measurement's identity beside its files, and what it means when one differs.
_PARTS = {
    "open": "A period that was open has ended.",
    "council": "A decision of the council changed.",
    "told": "Another pack was published, and with it other figures must be withheld.",
    "factors": "A set of carbon factors came out.",
    "reference": "The list of bank holidays was corrected.",
    "relations": "The way in which rows are read was corrected.",
    "code": "The way in which figures are reckoned was corrected.",
}


@dataclass(frozen=True)
class Basis:
    """What the figures of a measurement rest on: its identity, and each month of its extracts."""

    identity: Mapping[str, Any]
    months: tuple[AcceptedMonth, ...]


def cause_of(definition: KpiDefinition, period: Period, now: Basis, then: Basis, kind: str) -> str:
    """Why a KPI's figure for a period is another than the one that rested on something else."""
    if kind == "version":
        version = definition.version_for(period)
        why = next(v.why for v in definition.versions if v.version == version)
        return f"Version {version} of the definition: {why}"
    late = "late row" if kind == "correction" else "row"
    arrived = _of_period(new_months(definition.tables, now, then), period)
    delivered = _deliveries(arrived, late) or _sent_again(definition, now, then)
    return delivered or _other(definition, now, then)


def new_months(tables: Collection[str], now: Basis, then: Basis) -> list[AcceptedMonth]:
    """The months of the extracts that are inputs now and were not then."""
    before = {month.extract_id for month in then.months}
    return [m for m in now.months if m.table in tables and m.extract_id not in before]


def _of_period(new: list[AcceptedMonth], period: Period) -> list[AcceptedMonth]:
    """Those of the period; else those before it, whose cases end in it; else all."""
    own = [str(month) for month in months_of(period)]
    within = [m for m in new if m.month in own]
    return within or [m for m in new if m.month < own[0]] or new


def _deliveries(months: Iterable[AcceptedMonth], row: str) -> str:
    """`14 late rows of tickets, received 12 August 2025`, for each day and table."""

    def delivery(month: AcceptedMonth) -> tuple[Any, str]:
        return london_day(month.received_at), month.table

    told = [
        f"{counted(sum(m.rows for m in of_one), row)} of {table}, received {day(received)}"
        for (received, table), of_one in groupby(sorted(months, key=delivery), delivery)
    ]
    others = len(told) - _MOST
    if others > 0:
        told = [*told[:_MOST], counted(others, "other delivery", "other deliveries")]
    return "; ".join(told)


def _sent_again(definition: KpiDefinition, now: Basis, then: Basis) -> str:
    """The tables whose files are the same, and count in another order or otherwise."""
    files = [each.identity.get("inputs", {}) for each in (now, then)]
    if not all(isinstance(each, Mapping) for each in files):
        return ""
    tables = [t for t in definition.tables if files[0].get(t, []) != files[1].get(t, [])]
    return f"Files of {', '.join(tables)} were sent again, or taken back." if tables else ""


def _other(definition: KpiDefinition, now: Basis, then: Basis) -> str:
    told = [
        words for part, words in _PARTS.items() if now.identity.get(part) != then.identity.get(part)
    ]
    mine = [
        [kpi for kpi in each.identity.get("kpis", ()) if kpi.get("id") == definition.id]
        for each in (now, then)
    ]
    told += ["Its definition was corrected."] if mine[0] != mine[1] else []
    return " ".join(told) or "The register names no cause."
