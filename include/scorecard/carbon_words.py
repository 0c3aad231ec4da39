"""A quarter's carbon on one screen: the lines and their net, or every number of the chain."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from scorecard.council import COUNCIL
from scorecard.kpis import rounded
from scorecard.packs.carbon_wording import alternative
from scorecard.packs.words import day_and_time, period_name

_TITLES = {"printing": "Printing", "commuting": "Commuting", "home_energy": "Home energy, added"}
_PUBLISHED = "UK Government GHG conversion factors "


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
    yield f"Rules       factors by {told['factor_year']} year, heating by {basis}"
    if explain:
        yield from _constants(told)
    if told.get("travel_source"):
        even = _number(told["break_even_km"], 1)
        mean = _number(told["mean_km"], 1)
        yield f"Travel      {told['travel_source']}; mean {mean} km one way, break-even {even} km"
        yield from _modes(told) if explain else ()
    for name, line in told["lines"].items():
        yield _sum(_TITLES[name], line)
        if explain and not line.get("withheld"):
            yield from _chain(line)
    yield _sum("Net avoided, the quarter", told["net"])
    yield _per_fte(told["net"])
    yield _sum(f"Net, {_months(told['rolling']['period'])}", told["rolling"])
    if "well_to_tank" in told:
        yield _sum("Well to tank, not in net", told["well_to_tank"])
        yield from _chain(told["well_to_tank"]) if explain else ()
    if "office" in told:
        yield _sum("Office energy, not in net", told["office"])
        yield from _chain(told["office"]) if explain and told["office"].get("products") else ()
        yield _sum("Net with office energy", told["with_office"])
    if explain:
        yield from _doubts(told)
    yield from (f"Note        {remark}" for remark in told["remarks"])


def _constants(told: Mapping[str, Any]) -> Iterator[str]:
    """The numbers that no extract tells, and how the parts below are to be read."""
    wh, hours = told["printer_wh"], told["hours_per_day"]
    yield (
        f"Constants   A4 0.210 x 0.297 m, {told['grammage_gsm']} g/m2; printers {wh} Wh an "
        f"impression; {hours} hours a day where payroll tells none"
    )
    yield (
        "Reading     an amount avoided or added x its factor; then the factor's id, publication "
        "year and source, and the factor of the baseline's year"
    )
    yield f"Sources     {_PUBLISHED.strip()}, by year; ID is that of the flat file"
    if told["directorate"] == COUNCIL:
        yield "Council     each directorate is scaled by its own FTE-days, and then they are added"


def _modes(told: Mapping[str, Any]) -> Iterator[str]:
    """How staff travel: of commuters, how many by each way, and how far."""
    for each in sorted(told["modes"], key=lambda mode: -mode["share"]):
        name = " ".join(filter(None, (each["mode"], each["fuel"]))).replace("_", " ")
        share = _number(each["share"] * 100, 1)
        yield f"  {name:<28} {share}% of commuters, {_number(each['one_way_km'], 1)} km one way"


def _months(key: str) -> str:
    """A rolling year by its last month: 12 months to June 2025."""
    return f"12 months to {period_name(key).partition(' to ')[2]}"


def _per_fte(net: Mapping[str, Any]) -> str:
    if net.get("per_fte_kg") is None:
        return ""
    said = f"{'  for each FTE':<28} {_number(net['per_fte_kg'], 3):>12} kg"
    return f"{said}  of {_number(net['fte'], 1)} FTE"


def _sum(title: str, line: Mapping[str, Any]) -> str:
    """A line's kilograms with grade, interval, chance and effects."""
    if line.get("kg") is None:
        return f"{title:<28} {'withheld' if line.get('withheld') else 'not known':>12}"
    said = f"{title:<28} {_number(line['kg'], 3):>12} kg"
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
        moved = abs(each["counterfactual"] - each["used"]) * (-1 if each["kg"] < 0 else 1)
        state = f" ({each['factor_state']})" if each["factor_state"] else ""
        yield (
            f"  {_number(moved, 4):>15} {each['unit']:<12} x {each['factor']:f} kg/{each['unit']}"
            f" = {_number(each['kg'], 3)} kg  {each['factor_id']}, {each['factor_year']}{state}: "
            f"{each['source'].removeprefix(_PUBLISHED)}{_then(each)}"
        )


def _then(product: Mapping[str, Any]) -> str:
    """The factor of the baseline's year, of which the factor effect is made."""
    if product["baseline_factor"] is None:
        return "; baseline's not known"
    return f"; baseline's {product['baseline_factor']:f}, {product['baseline_factor_year']}"


def _doubts(told: Mapping[str, Any]) -> Iterator[str]:
    """Where the width of the net comes from, and the named alternatives."""
    for swing in told.get("swings", ()):
        name = swing["multiplier"].replace("_", " ")
        low, high = _number(swing["low"], 0), _number(swing["high"], 0)
        yield f"  {name:<20} x or / {1 + swing['half_width']}: net {low} to {high} kg"
    for name, kg in told.get("scenarios", {}).items():
        yield f"If instead  {alternative(name, told['heating_basis'])}: net {_number(kg, 0)} kg"
    if told["directorates_withheld"]:
        yield "Note        directorates are withheld in the pack: do not publish these parts"


def _number(value: Decimal | None, places: int) -> str:
    return "not known" if value is None else f"{rounded(value, places):,}"
