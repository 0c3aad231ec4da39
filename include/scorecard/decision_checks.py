"""What must be true of the council's decisions taken together, beyond the shape of each row."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import TypeVar

from scorecard.decisions import (
    FINANCIAL_YEAR,
    Desks,
    Directorate,
    Event,
    ProcessControl,
    SlaTime,
    Target,
    WorkingHours,
)
from scorecard.governance import Feed
from scorecard.names import HALF_WRITTEN
from scorecard.strategy_money import KINDS
from scorecard.strict import WrongDefinition

T = TypeVar("T")

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
EVENT_KINDS = ("event", "baseline_reset")
FEWEST_POINTS = 12  # under process limits that bear a verdict
_RELATIVE = (FINANCIAL_YEAR, *KINDS)
_SHARES = ("pct_tolerance", "pct_tolerance_green_inside", "dot_conditional")


def repeated(
    rows: Iterable[T], key: Callable[[T], Hashable], first: int
) -> Iterator[tuple[int, T]]:
    """The rows that have a key in common with one before them, each by its number in the file."""
    seen = set()
    for number, row in enumerate(rows, start=first):
        if key(row) in seen:
            yield number, row
        seen.add(key(row))


def check_targets(targets: Iterable[Target]) -> None:
    """Refuse a target that its method cannot use, and two of one decision for the same days."""
    rows = list(targets)
    for number, target in enumerate(rows, start=2):
        problem = _problem(target)
        if problem:
            raise WrongDefinition(f"targets.csv, row {number}: {target.kpi}: {problem}")
    for number, target in repeated(
        rows, lambda t: (t.kpi, t.directorate, t.effective_from, t.decided_on), first=2
    ):
        raise WrongDefinition(
            f"targets.csv, row {number}: {target.kpi} has a row for {target.directorate} from "
            f"{target.effective_from} already. Keep one of them, or say in decided_on when "
            "the later one was decided."
        )


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
    if target.relative_to and target.relative_to not in _RELATIVE:
        return f"relative_to '{target.relative_to}' is unknown. Use one of {', '.join(_RELATIVE)}."
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


def check_working_hours(hours: Iterable[WorkingHours]) -> None:
    """Refuse hours of one weekday that overlap: they would be worked twice."""
    rows = list(hours)
    for number, row in enumerate(rows, start=1):
        for other in rows[: number - 1]:
            shared = set(row.weekdays) & set(other.weekdays)
            apart = row.closes <= f"{other.opens:%H:%M}" or other.closes <= f"{row.opens:%H:%M}"
            if row.starts == other.starts and shared and not apart:
                raise WrongDefinition(
                    f"council.yaml: working_calendar[{number}]: has hours for weekday "
                    f"{min(shared)} from {row.starts} that overlap others. Keep one of the rows."
                )


def check_sla(times: Iterable[SlaTime]) -> None:
    """Refuse two times for the same tickets from the same day: either could hold."""
    for number, row in repeated(times, lambda t: (t.type, t.priority, t.starts), first=1):
        raise WrongDefinition(
            f"council.yaml: sla[{number}]: has times for {row.type} {row.priority} from "
            f"{row.starts}, and so has a row before it. Keep one of them."
        )


def check_feeds(
    feeds: Mapping[str, Feed], sources: Collection[str], mappings: Collection[str]
) -> None:
    """Refuse a feed of a source or mapping that nobody knows, and a source without a feed."""
    for name in sorted(set(feeds) - set(sources)):
        known = ", ".join(sources)
        raise WrongDefinition(f"feeds.yaml: source '{name}' is unknown. Use one of {known}.")
    for name in sorted(set(sources) - set(feeds)):
        raise WrongDefinition(f"feeds.yaml: source '{name}' is missing. Say who sends it.")
    for name, feed in feeds.items():
        for mapping in feed.mappings:
            if mapping not in mappings:
                known = ", ".join(sorted(mappings))
                raise WrongDefinition(
                    f"feeds.yaml: {name}: the mapping '{mapping}' is unknown. Use one of {known}."
                )
        for line, named in (("connections", feed.connections), ("pull", feed.pull)):
            for system in sorted(set(named) - set(feed.mappings)):
                raise WrongDefinition(
                    f"feeds.yaml: {name}: {line}: '{system}' is not among its mappings. List it "
                    "there, or remove it here."
                )
        if feed.pull and feed.connector == "folder":
            raise WrongDefinition(
                f"feeds.yaml: {name}: pull names what sql or rest asks for, and the connector is "
                "folder. Write connector: sql or rest, or remove pull."
            )
        for ending in feed.companion.values():
            if ending.lower() in HALF_WRITTEN:
                raise WrongDefinition(
                    f"feeds.yaml: {name}: companion: files that end in '{ending}' are still being "
                    "written, and never looked at. Agree another ending."
                )
            if feed.marker and (ending.endswith(feed.marker) or feed.marker.endswith(ending)):
                raise WrongDefinition(
                    f"feeds.yaml: {name}: marker and companion both end in '{feed.marker}'. Give "
                    "each an ending of its own."
                )


def check_event_kinds(events: Iterable[Event]) -> None:
    """Refuse an event of a kind that nothing knows: a reset misspelt would reset nothing."""
    for number, event in enumerate(events, start=2):
        if event.kind not in EVENT_KINDS:
            known = ", ".join(EVENT_KINDS)
            raise WrongDefinition(
                f"events.csv, row {number}: kind '{event.kind}' is unknown. Use one of {known}."
            )


def check_process_control(chosen: ProcessControl) -> None:
    """Refuse limits from fewer points than a verdict needs."""
    if chosen.baseline_points < FEWEST_POINTS:
        raise WrongDefinition(
            f"council.yaml: spc: baseline_points: {chosen.baseline_points} points give trial "
            f"limits at best. Write {FEWEST_POINTS} or more."
        )
