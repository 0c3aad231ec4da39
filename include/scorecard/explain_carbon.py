"""A quarter's carbon, explained: `scorecard carbon`. Every number of the chain on one screen."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from scorecard import measure, reconcile
from scorecard.carbon import scenarios
from scorecard.carbon.as_figures import LINES, NET, Carbon
from scorecard.carbon.estimates import Estimate
from scorecard.carbon.products import Line, Product
from scorecard.carbon.uncertainty import METHOD_VERSION
from scorecard.council import COUNCIL
from scorecard.explain import UnknownFigure
from scorecard.kpis import rounded
from scorecard.packs.records import Figures
from scorecard.packs.words import day_and_time
from scorecard.period import FinancialQuarter
from scorecard.reckoning import Reckoning, carbon_estimates
from scorecard.register import packs
from scorecard.states import SUPPRESSED
from scorecard.stores import Stores

_TITLES = {"printing": "Printing", "commuting": "Commuting", "home_energy": "Home energy, added"}
_PUBLISHED = "UK Government GHG conversion factors "


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
    withheld = _withheld(stores, measurement, quarter)
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
        "rolling": _figure(found, chosen.rolling_12.key, directorate, withheld),
        "net": _figure(found, quarter, directorate, withheld),
        "lines": {name: _line(found, kpi_id, estimate, withheld) for kpi_id, name in LINES.items()},
        **({} if withheld(directorate) else _travel(estimate, found)),
        "remarks": [*estimate.missing, *estimate.remarks],
        "directorates_withheld": withheld(""),
    }


def _withheld(stores: Stores, measurement: str, quarter: str) -> Any:
    """Whether a directorate's home working is withheld in the quarter; '' asks of any."""
    figures = Figures(packs.read(stores.register, measurement).figures)
    hidden = {
        f.directorate
        for f in figures.newest()
        if f.kpi_id in (*LINES, NET) and f.period == quarter and f.state == SUPPRESSED
    }
    return lambda directorate: directorate in hidden if directorate else bool(hidden)


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
    decided, then = baseline
    chosen = known.decided.settled.carbon
    return {
        "baseline": str(then),
        "decision": f"{decided.decision}: {decided.reason}",
        "factor_year": chosen.factor_year,
        "heating_basis": chosen.heating_basis,
    }


def _figure(found: Carbon, period: str, directorate: str, withheld: Any) -> dict[str, Any]:
    """The net of a period in kilograms: its interval, effects and chance."""
    estimate = found.estimates.get((period, directorate))
    if estimate is None or withheld(directorate):
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


def _effects(effects: Any) -> dict[str, Decimal] | None:
    return {**asdict(effects), "naive": effects.naive} if effects else None


def _line(found: Carbon, kpi_id: str, estimate: Estimate, withheld: Any) -> dict[str, Any]:
    """One line: its quantities, its products with their factors, its interval and effects."""
    line: Line = getattr(estimate, LINES[kpi_id])
    if withheld(estimate.directorate):
        return {"withheld": True}
    bounds = found.intervals.get((kpi_id, estimate.period, estimate.directorate))
    return {
        "kg": line.kg,
        "lower_kg": bounds.lower if bounds else None,
        "upper_kg": bounds.upper if bounds else None,
        "grade": line.grade,
        "effects": _effects(line.effects),
        "quantities": [vars(quantity) for quantity in line.quantities],
        "products": [_product(each, -1 if line.is_added else 1) for each in line.products or ()],
    }


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
        "break_even_km": estimate.break_even_km,
        "swings": [vars(swing) for swing in scenarios.swings(estimate.net_terms or {})],
        "scenarios": {} if net is None else {name: net + kg for name, kg in moved.items()},
    }


def in_words(told: Mapping[str, Any], explain: bool) -> str:
    """The same on one screen: the lines and their net, or with `explain` the whole chain."""
    return "\n".join(line for line in _lines(told, explain) if line.strip())


