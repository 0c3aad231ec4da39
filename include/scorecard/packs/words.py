"""Numbers, dates, periods and markers as a reader sees them; made once, here."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from scorecard.kpis import rounded
from scorecard.period import LONDON, FinancialQuarter, Month, london_day, period_named

_BETWEEN_SENTENCES = re.compile(r"(?<=\.) (?=[A-Z])")
# Control characters, what turns the direction of reading, and what is no character at all.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufeff\ud800-\udfff\ufffe\uffff]"
)
MINUS = "\N{MINUS SIGN}"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# What stands after a number of each unit, and the unit's name in a column.
UNITS: dict[str, tuple[str, str]] = {
    "percent": ("%", "percent"),
    "gbp": ("", "GBP"),
    "kg_co2e": (" kg CO2e", "kg CO2e"),
    "t_co2e": (" t CO2e", "tonnes CO2e"),
    "score": (" out of 100", "score out of 100"),
    "ratio": ("", "ratio"),
}

# What stands beside each number of a table whose rows have several units.
SAID_UNITS = {"percent": "%", "gbp": "\N{POUND SIGN}", "kg_co2e": " kg", "t_co2e": " t"}

MARKER_WORDS: dict[str, str] = {
    "[p]": "[p] means provisional: the period is open, or its data are not complete.",
    "[x]": "[x] means not available: the data have not been received. It does not mean zero.",
    "[z]": "[z] means not applicable.",
    "[c]": "[c] means withheld to protect people.",
    "[r]": "[r] means revised since it was last shown; see the Revisions worksheet.",
    "[e]": "[e] means estimated.",
    "[u]": "[u] means low reliability: under 10 cases, so the cases are given, not a share.",
    "[low]": "[low] means shown as zero after rounding, but not zero.",
    "[b]": "[b] means a break in the series: the first period of a new definition.",
    "baseline": "baseline means that no target has been set yet.",
}

STATE_MARKERS = {
    "final": "",
    "provisional": "[p]",
    "awaiting": "[x]",
    "not_applicable": "[z]",
    "suppressed": "[c]",
}

RAG_WORDS = {
    "green": "Green",
    "amber": "Amber",
    "red": "Red",
    "blue": "Blue",
    "not_rated": "Not rated",
}

DIRECTION_WORDS = {
    "better": "Better",
    "worse": "Worse",
    "same": "Same",
    "not_comparable": "Not comparable",
}


def seen(text: str) -> str:
    """A text without the characters that a reader cannot see, and a program might obey."""
    return _UNSEEN.sub("", text)


def number(value: Decimal, decimals: int) -> str:
    """A number with thousands separators and a true minus sign, such as −1,234.5."""
    text = f"{rounded(value, decimals):,.{decimals}f}"
    return text.replace("-", MINUS)


def two_digits(value: Decimal) -> str:
    """A number of which only the first two digits are meant: 200,000 of 197,309."""
    step = Decimal(1).scaleb(max(value.adjusted() - 1, 0))
    return number((value / step).quantize(Decimal(1)) * step, 0)


def accumulation_of(kind: str) -> str:
    """Over what a figure counts, as tables say it."""
    return {"rolling_12": "Twelve months", "snapshot": "At the end"}.get(
        kind, kind.replace("_", " ").capitalize()
    )


def unit_name(unit: str) -> str:
    """The unit as the heading of a column or the subtitle of a chart says it."""
    return UNITS[unit][1] if unit in UNITS else unit.replace("_", " ")


def unit_suffix(unit: str) -> str:
    """What stands after a number of the unit, its space included."""
    return UNITS[unit][0] if unit in UNITS else f" {unit_name(unit)}"


def amount(value: Decimal, unit: str, decimals: int) -> str:
    """A number with its unit in full: 87.3%, £1,234.56, 1,204 tickets."""
    text = number(value, decimals)
    return with_unit(text, unit) if unit == "gbp" else text + unit_suffix(unit)


def with_unit(text: str, unit: str) -> str:
    """A number as text with its unit, if tables say it beside each number: 87.3%, £12, 1.2 t."""
    if unit == "gbp":
        return f"{MINUS}£{text[1:]}" if text.startswith(MINUS) else f"£{text}"
    return text + SAID_UNITS.get(unit, "")


def pounds(value: Decimal) -> str:
    """Pounds in running text: of thousands, whole ones, because pence would say nothing."""
    return amount(value, "gbp", 0 if abs(value) >= 1000 else 2).removesuffix(".00")


def short_amount(value: Decimal, unit: str, decimals: int) -> str:
    """A number as running text says it: £1.2m and 3.4m pages, else in full."""
    if abs(value) >= 1_000_000:
        return (
            amount(value / 1_000_000, "gbp", 1) + "m"
            if unit == "gbp"
            else (f"{number(value / 1_000_000, 2)}m{unit_suffix(unit)}")
        )
    if unit == "gbp" and abs(value) >= 1000:
        return amount(value, unit, 0)
    return amount(value, unit, decimals)


def number_format(decimals: int) -> str:
    """How a spreadsheet shows a number of so many decimals."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def day(moment: date | datetime) -> str:
    """A date in British form: 14 August 2025; of a moment, London's date."""
    shown = london_day(moment) if isinstance(moment, datetime) else moment
    return f"{shown.day} {MONTHS[shown.month - 1]} {shown.year}"


