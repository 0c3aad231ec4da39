"""The words for a carbon estimate, by fixed rules: digits, intervals, increases, what is doubted.

Rules: the carbon method, sections 10 and 11. Nothing else of the pack words an estimate.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from scorecard.packs.words import listed, number

TONNE = Decimal(1000)
_LEAST = {TONNE: Decimal("0.1"), Decimal(1): Decimal(1)}  # the finest unit of tonnes, and of kg
_SUFFIX = {TONNE: "t", Decimal(1): "kg"}

PROBABLE = Decimal("0.8")  # from this chance on an estimate leans to a side

TOO_SMALL = "too small to estimate"
BASELINE = "0: this is the baseline, compared with itself"
NOT_KNOWN = "not known"
PARTS = "Parts may not sum because of rounding."
UNCLEAR = "not distinguishable from zero"

GRADES = {"A": "measured", "B": "recorded", "C": "estimated", "D": "default"}

_ALTERNATIVES = {
    "rebound": "A fifth of the travel saved comes back as other journeys",
    "landfill": "Paper goes to landfill, and not to recycling",
    "toner": "Toner is counted, at 1.6 g a side",
}
_HEATING = {
    "annual_average": "Heating counted in the winter half only, and not as the year's average",
    "seasonal": "Heating counted as the year's average, and not in the winter half only",
}


@dataclass(frozen=True)
class Amount:
    """An estimate in kilograms with the ends of its 95% interval, if it has one."""

    kg: Decimal
    lower: Decimal | None = None
    upper: Decimal | None = None

    @property
    def half_width(self) -> Decimal:
        if self.lower is None or self.upper is None:
            return Decimal(0)
        return (self.upper - self.lower) / 2

    @property
    def has_interval(self) -> bool:
        """Whether there is doubt to print: what is compared with itself has none."""
        return self.half_width > 0

    @property
    def holds_zero(self) -> bool:
        """Whether a saving cannot be told from none; an interval that touches zero holds it."""
        if self.lower is None or self.upper is None:
            return False
        return self.lower <= 0 <= self.upper

    @property
    def per(self) -> Decimal:
        """Kilograms in what it is printed in: a tonne, or a kilogram below one tonne."""
        is_fine = self.half_width < 10 * TONNE
        return Decimal(1) if abs(self.kg) < TONNE and is_fine else TONNE

    @property
    def step(self) -> Decimal:
        """The unit of its last printed digit, which follows the interval, in kilograms."""
        if not self.has_interval:
            return _LEAST[self.per] * self.per
        power = (self.half_width / self.per).adjusted() - 1
        return max(Decimal(1).scaleb(power), _LEAST[self.per]) * self.per

    def printed_kg(self, kg: Decimal) -> Decimal:
        """Kilograms rounded once to the last printed digit, half up, and never minus zero."""
        steps = (kg / self.step).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return steps * self.step + 0

    def digits(self, kg: Decimal) -> str:
        """A number of kilograms as printed, without its unit: 12, or 0.6."""
        printed = self.printed_kg(kg)
        decimals = 1 if self.step < self.per and printed else 0
        return number(printed / self.per, decimals)

    @property
    def suffix(self) -> str:
        return _SUFFIX[self.per]

    @property
    def reversed(self) -> "Amount":
        """The same with the other sign: an increase as a number above zero."""
        ends = (None if end is None else -end for end in (self.upper, self.lower))
        return Amount(-self.kg, *ends)


def short(amount: Amount) -> str:
    """The estimate alone, as a chart says it: 12 t."""
    return f"{amount.digits(amount.kg)} {amount.suffix}"


def interval(amount: Amount) -> str:
    """The interval in the unit of the estimate: −1 to 25 t; empty where there is none."""
    if not amount.has_interval or amount.lower is None or amount.upper is None:
        return ""
    return f"{_end(amount, amount.lower)} to {_end(amount, amount.upper)} {amount.suffix}"


def _end(amount: Amount, bound: Decimal) -> str:
    """A bound as printed. One that only rounding makes zero says on which side it lies."""
    text = amount.digits(bound)
    return f"just {'above' if bound > 0 else 'below'} 0" if text == "0" and bound else text


def in_cell(amount: Amount) -> str:
    """An estimate with its interval, as a table says it: 12 t (−1 to 25 t)."""
    range_ = interval(amount)
    return f"{short(amount)} ({range_})" if range_ else short(amount)


def avoided(amount: Amount) -> str:
    """Emissions avoided in words; when they increased it says so as plainly."""
    if amount.holds_zero:
        return _unclear(amount)
    if amount.kg < 0:
        return f"emissions increased by {_about(amount.reversed)}"
    return _about(amount, " avoided")


def added(amount: Amount) -> str:
    """Emissions added in words; when they fell it says so as plainly."""
    if amount.holds_zero:
        return _unclear(amount)
    if amount.kg < 0:
        return f"emissions fell by {_about(amount.reversed)}"
    return _about(amount, " added")


def _about(amount: Amount, what: str = "") -> str:
    range_ = interval(amount)
    said = f"about {short(amount)} CO2e{what}"
    return f"{said} (95% interval {range_})" if range_ else said


def _unclear(amount: Amount) -> str:
    range_ = interval(amount)
    said = f"{short(amount)} CO2e"
    return f"{said}, 95% interval {range_}; {UNCLEAR}" if range_ else f"{said}: no change"


def chance(above_zero: Decimal) -> str:
    """The chance that anything was avoided, never quite certain: 97 in 100.

    In another form than the 95% of the interval, so that nobody takes one for the other.
    """
    cases = (above_zero * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return (
        f"{'over ' if cases > 99 else 'under ' if cases < 1 else ''}{min(max(cases, 1), 99)} in 100"
    )


def verdict(amount: Amount, lacking: str = "", above_zero: Decimal | None = None) -> str:
    """What a net means, in one sentence for a reader who knows no statistics.

    `lacking`: what a partial net lacks; of such a net nothing is said of the whole. `above_zero`:
    the chance that anything was avoided, from 0 to 1.
    """
    if lacking:
        return f"The net is {lacking}. Whether emissions fell or rose on the whole is not known."
    if not amount.has_interval:
        return "Nothing was avoided or added."
    if amount.holds_zero:
        return (
            "The interval includes zero, so a saving cannot be told from none: "
            f"{_leaning(above_zero)}."
        )
    if amount.kg < 0:
        return "The whole interval is below zero: emissions increased, so this is no saving."
    return "The whole interval is above zero: emissions were avoided."


def _leaning(above_zero: Decimal | None) -> str:
    """To which side an estimate leans that cannot be told from none."""
    if above_zero is not None and above_zero >= PROBABLE:
        return "what is counted has probably fallen, but a rise cannot be ruled out"
    if above_zero is not None and above_zero <= 1 - PROBABLE:
        return "what is counted has probably risen, but a fall cannot be ruled out"
    return "emissions may have fallen, stayed or risen"


NEUTRAL = "Net carbon"


def opening(amount: Amount, lacking: str = "") -> str:
    """How a headline begins: whether there is a saving, an increase, or neither for certain."""
    if lacking or not amount.has_interval:
        return NEUTRAL
    if amount.holds_zero:
        return "No clear carbon saving"
    return "Carbon saving" if amount.kg > 0 else "Carbon increase"


def partial(missing: Sequence[str], in_part: Collection[str] = ()) -> str:
    """Which lines an estimate lacks: partial: printing not known.

    `in_part`: those that are known of some directorates and lack others.
    """
    lines = dict.fromkeys(why.partition(" not known")[0] for why in missing)
    named = [f"{line} of some directorates" if line in in_part else line for line in lines]
    return f"partial: {listed(tuple(named))} not known" if named else ""


def alternative(scenario: str, heating_basis: str) -> str:
    """What an alternative supposes; of heating, the basis that the council did not choose."""
    return _ALTERNATIVES.get(scenario) or _HEATING[heating_basis]


def and_partial(said: str, lacking: str) -> str:
    """An estimate as told, and what it lacks if it is partial."""
    return f"{said}; {lacking}" if lacking else said


def evidence(grade: str) -> str:
    """A grade of evidence with its meaning: B (recorded)."""
    return f"{grade} ({GRADES[grade]})" if grade in GRADES else NOT_KNOWN


def against_break_even(
    mean_km: Decimal | None, even_km: Decimal | None, instead: str = NOT_KNOWN
) -> str:
    """Whether the council's own mean commute is long enough for a home day to save carbon.

    `instead`: what is said of a distance that is not given.
    """
    if mean_km is None or even_km is None:
        return f"The council's own mean distance to work is {instead}."
    said = f"Staff travel {number(mean_km, 1)} km to work on average, one way; for their mix of "
    said += f"ways to travel a day at home breaks even at {number(even_km, 1)} km. "
    if mean_km == even_km:
        return f"{said}On the best estimates a home day saves nothing."
    longer = mean_km > even_km
    return (
        f"{said}The average commute is {'longer' if longer else 'shorter'}, so on the best "
        f"estimates a home day {'saves a little' if longer else 'adds emissions'}."
    )
