"""Carbon estimates as figures: their standing and interval, and what they rest on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scorecard.carbon import scenarios
from scorecard.carbon.estimates import Estimate
from scorecard.carbon.products import Line
from scorecard.carbon.series import Estimates, Series
from scorecard.carbon.uncertainty import Draws, Interval, in_kilograms, interval, seed_of
from scorecard.kpis import rounded
from scorecard.period import Period
from scorecard.states import AWAITING, FINAL, NOT_APPLICABLE, PROVISIONAL, Readiness, Standing

LINES = {
    "printing_emissions_avoided": "printing",
    "commuting_emissions_avoided": "commuting",
    "home_working_emissions_added": "home_energy",
}
NET, NET_PER_FTE = "net_emissions_avoided", "net_emissions_avoided_per_fte"
_NETS = (NET, NET_PER_FTE)
GROSS = "gross_emissions_avoided"  # no KPI: it stands in the details of the net, beside it
TOO_SMALL, INDISTINGUISHABLE = "too_small_to_estimate", "indistinguishable_from_zero"

# KPI, period, directorate; and of all KPIs together.
FigureKey = tuple[str, str, str]


@dataclass(frozen=True)
class Carbon:
    """The estimates of every period and directorate, their intervals, and their alternatives."""

    estimates: Estimates = field(default_factory=dict)
    intervals: Mapping[FigureKey, Interval] = field(default_factory=dict)
    # By period and directorate: by how many kilograms a scenario moves the net.
    scenarios: Mapping[tuple[str, str], Mapping[str, Decimal]] = field(default_factory=dict)
    reported: str = ""  # why the council's pack has none, if it has none


def carbon_of(
    series: Series, periods: Collection[Period], kpis: Collection[str], council: str
) -> Carbon:
    """The carbon of a council's periods; every KPI's estimate has its interval."""
    found = series.estimates(periods)
    alternatives = {name: series.estimates(periods, name) for name in scenarios.SCENARIOS}
    return Carbon(found, intervals_of(found, (*kpis, GROSS), council), _moved(found, alternatives))


def intervals_of(
    estimates: Estimates, kpis: Collection[str], council: str
) -> dict[FigureKey, Interval]:
    """The interval of each KPI's estimate; the draws of a period are shared by all that it has."""
    found: dict[FigureKey, Interval] = {}
    for period in sorted({period for period, _ in estimates}):
        draws = Draws(seed_of(council, period))
        for (of, directorate), estimate in estimates.items():
            for kpi_id in kpis if of == period else ():
                terms = estimate.terms(kpi_id)
                if terms is not None:
                    found[kpi_id, period, directorate] = interval(terms, draws)
    return found


def _moved(
    estimates: Estimates, alternatives: Mapping[str, Estimates]
) -> dict[tuple[str, str], dict[str, Decimal]]:
    """By how much each scenario moves a net; on a rolling year heating has one basis only."""
    found = {}
    for key, estimate in estimates.items():
        is_quarter = key[0].count("-") == 2
        names = scenarios.SCENARIOS if is_quarter else scenarios.OF_SEVERAL_QUARTERS
        nets = {name: alternatives[name][key].net for name in names if key in alternatives[name]}
        found[key] = scenarios.differences(estimate.net, nets)
    return found


def standing_of_estimate(
    kpi_id: str, period: str, directorate: str, carbon: Carbon, ready: Readiness
) -> Standing:
    """A line that is not known is awaited; a net without one of its lines is provisional."""
    if carbon.reported:
        return Standing(NOT_APPLICABLE, carbon.reported)
    estimate = carbon.estimates.get((period, directorate))
    if estimate is None:
        why = ready.awaited or ("Activity of the period or of its baseline is not known.",)
        return Standing(AWAITING, " ".join(why), flags=("estimated",))
    missing = _missing(kpi_id, estimate)
    value = estimate.value(kpi_id)
    if value is None:
        why = missing or ready.awaited or ("Its activity is not known.",)
        return Standing(AWAITING, _sentences(why), flags=("estimated",))
    reasons = [*missing, *ready.awaited, *ready.incomplete, *_provisional(estimate)]
    bounds = carbon.intervals.get((kpi_id, period, directorate))
    return Standing(
        PROVISIONAL if reasons else FINAL,
        _sentences(reasons or ["Every extract that it needs has been accepted"]),
        rounded(value, 6),
        Decimal(1),
        exact=value,
        flags=_flags(kpi_id, estimate, bounds),
        lower=bounds.lower if bounds else None,
        upper=bounds.upper if bounds else None,
    )


def _provisional(estimate: Estimate) -> list[str]:
    """Why an estimate itself is provisional."""
    told = []
    if any(factor.provisional for factor in estimate.factors):
        told.append("The factor set of the period's year is not out yet")
    if estimate.winter_assumed:
        told.append("The winter's heating awaits the hours of the whole year")
    return told


def _flags(kpi_id: str, estimate: Estimate, bounds: Interval | None) -> tuple[str, ...]:
    """What stands beside the state of an estimate."""
    lines = lines_of(kpi_id, estimate)
    flags = {
        "estimated": True,
        "partial": bool(_missing(kpi_id, estimate)),
        "factor_fallback": any(factor.fallback for line in lines for factor in line.factors),
        "no_seasonal_baseline": bool(_averaged(kpi_id, estimate)),
        TOO_SMALL: estimate.too_small and kpi_id != "printing_emissions_avoided",
        INDISTINGUISHABLE: bounds is not None and bounds.holds_zero,
    }
    return tuple(flag for flag, holds in flags.items() if holds)


