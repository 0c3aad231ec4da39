"""A reader who wants to know what was withheld: every number that is printed, as an equation.

Written without the package's own algebra: it knows only what a pack prints, how periods and
directorates add up, and that one KPI's numerator may be another's.
"""

from fractions import Fraction

from small_council import DIRECTORATES, PARTS

from scorecard.arrivals import months_of
from scorecard.period import period_named


def unknowns(quantity, period, directorate):
    """What a printed number is the sum of: a quantity by month and directorate."""
    mine = DIRECTORATES if directorate == "COUNCIL" else (directorate,)
    return {
        (quantity, str(month), each): Fraction(1)
        for month in months_of(period_named(period))
        for each in mine
    }


class Attack:
    """Equations that are printed, solved as far as they go."""

    def __init__(self, contradicted=0):
        self.solved = {}  # an unknown to the others it is made of, and a number
        self.contradicted = contradicted  # by how much rounded numbers may differ

    def learn(self, parts, number):
        """One equation: these unknowns, times their factors, add up to the number."""
        left, rest = self._put_in(parts, Fraction(number))
        if not left:
            assert abs(rest) <= self.contradicted, f"the pack contradicts itself by {rest}"
            return
        unknown, factor = next(iter(left.items()))
        self.solved[unknown] = (
            {other: -each / factor for other, each in left.items() if other != unknown},
            rest / factor,
        )

    def value_of(self, parts):
        """What these unknowns add up to, if that follows; None if it does not."""
        left, rest = self._put_in(parts, Fraction(0))
        return None if left else -rest

    def _put_in(self, parts, number):
        """The equation with what is solved already put in."""
        left = {unknown: Fraction(factor) for unknown, factor in parts.items()}
        while known := next((unknown for unknown in left if unknown in self.solved), None):
            factor = left.pop(known)
            others, plain = self.solved[known]
            number -= factor * plain
            for other, each in others.items():
                total = left.pop(other, Fraction(0)) + factor * each
                if total:
                    left[other] = total
        return left, number


def printed_numbers(figures):
    """(quantity, period, directorate, number) of every numerator and denominator shown."""
    for figure in figures:
        if figure.kpi_id in PARTS and figure.state == "not_applicable":
            for quantity in PARTS[figure.kpi_id]:
                yield quantity, figure.period, figure.directorate, 0  # nothing to count: [z]
            continue
        if figure.kpi_id not in PARTS or figure.numerator is None:
            continue
        is_carbon = figure.denominator == 1 and "estimated" in figure.flags
        above, below = (figure.kpi_id, None) if is_carbon else PARTS[figure.kpi_id]
        yield above, figure.period, figure.directorate, figure.numerator
        if below:
            yield below, figure.period, figure.directorate, figure.denominator


def attack_on(figures, also=()):
    """What follows from the figures of one or more packs, and from (parts, number) beside them."""
    attack = Attack()
    seen = sorted(set(printed_numbers(figures)), key=lambda row: (len(row[1]), row[2] == "COUNCIL"))
    for quantity, period, directorate, number in seen:
        attack.learn(unknowns(quantity, period, directorate), number)
    for parts, number in also:
        attack.learn(parts, number)
    return attack


def recovered(attack, hidden, carbon=("carbon",)):
    """Of the figures that are withheld, those of which a part follows."""
    found = []
    for figure in hidden:
        quantities = (figure.kpi_id,) if figure.kpi_id in carbon else PARTS[figure.kpi_id]
        for quantity in quantities:
            value = attack.value_of(unknowns(quantity, figure.period, figure.directorate))
            if value is not None:
                found.append((figure.kpi_id, figure.period, figure.directorate, quantity, value))
    return found
