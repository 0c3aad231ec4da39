"""A quarter's carbon on one screen: the lines and their net, or every number of the chain."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from scorecard.council import COUNCIL
from scorecard.kpis import rounded
from scorecard.packs.carbon_wording import alternative
from scorecard.packs.words import day_and_time

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
        moved = abs(each["counterfactual"] - each["used"]) * (-1 if each["kg"] < 0 else 1)
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
    for name, kg in told.get("scenarios", {}).items():
        yield f"If instead  {alternative(name, told['heating_basis'])}: net {_number(kg, 0)} kg"
    if told["directorates_withheld"]:
        yield "Note        directorates are withheld in the pack: do not publish these parts"


def _number(value: Decimal | None, places: int) -> str:
    return "not known" if value is None else f"{rounded(value, places):,}"
