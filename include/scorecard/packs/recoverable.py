"""Whether a number that few may see follows from what many are shown, by simple arithmetic.

A measure follows if it is shown, if it is a shown one by a scale such as a hundred or five hundred,
if it is the sum or difference of two or three, one shown ratio divided by another, an earlier one,
or what has changed since. A single figure follows if it stands somewhere with enough digits.
Numbers are compared and not definitions, so that a table or a KPI that is added later is seen as
well.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from scorecard.kpis import KpiDefinition
from scorecard.packs.agreement import LARGE, TELLING, is_evidence, that_are
from scorecard.packs.earlier import earlier
from scorecard.packs.measures import EXACT, Measure, Place, is_month
from scorecard.packs.records import Figures
from scorecard.states import SHOWN

Array = Any  # numpy's own types say no more than that it is one
RATIOS = (1.0, 100.0)  # of two shares is a share, or a percentage
SCALES = (1.0, 100.0, 1000.0, 10.0, 12.0, 500.0, 2.0, 3.0)
WHOLE = 100.0  # a percentage is this less the percentage of all others
DIGITS = 5  # a single number of so many significant ones can be told from others
# Numbers of a few places as one: what is a sum everywhere is a sum of these as well.
WEIGHTS = np.array([1.0, 3.14159265, 0.57721566, 1.61803399])


class Shown:
    """What a pack shows, as one table: a row to a measure, a column to a period and directorate."""

    def __init__(self, measures: Sequence[Measure]) -> None:
        self.names = [measure.name for measure in measures]
        self.blur = np.array([[measure.blur] for measure in measures])
        self.is_ratio = np.array([measure.is_ratio for measure in measures])
        self.column = {
            place: n for n, place in enumerate(sorted({p for m in measures for p in m.numbers}))
        }
        self.numbers = np.full((len(measures), len(self.column)), np.nan)
        for row, measure in enumerate(measures):
            columns = [self.column[place] for place in measure.numbers]
            self.numbers[row, columns] = list(measure.numbers.values())
        self.earlier = list(earlier({period for period, _ in self.column}))

    def tells(self, measure: Measure) -> tuple[str, ...]:
        """The names of what tells a measure, by month or over longer; empty if nothing does."""
        known = {p: n for p, n in measure.numbers.items() if n and p in self.column}
        months = {place: n for place, n in known.items() if is_month(place[0])}
        longer = {place: n for place, n in known.items() if place not in months}
        return self._tells(longer, measure.blur) or self._tells(months, measure.blur)

    def _tells(self, known: Mapping[Place, float], blur: float) -> tuple[str, ...]:
        if not known:
            return ()
        numbers = self.at(known)
        wanted = np.array(list(known.values()))
        found = _as_it_is(wanted, blur, numbers, self.blur)
        found = found or _added_up(wanted, numbers, self.blur)
        found = found or self._divided(wanted, blur, numbers)
        return tuple(self.names[row] for row in found) or self._since(known, wanted, blur)

    def _divided(self, wanted: Array, blur: float, numbers: Array) -> tuple[int, ...]:
        """Two shown ratios, of which one divided by the other is the wanted measure."""
        rows = np.flatnonzero(self.is_ratio)
        ratios, blurs = numbers[rows], self.blur[rows]
        below = np.where(np.abs(ratios) > blurs, ratios, np.nan)
        for over, above in zip(rows, below, strict=True):
            shares = above / below
            rounding = np.abs(shares) * (self.blur[over] / np.abs(above) + blurs / np.abs(below))
            shares[rows == over] = np.nan  # of a ratio by itself
            for scale in RATIOS:
                found = that_are(wanted, blur, shares * scale, rounding * scale, 2)
                under = next(found, None)
                if under is not None:
                    return int(over), int(rows[under])
        return ()

    def at(self, places: Iterable[Place]) -> Array:
        """What every measure is at some places, a column to each; not a number where not shown."""
        columns = [self.column.get(place, -1) for place in places]
        return np.where(np.array(columns) < 0, np.nan, self.numbers[:, columns])

    def _since(self, known: Mapping[Place, float], wanted: Array, blur: float) -> tuple[str, ...]:
        """What tells a measure by what it was in earlier periods, or by what changed since."""
        now = self.at(known)
        rows = np.flatnonzero((~np.isnan(now)).sum(axis=1) * 2 >= min(len(wanted), TELLING))
        now, blurs = now[rows], self.blur[rows]
        for said, before in self.earlier:
            then = _average([
                self.at([(periods[n], whose) if len(periods) > n else ("", whose)
                         for periods, whose in ((before.get(p, ()), d) for p, d in known)])[rows]
                for n in range(max(map(len, before.values()), default=0))
            ])  # fmt: skip
            for how, number, rounding in _comparisons(now, then, blurs):
                told = that_are(np.abs(wanted), blur, np.abs(number), rounding, 2)
                found = tuple(f"{self.names[rows[row]]}, {how} {said}" for row in told)
                if found:
                    return found
        return ()

    def stand(self, measure: Measure) -> dict[Place, tuple[str, ...]]:
        """Where a single number of enough digits stands as it is, and by what names."""
        known = {p: n for p, n in measure.numbers.items() if significant(n) >= DIGITS}
        agrees = np.abs(self.at(known) - np.array(list(known.values()))) <= EXACT
        found = {p: tuple(self.names[row] for row in np.flatnonzero(agrees[:, n]))
                 for n, p in enumerate(known)}  # fmt: skip
        return {place: names for place, names in found.items() if names}


def told_by(definition: KpiDefinition, figures: Figures, shown: Shown) -> tuple[str, ...]:
    """What of a pack tells a KPI's number: its value, or both parts of it; empty if nothing."""
    value, above, below = hidden(definition, figures)
    found = shown.tells(value) or _alone(value, shown)
    if found or definition.kind == "carbon":
        return found
    over = shown.tells(above)
    if definition.kind == "statistic" or len(set(below.numbers.values())) < 2:
        found = over
    else:
        under = shown.tells(below) if over else ()
        found = tuple(dict.fromkeys((*over, *under))) if under else ()
    return found or _both(above, below, shown)