def lines_of(kpi_id: str, estimate: Estimate) -> tuple[Line, ...]:
    """The lines of the estimate that a KPI rests on."""
    if kpi_id in LINES:
        return (getattr(estimate, LINES[kpi_id]),)
    return estimate.lines if kpi_id in _NETS else (estimate.commuting,)


def _averaged(kpi_id: str, estimate: Estimate) -> tuple[str, ...]:
    """What a KPI's own lines compare with the average of a year, for want of its quarter."""
    own = {"printing_emissions_avoided": ("printing",)}.get(kpi_id, ("home working",))
    wanted = ("printing", "home working") if kpi_id in _NETS else own
    return tuple(what for what in estimate.averaged if what in wanted)


def _missing(kpi_id: str, estimate: Estimate) -> tuple[str, ...]:
    """Why a KPI's own line is not known; for the net, any of its lines."""
    if kpi_id in LINES:
        return tuple(getattr(estimate, LINES[kpi_id]).missing)
    return estimate.missing if kpi_id in _NETS else estimate.commuting.missing


def _sentences(reasons: Sequence[str]) -> str:
    """Reasons as sentences, each once."""
    unique = dict.fromkeys(reason.rstrip(".") for reason in reasons)
    return " ".join(f"{reason[:1].upper()}{reason[1:]}." for reason in unique)


def details_of(kpi_id: str, period: str, directorate: str, carbon: Carbon) -> dict[str, Any]:
    """What an estimate rests on: factors, parts, effects, chances, alternatives; see `told`."""
    estimate = carbon.estimates.get((period, directorate))
    if estimate is None:
        return {}
    bounds = carbon.intervals.get((kpi_id, period, directorate))
    told = {**_rests_on(kpi_id, estimate), **_effects(kpi_id, estimate)}
    if bounds:
        told["above_zero"] = str(rounded(bounds.above_zero, 4))
    if kpi_id == NET:
        gross = carbon.intervals.get((GROSS, period, directorate))
        told |= in_kilograms("gross", estimate.gross_terms, gross)
        told["swings"] = _swings(estimate)
        told["scenarios"] = _scenarios(estimate, carbon.scenarios.get((period, directorate), {}))
    return told


def _rests_on(kpi_id: str, estimate: Estimate) -> dict[str, Any]:
    """The factors and their years, the parts in kilograms, and remarks."""
    lines = lines_of(kpi_id, estimate)
    used = [factor for line in lines for factor in line.factors]
    factors = {factor.factor_id: factor for factor in used}
    years = sorted({factor.publication_year for factor in used})
    told: dict[str, Any] = {
        "factor_year": ", ".join(map(str, years)),
        "factors": sorted(factors),
        "factors_used": sorted(
            {f"{f.factor_id} {f.publication_year}" for line in lines for f in line.factors}
        ),
        "fallbacks": sorted(
            {
                f"{f.factor_id}: {f.publication_year} for {f.asked_year}"
                for line in lines for f in line.factors if f.fallback
            }
        ),
        "provisional_factors": sorted({f.factor_id for f in factors.values() if f.provisional}),
        "parts_kg": {
            name: str(rounded(kg, 3)) for line in lines for name, kg in line.parts.items()
        },
        "grade": max((line.grade for line in lines), default=""),
        "grades": {name: getattr(estimate, name).grade for name in LINES.values()},
        "remarks": list(estimate.remarks),
        "missing": list(estimate.missing),
        "averaged": list(_averaged(kpi_id, estimate)),
    }  # fmt: skip
    if estimate.split is not None:
        told["travel_source"] = estimate.split.source
        told["mean_km"] = str(rounded(estimate.split.mean_km, 1))
    if estimate.break_even_km is not None:
        told["break_even_km"] = str(rounded(estimate.break_even_km, 1))
    return told


def _effects(kpi_id: str, estimate: Estimate) -> dict[str, str]:
    """The naive change of a line, or of the net, and the two parts that add up to it exactly.

    In kilograms, as the figure counts: of added energy, added is positive.
    """
    if kpi_id not in LINES and kpi_id != NET:
        return {}
    found = estimate.effects if kpi_id == NET else lines_of(kpi_id, estimate)[0].printed_effects
    if found is None:
        return {}
    activity, factor = rounded(found.activity, 3), rounded(found.factor, 3)
    return {
        "activity_effect_kg": str(activity),
        "factor_effect_kg": str(factor),
        "naive_change_kg": str(activity + factor),
    }


def _swings(estimate: Estimate) -> list[dict[str, str]]:
    """What the net would be at the ends of each multiplier, in kilograms; the widest first."""
    return [
        {
            "multiplier": swing.multiplier,
            "half_width": str(swing.half_width),
            "narrowest": str(swing.narrowest),
            "low_kg": str(rounded(swing.low, 3)),
            "high_kg": str(rounded(swing.high, 3)),
        }
        for swing in scenarios.swings(estimate.net_terms or {})
    ]


def _scenarios(estimate: Estimate, moved: Mapping[str, Decimal]) -> dict[str, str]:
    """The net of each scenario, in kilograms."""
    net = estimate.net
    return {} if net is None else {name: str(rounded(net + kg, 3)) for name, kg in moved.items()}
