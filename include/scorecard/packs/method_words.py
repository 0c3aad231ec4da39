"""How a figure becomes Green, in words: each RAG method, and each KPI's own rule."""

from collections.abc import Iterable
from decimal import Decimal

from scorecard.decisions import Target
from scorecard.kpis import KpiDefinition
from scorecard.packs.words import amount

METHODS = {
    "floor_standard": "Green if it meets the target; Amber if it meets the floor and not the "
    "target; Red if it does not meet the floor.",
    "pct_tolerance": "Green if it meets the target; Amber if it misses it by no more than the "
    "tolerance, a percentage of the target; Red beyond.",
    "abs_tolerance": "Green if it meets the target; Amber if it misses it by no more than the "
    "tolerance, in the KPI's own unit; Red beyond.",
    "pct_tolerance_green_inside": "Green if it meets the target or misses it by no more than the "
    "tolerance, a percentage of the target; Red beyond. There is no Amber.",
    "dot_conditional": "Green if it meets the target or misses it by no more than the tolerance, a "
    "percentage of the target; beyond, Amber if it is no worse than in the same period last year, "
    "else Red.",
    "band": "Green inside the target range; Amber inside the wider range around it; Red outside.",
    "forecast": "The base rule rates the figure of now. The forecast of the year's end is rated "
    "beside it, never instead of it.",
    "milestone": "Judged by its original date, whatever it was moved to since: Blue if it was "
    "complete by then, Green on track, Amber at risk, Red missed.",
    "savings": "The base rule rates the share. The pounds delivered, on track, at risk and "
    "unachievable are printed beside it.",
    "none": "Not rated, for the reason that is given.",
}
# What each method is called in a pack: a reader sees no name of the settings.
NAMES = {
    "floor_standard": "Target and floor",
    "pct_tolerance": "Tolerance in percent of the target",
    "abs_tolerance": "Tolerance in the KPI's unit",
    "pct_tolerance_green_inside": "Green within a tolerance",
    "dot_conditional": "Tolerance, then the same period last year",
    "band": "Target range",
    "forecast": "Figure of now beside its forecast",
    "milestone": "Milestone",
    "savings": "Savings",
    "none": "Not rated",
}
_WHOLE = ("A figure is rated unrounded, but one that prints as a limit does has reached it. "
          "Limits belong to the better colour.")  # fmt: skip


def notes_of(methods: Iterable[str]) -> tuple[str, ...]:
    """A note for each method that rates a KPI of the pack: how a figure becomes Green."""
    used = set(methods)
    told = [f"{name_of(m)}: {text}" for m, text in METHODS.items() if m in used]
    return (f"How a figure becomes Green, by the method that its KPI names. {_WHOLE}", *told)


def name_of(method: str) -> str:
    """A method's name in words: Tolerance in percent of the target."""
    return NAMES[method]


def within_text(name: str) -> str:
    """A name as it stands within a sentence."""
    return name[:1].lower() + name[1:]


def rule_in_full(definition: KpiDefinition, decided: Target | None) -> str:
    """How one KPI becomes Green, Amber or Red, by which method, and who decided so."""
    said = rule_in_words(definition, decided)
    return f"{said} Decided by: {decided.decision}." if decided else said


def rule_in_words(definition: KpiDefinition, decided: Target | None) -> str:
    """How one KPI becomes Green, Amber or Red, and by which method."""
    if decided is None:
        return "Not rated: no target has been set yet."
    if decided.method == "none":
        return f"Not rated: {decided.reason.rstrip('.')}."
    moved = " Each limit is added to the share of the time that has passed."
    limits = _limits(definition, decided)
    return f"{limits}{moved * bool(decided.relative_to)} {_method(definition, decided)}"


def _method(definition: KpiDefinition, decided: Target) -> str:
    """The name of the method and its tolerance."""
    said = name_of(decided.method)
    said += f", by {within_text(name_of(decided.rule))}" if decided.base_method else ""
    if decided.tolerance is None:
        return f"Method: {said}."
    return f"Method: {said}, {_tolerance(definition, decided, decided.tolerance)}."


