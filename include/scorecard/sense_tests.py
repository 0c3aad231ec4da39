"""The tests for sense: each looks at one KPI's figures and says what a person should look at.

A test returns a sentence with the numbers, or nothing. The thresholds are the council's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from statistics import median

from scorecard.decisions import Target
from scorecard.kpis import KpiDefinition
from scorecard.packs.records import FigureRecord
from scorecard.packs.words import amount, counted, month_name, number
from scorecard.tolerances import Sense

FLAG_MISMATCHES = "sla_flag_mismatches"
NO_VERDICT = ("", "Not applicable")


@dataclass(frozen=True)
class Seen:
    """What the tests look at of one KPI and one directorate: only figures that are shown."""

    definition: KpiDefinition
    decided: Target | None
    now: FigureRecord | None  # the quarter's
    year_ago: FigureRecord | None
    months: Sequence[FigureRecord]  # up to the quarter's last, oldest first

    @property
    def target(self) -> Decimal | None:
        return self.now.target if self.now else None

    @property
    def is_band(self) -> bool:
        return self.decided is not None and self.decided.rule == "band"

    @property
    def best_possible(self) -> Decimal | None:
        """The best value that there can be: none missed, or all of a share."""
        if self.definition.better == "lower":
            return Decimal(0)
        is_share = self.definition.kind == "ratio" and self.definition.unit == "percent"
        return Decimal(100) if is_share and self.definition.better == "higher" else None

    @property
    def values(self) -> list[Decimal]:
        return [month.value for month in self.months if month.value is not None]

    def said(self, value: Decimal) -> str:
        """A value with its unit, as the pack prints it."""
        return amount(value, self.definition.unit, self.definition.decimals)


# Tables of money: what a share of theirs is divided by is pounds.
_OF_POUNDS = frozenset({"ledger", "savings", "spend"})
_RATED = ("green", "amber", "red")


def _target_zero(seen: Seen, sense: Sense) -> str:
    """Target 0 that anything meets, or that the result is not at; the middle of a band is none."""
    if seen.now is None or seen.target != 0 or seen.is_band:
        return ""
    if seen.definition.better == "higher":
        return "The target is 0: any result meets it."
    return "" if seen.now.value in (0, None) else f"The target is 0 and the result {_now(seen)}."


def _far_from_target(seen: Seen, sense: Sense) -> str:
    """A result over or under so many times the target. Of a target of 0 there are no times."""
    if seen.now is None or seen.now.value is None or not seen.target or seen.is_band:
        return ""
    times = seen.now.value / seen.target
    if sense.far_below <= times <= sense.far_above:
        return ""
    times_said = number(times, 1 if times > sense.far_above else 2)
    return f"{_now(seen)} is {times_said} times the target of {seen.said(seen.target)}."


def _always_met(seen: Seen, sense: Sense) -> str:
    """Always met, by the process limits or by every month; the best possible cannot be raised."""
    if seen.target is not None and seen.target == seen.best_possible and not seen.is_band:
        return ""
    return _assured(seen, sense, "Consistently meeting", ("green",), "met its target")


def _never_met(seen: Seen, sense: Sense) -> str:
    """Never met, by the process limits or by any month; not told where it is out of reach."""
    if _out_of_reach(seen, sense):
        return ""
    return _assured(seen, sense, "Consistently missing", ("amber", "red"), "missed its target")


def _assured(seen: Seen, sense: Sense, verdict: str, rags: Sequence[str], words: str) -> str:
    """The verdict of the process limits, else a count of months, if there are enough."""
    if seen.now and seen.now.rag in _RATED and seen.now.rag not in rags:
        return ""  # the quarter itself says otherwise: its process limits are out of date
    assurance = str(seen.now.details.get("assurance") or "") if seen.now else ""
    if assurance not in NO_VERDICT:
        said = f"{verdict} its target, by its process limits"
        return f"{said}{_standing(seen)}." if assurance == verdict else ""
    rated = [month for month in seen.months if month.rag in _RATED]
    if len(rated) < sense.months or any(month.rag not in rags for month in rated):
        return ""
    return f"Each of {counted(len(rated), 'rated month')} {words}{_standing(seen)}."


def _out_of_reach(seen: Seen, sense: Sense) -> str:
    """Better than the best possible, or than the best month by more than all months differ."""
    target, higher = seen.target, seen.definition.better == "higher"
    if target is None or seen.is_band or seen.definition.better == "band":
        return ""
    best_possible = seen.best_possible
    if best_possible is not None and (target > best_possible if higher else target < best_possible):
        return (
            f"The target of {seen.said(target)} is better than the best possible, "
            f"{seen.said(best_possible)}."
        )
    if len(seen.values) < sense.months:
        return ""
    best, worst = max(seen.values), min(seen.values)
    if not higher:
        best, worst = worst, best
    beyond, differ = (target - best if higher else best - target), abs(best - worst)
    if beyond <= differ:
        return ""
    return (
        f"The target of {seen.said(target)} is further from the best of "
        f"{counted(len(seen.values), 'month')}, {seen.said(best)}, than that is from the worst, "
        f"{seen.said(worst)}."
    )


def _fewer_cases(seen: Seen, sense: Sense) -> str:
    """A denominator under half of a year before, or of the median of the 12 months before."""
    if seen.definition.kind not in ("ratio", "statistic"):
        return ""
    now, ago = _cases(seen.now), _cases(seen.year_ago)
    if now is not None and ago is not None and _fell(now, ago, sense):
        return f"{_base(seen)} is {_count(seen, now)}; a year before it was {_count(seen, ago)}."
    if seen.definition.accumulation == "year_to_date":
        return ""  # each year begins again with one month
    *before, last = [_cases(month) or Decimal(0) for month in seen.months[-13:]] or [Decimal(0)]
    usual = median(before) if len(before) == 12 else Decimal(0)
    if not _fell(last, usual, sense):
        return ""
    return (
        f"In {month_name(seen.months[-1].period)} {_base(seen).lower()} is "
        f"{_count(seen, last)}; the median of the 12 months before is {_count(seen, usual)}."
    )


def _fell(now: Decimal, before: Decimal, sense: Sense) -> bool:
    return before >= sense.least_cases and now < sense.fewer_cases * before


def _unchanged(seen: Seen, sense: Sense) -> str:
    """The same number from the same numbers for months; zeros and small counts may well stay."""
    last = seen.months[-1] if seen.months else None
    if last is None or not last.value or not last.numerator:
        return ""
    same = list(takewhile(lambda month: _parts(month) == _parts(last), reversed(seen.months)))
    is_small = max(abs(part) for part in _parts(last)) < sense.least_cases
    if len(same) < sense.unchanged_months or is_small:
        return ""
    return f"{seen.said(last.value)} from the same numbers in each of the last {len(same)} months."


def _flag_differs(seen: Seen, sense: Sense) -> str:
    """The desk's own SLA flag differs from our verdict on more tickets than is tolerated."""
    is_asked = seen.definition.id == FLAG_MISMATCHES and seen.now is not None
    if not is_asked or seen.now is None or seen.now.value is None:
        return ""
    if seen.now.value <= sense.flag_mismatches:
        return ""
    return f"The desk's own flag differs from our verdict on {_now(seen)} of tickets."