def day_and_time(moment: datetime) -> str:
    """A moment as London's clock shows it: 14 August 2025, 9:30am."""
    local = moment.astimezone(LONDON)
    half = "am" if local.hour < 12 else "pm"
    return f"{day(moment)}, {(local.hour + 11) % 12 + 1}:{local.minute:02d}{half}"


def month_name(month: str) -> str:
    """The month 2025-04 in words: April 2025."""
    parsed = Month.parse(month)
    return f"{MONTHS[parsed.number - 1]} {parsed.year}"


def month_label(month: str) -> str:
    """The month 2025-04 on a chart's axis: Apr 25."""
    parsed = Month.parse(month)
    return f"{MONTHS[parsed.number - 1][:3]} {parsed.year % 100:02d}"


def quarter_months(quarter: FinancialQuarter) -> str:
    """The months of a quarter: April to June 2025."""
    first, _, last = quarter.months
    return f"{MONTHS[first.number - 1]} to {MONTHS[last.number - 1]} {last.year}"


def period_name(key: str) -> str:
    """The months of a period in words: of 2025-26-Q1-R12, July 2024 to June 2025."""
    period = period_named(key)
    first, last = Month.containing(period.starts_at), Month.containing(period.ends_at)
    last = last.shifted(-1)  # a period ends when the next one begins
    if first == last:
        return month_name(key)
    year = "" if first.year == last.year else f" {first.year}"
    return f"{MONTHS[first.number - 1]}{year} to {MONTHS[last.number - 1]} {last.year}"


def quarter_name(quarter: FinancialQuarter) -> str:
    """A quarter as a heading says it: Quarter 1 of 2025-26."""
    return f"Quarter {quarter.number} of {quarter.financial_year}"


def listed(words: Sequence[str]) -> str:
    """Words in a row: one; one and two; one, two and three."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(count: int, one: str, many: str = "") -> str:
    """A count and its noun: 1 KPI, 12 KPIs."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def sentences_in(text: str) -> list[str]:
    """The sentences of a text, each with its full stop."""
    return _BETWEEN_SENTENCES.split(text)


def markers_in(text: str) -> tuple[str, ...]:
    """The markers that a cell is made of: [p][r] has two; a sentence has none."""
    found: list[str] = []
    rest = text.strip()
    while rest:
        marker = next((marker for marker in MARKER_WORDS if rest.startswith(marker)), None)
        if marker is None:
            return ()
        found.append(marker)
        rest = rest[len(marker) :].strip()
    return tuple(found)
