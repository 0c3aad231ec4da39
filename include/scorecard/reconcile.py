"""Step: a measurement becomes figures, if the gate lets it pass."""

import logging
from collections import Counter
from datetime import date
from pathlib import Path

from scorecard import assumptions, balance, gate, known_decisions, kpis, mapping, strategy_money
from scorecard.agreement_checks import check_owners, check_rules
from scorecard.council import COUNCIL, last_day_of
from scorecard.kpis import KpiDefinition
from scorecard.period import FinancialQuarter
from scorecard.reckoning import Reckoning, figures_of
from scorecard.register import figures as register
from scorecard.register import only_one, published
from scorecard.sensitive import Before
from scorecard.settings import INCLUDE
from scorecard.stores import Stores
from scorecard.tolerance_checks import check_jumps

log = logging.getLogger(__name__)


def run(stores: Stores, measurement_id: str) -> str:
    """The figures of a measurement, written once; DoesNotReconcile writes none and says why."""
    with only_one(stores.register, f"reconcile {measurement_id}"):
        if register.are_there(stores.register, measurement_id):
            log.info("measurement %s: its figures are there already", measurement_id[:12])
            return measurement_id
        known = reckoning_of(stores, measurement_id)
        _check_decisions(known)
        _check_strategy_money(stores, known, measurement_id)
        found = gate.passed(known)
        figures = figures_of(known)
        register.write(stores.register, measurement_id, figures, found)
    for finding in found:
        log.warning("%s: %s: %s", known.quarter, finding.outcome, finding.message)
    states = Counter(figure.state for figure in figures)
    told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    log.info("%s: %d figures: %s", known.quarter, len(figures), told)
    return measurement_id


def reckoning_of(stores: Stores, measurement_id: str) -> Reckoning:
    """What the register holds of a measurement, beside the definitions and decisions in force."""
    reading = register.read(stores.register, measurement_id)
    return Reckoning(
        quarter=FinancialQuarter.parse(reading.quarter),
        as_at=reading.as_at,
        rows=reading.rows,
        accepted=reading.accepted,
        modes=register.activity(stores.register, measurement_id, "travel_modes"),
        people=register.activity(stores.register, measurement_id, "people"),
        of_ended=register.activity(stores.register, measurement_id, "rows_of_ended"),
        without_sla=register.activity(stores.register, measurement_id, "tickets_without_sla"),
        before=Before.of(published.told(stores.register, reading.as_at)),
        decided=known_decisions.read(stores.settings.council, reading.as_at),
        definitions=kpis.load(INCLUDE / "sql" / "kpi"),
        mapped=_mapped(INCLUDE / "sources"),
        sets=assumptions.factor_sets().out_by(reading.as_at),
    )


def _mapped(folder: Path) -> dict[str, frozenset[str]]:
    """The columns that each system's mapping fills."""
    return {system: frozenset(found.columns) for system, found in mapping.load_all(folder).items()}


def _check_decisions(known: Reckoning) -> None:
    """Refuse what the council decided about KPIs and directorates that are not there."""
    definitions = known.definitions.values()
    tested = [d.id for d in definitions if d.jump]
    codes = [COUNCIL, *(d.code for d in known.decided.directorates)]
    check_jumps(known.decided.settled.gate, known.decided.confirmed, tested, codes)
    check_rules(known.decided.targets, {d.id: d.better for d in definitions})
    check_owners(known.decided.owners, {d.id: _first_day(known, d) for d in definitions})


def _first_day(known: Reckoning, definition: KpiDefinition) -> date:
    """The day for which a KPI is first asked who owns it: the last of its first period."""
    periods = definition.asked_for(known.periods, known.quarter.rolling_12)
    return min(last_day_of(period) for period in periods)


def _check_strategy_money(stores: Stores, known: Reckoning, measurement_id: str) -> None:
    """Stop if a table adds kinds of strategy money."""
    lines = strategy_money.lines_of(known.decided.settled.strategy_finance)
    decided = strategy_money.kinds_of(lines)
    for table in strategy_money.TABLES:
        rows = register.activity(stores.register, measurement_id, table)
        balance.check_kinds(table, rows, decided)
