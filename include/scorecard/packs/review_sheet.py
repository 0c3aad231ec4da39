"""The sheet of targets and figures that a person should look at again."""

from scorecard import sense
from scorecard.packs.records import PackRecords
from scorecard.packs.tables import Sheet, sheet, words
from scorecard.packs.words import number
from scorecard.sense import Hit
from scorecard.tolerances import Sense

REVIEW = (
    "KPI", "Directorate", "Test", "What was found", "What to check", "Owner role", "KPI id",
)  # fmt: skip


def review_sheet(records: PackRecords) -> Sheet:
    """What the tests for sense found: the council first, a directorate only where it differs."""
    found = sense.hits(records.figures, records.definitions, records.council, records.quarter)
    rows = (tuple(words(text) for text in _row(records, hit)) for hit in found)
    remarks = (
        "Tests for sense, not verdicts: nothing is corrected, and no figure changes. A directorate "
        "is listed where the whole council is not.",
        _tolerated(records.council.settled.sense),
    )
    return sheet("Review_these", "Review these: targets and figures to look at", REVIEW, rows,
                 remarks)  # fmt: skip


def _row(records: PackRecords, hit: Hit) -> tuple[str, ...]:
    title, whose = records.definition(hit.kpi_id).title, records.directorates[hit.directorate]
    return title, whose, hit.test, hit.found, hit.check, hit.owner, hit.kpi_id


def _tolerated(asked: Sense) -> str:
    """From where on each test lists something, in numbers."""
    above, below, fewer, cases, differs = (
        number(value, 0 if value == value.to_integral_value() else 1)
        for value in (
            *(asked.far_above, asked.far_below, asked.fewer_cases),
            *(asked.least_cases, asked.flag_mismatches),
        )
    )
    return (
        f"Listed are a result over {above} times or under {below} of its target; a target always "
        f"met, never met or out of reach of {asked.months} months or more; what a figure is "
        f"divided by under {fewer} of what it was, if that was {cases} or more; the same numbers "
        f"for {asked.unchanged_months} months; and SLA flags that differ on over {differs}% of "
        "tickets."
    )
