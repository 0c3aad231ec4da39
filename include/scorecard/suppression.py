"""Suppression: figures that would tell about few people are withheld, and others with them.

Before any figure is compared, rated or drawn, its numbers are taken away where they must not be
seen: what is made of figures afterwards can then tell nothing either. First the figures that are
sensitive themselves (`sensitive.py`); then, as long as one of these follows from what is shown,
the figure is withheld that a reader of the chain misses least. The same figures always give the
same choice. What is promised, and what is not, is in docs/decisions/0016-suppression.md.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from scorecard.council import COUNCIL
from scorecard.derivation import Shown
from scorecard.drafts import Draft
from scorecard.sensitive import Before, Key, Protection, months_told
from scorecard.states import SUPPRESSED, Standing
from scorecard.tabulation import Cell, Sum, Tabulation, tabulated

# Of an estimate for the whole council, what is left where its directorates are withheld: what says
# nothing of activity, or follows from the council's own lines. The rest are further sums over the
# same directorates.
_TOLD_OF_THE_COUNCIL = (
    "factor_year", "factors", "factors_used", "fallbacks", "provisional_factors", "missing",
    "averaged", "is_baseline", "grade", "grades", "above_zero", "swings", "scenarios",
    "gross_kg", "gross_lower_kg", "gross_upper_kg", "office",
)  # fmt: skip


def withheld(drafts: Mapping[Key, Draft], about: Protection) -> dict[Key, Draft]:
    """The drafts, without the numbers of those that must not be seen."""
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts.values():
        if draft.definition.people:
            groups[draft.definition.people.group].append(draft)
    hidden: set[Key] = set()
    for mine in groups.values():
        hidden |= _hidden_of(mine, about)
    told = {(period, kpi) for kpi, period, directorate in hidden if directorate != COUNCIL}
    return {
        key: _without_numbers(draft, about)
        if key in hidden
        else _without_parts(draft)
        if (draft.period.key, draft.definition.id) in told
        else draft
        for key, draft in drafts.items()
    }


def _without_numbers(draft: Draft, about: Protection) -> Draft:
    """A draft that says that it is withheld, and not whether for its own sake or another's."""
    why = (
        f"Withheld to protect people: a group of fewer than {about.group}, a count of 1 to "
        f"{about.count} of them, or a figure from which one of these would follow."
    )
    return replace(draft, standing=Standing(SUPPRESSED, why), details={})


def _without_parts(draft: Draft) -> Draft:
    kept = {name: draft.details[name] for name in _TOLD_OF_THE_COUNCIL if name in draft.details}
    if "swings" in kept:  # of directorates that are not equally well known it would tell more
        kept["swings"] = [s for s in kept["swings"] if s["narrowest"] == s["half_width"]]
    return replace(draft, details=kept) if draft.definition.kind == "carbon" else draft


def _hidden_of(drafts: list[Draft], about: Protection) -> set[Key]:
    """The keys of a group's figures that are withheld.

    Carbon multiplies the same days by the distances, modes and hours of each directorate, so that
    each of its KPIs adds another equation: where any directorate is withheld, they are given for
    the council alone.
    """
    plain = [draft for draft in drafts if draft.definition.kind != "carbon"]
    multiplied = [draft for draft in drafts if draft.definition.kind == "carbon"]
    table = tabulated(plain, about)
    cells = _chosen(table, frozenset(), about)
    hidden = {d.key for d in plain if (d.period.key, d.directorate) in cells}

    product = tabulated(multiplied, about)
    firsts = [table.drafts[cell][0] for cell in cells]
    firsts += [product.drafts[cell][0] for cell in product.sensitive]
    months = {m for d in firsts if d.directorate != COUNCIL for m in months_told(d, about)}
    together = frozenset(
        cell
        for cell, found in product.drafts.items()
        if cell[1] != COUNCIL and not months.isdisjoint(months_told(found[0], about))
    )
    cells = _chosen(product, together, about)
    return hidden | {d.key for d in multiplied if (d.period.key, d.directorate) in cells}


@dataclass(frozen=True)
class _Seen:
    """A table's cells that packs published before showed or withheld."""

    shown: frozenset[Cell]
    withheld: frozenset[Cell]


@dataclass(frozen=True)
class _Target:
    """A sum that must not follow, even for those who know these cells."""

    sum: Sum
    known_to_others: tuple[Cell, ...] = ()


