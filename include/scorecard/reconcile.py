"""Step: a measurement becomes figures, if its parts add up and its control totals are met."""

import logging
from collections import Counter
from datetime import date
from pathlib import Path

from scorecard import balance, council, factors, kpis, mapping
from scorecard.council import last_day_of
from scorecard.decision_checks import check_owners, check_rules
from scorecard.kpis import KpiDefinition
from scorecard.period import FinancialQuarter
from scorecard.reckoning import Reckoning, figures_of
from scorecard.register import figures as register
from scorecard.register import only_one
from scorecard.settings import INCLUDE
from scorecard.stores import Stores

FACTORS = INCLUDE / "reference" / "ghg_factors.csv"

log = logging.getLogger(__name__)


def run(stores: Stores, measurement_id: str) -> str:
    """The figures of a measurement, written once; DoesNotReconcile writes none and says why."""
    with only_one(stores.register, f"reconcile {measurement_id}"):
        if register.are_there(stores.register, measurement_id):
            log.info("measurement %s: its figures are there already", measurement_id[:12])
            return measurement_id
        known = _reckoning(stores, measurement_id)
        check(known)
        figures = figures_of(known)
        register.write(stores.register, measurement_id, figures)
    states = Counter(figure.state for figure in figures)
    told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    log.info("%s: %d figures: %s", known.quarter, len(figures), told)
    return measurement_id


def _reckoning(stores: Stores, measurement_id: str) -> Reckoning:
    """What the register holds of a measurement, beside the definitions and decisions in force."""
    reading = register.read(stores.register, measurement_id)
    return Reckoning(
        quarter=FinancialQuarter.parse(reading.quarter),
        as_at=reading.as_at,
        rows=reading.rows,
        accepted=reading.accepted,
        modes=register.activity(stores.register, measurement_id, "travel_modes"),
        decided=council.read(stores.settings.council),
        definitions=kpis.load(INCLUDE / "sql" / "kpi"),
        mapped=_mapped(INCLUDE / "sources"),
        sets=factors.read(FACTORS.read_text(encoding="utf-8")),
    )


def _mapped(folder: Path) -> dict[str, frozenset[str]]:
    """The columns that each system's mapping fills."""
    return {system: frozenset(found.columns) for system, found in mapping.load_all(folder).items()}


def check(known: Reckoning) -> None:
    """Stop before a figure is written if the measurement contradicts itself."""
    definitions = known.definitions.values()
    check_rules(known.decided.targets, {each.id: each.better for each in definitions})
    check_owners(known.decided.owners, {each.id: _first_day(known, each) for each in definitions})
    printed = {str(month) for month in known.quarter.months} | {str(known.quarter)}
    balance.check_control(known.rows, printed, known.decided.sender_of("ledger"))
    balance.check_parts(known.rows, known.definitions)


def _first_day(known: Reckoning, definition: KpiDefinition) -> date:
    """The day for which a KPI is first asked who owns it: the last of its first period."""
    return min(last_day_of(p) for p in known.periods if definition.is_measured_for(p))
