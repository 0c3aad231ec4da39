"""A KPI's figures of the quarter by directorate, as the report shows them."""

from scorecard.council import COUNCIL, UNKNOWN
from scorecard.kpis import KpiDefinition
from scorecard.packs import spans
from scorecard.packs.records import PackRecords
from scorecard.packs.revisions import Key
from scorecard.packs.shown import Shown, shown_for
from scorecard.packs.tables import Cell, Sheet, sheet, words


def by_directorate(
    records: PackRecords, definition: KpiDefinition, restated: frozenset[Key]
) -> Sheet:
    """The quarter's figure of each directorate; a directorate with nothing has its row too."""
    names = {d.code: d.name for d in records.council.directorates_in(records.quarter.period)}
    named = [*sorted(names.items(), key=lambda pair: pair[1])]
    if records.figures.get(definition.id, records.period, UNKNOWN):
        named.append((UNKNOWN, "Directorate not known"))
    rows = (
        _directorate_row(name, shown_for(records, definition.id, records.period, code, restated))
        for code, name in (*named, (COUNCIL, "Whole council"))
    )
    title = f"{definition.title} by directorate, {spans.name(records)}"
    return sheet(definition.id, title, ("Directorate", "Value", "RAG", "Direction", "Marker"), rows)


def _directorate_row(name: str, shown: Shown) -> tuple[Cell, ...]:
    value = Cell(shown.cell.value, shown.told, shown.cell.number_format)
    return words(name), value, words(shown.rag), words(shown.direction), words(shown.marker)
