"""Where two answers to the same KPI differ, in words."""

from fractions import Fraction

NOTHING = (None, Fraction(0)), (Fraction(0), Fraction(0)), (None, None)


def differences(kpi, theirs, ours, digits=None):
    """A line for each period and directorate whose numerator or denominator differs."""
    found = []
    for key in sorted({*theirs, *ours}):
        real, oracle = (_shown(answers.get(key), digits) for answers in (theirs, ours))
        if real != oracle:
            period, directorate = key
            found.append(
                f"{kpi}, {period}, {directorate}: the SQL says {_words(real)}, "
                f"the oracle {_words(oracle)}"
            )
    return found


def _shown(answer, digits):
    """An answer with the digits that count; a case that is not there is no answer."""
    if answer is None or answer in NOTHING or answer == (Fraction(0), Fraction(1)):
        return None
    top, bottom = answer
    return (top if digits is None or top is None else rounded(top, digits)), bottom


def rounded(number, digits):
    """A fraction rounded half up, away from zero."""
    scaled = abs(number) * 10**digits
    whole = int(scaled + Fraction(1, 2))
    return Fraction(whole if number >= 0 else -whole, 10**digits)


def _words(answer):
    if answer is None:
        return "nothing"
    return " over ".join("empty" if n is None else _number(n) for n in answer)


def _number(number):
    return str(number) if number.denominator == 1 else f"{float(number):.8f}"
