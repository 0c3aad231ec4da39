"""The gate before a draft: what is wrong with a quarter's extracts, and what becomes of it.

A finding stops the draft, or marks the figures that it concerns and the whole pack as provisional,
as the council decided for its kind. Findings of earlier months mark figures and stop nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from scorecard import arrivals, balance
from scorecard.arrivals import Arrivals, feed_of
from scorecard.balance import Counted, DoesNotReconcile
from scorecard.council import COUNCIL, Council
from scorecard.jumps import Jump, from_first_count, jumps_in
from scorecard.kpis import KpiDefinition, rounded
from scorecard.period import FinancialQuarter, Period, period_named
from scorecard.sources import TABLES
from scorecard.states import Readiness
from scorecard.tolerances import STOP, Confirmed, JumpTest

CONFIRMED = "confirmed"  # a jump that a person found true
CONFIRMATIONS = "include/council/confirmed.csv"

Numbers = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Finding:
    """One thing that the gate found: its kind, what becomes of it, what it concerns, in words."""

    kind: str  # one of tolerances.KINDS
    outcome: str  # stop, provisional, confirmed
    table: str  # whose rows are in doubt
    period: str
    directorate: str  # whose figures, beside the council's own; COUNCIL: everyone's
    message: str  # where, what, and what to do

    @property
    def source(self) -> str:
        return TABLES[self.table].source

    def concerns(self, directorate: str) -> bool:
        """Whether a figure of the directorate rests on what is in doubt."""
        return self.directorate == COUNCIL or directorate in (self.directorate, COUNCIL)


class Known(Protocol):
    """What the gate asks of a measurement."""

    @property
    def quarter(self) -> FinancialQuarter: ...
    @property
    def periods(self) -> Sequence[Period]: ...
    @property
    def rows(self) -> Sequence[Counted]: ...
    @property
    def numbers(self) -> Mapping[str, Mapping[str, Mapping[str, Numbers]]]: ...
    @property
    def arrived(self) -> Arrivals: ...
    @property
    def decided(self) -> Council: ...
    @property
    def definitions(self) -> Mapping[str, KpiDefinition]: ...
    @property
    def of_months(self) -> Sequence[Finding]: ...
    def absent(self, table: str, period: Period) -> list[str]:
        """The directorates of which a table has no row."""


def passed(known: Known) -> tuple[Finding, ...]:
    """What was found of the quarter; DoesNotReconcile lists all that stops the draft."""
    found = tuple(_of_quarter(known))
    stops = [finding for finding in found if finding.outcome == STOP]
    if stops:
        reasons = "".join(f"\n- {finding.message}" for finding in stops)
        count = "1 finding stops" if len(stops) == 1 else f"{len(stops)} findings stop"
        raise DoesNotReconcile(f"{known.quarter}: {count} the draft.{reasons}")
    return found


def _of_quarter(known: Known) -> Iterator[Finding]:
    """Every finding of the quarter and its months; parts must add up in any period."""
    own = {str(known.quarter), *(str(month) for month in known.quarter.months)}
    for table in sorted({name for d in known.definitions.values() for name in d.tables}):
        yield from of_feed(known, table, known.quarter.period)
    yield from _of_control(known, own)
    yield from _of_parts(known)
    yield from (finding for finding in known.of_months if finding.period in own)


def of_feed(known: Known, table: str, period: Period) -> list[Finding]:
    """What a table lacks for a period: extracts of months, or all rows of a directorate."""
    decided = known.decided.settled.gate
    sender, arrival = known.decided.sender_of(table), known.arrived.of(table, period)
    found = []
    if arrival.state != arrivals.COMPLETE:
        words = arrivals.in_words(table, sender, arrival)
        kind = "incomplete_feed"
        found.append(Finding(kind, decided.incomplete_feed, table, period.key, COUNCIL, words))
    absent = known.absent(table, period)
    if absent and arrival.state != arrivals.NONE:
        words = arrivals.absent_in_words(table, sender, period, absent)
        kind = "missing_directorate"
        found.append(Finding(kind, decided.missing_directorate, table, period.key, COUNCIL, words))
    return found


def _of_control(known: Known, periods: Iterable[str]) -> Iterator[Finding]:
    sender = known.decided.sender_of("ledger")
    for period, difference in balance.control_differences(known.rows, set(periods)):
        message = (
            f"budget, ledger of {period}: the actuals accepted differ from the ledger's own "
            f"control total by £{difference:,.2f}. {sender} corrects the extract and sends it "
            "again, or the rows set aside are mapped."
        )
        outcome = known.decided.settled.gate.control_total
        yield Finding("control_total", outcome, "ledger", period, COUNCIL, message)


def _of_parts(known: Known) -> Iterator[Finding]:
    for one in balance.unbalanced(known.rows, known.definitions):
        message = (
            f"{one.kpi_id}, {one.period}: the directorates add up to {one.parts}, the council has "
            f"{one.whole}. The performance team corrects include/sql/kpi/{one.kpi_id}.sql."
        )
        table = known.definitions[one.kpi_id].tables[0]
        yield Finding(
            "parts", known.decided.settled.gate.parts, table, one.period, COUNCIL, message
        )


def jumps(known: Known) -> Iterator[Finding]:
    """Each month of which a table's volume jumped: the council's, else a directorate's own."""
    for definition in known.definitions.values():
        if definition.jump is None:
            continue
        of_council: dict[str, bool] = {}
        for directorate in (COUNCIL, *(d.code for d in known.decided.directorates)):
            about = definition, definition.jump, directorate
            for jump in _jumps_of(known, *about):
                if directorate == COUNCIL:
                    of_council[jump.month] = jump.is_rise
                elif of_council.get(jump.month) == jump.is_rise:
                    continue  # the council's finding tells it
                yield _jumped(known, *about, jump)


