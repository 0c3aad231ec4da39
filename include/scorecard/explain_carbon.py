"""A quarter's carbon, explained: everything that `scorecard carbon` shows, as plain values."""

from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from scorecard import measure, reconcile
from scorecard.carbon import scenarios
from scorecard.carbon.as_figures import (
    LINES,
    NET,
    OFFICE,
    WELL_TO_TANK,
    WITH_OFFICE,
    Carbon,
    FigureKey,
)
from scorecard.carbon.estimates import Estimate
from scorecard.carbon.lines import Policy
from scorecard.carbon.products import Effects, Line, Product, sum_of
from scorecard.carbon.uncertainty import METHOD_VERSION, total
from scorecard.council import COUNCIL
from scorecard.explain import UnknownFigure
from scorecard.packs.records import Figures
from scorecard.period import FinancialQuarter
from scorecard.reckoning import Reckoning, carbon_estimates
from scorecard.register import packs
from scorecard.states import SUPPRESSED
from scorecard.stores import Stores


def carbon(
    stores: Stores, quarter: str, directorate: str, as_at: datetime, now: datetime
) -> dict[str, Any]:
    """Everything about a quarter's carbon as at a moment; UnknownFigure says what there is instead.

    What is withheld to protect people is withheld here too.
    """
    chosen = FinancialQuarter.parse(quarter)
    measurement = reconcile.run(stores, measure.run(stores, quarter, as_at, now))
    known = reconcile.reckoning_of(stores, measurement)
    found = carbon_estimates(known)
    hidden = _hidden(stores, measurement)
    about: dict[str, Any] = {
        "quarter": quarter, "directorate": directorate, "as_at": as_at,
        "measurement": measurement, "method_version": METHOD_VERSION,
    }  # fmt: skip
    if found.reported:
        return {**about, "reported": found.reported}
    estimate = _estimate(found, chosen, directorate)
    return {
        **about,
        **_compared(known, chosen),
        "rolling": _figure(found, chosen.rolling_12.key, directorate, hidden),
        "net": _figure(found, quarter, directorate, hidden),
        "lines": {name: _line(found, kpi_id, estimate, hidden) for kpi_id, name in LINES.items()},
        **(_offices(found, estimate, hidden) if directorate == COUNCIL else {}),
        **(_well_to_tank(known, found, estimate, hidden) if directorate == COUNCIL else {}),
        **({} if (NET, quarter, directorate) in hidden else _travel(estimate, found)),
        "remarks": []
        if (NET, quarter, directorate) in hidden
        else [*estimate.missing, *estimate.office.missing, *estimate.remarks],
        "directorates_withheld": any((kpi, of) == (NET, quarter) for kpi, of, _ in hidden),
    }


def _hidden(stores: Stores, measurement: str) -> frozenset[FigureKey]:
    """The figures of a measurement that are withheld."""
    figures = Figures(packs.read(stores.register, measurement).figures)
    return frozenset(
        (f.kpi_id, f.period, f.directorate) for f in figures.newest() if f.state == SUPPRESSED
    )


def _estimate(found: Carbon, quarter: FinancialQuarter, directorate: str) -> Estimate:
    estimate = found.estimates.get((str(quarter), directorate))
    if estimate is None:
        there = sorted({d for period, d in found.estimates if period == str(quarter)})
        instead = (
            f"Use one of {', '.join(there)}." if there else
            "There is no baseline, or no activity yet: see `scorecard figure`."
        )  # fmt: skip
        raise UnknownFigure(f"{quarter}, {directorate}: there is no estimate. {instead}")
    return estimate


def _compared(known: Reckoning, quarter: FinancialQuarter) -> dict[str, Any]:
    """What the quarter is compared with, who decided it, and the rules it is reckoned by."""
    baseline = known.decided.baseline_for(quarter)
    assert baseline is not None
    decided, _ = baseline
    chosen = known.decided.settled.carbon
    return {
        "baseline": ", ".join(map(str, known.decided.baselines_for(quarter))),
        "decision": f"{decided.decision}: {decided.reason}",
        "factor_year": chosen.factor_year,
        "heating_basis": chosen.heating_basis,
        "hours_per_day": chosen.hours_per_day,
        "grammage_gsm": chosen.grammage_gsm,
        "printer_wh": Policy.printer_wh,
    }


