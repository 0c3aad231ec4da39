"""What needs a decision: each matter, the role that answers for it, and what is asked of it.

By rules alone: a Red or a special cause of concern of the council, what directorates owe, figures
that differ from what was published, feeds that sent nothing, and findings that doubt the pack.
"""

from collections.abc import Iterable, Iterator, Sequence

from scorecard.arrivals import feed_of
from scorecard.commentary import Comment, Slot
from scorecard.council import COUNCIL
from scorecard.packs import sentences
from scorecard.packs.commentary_words import comments_of, is_for_all, slots_of
from scorecard.packs.content import Ask, Item
from scorecard.packs.feeds import gaps
from scorecard.packs.records import PackRecords
from scorecard.packs.revisions import Revised
from scorecard.packs.shown import shown_for, target_row
from scorecard.packs.words import counted, day, listed
from scorecard.tolerances import PROVISIONAL

MOST_FIGURES = 12  # a reader of the first page is told no more of them; every Red is there
MOST_LETTERS = 140  # of an action that stands on the first page in full
MOST_NAMES = 3
Matter = tuple[str, Item]  # what is asked, and of what
# What the gate found, in words short enough for the first page.
_FOUND = {
    "incomplete_feed": "not all of it came",
    "missing_directorate": "a directorate has no row in it",
    "control_total": "it disagrees with its control total",
    "parts": "its parts do not add up",
    "jump": "its volume is unusual",
    "ended_directorate": "rows are of a directorate that has ended",
    "no_sla_time": "tickets have no SLA time",
}


def asks(records: PackRecords, moved: Sequence[Revised]) -> tuple[Ask, ...]:
    """Every matter that needs a decision by what is asked, the council's figures first."""
    found: dict[str, tuple[Item, ...]] = {}
    for wanted, item in _matters(records, moved):
        found[wanted] = (*found.get(wanted, ()), item)
    return tuple(Ask(wanted, items) for wanted, items in found.items())


def _matters(records: PackRecords, moved: Sequence[Revised]) -> Iterator[Matter]:
    yield from _figures(records)
    yield from _directorates(records)
    yield from _restated(records, moved)
    yield from _feeds(records)
    yield from _doubted(records)


def _figures(records: PackRecords) -> Iterator[Matter]:
    """The council's figures that ask for commentary, Reds before special causes."""
    mine = [slot for slot in slots_of(records) if slot.directorate == COUNCIL]
    reds = [slot for slot in mine if slot.is_red]
    others = [slot for slot in mine if not slot.is_red]
    few = others[: max(0, MOST_FIGURES - len(reds))]
    said = comments_of(records)
    yield from (_figure(records, slot, said.get(slot.key)) for slot in (*reds, *few))
    if more := len(others) - len(few):
        told = counted(more, "more special cause of concern", "more special causes of concern")
        whose = "Its owner" if more == 1 else "Their owners"
        item = Item("exceptions", told, "in the table of exceptions")
        yield f"{whose} to say whether action is needed.", item


def _figure(records: PackRecords, slot: Slot, comment: Comment | None) -> Matter:
    shown = shown_for(records, slot.kpi_id, records.period)
    decided = target_row(records, slot.kpi_id, COUNCIL, records.quarter.period)
    message = sentences.message(shown, decided)
    text = message if slot.is_red else f"{message}. {slot.concern.rstrip('.')}"
    wanted = "what will be done" if slot.is_red else "whether action is needed"
    told = _agree(comment) if comment else _to_say(records, slot, wanted)
    return told, Item(slot.kpi_id, shown.definition.title, text)


def _agree(comment: Comment) -> str:
    """To agree what a role means to do; a long action stands in the commentary alone."""
    action, by = comment.action.rstrip("."), f"by {day(comment.by_when)}"
    if len(action) > MOST_LETTERS:
        return f"To agree the action of the {comment.owner}, {by}: it is in the commentary."
    return f"To agree: {action} ({comment.owner}, {by})."


def _to_say(records: PackRecords, slot: Slot, what: str) -> str:
    lacks = "" if is_for_all(records) else ": no commentary supplied"
    return f"{slot.owner} to say {what}{lacks}."


def _directorates(records: PackRecords) -> Iterator[Matter]:
    """How many figures of directorates ask for commentary that nobody has given."""
    written = comments_of(records)
    theirs = [slot for slot in slots_of(records) if slot.directorate != COUNCIL]
    owed = [slot for slot in theirs if slot.key not in written]
    if owed and not is_for_all(records):
        figures = counted(len(owed), "figure asks", "figures ask")
        kpis = counted(len({slot.kpi_id for slot in owed}), "KPI")
        text = f"{figures} for commentary, of {kpis}, and have none"
        owners = sorted({slot.owner for slot in owed})
        item = Item("exceptions", "Figures of directorates", text)
        yield f"{listed(owners)} to supply commentary.", item


def _restated(records: PackRecords, moved: Sequence[Revised]) -> Iterator[Matter]:
    """How many figures differ from what was published, and of which KPIs."""
    if moved:
        names = dict.fromkeys(records.definition(each.key[0]).title for each in moved)
        differ = counted(len(moved), "figure differs", "figures differ")
        text = f"{differ} from what was published: {_few(names)}"
        yield "To note: Revisions says why each moved.", Item("revisions", "Restated figures", text)


def _few(names: Iterable[str]) -> str:
    every = list(names)
    more = len(every) - MOST_NAMES
    return listed(every if more <= 0 else [*every[:MOST_NAMES], counted(more, "other KPI")])


def _feeds(records: PackRecords) -> Iterator[Matter]:
    """The feeds that lack months of the time that the pack tells of."""
    for table, gap in gaps(records):
        told = f"{records.council.sender_of(table)} to say when it comes."
        yield told, Item("data-quality", _feed(table), f"nothing was sent for {gap}")


def _doubted(records: PackRecords) -> Iterator[Matter]:
    """The tables for whose sake the whole pack is provisional, and why."""
    found = [f for f in records.findings if f.outcome == PROVISIONAL]
    for table in dict.fromkeys(f.table for f in found):
        kinds = dict.fromkeys(_FOUND[f.kind] for f in found if f.table == table)
        sender = records.council.sender_of(table)
        told = f"To accept provisional figures, or to wait for the {sender}."
        yield told, Item("data-quality", _feed(table), listed(list(kinds)))


def _feed(table: str) -> str:
    return f"Feed {feed_of(table).replace('_', ' ')}"