def _jumps_of(
    known: Known, definition: KpiDefinition, test: JumpTest, directorate: str
) -> Iterator[Jump]:
    """The jumps of one directorate's volume, over the months that all its feeds sent whole."""
    gate, place = known.decided.settled.gate, ("numerator", "denominator").index(test.of)
    volumes: dict[str, Decimal] = {}
    for period in known.periods:
        if period.kind != "month" or not _is_whole(known, definition, directorate, period):
            continue
        numbers = known.numbers.get(definition.id, {}).get(period.key, {}).get(directorate)
        volume = numbers[place] if numbers else Decimal(0)
        if volume is not None:
            volumes[period.key] = volume
    limits = gate.jumps.get(definition.id, test.limits)
    span = gate.jump_months, gate.jump_fewest
    found_true = {month for month in volumes if _confirmed(known, definition, directorate, month)}
    return jumps_in(from_first_count(volumes), limits, span, found_true)


def _is_whole(known: Known, definition: KpiDefinition, directorate: str, period: Period) -> bool:
    """Whether the month's feeds are complete and the directorate existed in it."""
    codes = {COUNCIL, *(d.code for d in known.decided.directorates_in(period))}
    return directorate in codes and all(
        known.arrived.of(table, period).state == arrivals.COMPLETE for table in definition.tables
    )


def _confirmed(
    known: Known, definition: KpiDefinition, directorate: str, month: str
) -> Confirmed | None:
    """The row in which a person found a month's volume true, if there is one."""
    wanted = definition.id, directorate, month
    rows = known.decided.confirmed
    return next((row for row in rows if (row.kpi, row.directorate, row.period) == wanted), None)


def _jumped(
    known: Known, definition: KpiDefinition, test: JumpTest, directorate: str, jump: Jump
) -> Finding:
    """A jump as a finding, confirmed or not."""
    said = (
        f"{feed_of(test.table)} of {jump.month}: {definition.id} of {directorate} counts "
        f"{rounded(jump.seen, 0):,} {test.what}, {jump.times} times the median of the "
        f"{jump.months} months before."
    )
    about = test.table, jump.month, directorate
    confirmed = _confirmed(known, definition, directorate, jump.month)
    if confirmed:
        why = f"Confirmed by {confirmed.decision}: {confirmed.reason}."
        return Finding("jump", CONFIRMED, *about, f"{said} {why}")
    sender = known.decided.sender_of(test.table)
    asked = f"{sender} confirms it in {CONFIRMATIONS} or sends the month again."
    return Finding("jump", known.decided.settled.gate.jump, *about, f"{said} {asked}")


def doubts(known: Known, definition: KpiDefinition, period: Period) -> list[Finding]:
    """What was found, and not confirmed, of months of a period in tables that a KPI reads."""
    return [
        finding
        for finding in known.of_months
        if finding.outcome != CONFIRMED
        and finding.table in definition.tables
        and (definition.by_sla_times or finding.kind != "no_sla_time")
        and period.starts_at <= period_named(finding.period).starts_at < period.ends_at
    ]


def doubted(ready: Readiness, found: Iterable[Finding], directorate: str) -> Readiness:
    """What a directorate's figure lacks, with what was found of the rows that it rests on."""
    said = tuple(finding.message for finding in found if finding.concerns(directorate))
    return replace(ready, incomplete=(*ready.incomplete, *said)) if said else ready
