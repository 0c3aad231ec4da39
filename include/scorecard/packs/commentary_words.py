"""Commentary as a pack prints it: below the status it explains, or that none was supplied."""

from collections.abc import Iterator

from scorecard.commentary import Comment, Slot, newest, open_slots
from scorecard.council import COUNCIL
from scorecard.packs import beside, sentences
from scorecard.packs.content import Commentary
from scorecard.packs.records import PackRecords
from scorecard.packs.shown import shown_for
from scorecard.packs.variation import concerns
from scorecard.packs.words import counted, day

NOT_SUPPLIED = "No commentary supplied"
_WHAT = "Cause, action, owner and date are written by officers, and by nobody else."


def slots_of(records: PackRecords) -> tuple[Slot, ...]:
    """Every figure of the pack that asks for commentary, in the order of the definitions."""
    quarter = records.quarter
    found = concerns(records.figures.newest(), str(quarter))
    return open_slots(
        quarter,
        [definition.id for definition in records.definitions],
        lambda kpi, whom: shown_for(records, kpi, str(quarter), whom).record,
        {(kpi, directorate): why for kpi, directorate, why in found},
        records.council,
    )


def comments_of(records: PackRecords) -> dict[tuple[str, str], Comment]:
    """The comment that counts for each figure that has one."""
    return newest(records.commentary)


def status(records: PackRecords, slot: Slot) -> str:
    """Why a figure asks for commentary: its rating, its special cause, and what stands beside."""
    shown = shown_for(records, slot.kpi_id, str(records.quarter), slot.directorate)
    said = []
    if slot.is_red and shown.record:
        said.append(f"Red: {shown.told}, {sentences.basis(shown.record.rag_basis)}")
    elif slot.concern:
        said.append(f"{shown.rag}: {shown.told}")
    said += [slot.concern.rstrip(".")] if slot.concern else []
    target = beside.target_said(records, shown, slot.directorate, records.quarter.period)
    said += [*beside.short(shown), target]
    return ". ".join(text for text in said if text)


def by_kpi(records: PackRecords) -> dict[str, tuple[Commentary, ...]]:
    """What officers say of each KPI's figures, each below its status, or who owes it."""
    names = {d.code: d.name for d in records.council.directorates_in(records.quarter.period)}
    names[COUNCIL] = "Whole council"
    written, found = comments_of(records), dict[str, tuple[Commentary, ...]]()
    for slot in slots_of(records):
        comment = written.get(slot.key)
        said = Commentary(
            slot.directorate,
            names[slot.directorate],
            status(records, slot),
            _parts(comment) if comment else (),
            "" if comment else f"{NOT_SUPPLIED}. {_owes(records, slot.owner)}.",
        )
        found[slot.kpi_id] = (*found.get(slot.kpi_id, ()), said)
    return found


def _parts(comment: Comment) -> tuple[tuple[str, str], ...]:
    return (
        ("Cause", comment.cause),
        ("Action", comment.action),
        ("Owner", comment.owner),
        ("By when", day(comment.by_when)),
    )


def _owes(records: PackRecords, owner: str) -> str:
    due = records.commentary_due
    return f"{owner} owes it by {day(due)}" if due else f"{owner} owes it"


def chased(records: PackRecords) -> tuple[str, ...]:
    """How many slots are filled, and who owes the others by when: a sentence for each role."""
    slots, written = slots_of(records), comments_of(records)
    if not slots:
        return ("No figure asks for commentary.",)
    filled = sum(slot.key in written for slot in slots)
    due = f", due by {day(records.commentary_due)}" if records.commentary_due else ""
    count = f"{filled} of {counted(len(slots), 'slot')} for commentary filled{due}."
    return (count, *_owed(records, [s for s in slots if s.key not in written]), _WHAT)


def _owed(records: PackRecords, slots: list[Slot]) -> Iterator[str]:
    by_owner: dict[str, dict[str, list[str]]] = {}
    for slot in slots:
        code = records.definition(slot.kpi_id).code
        by_owner.setdefault(slot.owner, {}).setdefault(code, []).append(slot.directorate)
    for owner, codes in sorted(by_owner.items()):
        told = "; ".join(f"{code} ({', '.join(whom)})" for code, whom in codes.items())
        count = sum(len(whom) for whom in codes.values())
        yield f"{_owes(records, owner).replace('owes it', f'owes {count}')}: {told}."