def _figure(
    found: Carbon, period: str, directorate: str, hidden: frozenset[FigureKey]
) -> dict[str, Any]:
    """The net of a period in kilograms: its interval, effects and chance."""
    estimate = found.estimates.get((period, directorate))
    if (NET, period, directorate) in hidden:
        return {"period": period, "withheld": True}
    if estimate is None:
        return {"period": period, "kg": None}
    bounds = found.intervals.get((NET, period, directorate))
    return {
        "period": period,
        "kg": estimate.net,
        "lower_kg": bounds.lower * 1000 if bounds else None,
        "upper_kg": bounds.upper * 1000 if bounds else None,
        "above_zero": bounds.above_zero if bounds else None,
        "per_fte_kg": estimate.net_per_fte,
        "fte": estimate.fte,
        "effects": _effects(estimate.effects),
    }


def _effects(effects: Effects | None) -> dict[str, Decimal] | None:
    return {**asdict(effects), "naive": effects.naive} if effects else None


def _line(
    found: Carbon, kpi_id: str, estimate: Estimate, hidden: frozenset[FigureKey]
) -> dict[str, Any]:
    """One line: its quantities, its products with their factors, its interval and effects."""
    name = {OFFICE: "office", WELL_TO_TANK: "well_to_tank", **LINES}[kpi_id]
    line: Line = getattr(estimate, name)
    if (kpi_id, estimate.period, estimate.directorate) in hidden:
        return {"withheld": True}
    bounds = found.intervals.get((kpi_id, estimate.period, estimate.directorate))
    return {
        "kg": line.kg,
        "lower_kg": bounds.lower if bounds else None,
        "upper_kg": bounds.upper if bounds else None,
        "grade": line.grade,
        "effects": _effects(line.printed_effects),
        "quantities": [vars(quantity) for quantity in line.quantities],
        "products": _products(line),
    }


def _offices(found: Carbon, estimate: Estimate, hidden: frozenset[FigureKey]) -> dict[str, Any]:
    """The metered energy of the offices, and the net with it; withheld where the net is."""
    whole, key = estimate.with_office_terms, (estimate.period, estimate.directorate)
    if (NET, *key) in hidden:
        return {"office": {"withheld": True}, "with_office": {"withheld": True}}
    bounds, effects, of_office = (
        found.intervals.get((WITH_OFFICE, *key)), estimate.effects, estimate.office.effects
    )  # fmt: skip
    return {
        "office": _line(found, OFFICE, estimate, hidden),
        "with_office": {
            "kg": None if whole is None else total(whole),
            "lower_kg": bounds.lower if bounds else None,
            "upper_kg": bounds.upper if bounds else None,
            "above_zero": bounds.above_zero if bounds else None,
            "effects": _effects(effects + of_office if effects and of_office else None),
        },
    }


def _well_to_tank(
    known: Reckoning, found: Carbon, estimate: Estimate, hidden: frozenset[FigureKey]
) -> dict[str, Any]:
    """What fuels emit before they are burnt, where the council asks for it; withheld as the net."""
    if not known.decided.settled.carbon.well_to_tank:
        return {}
    if (NET, estimate.period, estimate.directorate) in hidden:
        return {"well_to_tank": {"withheld": True}}
    return {"well_to_tank": _line(found, WELL_TO_TANK, estimate, hidden)}


def _products(line: Line) -> list[dict[str, Any]]:
    """A line's products, the largest first; those of one factor are one, however well known."""
    each_alone = (Line((replace(each, exposure=()),)) for each in line.products or ())
    merged = sum_of(each_alone)
    found = [_product(each, -1 if line.is_added else 1) for each in merged.products or ()]
    return sorted(found, key=lambda p: (-abs(p["kg"]), p["factor_id"]))


def _product(product: Product, sign: int) -> dict[str, Any]:
    factor, then = product.factor, product.factor_then
    return {
        "part": product.part,
        "unit": factor.unit,
        "counterfactual": product.counterfactual,
        "used": product.used,
        "factor_id": factor.factor_id,
        "factor": factor.value,
        "factor_year": factor.publication_year,
        "factor_state": ", ".join(
            word for word in ("provisional", "fallback", "derived") if getattr(factor, word)
        ),
        "source": factor.source,
        "baseline_factor": then.value if then else None,
        "baseline_factor_year": then.publication_year if then else None,
        "kg": sign * product.avoided,
    }


def _travel(estimate: Estimate, found: Carbon) -> dict[str, Any]:
    """How staff travel, what the width comes from, and the named alternatives."""
    moved = found.scenarios.get((estimate.period, estimate.directorate), {})
    net = estimate.net
    return {
        "travel_source": estimate.split.source if estimate.split else "",
        "mean_km": estimate.split.mean_km if estimate.split else None,
        "modes": [vars(mode) for mode in estimate.split.modes] if estimate.split else [],
        "break_even_km": estimate.break_even_km,
        "swings": [vars(swing) for swing in scenarios.swings(estimate.net_terms or {})],
        "scenarios": {} if net is None else {name: net + kg for name, kg in moved.items()},
    }
