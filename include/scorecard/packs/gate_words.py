"""What the gate found, as the pack says it: why it is provisional, and the effect on figures."""

from collections.abc import Iterable
from dataclasses import replace

from scorecard.council import COUNCIL
from scorecard.gate import Finding
from scorecard.packs.records import PackRecords
from scorecard.packs.shown import NOT_APPLICABLE
from scorecard.packs.tables import Cell, Sheet, words
from scorecard.packs.words import counted, listed
from scorecard.tolerances import PROVISIONAL

WATERMARK = "This pack is provisional throughout: the cover says why."
NOTHING_FOUND = (
    "The gate found nothing: no feed is incomplete, no directorate is missing, totals agree, and "
    "no volume jumped."
)
FOUND = "Rows of severity Gate say what the gate before the draft found of the quarter's feeds."
MOST_CODES = 6


def provisional(records: PackRecords) -> tuple[str, ...]:
    """A sentence for each finding that makes the pack provisional, with its effect."""
    return tuple(
        f"{finding.message} {rest_on(records, finding.table)}."
        for finding in records.findings
        if finding.outcome == PROVISIONAL
    )


def watermarked(sheets: Iterable[Sheet]) -> tuple[Sheet, ...]:
    """The tables, each with a remark that the pack is provisional."""
    return tuple(replace(table, remarks=(*table.remarks, WATERMARK)) for table in sheets)


def remark(records: PackRecords) -> str:
    """What the gate's rows in a table are, or that there are none."""
    return FOUND if records.findings else NOTHING_FOUND


def finding_row(records: PackRecords, finding: Finding) -> tuple[Cell, ...]:
    """A finding among the checks."""
    is_marked = finding.outcome == PROVISIONAL
    whose = "" if finding.directorate == COUNCIL else f" of {finding.directorate} and the council"
    effect = f"{rest_on(records, finding.table)}: figures{whose} are provisional or awaited"
    return (
        words(finding.message),
        words(finding.source),
        words("Gate"),
        *(words(NOT_APPLICABLE) for _ in ("rows checked", "rows set aside")),
        words(finding.outcome.capitalize()),
        words(effect if is_marked else "None"),
    )


def rest_on(records: PackRecords, table: str) -> str:
    """How many KPIs rest on a table, and which."""
    codes = sorted(d.code for d in records.definitions if table in d.tables)
    count = counted(len(codes), "KPI rests", "KPIs rest")
    if len(codes) > MOST_CODES:
        codes = [*codes[: MOST_CODES - 1], f"{len(codes) - MOST_CODES + 1} more"]
    return f"{count} on it ({listed(codes)})"
