"""The first page: counts by RAG, what needs a decision, what got better or worse."""

from scorecard.packs import asked, sentences
from scorecard.packs.content import Ask, Item, Overview
from scorecard.packs.feeds import missing_feeds
from scorecard.packs.records import PackRecords
from scorecard.packs.revisions import Revised
from scorecard.packs.shown import Shown, shown_for
from scorecard.packs.words import counted
from scorecard.visibility import may_see

_UNUSUAL = ("Blue", "Awaiting data")  # counted on the first page where there are any
MOST_MOVES = 6  # a reader of the first page is told no more of them


def overview(records: PackRecords, moved: tuple[Revised, ...]) -> Overview:
    """The first page, counted from the council's figures of the quarter."""
    all_shown = [shown_for(records, d.id, records.period) for d in records.definitions]
    counts = dict.fromkeys(("Green", "Amber", "Red", "Blue", "Not rated"), 0)
    counts |= {"Awaiting data": 0}
    for shown in all_shown:
        counts["Awaiting data" if _awaits(shown) else shown.rag] += 1
    better = [s for s in all_shown if s.direction == "Better" and s.value is not None]
    worse = [s for s in all_shown if s.direction == "Worse" and s.value is not None]
    decisions = asked.asks(records, moved)
    lead = sentences.lead(counts, len(better), len(worse), len(all_shown))
    return Overview(
        lead=" ".join(filter(None, (_only(records), lead, _to_decide(decisions)))),
        missing_feeds=missing_feeds(records),
        counts=tuple((word, n) for word, n in counts.items() if n or word not in _UNUSUAL),
        decisions=decisions,
        better=_moves(records, better),
        worse=_moves(records, worse),
        missing=tuple(_missing(s) for s in all_shown if s.replaced_by),
    )


def _only(records: PackRecords) -> str:
    """That a pack shows exceptions only, and of how many KPIs that its readers may see."""
    edition, whole = records.edition, records.whole or records
    variants = records.council.governance.variants
    if not any(v.name == edition.variant and v.kpis == "exceptions" for v in variants):
        return ""
    seen = sum(may_see(edition.visibility, d.visibility) for d in whole.definitions)
    return f"Exceptions only: {len(records.definitions)} of {counted(seen, 'KPI')}."


def _to_decide(decisions: tuple[Ask, ...]) -> str:
    """How many matters need a decision; empty if none does."""
    count = sum(len(each.items) for each in decisions)
    return f"{counted(count, 'matter needs', 'matters need')} a decision." if count else ""


def _awaits(shown: Shown) -> bool:
    return shown.record is None or shown.record.state == "awaiting"


def _moves(records: PackRecords, shown: list[Shown]) -> tuple[Item, ...]:
    """The KPIs that moved most for their size, rated ones first, and how many more there are."""
    ordered = sorted(
        shown, key=lambda s: (s.rag == "Not rated", -sentences.size_of_move(s, records))
    )
    few = tuple(_moved(records, shown) for shown in ordered[:MOST_MOVES])
    more = len(ordered) - len(few)
    rest = Item("kpis", counted(more, "more KPI"), "in the table of the KPIs")
    return (*few, rest) if more else few


def _moved(records: PackRecords, shown: Shown) -> Item:
    definition = shown.definition
    return Item(definition.id, definition.title, sentences.moved(shown, records))


def _missing(shown: Shown) -> Item:
    """A KPI without a number: its few cases, or why it has none."""
    why = shown.record.why.strip() if shown.record else "No figure was measured."
    is_small = shown.replaced_by == "[u]"
    text = f"{shown.text}: too few cases for a figure" if is_small else why
    return Item(shown.definition.id, shown.definition.title, text.rstrip("."))
