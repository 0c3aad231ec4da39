"""The pack's fixed wording, filled from figures: headlines, paragraphs, the lead, alt text."""

from decimal import Decimal

from scorecard.council import COUNCIL
from scorecard.decisions import Target
from scorecard.kpis import KpiDefinition
from scorecard.packs.carbon_told import in_a_headline
from scorecard.packs.rating_words import basis
from scorecard.packs.records import PackRecords
from scorecard.packs.series import Point
from scorecard.packs.shown import Shown, compared_with, shown_for, target_text
from scorecard.packs.variation import at_odds
from scorecard.packs.words import (
    amount,
    counted,
    listed,
    month_name,
    pounds,
    unit_name,
)

_AGAINST = {"previous_period": "the previous quarter",
            "same_period_last_year": "the same quarter last year"}  # fmt: skip
_YEAR_BEFORE = "the year before"
_TREND = {"better": "improving over the year", "worse": "getting worse over the year",
          "same": "steady over the year"}  # fmt: skip

_AT_ODDS = {("green", "worse"), ("amber", "better"), ("red", "better")}

DOUBT = "Low confidence:"

_REPLACED = {
    "[x]": "not known, because data are missing",
    "[z]": "nothing to measure in the period",
    "[c]": "withheld to protect people",
}


def headline(shown: Shown, decided: Target | None) -> str:
    """The title and the message of one KPI."""
    return f"{shown.definition.title}: {message(shown, decided)}"


def message(shown: Shown, decided: Target | None) -> str:
    """A KPI's figure, how it stands to the target, where it is going."""
    if shown.replaced_by in _REPLACED:
        return _REPLACED[shown.replaced_by]
    figure = _figure(shown)
    said = [text for text in (_against_target(shown, decided), _travel(shown, decided)) if text]
    return ", ".join((figure, _joined(shown).join(said))) if said else figure


def _joined(shown: Shown) -> str:
    """And, or but where the rating and the direction tell a reader different things."""
    record = shown.record
    told = (record.rag, record.direction) if record else ("", "")
    return " but " if told in _AT_ODDS else " and "


def _figure(shown: Shown) -> str:
    """The figure itself; an estimate has its interval."""
    if shown.record is None or not shown.has_interval:
        return shown.short
    return in_a_headline(shown.definition, shown.record) or shown.told


def _against_target(shown: Shown, decided: Target | None) -> str:
    """How the figure stands to its target; empty where there is none or no rating."""
    record = shown.record
    if record is None or record.rag not in ("green", "amber", "red"):
        return ""
    said = target_text(shown, decided)
    if _has_range(decided):
        where = "inside" if record.rag == "green" else "outside"
        return f"{where} its target range of {said}"
    if record.target is None or shown.value is None:
        return ""
    if shown.value == record.target:
        return f"exactly on its target of {said}"
    better = shown.definition.better
    if better == "band":
        return f"{'above' if shown.value > record.target else 'below'} its target of {said}"
    if (shown.value > record.target) == (better == "higher"):
        return f"meeting its target of {said}"
    return f"{'close to' if record.rag == 'green' else 'missing'} its target of {said}"


def _has_range(decided: Target | None) -> bool:
    return decided is not None and (decided.inner_low, decided.inner_high) != (None, None)


def _travel(shown: Shown, decided: Target | None) -> str:
    """How the figure compares with the period its definition names; empty if it does not."""
    direction = shown.record.direction if shown.record else "not_comparable"
    if direction == "not_comparable":
        return ""
    against = _against(shown)
    if not against:
        return _TREND[direction]
    if direction == "same" and shown.definition.better == "band":
        # The value may have moved: it is no nearer to its range, and no further from it.
        inside = shown.rag == "Green" and _has_range(decided)
        return f"{'so it was' if inside else 'as far from it as'} in {against}"
    both = ", each against the baseline" if shown.definition.kind == "carbon" else ""
    if direction == "same":
        return f"unchanged from {against}{both}"
    return f"{direction} than {against}{both}"


def _against(shown: Shown) -> str:
    """What a figure is compared with, in words; empty for a trend. A year has a year before it."""
    record, direction = shown.record, shown.definition.direction
    is_of_year = record is not None and (
        record.period_kind == "year_to_date" or record.period.endswith("Q4-R12")
    )
    return _YEAR_BEFORE if is_of_year and direction in _AGAINST else _AGAINST.get(direction, "")


def paragraph(shown: Shown) -> tuple[str, ...]:
    """What the headline leaves out: the definition, the cases, the state and the rating's rule."""
    record, definition = shown.record, shown.definition
    said = [definition.definition]
    if record is None:
        return (*said, "No figure was measured for the period.")
    if definition.kind == "ratio" and not shown.replaced_by:
        said.append(_divided(shown))
    if record.state == "provisional":
        said.append(f"The figure is provisional. {_sentence(record.why)}")
    elif "low_confidence" in record.flags:
        said.append(_sentence(doubt_of(record.why)))
    if shown.replaced_by:
        said.append(_sentence(record.why))
    if record.rag in ("green", "amber", "red", "blue"):
        said.append(f"Rated {shown.rag}: {basis(definition, record.rag_basis)}.")
        said.append(at_odds(shown))
    return tuple(part.strip() for part in said if part.strip())


