"""What must be true of the council's decisions taken together, beyond the shape of each row."""

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

from scorecard.decisions import Desks, Directorate, Event, Target
from scorecard.period import Month, UnknownPeriod
from scorecard.strict import WrongDefinition
from scorecard.tolerances import KINDS, PROVISIONAL, STOP, Confirmed, Gate, Sense

METHODS = (
    "floor_standard",
    "pct_tolerance",
    "abs_tolerance",
    "pct_tolerance_green_inside",
    "dot_conditional",
    "band",
    "forecast",
    "milestone",
    "savings",
    "none",
)
_NEEDS = {
    "floor_standard": ("target", "floor"),
    "pct_tolerance": ("target", "tolerance"),
    "abs_tolerance": ("target", "tolerance"),
    "pct_tolerance_green_inside": ("target", "tolerance"),
    "dot_conditional": ("target", "tolerance"),
    "band": (),
    "forecast": ("base_method",),
    "savings": ("base_method",),
}
_SHARES = ("pct_tolerance", "pct_tolerance_green_inside", "dot_conditional")


def check_targets(targets: Iterable[Target]) -> None:
    """Refuse a target that its method cannot use, and two of one decision for the same days."""
    rows = list(targets)
    for number, target in enumerate(rows, start=2):
        problem = _problem(target)
        if problem:
            raise WrongDefinition(f"targets.csv, row {number}: {target.kpi}: {problem}")
    seen = set()
    for number, target in enumerate(rows, start=2):
        begins = (target.kpi, target.directorate, target.effective_from, target.decided_on)
        if begins in seen:
            raise WrongDefinition(
                f"targets.csv, row {number}: {target.kpi} has a row for {target.directorate} from "
                f"{target.effective_from} already. Keep one of them, or say in decided_on when "
                "the later one was decided."
            )
        seen.add(begins)


def _problem(target: Target) -> str:
    """Why a target cannot be used, and what to do; empty if it can."""
    for method in (target.method, target.rule):
        if method not in METHODS:
            return f"method '{method}' is unknown. Use one of {', '.join(METHODS)}."
        for name in _NEEDS.get(method, ()):
            if getattr(target, name) is None:
                return f"method '{method}' needs '{name}'. Fill it in."
    if target.rule in _SHARES and target.target == 0:
        return f"a share of target 0 says nothing. Use abs_tolerance instead of {target.rule}."
    if target.tolerance is not None and target.tolerance < 0:
        return f"tolerance {target.tolerance} is negative. Write it without a sign."
    if target.rule == "band" and target.inner_low is None and target.inner_high is None:
        return "a band needs inner_low, inner_high or both. Fill one in."
    return ""


def check_events(events: Iterable[Event], themes: Mapping[str, str]) -> None:
    """Refuse an event that no chart would show; `themes` has the theme of every KPI."""
    for number, event in enumerate(events, start=2):
        if not any(event.concerns(theme, kpi) for kpi, theme in themes.items()):
            known = ", ".join(sorted(set(themes.values())))
            raise WrongDefinition(
                f"events.csv, row {number}: no KPI '{event.kpi}' is of the theme '{event.theme}'. "
                f"Use * or a KPI of docs/kpis.md, and * or one of {known}."
            )


def check_directorates(directorates: Iterable[Directorate]) -> None:
    """Refuse a name that two directorates use on the same days: rows could belong to either."""
    for one, other in combinations(directorates, 2):
        shared = one.called & other.called
        apart = one.last_day < other.effective_from or other.last_day < one.effective_from
        if shared and not apart:
            raise WrongDefinition(
                f"directorates.csv: {one.code} and {other.code} are both called "
                f"'{min(shared)}' on the same days. Remove it from one, or end one earlier."
            )


def check_desks(desks: Iterable[Desks]) -> None:
    """Refuse a building without desks, and one that has two numbers of them on the same day."""
    rows = list(desks)
    for number, row in enumerate(rows, start=2):
        if row.desks < 1:
            raise WrongDefinition(
                f"desks.csv, row {number}: {row.site} has {row.desks} desks. Write how many it "
                "has, or end its last row on its last day."
            )
    for one, other in combinations(rows, 2):
        apart = one.last_day < other.effective_from or other.last_day < one.effective_from
        if one.site == other.site and not apart:
            raise WrongDefinition(
                f"desks.csv: {one.site} has {one.desks} and {other.desks} desks on the same days. "
                "End the earlier row, or remove one."
            )


def check_feeds(feeds: Collection[str], sources: Collection[str]) -> None:
    """Refuse a feed of a source that Scorecard does not know, and a source without a feed."""
    for name in sorted(set(feeds) - set(sources)):
        known = ", ".join(sources)
        raise WrongDefinition(f"feeds.yaml: source '{name}' is unknown. Use one of {known}.")
    for name in sorted(set(sources) - set(feeds)):
        raise WrongDefinition(f"feeds.yaml: source '{name}' is missing. Say who sends it.")


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
    for kpi, limits in gate.jumps.items():
        if limits.problem:
            raise WrongDefinition(f"council.yaml: gate: jumps: {kpi}: {limits.problem}")


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