def _seen(table: Tabulation, before: Before) -> _Seen:
    keys = {d.key: cell for cell, found in table.drafts.items() for d in found}
    shown = frozenset(cell for key, cell in keys.items() if key in before.shown)
    return _Seen(shown, frozenset(c for k, c in keys.items() if k in before.withheld) - shown)


def _chosen(table: Tabulation, start: frozenset[Cell], about: Protection) -> set[Cell]:
    """The cells to withhold, so that no sensitive one follows from those that are left.

    What a pack withheld stays withheld; what a pack showed protects nothing any more.
    """
    seen = _seen(table, about.before)
    first = {*table.sensitive, *seen.withheld, *start}
    targets = _targets(table, first, seen, about.group)
    hidden = set(first)
    while also := _also(table, hidden, targets, seen):
        hidden |= also
    for cell in sorted(hidden - first, key=lambda c: _loss(table, c, hidden), reverse=True):
        if not _also(table, hidden - {cell}, targets, seen):
            hidden.remove(cell)  # one that was chosen later does its work
    return hidden


def _also(
    table: Tabulation, hidden: set[Cell], targets: Sequence[_Target], seen: _Seen
) -> set[Cell]:
    """One more cell to withhold for each thing that still follows; none if nothing does."""
    also: set[Cell] = set()
    for source in _following(table, hidden, targets, seen).values():
        free = {cell for cell in source - hidden - seen.shown if table.cover[cell]}
        if also.isdisjoint(source) and free:
            also.add(min(free, key=lambda c: _loss(table, c, hidden | also)))
    return also


def _loss(table: Tabulation, cell: Cell, hidden: set[Cell]) -> tuple[bool, bool, int, int, str]:
    """How much a reader misses a cell: the least goes first.

    A directorate before the council; one of which the time is broken already; a month before a
    quarter; a small directorate before a large one.
    """
    period, directorate = cell
    is_broken = any(d == directorate and table.overlap(cell, (p, d)) for p, d in hidden)
    return (
        directorate == COUNCIL,
        not is_broken,
        len(table.slots[period]),
        table.rank.get(directorate, 0),
        period,
    )


def _following(
    table: Tabulation, hidden: set[Cell], targets: Sequence[_Target], seen: _Seen
) -> dict[int, frozenset[Cell]]:
    """The targets that follow from what is shown, by their place: each with its source."""
    with_numbers = Shown.of((c, table.sum_of(c)) for c in table.drafts if c not in hidden)
    with_zeros = with_numbers.with_also((c, table.sum_of(c)) for c in sorted(table.zeros))
    found = {}
    for place, target in enumerate(targets):
        for shown in (with_zeros, with_numbers):  # rather from what can still be withheld
            knows = shown.with_also((c, table.sum_of(c)) for c in target.known_to_others)
            source = knows.source_of(target.sum)
            if source is None:
                break
            found[place] = source & table.drafts.keys()
    return found


def _targets(table: Tabulation, first: set[Cell], seen: _Seen, group: int) -> list[_Target]:
    """What must not follow from the figures that are shown.

    Sensitive figures, even for those who know some others; months of a directorate that are too
    few together, though a longer period is shown; and what packs published before withheld.
    """
    sums = [table.sum_of(cell) for cell in sorted(first & (table.sensitive | seen.withheld))]
    for cell in sorted(table.drafts.keys() - table.sensitive):
        parts = [c for c in table.parts_of(cell) if c in table.sensitive]
        if len(parts) > 1 and sum(table.cover[c] for c in parts) < group:
            sums.append({atom: 1 for c in parts for atom in table.sum_of(c)})
    plain = [_Target(each) for each in sums]
    return plain + [
        _Target(table.sum_of(cell), _known_to_others(table, cell, first, seen, group))
        for cell in sorted(table.sensitive)
        if cell[1] != COUNCIL
    ]


def _known_to_others(
    table: Tabulation, cell: Cell, first: set[Cell], seen: _Seen, group: int
) -> tuple[Cell, ...]:
    """Withheld figures of other directorates behind which a sensitive one cannot hide.

    The smallest of its period, as long as they are fewer than a group together: those who belong
    to them know them. Those that hide nobody. And those that a pack showed before.
    """
    others = {c for c in first if c[1] not in (cell[1], COUNCIL)}
    beside = sorted(
        (c for c in others & table.sensitive if c[0] == cell[0]), key=lambda c: (table.cover[c], c)
    )
    people = accumulate(table.cover[c] for c in beside)
    few = {c for c, n in zip(beside, people, strict=True) if n < group}
    bare = {c for c in others - table.sensitive if not table.cover[c]}
    return tuple(sorted(few | bare | (seen.shown & others)))
