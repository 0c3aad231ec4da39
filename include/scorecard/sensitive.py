"""Which figures are withheld for their own sake: about too few people, or counting a few of them.

What is withheld so that these do not follow from others is chosen in `suppression.py`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol, Self

from scorecard.arrivals import months_of
from scorecard.council import COUNCIL
from scorecard.drafts import Draft
from scorecard.kpis import STAFF_SIZES
from scorecard.period import FinancialQuarter
from scorecard.states import SHOWN, SUPPRESSED, Standing

Key = tuple[str, str, str]  # KPI, period, directorate
Sizes = Mapping[tuple[str, str, str], int]  # staff or remote_staff, month, directorate

# The council's figure is no breakdown: where its size is not known, it is taken to be large.
MANY = 1_000_000


class Told(Protocol):
    """A figure as a published pack has it."""

    @property
    def kpi_id(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def directorate(self) -> str: ...
    @property
    def state(self) -> str: ...


@dataclass(frozen=True)
class Before:
    """What packs published earlier, of any quarter and revision, showed and withheld."""

    shown: frozenset[Key] = frozenset()
    withheld: frozenset[Key] = frozenset()

    @classmethod
    def of(cls, published: Iterable[Told]) -> Self:
        """From every figure of every published revision; one that was shown once is shown."""
        told = [((f.kpi_id, f.period, f.directorate), f.state) for f in published]
        shown = frozenset(key for key, state in told if state in SHOWN)
        withheld = frozenset(key for key, state in told if state == SUPPRESSED)
        return cls(shown, withheld - shown)


NOTHING = Before()


@dataclass(frozen=True)
class Protection:
    """The council's thresholds, how large its groups are, and what a reader knows already."""

    count: int
    group: int
    sizes: Sizes = field(default_factory=dict)
    # The quarters with which a quarter's carbon is compared.
    baselines_of: Callable[[FinancialQuarter], Collection[FinancialQuarter]] = lambda _: ()
    before: Before = NOTHING


def sizes_of(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str], int]:
    """The sizes of groups from the rows of the table `people`."""
    return {
        (size, str(row["month"]), str(row["directorate"])): int(row[size])
        for row in rows
        for size in STAFF_SIZES
        if row.get(size) is not None
    }


def has_numbers(standing: Standing) -> bool:
    """Whether a figure tells anything that could be withheld; nothing of nobody tells nothing."""
    return standing.numerator is not None and bool(standing.numerator or standing.denominator)


def months_told(draft: Draft, about: Protection) -> frozenset[str]:
    """The months that a figure says something of; a carbon figure also of its baseline's."""
    months = months_of(draft.period)
    told = {str(month) for month in months}
    if draft.definition.kind == "carbon":
        bases = {base for month in months for base in about.baselines_of(month.quarter)}
        if draft.details.get("averaged"):  # for want of a quarter, the average of its whole year
            bases |= {FinancialQuarter(b.year, number) for b in bases for number in (1, 2, 3, 4)}
        told |= {str(month) for base in bases for month in base.months}
    return frozenset(told)


def size_of(draft: Draft, about: Protection) -> int:
    """How many people a figure is about; of several months the fewest.

    Not known is nobody, because a group that cannot be shown to be large is not shown.
    """
    people, standing = draft.definition.people, draft.standing
    assert people is not None
    if people.size not in STAFF_SIZES:
        return int(getattr(standing, people.size) or 0)
    found = [
        about.sizes.get((people.size, month, draft.directorate))
        for month in months_told(draft, about)
    ]
    return min((n for n in found if n is not None), default=_if_unknown(draft))


def _if_unknown(draft: Draft) -> int:
    return MANY if draft.directorate == COUNCIL else 0


def is_sensitive(draft: Draft, about: Protection) -> bool:
    """Whether a figure is withheld for its own sake."""
    people, standing = draft.definition.people, draft.standing
    if people is None or not has_numbers(standing):
        return False
    if size_of(draft, about) < about.group:
        return True
    if not people.counts:
        return False
    counted, others = standing.numerator or Decimal(0), _others(draft, about)
    # Nobody is shown; everybody is not, because then it is known of each of them.
    return 0 < counted <= about.count or (counted > 0 and others <= about.count)


def _others(draft: Draft, about: Protection) -> Decimal:
    """The people of the group that are not counted."""
    standing = draft.standing
    is_share = draft.definition.kind == "ratio"
    whole = standing.denominator if is_share else size_of(draft, about)
    return Decimal(whole or 0) - (standing.numerator or Decimal(0))


def cover_of(draft: Draft, about: Protection) -> Decimal:
    """How many people a figure hides behind it when it is withheld for another one's sake.

    Nothing hides behind a zero: a reader who guesses it knows the other figure. The council's is
    the sum itself, without which nothing can be subtracted.
    """
    people, standing = draft.definition.people, draft.standing
    if draft.directorate == COUNCIL:
        return Decimal(MANY)
    size = Decimal(size_of(draft, about))
    if people is None or standing.numerator is None or draft.definition.kind == "carbon":
        return size
    if people.counts:
        return min(size, standing.numerator, max(_others(draft, about), Decimal(0)))
    if draft.definition.kind == "ratio" and standing.numerator in (0, standing.denominator):
        return Decimal(0)
    return Decimal(0) if standing.numerator == 0 else size
