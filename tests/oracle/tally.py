"""Numerators and denominators by period and directorate, from one number per row."""

from fractions import Fraction

import numpy as np
import pandas as pd

COUNCIL, UNKNOWN = "COUNCIL", "UNKNOWN"
CODES = ("ASC", "CYP", "PLA", "HOU", "RES", "CEX")
NAMES = (*CODES, UNKNOWN)
OTHER = len(CODES)  # the place of UNKNOWN


def place(directorate):
    """The place of each row's directorate among NAMES; a row without one is UNKNOWN."""
    return np.where(directorate < 0, OTHER, directorate)


class Monthly:
    """Whole numbers added up by month and directorate."""

    def __init__(self, months, places, **amounts):
        names = list(amounts)
        frame = pd.DataFrame({"month": months, "place": places, **amounts})
        self.sums = frame.groupby(["month", "place"])[names].sum().astype(object)

    def over(self, name, first, last):
        """An amount over months, by directorate, and the council's; those without rows left out."""
        months = self.sums.index.get_level_values("month")
        chosen = self.sums[(months >= first) & (months <= last)][name]
        found = {NAMES[p]: int(v) for p, v in chosen.groupby(level="place").sum().items()}
        return {**found, COUNCIL: sum(found.values())} if found else {}


def ratios(spans, above, below, unit=1):
    """Answers by period and directorate: (monthly, amount) over another, in units of 1/unit."""
    answers = {}
    for each in spans:
        tops = above[0].over(above[1], each.first, each.last)
        bottoms = below[0].over(below[1], each.first, each.last)
        for directorate in {*tops, *bottoms}:
            answers[each.key, directorate] = (
                Fraction(tops.get(directorate, 0), unit),
                Fraction(bottoms.get(directorate, 0), unit),
            )
    return answers


def counts(spans, monthly, name):
    """Answers of a count or a sum: the denominator is 1."""
    return {
        (each.key, directorate): (Fraction(value), Fraction(1))
        for each in spans
        for directorate, value in monthly.over(name, each.first, each.last).items()
    }


def rowwise(spans, months, directorate, numerators, denominators):
    """Answers from a whole numerator and denominator per row, and the month each counts in."""
    sums = Monthly(
        months,
        place(directorate),
        above=numerators.astype(np.int64),
        below=denominators.astype(np.int64),
    )
    return ratios(spans, (sums, "above"), (sums, "below"))
