"""The sheet of exceptions: each figure that asks for commentary, and what its officers say."""

from collections.abc import Iterator

from scorecard.packs.commentary_words import NOT_SUPPLIED, chased, comments_of, slots_of, status
from scorecard.packs.content import Cell, Sheet, sheet, words
from scorecard.packs.records import PackRecords
from scorecard.packs.words import day

EXCEPTIONS = (
    "KPI id", "Directorate", "Why listed", "Cause", "Action", "Owner role", "By when",
)  # fmt: skip


def exceptions_sheet(records: PackRecords) -> Sheet:
    """Red figures and special causes of concern, the council's first, with their commentary."""
    title = "Exceptions: figures rated Red, and special causes of concern"
    return sheet("Exceptions", title, EXCEPTIONS, _rows(records), chased(records))


def _rows(records: PackRecords) -> Iterator[tuple[Cell, ...]]:
    written = comments_of(records)
    for slot in slots_of(records):
        comment = written.get(slot.key)
        said = (
            (comment.cause, comment.action, comment.owner, day(comment.by_when))
            if comment
            else (NOT_SUPPLIED, NOT_SUPPLIED, slot.owner, NOT_SUPPLIED)
        )
        texts = (slot.kpi_id, slot.directorate, status(records, slot), *said)
        yield tuple(words(text) for text in texts)
