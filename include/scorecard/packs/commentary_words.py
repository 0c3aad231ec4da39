"""Commentary as a pack prints it: below the status it explains, or that none was supplied."""

from collections import Counter
from collections.abc import Iterable

from scorecard.commentary import Comment, Slot, newest, open_slots
from scorecard.packs import beside
from scorecard.packs.content import Commentary
from scorecard.packs.rating_words import basis
from scorecard.packs.records import PackRecords
from scorecard.packs.shown import shown_for
from scorecard.packs.variation import concerns
from scorecard.packs.words import counted, day
from scorecard.period import london_day

NOT_SUPPLIED = "No commentary supplied"
NOT_GIVEN = "Not given"
_WHAT = "Cause, action, owner and date are written by officers, and by nobody else."


def is_for_all(records: PackRecords) -> bool:
    """Whether the public reads the pack: who owes words by when is the council's own affair."""
    return records.edition.visibility == "public"


def slots_of(records: PackRecords) -> tuple[Slot, ...]:
    """Every figure of the pack that asks for commentary, in the order of the definitions."""
    quarter = records.quarter
    found = concerns(records.figures.newest(), str(quarter))
    return open_slots(
        quarter,
        [definition.id for definition in records.definitions],
        lambda kpi, whom: shown_for(records, kpi, records.period, whom).record,
        {(kpi, directorate): why for kpi, directorate, why in found},
        records.council,
    )


def comments_of(records: PackRecords) -> dict[tuple[str, str], Comment]:
    """The comment that counts for each figure that has one."""
    return newest(records.commentary)


def status(records: PackRecords, slot: Slot) -> str:
    """Why a figure asks for commentary: its rating, its special cause, and what stands beside."""
    shown = shown_for(records, slot.kpi_id, records.period, slot.directorate)
    said = []
    if slot.is_red and shown.record:
        said.append(f"Red: {shown.told}, {basis(shown.definition, shown.record.rag_basis)}")
    elif slot.concern:
        said.append(f"{shown.rag}: {shown.told}")
    said += [slot.concern.rstrip(".")] if slot.concern else []
    target = beside.target_said(records, shown, slot.directorate, records.quarter.period)
    said += [*beside.short(shown), target]
    return ". ".join(text for text in said if text)


def by_kpi(records: PackRecords) -> dict[str, tuple[Commentary, ...]]:
    """What officers say of each KPI's figures, each below its status, or who owes it."""
    written, found = comments_of(records), dict[str, tuple[Commentary, ...]]()
    for slot in slots_of(records):
        comment = written.get(slot.key)
        said = Commentary(
            slot.directorate,
            records.directorates[slot.directorate],
            status(records, slot),
            _parts(comment) if comment else (),
            "" if comment or is_for_all(records) else _owed(records, slot.owner),
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


def _owed(records: PackRecords, owner: str) -> str:
    return f"{NOT_SUPPLIED}. It is awaited from the {owner}{awaited(records)}."


def awaited(records: PackRecords) -> str:
    """By when commentary is due; that it is overdue if the data are from a later day."""
    due, as_at = records.commentary_due, records.data_as_at
    if due is None:
        return ""
    is_late = as_at is not None and london_day(as_at) > due
    return f", overdue since {day(due)}" if is_late else f", due by {day(due)}"


def chased(records: PackRecords, others: Iterable[Slot] = ()) -> tuple[str, ...]:
    """How many figures ask for commentary and have it, and from which roles it is awaited."""
    slots, written = tuple(others) or slots_of(records), comments_of(records)
    if not slots:
        return ("No figure asks for commentary.",)
    missing = Counter(slot.owner for slot in slots if slot.key not in written)
    asked = counted(len(slots), "figure asks", "figures ask")
    given = len(slots) - missing.total()
    told = (
        f"{asked} for commentary. It is supplied for {f'{given:,}' if given else 'none'} of them."
    )
    if not missing or is_for_all(records):
        return (told, _WHAT)
    whom = "; ".join(f"{owner}, {count:,}" for owner, count in sorted(missing.items()))
    return (told, f"Still awaited{awaited(records)}: {whom}.", _WHAT)
