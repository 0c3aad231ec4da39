"""What stands beside a rating: the forecast's, the original target and its, a saving's pounds."""

from decimal import Decimal

from scorecard.council import COUNCIL
from scorecard.packs.method_words import name_of, tolerated, wanted, within_text
from scorecard.packs.records import PackRecords
from scorecard.packs.shown import Shown, target_row
from scorecard.packs.words import RAG_WORDS, amount, day
from scorecard.period import Period

_POUNDS = ("delivered", "on_track", "at_risk", "unachievable")


def short(shown: Shown) -> tuple[str, ...]:
    """The other colours of a figure in a few words: of its forecast, by its original target."""
    return tuple(filter(None, (forecast(shown), by_original(shown))))


def forecast(shown: Shown) -> str:
    """The colour now and that of the forecast, side by side; empty without a forecast."""
    ahead = _colour(shown, "forecast_rag")
    return f"{shown.rag} now; {ahead} forecast" if ahead else ""


def by_original(shown: Shown) -> str:
    """The colour now and by the original target, where they differ."""
    first = _colour(shown, "original_rag")
    return f"{shown.rag}; {first} by the original target" if first else ""


def _colour(shown: Shown, name: str) -> str:
    told = shown.record.details.get(name) if shown.record else None
    return RAG_WORDS[str(told)] if told else ""


def explained(records: PackRecords, shown: Shown) -> tuple[str, ...]:
    """Sentences on the target that was changed, and on the pounds behind the share of a saving."""
    history = target_history(records, shown, COUNCIL, records.quarter.period)
    return tuple(filter(None, (history, pounds(records, shown))))


def target_history(records: PackRecords, shown: Shown, directorate: str, period: Period) -> str:
    """The target with the original beside it, and who changed it why; empty if none did."""
    said = target_said(records, shown, directorate, period)
    now = target_row(records, shown.definition.id, directorate, period)
    if not said or now is None:
        return said and f"{said}."
    since, why = day(now.effective_from), now.reason.rstrip(".")
    return f"{said}; changed on {since} by {now.decision}: {why}."


def target_said(records: PackRecords, shown: Shown, directorate: str, period: Period) -> str:
    """The target, the original and who decided that; empty if the target was never changed."""
    definition = shown.definition
    first = records.council.original_target_for(definition.id, directorate, period)
    if first is None:
        return ""
    now = target_row(records, definition.id, directorate, period)
    texts = [wanted(definition, each) for each in (now, first)]
    if texts[0] == texts[1]:
        texts = [
            f"{text}, {within_text(name_of(each.method)) if each else 'no method'}, "
            f"tolerance {tolerated(definition, each)}"
            for text, each in zip(texts, (now, first), strict=True)
        ]
    said = "No target now" if texts[0] == "no target" else f"Target {texts[0]}"
    return f"{said} (originally {texts[1]}, {first.decision})"


def pounds(records: PackRecords, shown: Shown) -> str:
    """What stands behind the share of a saving, in pounds; empty for any other KPI."""
    decided = target_row(records, shown.definition.id, COUNCIL, records.quarter.period)
    if decided is None or decided.method != "savings" or shown.value is None:
        return ""
    month = str(records.quarter.months[-1])
    rows = [
        row
        for row in records.activity.get("savings", ())
        if (row.get("month"), row.get("directorate")) == (month, COUNCIL)
    ]
    if not rows:
        return ""
    sums = {
        name: sum((Decimal(str(row.get(f"{name}_gbp") or 0)) for row in rows), Decimal(0))
        for name in (*_POUNDS, "target")
    }
    parts = ", ".join(f"{amount(sums[n], 'gbp', 0)} {n.replace('_', ' ')}" for n in _POUNDS)
    return f"In pounds: {parts}, of a target of {amount(sums['target'], 'gbp', 0)}."
