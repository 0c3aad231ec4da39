"""The value-for-money panel: economy, efficiency, effectiveness side by side, never one score."""

from collections.abc import Iterator

from scorecard.council import COUNCIL
from scorecard.kpis import ASPECTS
from scorecard.packs import spans
from scorecard.packs.kpi_sheets import better_is
from scorecard.packs.records import PackRecords
from scorecard.packs.revisions import Key
from scorecard.packs.shown import Shown, shown_for
from scorecard.packs.tables import Cell, Sheet, sheet, words
from scorecard.packs.words import unit_name

NAME = "Value_for_money"
_NAMED = ("KPI id", "KPI", "Aspect", "Unit", "Better is")
_JUDGED = ("Direction of travel", "Marker")
# The pack's own time and what it is compared with.
_FIGURES = (spans.THIS_QUARTER, *spans.OF_QUARTER[:2])
_OF_YEAR = (spans.THIS_YEAR, *spans.OF_YEAR[:1])
COLUMNS = (*_NAMED, *_FIGURES, *_JUDGED)
COLUMNS_OF_YEAR = (*_NAMED, *_OF_YEAR, *_JUDGED)
NEVER_ONE_SCORE = (
    "Economy is what things cost, efficiency what is got for it, effectiveness whether it helps. "
    "The three are looked at side by side and never combined into one score."
)


def panel(records: PackRecords, restated: frozenset[Key]) -> Sheet:
    """Each KPI that its definition puts under an aspect: now, before, and where it is going."""
    rows = (
        _row(records, definition.id, aspect, restated)
        for aspect in ASPECTS
        for definition in records.definitions
        if definition.value_for_money == aspect
    )
    headings = COLUMNS_OF_YEAR if records.is_of_year else COLUMNS
    return sheet(NAME, "Value for money", headings, rows, (NEVER_ONE_SCORE,))


def _row(records: PackRecords, kpi: str, aspect: str, restated: frozenset[Key]) -> tuple[Cell, ...]:
    definition = records.definition(kpi)
    now, *before = _figures(records, kpi, restated)
    return (
        words(kpi),
        words(definition.title),
        words(aspect.capitalize()),
        words(unit_name(definition.unit)),
        words(better_is(definition.better)),
        now.cell,
        *(then.cell for then in before),
        words(now.direction),
        words(now.marker),
    )


def _figures(records: PackRecords, kpi: str, restated: frozenset[Key]) -> Iterator[Shown]:
    """The KPI's figures of this quarter, the one before and a year ago; of this year and before."""
    known = spans.columns(records)
    for heading in _OF_YEAR if records.is_of_year else _FIGURES:
        yield shown_for(records, kpi, known[heading], COUNCIL, restated)
