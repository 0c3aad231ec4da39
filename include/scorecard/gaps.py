"""What a figure lacks: columns that no system sends, and months that did not arrive.

A quarter without one of its months is not the quarter, now or as a baseline: what rests on it is
not known, never what the other months add up to.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from scorecard import arrivals
from scorecard.arrivals import AcceptedMonth, Arrival, Arrivals, months_of
from scorecard.carbon.activity import ACTIVITY
from scorecard.council import Council
from scorecard.kpis import KpiDefinition
from scorecard.period import FinancialQuarter, Period


class Known(Protocol):
    """What is asked of a measurement."""

    @property
    def as_at(self) -> datetime: ...
    @property
    def accepted(self) -> Sequence[AcceptedMonth]: ...
    @property
    def arrived(self) -> Arrivals: ...
    @property
    def decided(self) -> Council: ...
    @property
    def definitions(self) -> Mapping[str, KpiDefinition]: ...
    @property
    def mapped(self) -> Mapping[str, Collection[str]]: ...


def unmapped(known: Known, definition: KpiDefinition) -> Iterator[str]:
    """A sentence for each column that the KPI needs and no system of its table sends."""
    for need in definition.needs:
        table, _, column = need.partition(".")
        systems = sorted({row.system for row in known.accepted if row.table == table})
        mapped = [known.mapped.get(system) for system in systems]
        if systems and not any(columns is None or column in columns for columns in mapped):
            yield f"{', '.join(systems)} does not send {column}, which the figure needs."


def months_lacking(
    known: Known, definition: KpiDefinition, quarter: FinancialQuarter
) -> Iterator[str]:
    """A sentence for each table that sent a quarter in part: feed, month and sender.

    Months that are not over yet lack nothing, and a quarter of which nothing came is awaited.
    """
    to_come = [str(m) for m in quarter.months if arrivals.is_open(m.period, known.as_at)]
    for table in definition.tables:
        found = known.arrived.of(table, quarter.period)
        missing = tuple(each for each in found.missing if not any(m in each for m in to_come))
        if found.state == arrivals.PARTIAL and missing:
            sender = known.decided.sender_of(table)
            yield arrivals.in_words(table, sender, Arrival(found.state, missing))


def of_baseline(known: Known, definition: KpiDefinition, period: Period) -> Iterator[str]:
    """What the baseline quarters of a period lack, for a KPI that compares with them."""
    if definition.kind != "carbon" and not definition.against_baseline:
        return
    quarters = dict.fromkeys(month.quarter for month in months_of(period))
    for quarter in (base for each in quarters for base in known.decided.baselines_for(each)):
        for said in months_lacking(known, definition, quarter):
            yield f"Baseline {quarter}: {said}"


def activity_lacking(known: Known, quarter: FinancialQuarter) -> frozenset[str]:
    """The KPIs of carbon activity that are not known for a quarter, for want of a month."""
    found = (known.definitions[kpi_id] for kpi_id in ACTIVITY if kpi_id in known.definitions)
    return frozenset(each.id for each in found if any(months_lacking(known, each, quarter)))
