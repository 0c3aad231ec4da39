"""With how many digits a figure is printed: as its KPI says, or as its interval bears."""

from decimal import Decimal

from scorecard.kpis import KpiDefinition
from scorecard.packs.carbon_told import amount_of
from scorecard.packs.records import FigureRecord
from scorecard.packs.tables import Cell, figure

_KILOGRAMS = {"kg_co2e": Decimal(1), "t_co2e": Decimal(1000)}  # in one of a KPI's unit


def value_cell(definition: KpiDefinition, record: FigureRecord) -> Cell:
    """A figure as a cell; an estimate of emissions to the digit that its interval bears."""
    assert record.value is not None
    return _estimate(definition, record, 0) or figure(record.value, definition.decimals)


def bound_cells(definition: KpiDefinition, record: FigureRecord) -> tuple[Cell, ...]:
    """The two ends of a figure's interval, to the digit of the figure; nothing if it has none."""
    if record.lower is None or record.upper is None:
        return ()
    found = _estimate(definition, record, 1), _estimate(definition, record, 2)
    plain = (figure(end, definition.decimals) for end in (record.lower, record.upper))
    return tuple(said or end for said, end in zip(found, plain, strict=True))


def _estimate(definition: KpiDefinition, record: FigureRecord, part: int) -> Cell | None:
    """The estimate or an end of its interval in the KPI's unit; None of what has no interval."""
    to_kg = _KILOGRAMS.get(definition.unit)
    amount = amount_of(record, to_kg) if to_kg and record.lower is not None else None
    if to_kg is None or amount is None:
        return None
    kg = (amount.kg, amount.lower, amount.upper)[part]
    if kg is None:
        return None
    decimals = max(0, -(amount.step / to_kg).normalize().adjusted())
    return figure(amount.printed_kg(kg) / to_kg, decimals)
