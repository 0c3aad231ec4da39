"""What a column of the Summary says in words, as numbers for open data: ranges and intervals."""

from scorecard.council import COUNCIL
from scorecard.packs.digits import bound_cells
from scorecard.packs.records import PackRecords
from scorecard.packs.shown import band_of, shown_for, target_row
from scorecard.packs.tables import Cell, Sheet, figure, sheet, words

KPI = "KPI id"
COLUMNS = ("Target low", "Target high", "Lower bound", "Upper bound")
_EMPTY = words("")


def ranges(records: PackRecords) -> Sheet:
    """For each KPI of the Summary, the ends of its target range and of its 95% interval."""
    rows = (_row(records, definition.id) for definition in records.definitions)
    return sheet("Summary", "Ranges and intervals of the Summary", (KPI, *COLUMNS), rows)


def _row(records: PackRecords, kpi: str) -> tuple[Cell, ...]:
    shown = shown_for(records, kpi, records.period)
    decided = target_row(records, kpi, COUNCIL, records.quarter.period)
    ends = band_of(shown, decided) if decided else (None, None)
    decimals = shown.definition.decimals
    band = (_EMPTY if end is None else figure(end, decimals) for end in ends)
    has_interval = shown.has_interval and shown.record is not None
    bounds = bound_cells(shown.definition, shown.record) if has_interval and shown.record else ()
    return (words(kpi), *band, *(bounds or (_EMPTY, _EMPTY)))
