"""The money of the strategies: what it is in words, and its three sheets. Kinds are never added."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from scorecard.decisions import StrategyMoney
from scorecard.packs.activities import Activity
from scorecard.packs.words import amount
from scorecard.strategy_money import ENVELOPE, EXISTING, GROSS, NEW, SAVING, Line, lines_of

NEVER_ADDED = (
    "A saving, a funding envelope and a gross cost are three kinds of money. They are never added "
    "to one another, so there is no total."
)
_KEYS = (("period", "Period"), ("strategy", "Strategy"), ("kind", "Kind"),
         ("funding_source", "Funding source"))  # fmt: skip
_YEAR = ("fin_year", "Financial year")
# The parts of a gross cost are named after it, so that nobody takes them for sums beside it.
_SAID = (
    (SAVING, "Saving"),
    (ENVELOPE, "Funding envelope"),
    (GROSS, "Gross cost"),
    (NEW, "Gross cost: new money"),
    (EXISTING, "Gross cost: existing budget"),
    ("base_budget", "Base budget"),
    ("reserve", "Reserve"),
    ("capital", "Capital"),
    ("grant", "Grant"),
    ("outside", "Outside party"),
)

STRATEGY = (
    Activity(
        "Strategy_money", "strategy_money", "Money of the strategies, all years together",
        ("ledger",),
        f"Pounds of all years of the sum. {NEVER_ADDED} A gross cost holds its new money and its "
        "existing budget. Forecast: earlier years as they were, this year's forecast, later years "
        "as planned.",
        (*_KEYS, ("years", "Years")),
        (("amount_gbp", "Amount (GBP)", 0), ("revenue_gbp", "Revenue spent (GBP)", 0),
         ("capital_gbp", "Capital spent (GBP)", 0), ("commitments_gbp", "Commitments (GBP)", 0),
         ("left_gbp", "Left (GBP)", 0),
         ("forecast_gbp", "Forecast for all years (GBP)", 0)),
        _SAID,
    ),
    Activity(
        "Strategy_years", "strategy_years", "Money of the strategies by financial year",
        ("ledger",),
        f"Pounds. {NEVER_ADDED} Spending is shown twice: as revenue and capital, and as staff, "
        "technology and external cost, as far as the council's cost groups tell them apart.",
        (*_KEYS, _YEAR),
        (("profile_gbp", "Profile (GBP)", 0), ("revenue_gbp", "Revenue spent (GBP)", 0),
         ("capital_gbp", "Capital spent (GBP)", 0), ("staff_gbp", "Spent on staff (GBP)", 0),
         ("technology_gbp", "Spent on technology (GBP)", 0),
         ("external_gbp", "Spent externally (GBP)", 0),
         ("commitments_gbp", "Commitments (GBP)", 0),
         ("forecast_gbp", "Forecast for the year (GBP)", 0)),
        _SAID,
    ),
    Activity(
        "Strategy_savings", "strategy_savings", "Savings of the strategies by financial year",
        ("savings",),
        "Pounds. A saving counts once, even if two strategies list it. A saving that costs money "
        "before it saves any is negative. Delivered, on track, at risk and unachievable make the "
        "target.",
        (*_KEYS, _YEAR),
        (("profile_gbp", "Profile (GBP)", 0), ("target_gbp", "Target (GBP)", 0),
         ("profile_to_date_gbp", "Profile to date (GBP)", 0),
         ("recurrent_gbp", "Delivered, recurrent (GBP)", 0),
         ("one_off_gbp", "Delivered, one-off (GBP)", 0), ("on_track_gbp", "On track (GBP)", 0),
         ("at_risk_gbp", "At risk (GBP)", 0), ("unachievable_gbp", "Unachievable (GBP)", 0),
         ("forecast_gbp", "Forecast (GBP)", 0)),
        _SAID,
    ),
)  # fmt: skip


def in_words(lines: Sequence[Line]) -> tuple[str, ...]:
    """A sentence for each sum of the strategies, and that they are never added."""
    parts = {(line.strategy, line.kind): line for line in lines}
    said = [
        _sentence(line, parts.get((line.strategy, NEW)), parts.get((line.strategy, EXISTING)))
        for line in lines
        if line.kind not in (NEW, EXISTING)
    ]
    return (*said, NEVER_ADDED) if said else ()


def _sentence(line: Line, new: Line | None, existing: Line | None) -> str:
    years = f"over {_count(line.years)}, {line.years[0]} to {line.years[-1]}"
    total = _pounds(line.amount_gbp)
    if line.kind == SAVING:
        return f"{line.strategy} is to save {total} {years}."
    if line.kind != GROSS:
        return f"{line.strategy} may spend {total} {years}, paid from {_source(line)}."
    said = f"{line.strategy} costs {total} gross {years}"
    if new is None or existing is None:
        return f"{said}, all of it existing budget: no new money was asked for."
    each = set(new.profile.values())
    yearly = f" ({_pounds(each.pop())} a year)" if len(each) == 1 else ""
    return (
        f"{said}. Of that, {_pounds(new.amount_gbp)}{yearly} is new money from {_source(new)}; "
        f"the other {_pounds(existing.amount_gbp)} is existing budget, derived as the difference."
    )


def _count(years: Sequence[str]) -> str:
    return f"{len(years)} years" if len(years) > 1 else "one year"


def _source(line: Line) -> str:
    return {"reserve": "reserves", "grant": "grants"}.get(
        line.funding_source, line.funding_source.replace("_", " ")
    )


def _pounds(value: Decimal) -> str:
    return amount(value, "gbp", 0)


def sentences_of(decided: Iterable[StrategyMoney]) -> tuple[str, ...]:
    """What the council's strategy money is, in words."""
    return in_words(lines_of(tuple(decided)))
