"""What must be true of the council's decisions taken together, beyond the shape of each row."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from itertools import combinations

from scorecard.decisions import Directorate, Event, Owner, Target
from scorecard.strict import WrongDefinition

# Methods that rate a value by themselves, those that rate it by one of these, and none.
_PLAIN = (
    "floor_standard",
    "pct_tolerance",
    "abs_tolerance",
    "pct_tolerance_green_inside",
    "dot_conditional",
    "band",
)
_BY_ANOTHER = ("forecast", "savings")
METHODS = (*_PLAIN, *_BY_ANOTHER, "none")
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
    """Refuse a target that its method cannot use, and two that hold for the same days."""
    rows = list(targets)
    for number, target in enumerate(rows, start=2):
        problem = _problem(target)
        if problem:
            raise WrongDefinition(f"targets.csv, row {number}: {target.kpi}: {problem}")
    seen = set()
    for number, target in enumerate(rows, start=2):
        begins = (target.kpi, target.directorate, target.effective_from)
        if begins in seen:
            raise WrongDefinition(
                f"targets.csv, row {number}: {target.kpi} has a row for {target.directorate} from "
                f"{target.effective_from} already. Keep one of them."
            )
        seen.add(begins)


def _problem(target: Target) -> str:
    """Why a target cannot be used, and what to do; empty if it can."""
    if target.method == "milestone":
        return "method 'milestone' rates dates, not values. Use another, or none with a reason."
    for method in (target.method, target.rule):
        if method not in METHODS:
            return f"method '{method}' is unknown. Use one of {', '.join(METHODS)}."
        for name in _NEEDS.get(method, ()):
            if getattr(target, name) is None:
                return f"method '{method}' needs '{name}'. Fill it in."
    if target.base_method and (target.method not in _BY_ANOTHER or target.rule not in _PLAIN):
        return (
            f"method '{target.method}' cannot rate by base_method '{target.base_method}'. Leave "
            f"it empty, or use {' or '.join(_BY_ANOTHER)} with one of {', '.join(_PLAIN)}."
        )
    if target.rule in _SHARES and target.target == 0:
        return f"a share of target 0 says nothing. Use abs_tolerance instead of {target.rule}."
    if target.tolerance is not None and target.tolerance < 0:
        return f"tolerance {target.tolerance} is negative. Write it without a sign."
    return _band_problem(target) if target.rule == "band" else ""


def _band_problem(target: Target) -> str:
    if target.inner_low is None and target.inner_high is None:
        return "a band needs inner_low, inner_high or both. Fill one in."
    ends = (target.outer_low, target.inner_low, target.inner_high, target.outer_high)
    given = [end for end in ends if end is not None]
    beyond_open = (target.inner_low is None and target.outer_low is not None) or (
        target.inner_high is None and target.outer_high is not None
    )
    if given != sorted(given) or beyond_open:
        return "its outer band does not hold its inner band. Order the ends from low to high."
    return ""


def check_targets_of(targets: Iterable[Target], codes: Collection[str]) -> None:
    """Refuse a target of a directorate that does not exist: nothing would be rated by it."""
    for number, target in enumerate(targets, start=2):
        if target.directorate not in (*codes, "*", "COUNCIL"):
            raise WrongDefinition(
                f"targets.csv, row {number}: {target.kpi}: directorate '{target.directorate}' is "
                f"unknown. Use *, COUNCIL or one of {', '.join(sorted(codes))}."
            )


def check_rules(targets: Iterable[Target], better: Mapping[str, str]) -> None:
    """Refuse a floor that no value can miss and reach; `better` is the way each KPI should go."""
    for number, target in enumerate(targets, start=2):
        if target.rule != "floor_standard" or target.target is None or target.floor is None:
            continue
        apart = target.target - target.floor
        way = better.get(target.kpi, "higher")
        if way == "band" or (apart < 0 if way == "higher" else apart > 0):
            raise WrongDefinition(
                f"targets.csv, row {number}: {target.kpi}: a floor of {target.floor} cannot stand "
                f"behind a target of {target.target} where better is {way}. Correct one of them."
            )


def check_owners(owners: Iterable[Owner], begins: Mapping[str, date]) -> None:
    """Refuse a KPI that nobody answers for on a day; `begins` is the first day it is asked for."""
    rows = list(owners)
    for kpi, first in sorted(begins.items()):
        if not any(row.kpi == kpi and row.effective_from <= first for row in rows):
            raise WrongDefinition(
                f"owners.csv: {kpi} has a figure for the period to {first} and nobody owns it "
                f"then. Add a row for {kpi} whose effective_from is {first} or earlier."
            )


def check_one_owner(owners: Iterable[Owner]) -> None:
    """Refuse two rows of a KPI from the same day: either could answer."""
    seen = set()
    for number, row in enumerate(owners, start=2):
        if (row.kpi, row.effective_from) in seen:
            raise WrongDefinition(
                f"owners.csv, row {number}: {row.kpi} has an owner from {row.effective_from} "
                "already. Keep one of the rows."
            )
        seen.add((row.kpi, row.effective_from))


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


def check_successors(directorates: Iterable[Directorate]) -> None:
    """Refuse a successor that does not exist, or of a directorate that does not end."""
    rows = list(directorates)
    for number, row in enumerate(rows, start=2):
        for code in row.succeeded_by:
            problem = _successor_problem(row, code, rows)
            if problem:
                raise WrongDefinition(f"directorates.csv, row {number}: {row.code}: {problem}")


def _successor_problem(row: Directorate, code: str, rows: Iterable[Directorate]) -> str:
    if row.effective_to is None:
        return f"succeeded by {code}, but it does not end. Fill in effective_to."
    if code == row.code:
        return "succeeds itself. A change of name alone is a new row of the same code."
    after = row.effective_to + timedelta(days=1)
    if not any(d.code == code and d.effective_from <= after <= d.last_day for d in rows):
        return f"succeeded by {code}, which does not exist on {after}. Add it, or correct the code."
    return ""


def check_feeds(feeds: Collection[str], sources: Collection[str]) -> None:
    """Refuse a feed of a source that Scorecard does not know, and a source without a feed."""
    for name in sorted(set(feeds) - set(sources)):
        known = ", ".join(sources)
        raise WrongDefinition(f"feeds.yaml: source '{name}' is unknown. Use one of {known}.")
    for name in sorted(set(sources) - set(feeds)):
        raise WrongDefinition(f"feeds.yaml: source '{name}' is missing. Say who sends it.")
