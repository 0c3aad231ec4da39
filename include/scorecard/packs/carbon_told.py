"""One carbon figure in words, with its interval: in a headline, and wherever its number stands."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from scorecard.kpis import KpiDefinition
from scorecard.packs import carbon_wording as wording
from scorecard.packs.carbon_wording import Amount
from scorecard.packs.records import FigureRecord
from scorecard.packs.words import number, unit_suffix

_KILOGRAMS = {"kg_co2e": Decimal(1), "t_co2e": Decimal(1000)}  # in one of a KPI's unit
# How what a line lacks begins, of the KPIs that are one line.
OWN = {
    "printing_emissions_avoided": ("printing",),
    "commuting_emissions_avoided": ("home working",),
    "home_working_emissions_added": ("home working",),
}


def in_a_headline(definition: KpiDefinition, record: FigureRecord) -> str:
    """A KPI of emissions by the wording rules; empty for any other, or without an interval."""
    amount = _emissions(definition, record)
    if amount is None:
        return ""
    if _instead(record):
        return _instead(record)
    is_added = definition.better == "lower"
    said = f"{wording.added(amount) if is_added else wording.avoided(amount)}, an estimate"
    return wording.and_partial(said, _lacks(record))


def beside_others(definition: KpiDefinition, record: FigureRecord) -> str:
    """The figure in a list of figures: 4.3 t CO2e (estimate, 95% interval 3.6 to 5.2 t).

    Empty if it has no interval.
    """
    if _instead(record):
        return _instead(record)
    amount = _emissions(definition, record)
    if amount is not None:
        said, range_ = f"{wording.short(amount)} CO2e", wording.interval(amount)
    elif record.value is None or record.lower is None or record.upper is None:
        return ""
    else:
        places = definition.decimals
        said = f"{number(record.value, places)}{unit_suffix(definition.unit)}"
        range_ = " to ".join(number(end, places) for end in (record.lower, record.upper))
    about = f"estimate, 95% interval {range_}" if range_ else "estimate"
    return wording.and_partial(f"{said} ({about})", _lacks(record))


def amount_of(record: FigureRecord, to_kg: Decimal) -> Amount | None:
    """A figure before it was rounded for its KPI, in kilograms."""
    exact = record.value if record.numerator is None else record.numerator
    if exact is None:
        return None
    lower, upper = (None if end is None else end * to_kg for end in (record.lower, record.upper))
    return Amount(exact * to_kg, lower, upper)


def lacking(details: Mapping[str, Any], *only: str) -> str:
    """Which lines, of all or of some only, what has these details lacks."""
    missing = [str(why) for why in details.get("missing", ())]
    grades = details.get("grades", {})  # a line that is not known has no evidence
    lines = {"printing": "printing", "home working": "commuting"}
    in_part = [name for name, line in lines.items() if grades.get(line)]
    return wording.partial([w for w in missing if not only or w.startswith(only)], in_part)


def _emissions(definition: KpiDefinition, record: FigureRecord) -> Amount | None:
    """An estimate of emissions; None of anything else, and of one without an interval."""
    to_kg = _KILOGRAMS.get(definition.unit)
    if to_kg is None or record.value is None or record.lower is None:
        return None
    return amount_of(record, to_kg)


def _instead(record: FigureRecord) -> str:
    """What is said in place of the number; empty if the number is said."""
    if record.details.get("is_baseline"):
        return wording.BASELINE
    return wording.TOO_SMALL if "too_small_to_estimate" in record.flags else ""


def _lacks(record: FigureRecord) -> str:
    if "partial" not in record.flags:
        return ""
    return lacking(record.details, *OWN.get(record.kpi_id, ()))
