"""Which figures moved since the revision before: from, to, what kind of revision, why."""

from dataclasses import dataclass

from scorecard.council import COUNCIL
from scorecard.packs.content import Cell, Sheet, sheet, words
from scorecard.packs.records import FigureRecord, PackRecords
from scorecard.packs.shown import Shown
from scorecard.packs.words import counted
from scorecard.states import SUPPRESSED

Key = tuple[str, str, str]  # KPI, directorate, period

COLUMNS = (
    "KPI id", "Directorate", "Period", "Previous value", "Revised value", "Type", "Reason",
    "First shown in",
)  # fmt: skip


@dataclass(frozen=True)
class Revised:
    """One figure that the pack shows otherwise than the revision before it."""

    key: Key
    before: Shown
    after: Shown

    @property
    def type(self) -> str:
        """Why figures move: a new version, data that were awaited, or a correction."""
        old, new = self.before.record, self.after.record
        if old and new and old.version != new.version:
            return "version"
        if old is None or old.state in ("provisional", "awaiting"):
            return "scheduled"
        return "correction"


def is_shown(record: FigureRecord) -> bool:
    """Whether the pack prints the figure: by directorate for quarters, by month for the council."""
    return record.period_kind != "month" or record.directorate == COUNCIL


def revised(records: PackRecords) -> tuple[Revised, ...]:
    """Every figure that moved since the earlier revision; none for a first revision."""
    if records.earlier is None:
        return ()
    moved = (_moved(records, record) for record in records.figures.newest() if is_shown(record))
    return tuple(sorted((m for m in moved if m), key=lambda m: m.key))


def _moved(records: PackRecords, new: FigureRecord) -> Revised | None:
    assert records.earlier is not None
    old = records.earlier.get(new.kpi_id, new.period, new.directorate)
    if old is None or new.state == SUPPRESSED:  # what is withheld now is not told as it was either
        return None
    definition = records.definition(new.kpi_id)
    before, after = Shown(definition, old), Shown(definition, new)
    if before.text == after.text:
        return None
    return Revised((new.kpi_id, new.directorate, new.period), before, after)


def automatic_reason(moved: tuple[Revised, ...]) -> str:
    """A reason for a revision that nobody gave one for, made from the figures that moved."""
    if not moved:
        return "No figure moved; the extracts or the words of the pack changed."
    examples = "; ".join(
        f"{m.after.definition.title}, {m.key[1]}, {m.key[2]}: {m.before.text} to {m.after.text}"
        for m in [m for m in moved if m.key[1] == COUNCIL][:3] or moved[:3]
    )
    return f"{counted(len(moved), 'figure')} moved. Among them: {examples}."


def revisions_sheet(records: PackRecords, moved: tuple[Revised, ...]) -> Sheet:
    """The Revisions sheet: one row per figure that moved."""
    rows = (_row(records, m) for m in moved)
    remark = (
        "Figures that differ from the revision before this one."
        if records.earlier
        else "This is the first revision, so no figure is revised."
    )
    return sheet("Revisions", "Revised figures", COLUMNS, rows, (remark,))


def _row(records: PackRecords, m: Revised) -> tuple[Cell, ...]:
    kpi, directorate, period = m.key
    edition = records.edition
    return (
        words(kpi),
        words(directorate),
        words(period),
        m.before.cell,
        m.after.cell,
        words(m.type),
        words(edition.reason or "New data"),
        words(f"{edition.quarter}, revision {edition.revision}"),
    )