def _alone(measure: Measure, shown: Shown) -> tuple[str, ...]:
    """What shows single numbers of a measure that are together too long for chance."""
    numbers: dict[str, set[float]] = {}
    for place, names in shown.stand(measure).items():
        for name in names:
            numbers.setdefault(name, set()).add(measure.numbers[place])
    told = (name for name, found in numbers.items() if sum(map(significant, found)) > DIGITS)
    return tuple(told)


def _both(above: Measure, below: Measure, shown: Shown) -> tuple[str, ...]:
    """What shows both parts of a single figure."""
    over, under = shown.stand(above), shown.stand(below)
    places = [place for place in over if place in under]
    return tuple(dict.fromkeys(n for place in places for n in (*over[place], *under[place])))


def significant(number: float) -> int:
    """How many digits of a number tell it from others: those between its zeros."""
    return len(f"{abs(number):.2f}".replace(".", "").strip("0"))


def hidden(definition: KpiDefinition, figures: Figures) -> Iterator[Measure]:
    """A KPI's value, numerator and denominator, as the pack of those who may see it has them."""
    mine = [f for f in figures.newest() if f.kpi_id == definition.id and f.state in SHOWN]
    for part in ("value", "numerator", "denominator"):
        told = {(f.period, f.directorate): getattr(f, part) for f in mine}
        blur = 0.5 * 10.0**-definition.decimals if part == "value" else EXACT
        yield Measure(part, {p: float(n) for p, n in told.items() if n is not None}, blur)


def _as_it_is(wanted: Array, blur: float, numbers: Array, blurs: Array) -> tuple[int, ...]:
    """The rows that are the wanted measure, by a scale; of a percentage, the rest to the whole."""
    made = [(numbers * scale, blurs * scale) for scale in SCALES]
    made += [(numbers / scale, blurs / scale) for scale in SCALES[1:]]
    made.append((WHOLE - numbers, blurs))
    found = (row for said, rounding in made for row in that_are(wanted, blur, said, rounding))
    return tuple(dict.fromkeys(found))


def _average(tables: Sequence[Array]) -> Array:
    return sum(tables) / len(tables)


def _comparisons(now: Array, then: Array, blurs: Array) -> Iterator[tuple[str, Array, Array]]:
    """What a reader can say of now and then, in words, and how far it may be from the truth."""
    yield "value", np.where(now == then, np.nan, then), blurs
    yield "difference", now - then, 2 * blurs
    base = np.where(np.abs(then) < LARGE, np.nan, then)
    yield "change in percent", 100 * (now - base) / base, 200 * blurs / np.abs(base)


def _added_up(wanted: Array, numbers: Array, blurs: Array) -> tuple[int, ...]:
    """Two or three rows whose sum, with their signs, is the wanted measure everywhere."""
    probes = _probes(wanted, numbers)
    if len(probes) < len(WEIGHTS):
        return ()
    kept = _different(wanted, numbers, blurs, probes)
    hashed = numbers[np.ix_(kept, probes)] @ WEIGHTS
    goal = float(wanted[probes] @ WEIGHTS)
    for terms in (1, 2):
        for rows, signs in _sums_near(goal, hashed, terms):
            chosen = [kept[row] for row in rows]
            total = np.array(signs) @ numbers[chosen]
            told = ~np.isnan(total)
            agrees = np.allclose(total[told], wanted[told], rtol=0, atol=EXACT)
            if agrees and is_evidence(wanted[told], terms + 1):
                return tuple(chosen)
    return ()


def _sums_near(
    goal: float, hashed: Array, terms: int
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Rows with signs whose hashes add up to the goal: so many, and one that completes them."""
    count = len(hashed)
    firsts = [np.arange(count)] if terms == 1 else list(np.triu_indices(count, 1))
    order = np.argsort(hashed)
    for signs in product((1, -1), repeat=terms):
        part = sum(sign * hashed[rows] for sign, rows in zip(signs, firsts, strict=True))
        for sign in (1, -1):
            rest = (goal - part) * sign
            place = np.searchsorted(hashed[order], rest - EXACT)
            last = order[np.minimum(place, count - 1)]
            for hit in np.flatnonzero(np.abs(hashed[last] - rest) <= EXACT)[:1000]:
                rows = tuple(int(r[hit]) for r in firsts)
                if int(last[hit]) not in rows:
                    yield (*rows, int(last[hit])), (*signs, sign)


def _probes(wanted: Array, numbers: Array) -> list[int]:
    """A few places where most measures are shown and the wanted numbers are large."""
    shown = (~np.isnan(numbers)).sum(axis=0)
    order = np.lexsort((-np.abs(wanted), -shown))
    return [int(place) for place in order[: len(WEIGHTS)]]


def _different(wanted: Array, numbers: Array, blurs: Array, probes: list[int]) -> list[int]:
    """The rows that are not rounded and are shown at the probes and nearly everywhere, each once.

    Of equal ones, the first counts.
    """
    is_shown = ~np.isnan(numbers)
    fits = (blurs[:, 0] <= EXACT) & (is_shown.sum(axis=1) * 2 > len(wanted))
    fits &= is_shown[:, probes].all(axis=1)
    found = {numbers[row].tobytes(): int(row) for row in np.flatnonzero(fits)[::-1]}
    return sorted(found.values())
