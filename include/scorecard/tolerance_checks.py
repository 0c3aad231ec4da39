"""What must be true of what the council tolerates: its gate, its tests for sense, its jumps."""

from collections.abc import Collection, Iterable

from scorecard.period import Month, UnknownPeriod
from scorecard.strict import WrongDefinition
from scorecard.tolerances import KINDS, PROVISIONAL, STOP, Confirmed, Gate, Sense

_ALWAYS_STOP = {
    "control_total": "A ledger that misses its control total is not the ledger",
    "parts": "Directorates that do not add up to the council are a fault of ours",
}


def check_gate(gate: Gate) -> None:
    """Refuse an outcome that the gate does not know, or that lets through what must stop."""
    for kind in KINDS:
        outcome, where = getattr(gate, kind), f"council.yaml: gate: {kind}"
        if outcome not in (STOP, PROVISIONAL):
            raise WrongDefinition(
                f"{where}: '{outcome}' is unknown. Write {STOP} or {PROVISIONAL}."
            )
        if kind in _ALWAYS_STOP and outcome != STOP:
            raise WrongDefinition(f"{where}: '{outcome}'. {_ALWAYS_STOP[kind]}. Write {STOP}.")
    if not 1 <= gate.jump_fewest <= gate.jump_months:
        raise WrongDefinition(
            f"council.yaml: gate: jump_fewest: {gate.jump_fewest} of {gate.jump_months} months "
            "make no median. Write a number from 1 to jump_months."
        )


def check_sense(sense: Sense) -> None:
    """Refuse a threshold by which everything, or nothing, would be listed."""
    where = "council.yaml: sense:"
    for name in ("far_below", "fewer_cases"):
        if not 0 < getattr(sense, name) < 1:
            raise WrongDefinition(
                f"{where} {name}: {getattr(sense, name)} is no part of what is compared with. "
                "Write a number between 0 and 1."
            )
    if sense.far_above <= 1:
        raise WrongDefinition(
            f"{where} far_above: {sense.far_above} is not above the target. Write a number over 1."
        )
    for name in ("months", "unchanged_months"):
        if getattr(sense, name) < 2:
            raise WrongDefinition(
                f"{where} {name}: {getattr(sense, name)} of a series says nothing. Write 2 or more."
            )


def check_jumps(
    gate: Gate, confirmed: Iterable[Confirmed], tested: Collection[str], codes: Collection[str]
) -> None:
    """Refuse limits and confirmations of what is not tested; `tested` are KPIs with a jump test."""
    known = f"Use one of {', '.join(sorted(tested))}."
    for kpi in sorted(set(gate.jumps) - set(tested)):
        raise WrongDefinition(
            f"council.yaml: gate: jumps: '{kpi}' is not tested for jumps. {known}"
        )
    for number, row in enumerate(confirmed, start=2):
        where = f"confirmed.csv, row {number}"
        if row.kpi not in tested:
            raise WrongDefinition(f"{where}: '{row.kpi}' is not tested for jumps. {known}")
        if row.directorate not in codes:
            named = ", ".join(sorted(codes))
            raise WrongDefinition(
                f"{where}: there is no directorate '{row.directorate}'. Use one of {named}."
            )
        try:
            Month.parse(row.period)
        except UnknownPeriod as error:
            raise WrongDefinition(f"{where}: period: {error}") from error
