"""Which figures moved since they were last published: from, to, what kind of revision, why."""

from dataclasses import dataclass

from scorecard.council import COUNCIL
from scorecard.packs.records import FigureRecord, PackRecords
from scorecard.packs.shown import Shown
from scorecard.packs.tables import Cell, Sheet, sheet, words
from scorecard.packs.words import counted
from scorecard.states import SHOWN

Key = tuple[str, str, str]  # KPI, directorate, period

COLUMNS = (
    "KPI id", "Directorate", "Period", "Previous value", "Revised value", "Type", "Reason",
    "First shown in",
)  # fmt: skip


@dataclass(frozen=True)
class Revised:
    """One figure that the pack shows otherwise than it was last published."""

    key: Key
    before: Shown
    after: Shown

    @property
    def type(self) -> str:
        """Why figures move: a new version, data that were awaited, or a correction.

        A figure that was published as provisional or awaiting was announced to move; any other
        that moves was wrong or incomplete without anybody knowing.
        """
        old, new = self.before.record, self.after.record
        if old and new and old.version != new.version:
            return "version"
        return "scheduled" if old and old.state in ("provisional", "awaiting") else "correction"


def is_shown(record: FigureRecord) -> bool:
    """Whether the pack prints the figure: by directorate for quarters, by month for the council."""
    return record.period_kind != "month" or record.directorate == COUNCIL


def revised(records: PackRecords) -> tuple[Revised, ...]:
    """Every figure that shows another number than was last published; none if none was."""
    return tuple(m for m in _differing(records) if m.after.record and m.after.record.state in SHOWN)


def _differing(records: PackRecords) -> list[Revised]:
    """Every figure that was published and is shown otherwise now, also without a number."""
    if records.earlier is None:
        return []
    moved = (_moved(records, record) for record in records.figures.newest() if is_shown(record))
    return sorted((m for m in moved if m), key=lambda m: m.key)


def _moved(records: PackRecords, new: FigureRecord) -> Revised | None:
    assert records.earlier is not None
    old = records.earlier.get(new.kpi_id, new.period, new.directorate)
    if old is None:
        return None
    definition = records.definition(new.kpi_id)
    before, after = Shown(definition, old), Shown(definition, new)
    if before.text == after.text:
        return None
    return Revised((new.kpi_id, new.directorate, new.period), before, after)


def automatic_reason(records: PackRecords, commented: bool = False) -> str:
    """A reason for a revision that nobody gave one for: what moved, ratings, or commentary."""
    moved, ratings = revised(records), _rerated(records)
    said = [_moved_in_words(moved)] if moved else []
    if ratings:
        told = counted(ratings, "rating")
        said += [
            f"{told} of other figures changed." if moved else f"No figure moved; {told} changed."
        ]
    said += ["Commentary supplied."] if commented else []
    return " ".join(said) or "No figure moved; the extracts or the words of the pack changed."


def _moved_in_words(moved: tuple[Revised, ...]) -> str:
    examples = "; ".join(
        f"{m.after.definition.title}, {m.key[1]}, {m.key[2]}: {m.before.text} to {m.after.text}"
        for m in [m for m in moved if m.key[1] == COUNCIL][:3] or moved[:3]
    )
    return f"{counted(len(moved), 'figure')} moved. Among them: {examples}."


def _rerated(records: PackRecords) -> int:
    """How many figures show the same number as before under another rating: a target changed."""
    count = 0
    for new in records.figures.newest():
        old = records.earlier and records.earlier.get(new.kpi_id, new.period, new.directorate)
        if old and is_shown(new) and _moved(records, new) is None:
            count += old.rag != new.rag
    return count


def revisions_sheet(records: PackRecords, moved: tuple[Revised, ...]) -> Sheet:
    """The Revisions sheet: one row per figure that moved."""
    rows = (_row(records, m) for m in moved)
    return sheet("Revisions", "Revised figures", COLUMNS, rows, _remarks(records, moved))


def _remarks(records: PackRecords, moved: tuple[Revised, ...]) -> tuple[str, ...]:
    if records.earlier is None:
        return ("No figure of this pack was published before, so none is revised.",)
    gone = len(_differing(records)) - len(moved)
    withdrawn = (
        f"{counted(gone, 'other figure')} that had been published "
        f"{'shows' if gone == 1 else 'show'} no number now; the marker beside it says why."
    )
    return (
        "Figures that differ from what was last published of them, in the pack of any quarter.",
        *((withdrawn,) if gone else ()),
    )


def _row(records: PackRecords, m: Revised) -> tuple[Cell, ...]:
    kpi, directorate, period = m.key
    edition = records.edition
    is_explained = edition.reason_is_given and m.type == "correction"
    reasons = (edition.reason if is_explained else "", records.causes.get(m.key), edition.reason)
    return (
        words(kpi),
        words(directorate),
        words(period),
        _cell(m.before),
        _cell(m.after),
        words(m.type),
        words(next(filter(None, reasons), "New data")),
        words(f"{edition.quarter}, revision {edition.revision}"),
    )


def _cell(shown: Shown) -> Cell:
    """A number, the marker that replaces it, or the cases of a figure that rests on few."""
    return words(shown.text) if shown.replaced_by == "[u]" else shown.cell