def _divided(shown: Shown) -> str:
    """What a ratio was divided from, with what each part counts."""
    units, parts = shown.definition.parts or ("",), shown.parts()
    above, below = (
        pounds(cell.value)
        if unit == "gbp" and isinstance(cell.value, Decimal)
        else f"{cell.text} {unit.replace('_', ' ')}".strip()
        for cell, unit in zip(parts, (units[0], units[-1]), strict=True)
    )
    if shown.definition.unit not in ("percent", "ratio"):
        return f"It is {above} divided by {below}."
    return f"It is {above if units[0] == 'gbp' else parts[0].text} of {below}."


def doubt_of(why: str) -> str:
    """What makes a figure less sure than others: the last words of why it is in its state."""
    return why[why.find(DOUBT) :] if DOUBT in why else ""


def _sentence(text: str) -> str:
    """The text with a capital and a full stop, if there is any."""
    clean = text.strip()
    return f"{clean[0].upper()}{clean[1:].rstrip('.')}." if clean else ""


def moved(shown: Shown, records: PackRecords) -> str:
    """A line of what got better or worse: the figure now and before."""
    before = compared_with(records, shown.definition)
    if before is None:
        return _short(shown)
    then = shown_for(records, shown.definition.id, before, COUNCIL)
    return f"{_short(shown)}, from {_short(then)} in {_against(shown)}"


def size_of_move(shown: Shown, records: PackRecords) -> Decimal:
    """How far a figure moved from the one it is compared with, as a share of that; 0 of a trend."""
    before = compared_with(records, shown.definition)
    then = shown_for(records, shown.definition.id, before, COUNCIL).value if before else None
    if not then or shown.value is None:
        return Decimal(0)
    return abs(shown.value - then) / abs(then)


def lead(counts: dict[str, int], better: int, worse: int, kpis: int) -> str:
    """The first sentence of the pack, made from counts."""
    if not kpis:
        return "No figure asks for commentary."
    rated = [f"{counts[word]:,} {word}" for word in ("Green", "Amber", "Red") if counts.get(word)]
    parts = [
        f"Of {counted(kpis, 'KPI')}, {listed(rated)}." if rated else f"No KPI of {kpis} is rated."
    ]
    parts.append(f"{better:,} got better and {worse:,} got worse.")
    missing = counts.get("Awaiting data", 0)
    if missing:
        parts.append(f"{counted(missing, 'KPI awaits', 'KPIs await')} data.")
    return " ".join(parts)


def alt_text(definition: KpiDefinition, points: list[Point], target: str) -> str:
    """What a chart shows, for a reader who does not see it: made from its data."""
    title, unit = definition.title, definition.unit
    known = [point for point in points if point.value is not None]
    if not known:
        return f"Line chart of {title} ({unit_name(unit)}) by month. No month has a figure."
    low = min(known, key=lambda p: p.value or 0)
    high = max(known, key=lambda p: p.value or 0)
    first, last = known[0], known[-1]
    said = [
        f"Line chart of {title} by month.",
        f"From {first.text} in {month_name(first.period)} to {last.text} in "
        f"{month_name(last.period)}.",
        f"Lowest {low.text} in {month_name(low.period)}, "
        f"highest {high.text} in {month_name(high.period)}.",
    ]
    if len(known) < len(points):
        said.append(f"{counted(len(points) - len(known), 'month has', 'months have')} no figure.")
    since = _since(definition, points)
    said.append(f"Target {target}{since}." if target != "none" else f"No target{since}.")
    said.append(f"Latest variation: {last.variation}." if last.variation else "")
    said.append(
        "Its limits are trial limits: too few months for a verdict." if last.is_trial else ""
    )
    said.append("The data are in the table below the chart and on the sheet Chart_data.")
    return " ".join(part for part in said if part)


def _since(definition: KpiDefinition, points: list[Point]) -> str:
    """Since when the chart's last target holds, and the one before it; empty if it always did."""
    moved = [n for n in range(1, len(points)) if points[n].target != points[n - 1].target]
    if not moved:
        return ""
    if len(moved) > len(points) / 3:
        return ", which moves with the months"
    ends = dict.fromkeys(end for end in points[moved[-1] - 1].target if end is not None)
    before = " to ".join(amount(end, definition.unit, definition.decimals) for end in ends)
    return f" since {month_name(points[moved[-1]].period)}, {before or 'none'} before"


def target_sentence(shown: Shown, decided: Target | None) -> str:
    """The target as a fact; None has a capital of its own."""
    said = target_text(shown, decided)
    return said[0].upper() + said[1:]


def _short(shown: Shown) -> str:
    """A figure in a line beside others, an estimate with its interval."""
    return shown.told if shown.has_interval else shown.short