def _tolerance(definition: KpiDefinition, decided: Target, tolerance: Decimal) -> str:
    """A tolerance as the method counts it: 10%, 5 percentage points, 2 hours."""
    return margin(definition, tolerance) if decided.rule == "abs_tolerance" else f"{tolerance:f}%"


def margin(definition: KpiDefinition, tolerance: Decimal) -> str:
    """A distance in the KPI's own unit; of a percentage it is percentage points."""
    if definition.unit == "percent":
        return f"{tolerance:f} percentage point{'s' * (tolerance != 1)}"
    if definition.unit == "score":
        return f"{tolerance:f} points"
    return limit_said(definition, tolerance)


def _limits(definition: KpiDefinition, decided: Target) -> str:
    """Where Green, Amber and Red end."""
    if decided.rule == "band":
        return _band(definition, decided)
    target = decided.target or Decimal(0)
    ends = (target, _limit(definition, decided))
    green, amber = (limit_said(definition, end) for end in ends)
    if definition.better == "band":
        return f"Green at {green}; Amber no further away than {amber}; Red beyond."
    worse, over = ("down to", "below") if definition.better == "higher" else ("up to", "above")
    if decided.rule == "pct_tolerance_green_inside":
        return f"Green {worse} {amber}; Red {over}."
    if decided.rule == "dot_conditional":
        return (
            f"Green {worse} {amber}; {over} it Amber if no worse than in the same period last "
            "year, else Red."
        )
    best = "or more" if definition.better == "higher" else "or less"
    between = "" if green == amber else f" Amber {worse} {amber};"
    return f"Green at {green} {best};{between} Red {over}."


def _limit(definition: KpiDefinition, decided: Target) -> Decimal:
    """The last value before Red; for a KPI that should stay in range, how far it may be away."""
    target = decided.target or Decimal(0)
    if decided.floor is not None and decided.rule == "floor_standard":
        return decided.floor
    allowed = decided.tolerance or Decimal(0)
    allowed = abs(target) * allowed / 100 if decided.rule != "abs_tolerance" else allowed
    if definition.better == "band":
        return allowed
    return target - allowed if definition.better == "higher" else target + allowed


def _band(definition: KpiDefinition, decided: Target) -> str:
    inner = _range(definition, decided.inner_low, decided.inner_high)
    if decided.outer_low is None and decided.outer_high is None:
        return f"Green {inner}; Red outside."
    outer = _range(definition, decided.outer_low, decided.outer_high)
    return f"Green {inner}; Amber {outer}; Red outside."


def _range(definition: KpiDefinition, low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        end, words = (high, "at most") if low is None else (low, "at least")
        return f"{words} {limit_said(definition, end or Decimal(0))}"
    return f"from {limit_said(definition, low)} to {limit_said(definition, high)}"


def limit_said(definition: KpiDefinition, value: Decimal) -> str:
    """A limit with its unit, and with more places than the KPI's if it has them."""
    places = -int(value.normalize().as_tuple().exponent)
    return amount(value, definition.unit, max(definition.decimals, places))


def wanted(definition: KpiDefinition, decided: Target | None) -> str:
    """What a decision wants of a figure: 90.0%, −2.0% to 2.0%, no target."""
    if decided is None or decided.method == "none":
        return "no target"
    ends = (decided.inner_low, decided.inner_high)
    if decided.rule == "band" or any(end is not None for end in ends):
        return _range(definition, *ends).removeprefix("from ")
    return "no target" if decided.target is None else limit_said(definition, decided.target)


def tolerated(definition: KpiDefinition, decided: Target | None) -> str:
    """How far a decision lets a figure miss what it wants: a tolerance, a floor, an outer band."""
    if decided is None or decided.method == "none":
        return "none"
    if decided.rule == "band":
        outer = (decided.outer_low, decided.outer_high)
        return "none" if outer == (None, None) else _range(definition, *outer).removeprefix("from ")
    if decided.floor is not None:
        return f"floor {limit_said(definition, decided.floor)}"
    if decided.tolerance is None:
        return "none"
    return _tolerance(definition, decided, decided.tolerance)