def _lines(told: Mapping[str, Any], explain: bool) -> Iterator[str]:
    where = "the council" if told["directorate"] == COUNCIL else told["directorate"]
    if "reported" in told:
        yield f"Carbon, {told['quarter']}: {told['reported']}"
        return
    yield f"Carbon, {told['quarter']}, {where}: an estimate, in kilograms of CO2e"
    yield f"As at       {day_and_time(told['as_at'])}; measurement {told['measurement'][:12]}"
    yield f"Baseline    {told['baseline']}. {told['decision']}"
    basis = told["heating_basis"].replace("_", " ")
    yield f"Rules       factors by {told['factor_year']}, heating by {basis}"
    if told.get("travel_source"):
        even = _number(told["break_even_km"], 1)
        mean = _number(told["mean_km"], 1)
        yield f"Travel      {told['travel_source']}; mean {mean} km, break-even {even} km"
    for name, line in told["lines"].items():
        yield _sum(_TITLES[name], line)
        if explain and not line.get("withheld"):
            yield from _chain(line)
    yield _sum("Net avoided", told["net"])
    yield _sum(f"Net, {told['rolling']['period']}", told["rolling"])
    if explain:
        yield from _doubts(told)
    yield from (f"Note        {remark}" for remark in told["remarks"])


def _sum(title: str, line: Mapping[str, Any]) -> str:
    """A line's kilograms with grade, interval, chance and effects."""
    if line.get("kg") is None:
        return f"{title:<26} {'withheld' if line.get('withheld') else 'not known':>12}"
    said = f"{title:<26} {_number(line['kg'], 3):>12} kg"
    said += f"  95%: {_number(line['lower_kg'], 0)} to {_number(line['upper_kg'], 0)}"
    if effects := line["effects"]:
        activity, factor = _number(effects["activity"], 0), _number(effects["factor"], 0)
        said += f"; activity {activity} + factor {factor} = {_number(effects['naive'], 0)}"
    if line.get("above_zero") is not None:
        said += f"; P(net > 0) {_number(line['above_zero'], 2)}"
    return said + (f"; grade {line['grade']}" if line.get("grade") else "")


def _chain(line: Mapping[str, Any]) -> Iterator[str]:
    """Each quantity and each product of a line."""
    for each in line["quantities"]:
        before = [_number(each[name], 1) for name in ("baseline", "counterfactual")]
        told = f"baseline {before[0]}, " if each["baseline"] is not None else ""
        told += f"would be {before[1]}, " if each["counterfactual"] is not None else ""
        yield f"  {each['name']:<28} {told}is {_number(each['used'], 1)} {each['unit']}"
    for each in line["products"]:
        moved = abs(each["counterfactual"] - each["used"])
        state = f" ({each['factor_state']})" if each["factor_state"] else ""
        yield (
            f"  {_number(moved, 4):>15} {each['unit']:<12} x {each['factor']:f}"
            f" = {_number(each['kg'], 3)} kg  {each['factor_id']}, {each['factor_year']}{state}: "
            f"{each['source'].removeprefix(_PUBLISHED)}"
        )


def _doubts(told: Mapping[str, Any]) -> Iterator[str]:
    """Where the width of the net comes from, and the named alternatives."""
    for swing in told.get("swings", ()):
        name = swing["multiplier"].replace("_", " ")
        low, high = _number(swing["low"], 0), _number(swing["high"], 0)
        yield f"  {name:<20} x or / {1 + swing['half_width']}: net {low} to {high}"
    others = (f"{n.replace('_', ' ')} {_number(kg, 0)}" for n, kg in told["scenarios"].items())
    yield f"If instead  net would be: {', '.join(others)}" if told.get("scenarios") else ""
    if told["directorates_withheld"]:
        yield "Note        directorates are withheld in the pack: do not publish these parts"


def _number(value: Decimal | None, places: int) -> str:
    return "not known" if value is None else f"{rounded(value, places):,}"
