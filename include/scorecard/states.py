"""The state of a figure: final, provisional, awaiting, not applicable or suppressed, and why.

Missing is never zero: a count is 0 only where the extracts that it needs were there.
"""

from dataclasses import dataclass
from decimal import Decimal

from scorecard.kpis import KpiDefinition, exact_value

FINAL, PROVISIONAL, AWAITING = "final", "provisional", "awaiting"
NOT_APPLICABLE, SUPPRESSED = "not_applicable", "suppressed"
SHOWN = (FINAL, PROVISIONAL)

# Kinds whose denominator counts something: without any, there is nothing to say.
_DIVIDED = ("ratio", "statistic")


@dataclass(frozen=True)
class Readiness:
    """What a KPI lacks for a period: reasons to await it, and reasons to call it provisional."""

    awaited: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """The numbers of a figure that may be shown, its state, flags and why."""

    state: str
    why: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    exact: Decimal | None = None  # in the KPI's unit, before rounding
    flags: tuple[str, ...] = ()
    lower: Decimal | None = None  # of its 95% interval, where it has one
    upper: Decimal | None = None


def standing_of_nothing(
    definition: KpiDefinition, ready: Readiness, why_none: str, is_counted: bool
) -> Standing:
    """The standing of a figure for which the SQL returned no row.

    `why_none` says why no row can be expected, if so; `is_counted`: others of the period have one.
    """
    if ready.awaited:
        return Standing(AWAITING, " ".join(ready.awaited))
    if why_none:
        return Standing(AWAITING, why_none)
    if ready.incomplete and not is_counted:
        return Standing(AWAITING, " ".join(ready.incomplete))
    if definition.kind in _DIVIDED:
        return Standing(NOT_APPLICABLE, "There was no case to count in the period.")
    return _shown(ready, Decimal(0), Decimal(1), Decimal(0), ())


def standing_of(
    definition: KpiDefinition,
    numerator: Decimal | None,
    denominator: Decimal | None,
    ready: Readiness,
    small_denominator: int,
) -> Standing:
    """The standing of a figure from what its SQL returned; `suppression.py` may withhold it."""
    if ready.awaited:
        return Standing(AWAITING, " ".join(ready.awaited))
    is_divided = definition.kind in _DIVIDED
    if denominator == 0 and is_divided:
        return Standing(
            NOT_APPLICABLE, "There was no case to count in the period.", numerator, denominator
        )
    if numerator is None or denominator is None:
        return Standing(AWAITING, "What it is reckoned from is not known for the period.")
    small = is_divided and abs(denominator) < small_denominator
    exact = exact_value(definition, numerator, denominator)
    return _shown(ready, numerator, denominator, exact, ("small_numbers",) if small else ())


def _shown(
    ready: Readiness,
    numerator: Decimal,
    denominator: Decimal,
    exact: Decimal,
    flags: tuple[str, ...],
) -> Standing:
    state = PROVISIONAL if ready.incomplete else FINAL
    why = " ".join(ready.incomplete) or "Every extract that it needs has been accepted."
    return Standing(state, why, numerator, denominator, exact, flags)
