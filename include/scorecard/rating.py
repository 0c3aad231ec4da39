"""The RAG methods by name: unrounded values, and a value that prints as its limit reaches it.

Source: requirements, section 5, for the target; the same holds for every other limit, so that no
reader sees a value in its band and another colour beside it. "Adverse" follows the KPI's better
direction; every limit belongs to the better colour.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from scorecard.kpis import rounded

GREEN, AMBER, RED, BLUE, NOT_RATED = "green", "amber", "red", "blue", "not_rated"


_WRONG_SIDES = {"higher": (-1,), "lower": (1,), "band": (-1, 1)}


class UnusableRule(ValueError):
    """A rule that cannot rate anything, such as a share of a target of 0."""


@dataclass(frozen=True)
class Rule:
    """A RAG method with the numbers it needs, in the KPI's own unit."""

    method: str
    target: Decimal | None = None
    floor: Decimal | None = None
    tolerance: Decimal | None = None  # percent of the target, or units, as the method says
    inner_low: Decimal | None = None  # an empty end of a band is open
    inner_high: Decimal | None = None
    outer_low: Decimal | None = None
    outer_high: Decimal | None = None
    base_method: str | None = None  # what forecast and savings rate by
    reason: str = ""  # why there is none


@dataclass(frozen=True)
class Case:
    """What is rated: the value unrounded and as printed, and what some methods look at besides."""

    value: Decimal
    printed: Decimal
    better: str  # higher, lower, band
    year_ago: Decimal | None = None  # unrounded, same period last year
    ahead: "Case | None" = None  # the forecast outturn for the whole year


@dataclass(frozen=True)
class Rating:
    """The colour and the rule that decided it; `beside` is the colour of the forecast, if any."""

    rag: str
    basis: str
    beside: str = ""


def rate(case: Case, rule: Rule) -> Rating:
    """The colour that a rule gives a value; UnusableRule if the rule cannot be applied."""
    if rule.method == "none":
        return Rating(NOT_RATED, _reason(rule))
    if rule.method == "savings":
        rating = rate(case, _base_of(rule))
        return replace(rating, basis=f"share of the saving: {rating.basis}")
    if rule.method == "forecast":
        return _rate_beside_forecast(case, _base_of(rule))
    method = _METHODS.get(rule.method)
    if method is None:
        raise UnusableRule(
            f"RAG method '{rule.method}' rates no value. Use one of {', '.join(sorted(_METHODS))}."
        )
    return method(case, rule)


def _reason(rule: Rule) -> str:
    if not rule.reason.strip():
        raise UnusableRule("RAG method 'none' gives no reason. Say why there is no rating.")
    return rule.reason


def _base_of(rule: Rule) -> Rule:
    if rule.base_method is None:
        raise UnusableRule(f"RAG method '{rule.method}' names no base method. Add 'base_method'.")
    return replace(rule, method=rule.base_method, base_method=None)


def _rate_beside_forecast(case: Case, base: Rule) -> Rating:
    """The current value's colour, with that of the forecast outturn beside it, never instead."""
    current = rate(case, base)
    return current if case.ahead is None else replace(current, beside=rate(case.ahead, base).rag)


def _wanted(rule: Rule, name: str) -> Decimal:
    number: Decimal | None = getattr(rule, name)
    if number is None:
        raise UnusableRule(f"RAG method '{rule.method}' needs '{name}'. Add it to the target.")
    return number


def _adverse(case: Case, value: Decimal, target: Decimal) -> Decimal:
    """How far a value lies on the wrong side of a target; negative or 0 if it meets it."""
    if case.better == "higher":
        return target - value
    return value - target if case.better == "lower" else abs(value - target)


def _met(case: Case, rule: Rule) -> Rating | None:
    target = _wanted(rule, "target")
    if _adverse(case, case.value, target) <= 0:
        return Rating(GREEN, f"{rule.method}: meets the target of {target}")
    if _prints_as(case, target):
        return Rating(GREEN, f"{rule.method}: printed as equal to the target of {target}")
    return None


def _reaches(case: Case, target: Decimal, allowed: Decimal = Decimal(0)) -> bool:
    """Whether a value lies no further than so much on the wrong side, as it is or as printed."""
    if _adverse(case, case.value, target) <= allowed:
        return True
    return any(_prints_as(case, target + side * allowed) for side in _WRONG_SIDES[case.better])


def _prints_as(case: Case, limit: Decimal) -> bool:
    """Whether a reader sees the same number in the value's place and in the limit's."""
    places = -int(case.printed.as_tuple().exponent)
    return case.printed == rounded(limit, places)