def _standing(seen: Seen) -> str:
    """The quarter's figure beside its target, where both are numbers."""
    if seen.now is None or seen.now.value is None or seen.target is None or seen.is_band:
        return ""
    return f"; the quarter is {_now(seen)}, the target {seen.said(seen.target)}"


def _now(seen: Seen) -> str:
    assert seen.now is not None
    assert seen.now.value is not None
    return seen.said(seen.now.value)


def _cases(record: FigureRecord | None) -> Decimal | None:
    return record.denominator if record else None


def _parts(record: FigureRecord) -> tuple[Decimal, Decimal]:
    return record.numerator or Decimal(0), record.denominator or Decimal(0)


def _base(seen: Seen) -> str:
    is_middle = seen.definition.kind == "statistic"
    return "The number of cases" if is_middle else "What the figure is divided by"


def _count(seen: Seen, base: Decimal) -> str:
    """What a figure is divided by: pounds where its tables hold nothing else."""
    return (
        amount(base, "gbp", 0)
        if _OF_POUNDS.issuperset(seen.definition.tables)
        else (number(base, 0))
    )


Test = Callable[[Seen, Sense], str]

# Each test by its name in the pack, and what a person checks.
TESTS: dict[str, tuple[Test, str]] = {
    "Target is 0": (_target_zero, "Whether a target of 0 was meant, and whether it can be judged"),
    "Far from target": (
        _far_from_target,
        "Whether target and figure count the same thing in the same unit",
    ),
    "Target always met": (_always_met, "Whether the target still asks for anything"),
    "Target never met": (_never_met, "Whether the service can reach the target as it now works"),
    "Target out of reach": (_out_of_reach, "Whether the target was set from evidence"),
    "Far smaller base": (_fewer_cases, "Whether the feed is whole, or work moved elsewhere"),
    "Unchanged for months": (_unchanged, "Whether the feed was brought up to date"),
    "SLA flag differs": (_flag_differs, "SLA times, calendar and holds, in the desk's and ours"),
}
# What these find is the target's. A directorate is asked only about a target of its own.
OF_TARGETS = ("Target is 0", "Target always met", "Target out of reach")
