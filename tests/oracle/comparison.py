"""Where two answers to the same KPI differ, in words; and what is published of an answer."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

NOTHING = (None, (None, Fraction(0)), (Fraction(0), Fraction(0)), (None, None), (0, 1))

# A median is kept to a millionth of an hour, and so is each of the two that it may lie between.
MEDIAN = Fraction(1, 1_000_000)
# FTE-days are kept to a millionth in each of some hundred groups. The smallest part of a day that
# one person can be wrong by is a hundredth.
FTE_DAYS = Fraction(1, 5_000)


def differences(definition, theirs, ours):
    """A line for each period and directorate whose numerator or denominator differs.

    A case that is not there is no answer: a directorate with nothing to count has no row. Carbon is
    measured by the quarter; its year to date is added up from estimates.
    """
    placed = FTE_DAYS if "presence_events" in definition.tables else 0
    allowed = MEDIAN if definition.kind == "statistic" else placed
    found = []
    for period, directorate in sorted({*theirs, *ours}):
        real, oracle = (answers.get((period, directorate)) for answers in (theirs, ours))
        if not is_asked(definition, period) or _is_same(real, oracle, allowed):
            continue
        found.append(
            f"{definition.id}, {period}, {directorate}: "
            f"the SQL says {in_words(real)}, the oracle {in_words(oracle)}"
        )
    return found


def is_asked(definition, period):
    """Whether the KPI's SQL answers for a period."""
    if definition.kind == "carbon":
        return period[-3:-1] == "-Q"
    return "Q" in period or not definition.quarterly_only


def _is_same(real, oracle, allowed):
    if real in NOTHING or oracle in NOTHING:
        return real in NOTHING and oracle in NOTHING
    if None in real:
        return False
    return all(abs(r - o) <= allowed for r, o in zip(real, oracle, strict=True))


def in_words(answer):
    """An answer as a person would read it out."""
    if answer in NOTHING:
        return "nothing"
    return " over ".join("empty" if n is None else _number(n) for n in answer)


def _number(number):
    return str(number) if number.denominator == 1 else f"{float(number):.8f}"


def published(definition, answer):
    """State and value of an answer by the conventions: divided, scaled and rounded half up, once.

    Without a case a ratio is not applicable, and a count is a true zero.
    """
    is_divided = definition.kind in ("ratio", "statistic")
    if is_divided and (answer in NOTHING or answer[1] == 0):
        return "not_applicable", None
    top, bottom = (Fraction(0), Fraction(1)) if answer in NOTHING else answer
    value = top / bottom if definition.kind == "ratio" else top
    value *= 100 if definition.unit in ("percent", "pence") else 1
    with localcontext(prec=60):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        unit = Decimal(1).scaleb(-definition.decimals)
        return "final", exact.quantize(unit, rounding=ROUND_HALF_UP) + 0