def _share(rule: Rule) -> Decimal:
    """The tolerance of a share, in units of the KPI."""
    target = _wanted(rule, "target")
    if target == 0:
        raise UnusableRule(
            f"RAG method '{rule.method}': a share of target 0 says nothing. Use abs_tolerance."
        )
    return abs(target) * _wanted(rule, "tolerance") / 100


def _floor_standard(case: Case, rule: Rule) -> Rating:
    met, floor = _met(case, rule), _wanted(rule, "floor")
    if met:
        return met
    if _reaches(case, floor):
        return Rating(AMBER, f"floor_standard: meets the floor of {floor}, not the target")
    return Rating(RED, f"floor_standard: does not meet the floor of {floor}")


def _within(case: Case, rule: Rule, allowed: Decimal, words: str) -> Rating:
    met = _met(case, rule)
    if met:
        return met
    if _reaches(case, _wanted(rule, "target"), allowed):
        return Rating(AMBER, f"{rule.method}: within {words} of the target of {rule.target}")
    return Rating(RED, f"{rule.method}: more than {words} from the target of {rule.target}")


def _pct_tolerance(case: Case, rule: Rule) -> Rating:
    return _within(case, rule, _share(rule), f"{rule.tolerance}%")


def _abs_tolerance(case: Case, rule: Rule) -> Rating:
    return _within(case, rule, _wanted(rule, "tolerance"), f"{rule.tolerance}")


def _inside_share(case: Case, rule: Rule) -> Rating | None:
    """Green up to the tolerance, which two methods share."""
    met, share = _met(case, rule), _share(rule)
    if met or not _reaches(case, _wanted(rule, "target"), share):
        return met
    words = f"within {rule.tolerance}% of the target of {rule.target}"
    return Rating(GREEN, f"{rule.method}: {words}")


def _green_inside(case: Case, rule: Rule) -> Rating:
    words = f"more than {rule.tolerance}% from the target of {rule.target}"
    return _inside_share(case, rule) or Rating(RED, f"{rule.method}: {words}")


def _dot_conditional(case: Case, rule: Rule) -> Rating:
    inside = _inside_share(case, rule)
    if inside:
        return inside
    beyond = f"{rule.method}: more than {rule.tolerance}% from the target of {rule.target}"
    if case.year_ago is None:
        return Rating(RED, f"{beyond}; no figure of a year ago shows that it improved or held")
    target = _wanted(rule, "target")
    if _adverse(case, case.value, target) <= _adverse(case, case.year_ago, target):
        return Rating(AMBER, f"{beyond}, but improved or held on a year ago")
    return Rating(RED, f"{beyond}, and worse than a year ago")


def _inside(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)


def _band(case: Case, rule: Rule) -> Rating:
    inner = _between(rule.inner_low, rule.inner_high)
    outer = _between(rule.outer_low, rule.outer_high)
    if _inside(case.value, rule.inner_low, rule.inner_high):
        return Rating(GREEN, f"band: inside {inner}")
    if _prints_as_one(case, rule.inner_low, rule.inner_high):
        return Rating(GREEN, f"band: printed as equal to the end of {inner}")
    has_outer = rule.outer_low is not None or rule.outer_high is not None
    if has_outer and _inside(case.value, rule.outer_low, rule.outer_high):
        return Rating(AMBER, f"band: outside {inner}, inside {outer}")
    if _prints_as_one(case, rule.outer_low, rule.outer_high):
        return Rating(AMBER, f"band: printed as equal to the end of {outer}")
    return Rating(RED, f"band: outside {outer if has_outer else inner}")


def _prints_as_one(case: Case, *ends: Decimal | None) -> bool:
    return any(end is not None and _prints_as(case, end) for end in ends)


def _between(low: Decimal | None, high: Decimal | None) -> str:
    """A band in words: 2 to 3, up to 3, from 2."""
    if low is None:
        return f"up to {high}"
    return f"from {low}" if high is None else f"{low} to {high}"


_METHODS: dict[str, Callable[[Case, Rule], Rating]] = {
    "floor_standard": _floor_standard,
    "pct_tolerance": _pct_tolerance,
    "abs_tolerance": _abs_tolerance,
    "pct_tolerance_green_inside": _green_inside,
    "dot_conditional": _dot_conditional,
    "band": _band,
}


def rate_milestone(
    original_end: date, completed_on: date | None, is_at_risk: bool, day: date
) -> Rating:
    """The colour of a milestone on a day, by its original date, whatever it was moved to since."""
    if completed_on is not None and completed_on <= day:
        late = " late" if completed_on > original_end else ""
        return Rating(RED if late else BLUE, f"milestone: complete{late}")
    if original_end < day:
        return Rating(RED, f"milestone: missed its original date of {original_end}")
    if is_at_risk:
        return Rating(AMBER, "milestone: at risk")
    return Rating(GREEN, "milestone: on track")
