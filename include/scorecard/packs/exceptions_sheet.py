"""The sheet of exceptions: each figure that asks for commentary, and what its officers say."""

from collections.abc import Iterator

from scorecard.packs.commentary_words import (
    NOT_GIVEN,
    NOT_SUPPLIED,
    awaited,
    chased,
    comments_of,
    is_for_all,
    slots_of,
    status,
)
from scorecard.packs.records import PackRecords
from scorecard.packs.tables import Cell, Sheet, sheet, words
from scorecard.packs.words import day

EXCEPTIONS = (
    "KPI id", "KPI", "Directorate", "Why listed", "Cause", "Action", "Owner role", "By when",
)  # fmt: skip
_NOTHING_YET = "Not supplied"


def exceptions_sheet(records: PackRecords) -> Sheet:
    """Red figures and special causes of concern, the council's first, with their commentary."""
    title = "Exceptions: figures rated Red, and special causes of concern"
    return sheet("Exceptions", title, EXCEPTIONS, _rows(records), chased(records))


def _rows(records: PackRecords) -> Iterator[tuple[Cell, ...]]:
    written = comments_of(records)
    nothing = _nothing(records)
    for slot in slots_of(records):
        comment = written.get(slot.key)
        said = (
            (comment.cause, comment.action, comment.owner, day(comment.by_when))
            if comment
            else (*nothing, slot.owner, nothing[-1])
        )
        title = records.definition(slot.kpi_id).title
        whose = records.directorates[slot.directorate]
        texts = (slot.kpi_id, title, whose, status(records, slot), *said)
        yield tuple(words(text) for text in texts)


def _nothing(records: PackRecords) -> tuple[str, str]:
    """What stands for cause and action that nobody wrote; to the public, not who is late."""
    if is_for_all(records):
        return NOT_GIVEN, NOT_GIVEN
    return f"{NOT_SUPPLIED}{awaited(records)}", _NOTHING_YET
