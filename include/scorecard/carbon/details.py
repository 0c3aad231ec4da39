"""What stands beside a carbon figure: what it rests on, its effects, chances and alternatives.

Numbers are text, so that none is rounded on its way through the register.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from scorecard.carbon import scenarios
from scorecard.carbon.activity import COUNCIL
from scorecard.carbon.as_figures import (
    GROSS,
    LINES,
    NET,
    OFFICE,
    WELL_TO_TANK,
    WITH_OFFICE,
    Carbon,
    FigureKey,
    averaged_of,
    lines_of,
)
from scorecard.carbon.estimates import Estimate
from scorecard.carbon.products import Effects, Line
from scorecard.carbon.uncertainty import Interval, in_kilograms
from scorecard.kpis import rounded


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
        told |= _narrower(carbon.narrower.get(period, {})) if directorate == COUNCIL else {}
        told |= _office((OFFICE, period, directorate), estimate, carbon)
        told |= _well_to_tank((WELL_TO_TANK, period, directorate), estimate, carbon)
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
        "averaged": list(averaged_of(kpi_id, estimate)),
    }  # fmt: skip
    if estimate.split is not None:
        told["travel_source"] = estimate.split.source
        told["mean_km"] = str(rounded(estimate.split.mean_km, 1))
    if estimate.is_baseline:
        told["is_baseline"] = True
    if estimate.census_home_share is not None:
        told["census_home_share"] = str(estimate.census_home_share)
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
    return _in_two(found)


def _in_two(found: Effects | None) -> dict[str, str]:
    """A naive change and its two parts; nothing if they are not known."""
    if found is None:
        return {}
    activity, factor = rounded(found.activity, 3), rounded(found.factor, 3)
    return {
        "activity_effect_kg": str(activity),
        "factor_effect_kg": str(factor),
        "naive_change_kg": str(activity + factor),
    }


def _office(key: FigureKey, estimate: Estimate, carbon: Carbon) -> dict[str, Any]:
    """The metered energy of offices and the net with it, apart; nothing of a council without."""
    line = estimate.office
    if line.products is None:
        return {"office": {"missing": list(line.missing)}} if line.missing else {}
    bounds, whole = carbon.intervals.get(key), carbon.intervals.get((WITH_OFFICE, *key[1:]))
    told = _beside("office", line, bounds)
    told |= in_kilograms("with_office", estimate.with_office_terms, whole)
    if whole:
        told["above_zero"] = str(rounded(whole.above_zero, 4))
    return {"office": told}


def _well_to_tank(key: FigureKey, estimate: Estimate, carbon: Carbon) -> dict[str, Any]:
    """What fuels emit before they are burnt, of the council alone; nothing if it does not ask.

    Of the council alone, because what is withheld of a directorate's commuting follows from it.
    """
    line = estimate.well_to_tank
    if estimate.directorate != COUNCIL or (line.products is None and not line.missing):
        return {}
    if line.products is None:
        return {"well_to_tank": {"missing": list(line.missing)}}
    return {"well_to_tank": _beside("well_to_tank", line, carbon.intervals.get(key))}


def _beside(name: str, line: Line, bounds: Interval | None) -> dict[str, Any]:
    """A line that is no part of the net: its kilograms, effects, parts, evidence and factors."""
    return {
        **in_kilograms(name, line.avoided, bounds),
        **_in_two(line.effects),
        "parts_kg": {part: str(rounded(kg, 3)) for part, kg in line.parts.items()},
        "grade": line.grade,
        "factor_year": ", ".join(map(str, sorted({f.publication_year for f in line.factors}))),
        "factors_used": sorted({f"{f.factor_id} {f.publication_year}" for f in line.factors}),
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


def _narrower(found: Mapping[str, Interval]) -> dict[str, Any]:
    """The ends of the net's interval, in kilograms, if the evidence were better."""
    ends = {
        name: {"lower_kg": str(each.lower), "upper_kg": str(each.upper)}
        for name, each in found.items()
    }
    return {"narrower": ends} if ends else {}


def _scenarios(estimate: Estimate, moved: Mapping[str, Decimal]) -> dict[str, str]:
    """The net of each scenario, in kilograms."""
    net = estimate.net
    return {} if net is None else {name: str(rounded(net + kg, 3)) for name, kg in moved.items()}
