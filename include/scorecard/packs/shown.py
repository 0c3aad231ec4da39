"""One figure as a pack shows it: its cells, its text with the unit, its markers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scorecard.decisions import Target
from scorecard.kpis import KpiDefinition
from scorecard.packs.carbon_told import beside_others
from scorecard.packs.digits import value_cell
from scorecard.packs.records import FigureRecord, PackRecords
from scorecard.packs.tables import Cell, figure, words
from scorecard.packs.words import (
    DIRECTION_WORDS,
    RAG_WORDS,
    STATE_MARKERS,
    amount,
    day,
    number,
    short_amount,
    with_unit,
)
from scorecard.period import Period

MISSING, NOT_APPLICABLE = "[x]", "[z]"


@dataclass(frozen=True)
class Shown:
    """A figure with its definition; the figure is None where nothing was measured."""

    definition: KpiDefinition
    record: FigureRecord | None
    is_restated: bool = False

    @property
    def replaced_by(self) -> str:
        """The marker that stands in place of the number; empty if the number is shown."""
        if self.record is None:
            return MISSING
        marker = STATE_MARKERS[self.record.state]
        if marker in ("[x]", "[z]", "[c]"):
            return marker
        if "small_numbers" in self.record.flags:
            return "[u]"
        return MISSING if self.record.value is None else ""

    @property
    def value(self) -> Decimal | None:
        """The number as shown, or None where a marker replaces it."""
        return None if self.replaced_by or self.record is None else self.record.value

    @property
    def cell(self) -> Cell:
        """The value column: the number, or the marker that replaces it."""
        if self.value is None or self.record is None:
            return words(self.replaced_by)
        return value_cell(self.definition, self.record)

    @property
    def text(self) -> str:
        """The figure with its unit, in full."""
        return self._in_words(short=False)

    @property
    def short(self) -> str:
        """The figure with its unit, as a headline says it."""
        return self._in_words(short=True)

    @property
    def told(self) -> str:
        """The figure with its unit and, if it is an estimate, with its interval."""
        if self.record is None or not self.has_interval:
            return self.text
        return beside_others(self.definition, self.record)

    @property
    def has_interval(self) -> bool:
        """Whether the number is shown, and is an estimate with an interval."""
        return self.value is not None and self.record is not None and self.record.lower is not None

    def _in_words(self, short: bool) -> str:
        if self.value is not None:
            say = short_amount if short else amount
            said = say(self.value, self.definition.unit, self.definition.decimals)
            return f"{said} (estimate)" if self._is_estimate else said
        if self.replaced_by == "[u]" and self.record is not None:
            return self._cases(self.record)
        return self.replaced_by

    def _cases(self, record: FigureRecord) -> str:
        """So few cases in words: 3 of 7; of what is no share: 12.5 hours over 7 cases."""
        unit, cases = self.definition.unit, _part(record.denominator)
        if unit in ("percent", "ratio") or record.numerator is None:
            return f"{_part(record.numerator)} of {cases}"
        is_money = unit in ("gbp", "pence")
        above = amount(record.numerator, "gbp" if is_money else unit, 2 if is_money else 1)
        is_middle = self.definition.kind == "statistic"
        return f"{above} {'in the middle of' if is_middle else 'over'} {cases} cases"

    def parts(self) -> tuple[Cell, Cell]:
        """Numerator and denominator; a withheld or missing figure shows neither."""
        marker = self.replaced_by
        if self.record is None or marker in ("[x]", "[c]"):
            return words(marker or MISSING), words(marker or MISSING)
        return _part_cell(self.record.numerator), _part_cell(self.record.denominator)

    @property
    def marker(self) -> str:
        """Every marker that applies, side by side; empty for a final figure."""
        if self.record is None:
            return MISSING
        state = STATE_MARKERS[self.record.state]
        marks = [state if state or self.replaced_by in ("", "[u]") else self.replaced_by]
        marks += ["[r]" if self.is_restated else ""]
        marks += ["[e]" if self._is_estimate else ""]
        marks += ["[u]" if self.replaced_by == "[u]" else ""]
        marks += ["[low]" if self._is_low else ""]
        marks += ["[b]" if self._is_break else ""]
        text = "".join(marks)
        return f"{text} baseline".strip() if "baseline" in self.record.flags else text

    @property
    def _is_estimate(self) -> bool:
        flagged = self.record is not None and "estimated" in self.record.flags
        return (flagged or self.definition.kind == "carbon") and self.value is not None

    @property
    def _is_low(self) -> bool:
        return self.cell.value == 0 and self.record is not None and bool(self.record.numerator)

    @property
    def _is_break(self) -> bool:
        if self.record is None or self.record.period_kind != "quarter":
            return False
        begun = {v.version: v.starts for v in self.definition.versions}
        first = min(begun, default=0)
        return self.record.version != first and begun.get(self.record.version) == self.record.period

    @property
    def rag(self) -> str:
        """The rating as a word."""
        return RAG_WORDS[self.record.rag] if self.record else RAG_WORDS["not_rated"]

    @property
    def direction(self) -> str:
        """The direction of travel as a word; since when there is nothing to compare with."""
        said = DIRECTION_WORDS[self.record.direction if self.record else "not_comparable"]
        since = self.record.details.get("reorganised_on") if self.record else None
        if since and self.record and self.record.direction == "not_comparable":
            return f"{said}: reorganised on {day(date.fromisoformat(str(since)))}"
        return said

    @property
    def target_cell(self) -> Cell:
        """The target in force for the figure, or [z] if it has none."""
        if self.record is None or self.record.target is None:
            return words(NOT_APPLICABLE)
        return figure(self.record.target, self.definition.decimals)


def _part(value: Decimal | None) -> str:
    return MISSING if value is None else number(value, _decimals_of(value))


def _part_cell(value: Decimal | None) -> Cell:
    return words(MISSING) if value is None else figure(value, _decimals_of(value))


def _decimals_of(value: Decimal) -> int:
    """A whole number without decimals, any other with two."""
    return 0 if value == value.to_integral_value() else 2


def target_row(records: PackRecords, kpi: str, directorate: str, period: Period) -> Target | None:
    """The council's decision on a KPI's target that holds for a period."""
    return records.council.target_for(kpi, directorate, period)


def target_text(shown: Shown, decided: Target | None) -> str:
    """The target in words: at least 90.0%, at most 10.0%, from 40% to 60%, none."""
    definition = shown.definition
    if decided and (decided.inner_low is not None or decided.inner_high is not None):
        return _band_text(definition, band_of(shown, decided))
    if shown.record is None or shown.record.target is None:
        return "none"
    said = amount(shown.record.target, definition.unit, definition.decimals)
    return {"higher": f"at least {said}", "lower": f"at most {said}"}.get(definition.better, said)


def band_of(shown: Shown, decided: Target) -> tuple[Decimal | None, Decimal | None]:
    """The two ends of a target band; a band relative to elapsed time is moved by the target."""
    moved = Decimal(0)
    if decided.relative_to and shown.record and shown.record.target is not None:
        moved = shown.record.target - (decided.target or Decimal(0))
    low, high = decided.inner_low, decided.inner_high
    return (None if low is None else low + moved), (None if high is None else high + moved)


def range_text(shown: Shown, decided: Target) -> str:
    """A target range as a column of numbers says it: 35.0% to 60.0%, at most 800."""
    definition = shown.definition
    low, high = (
        None if end is None else with_unit(number(end, definition.decimals), definition.unit)
        for end in band_of(shown, decided)
    )
    return _between(low, high)


def _band_text(definition: KpiDefinition, band: tuple[Decimal | None, Decimal | None]) -> str:
    low, high = (
        None if end is None else amount(end, definition.unit, definition.decimals) for end in band
    )
    return _between(low, high)


def _between(low: str | None, high: str | None) -> str:
    if low is None:
        return f"at most {high}"
    return f"at least {low}" if high is None else f"{low} to {high}"


def shown_for(
    records: PackRecords,
    kpi: str,
    period: str,
    directorate: str = "COUNCIL",
    restated: frozenset[tuple[str, str, str]] = frozenset(),
) -> Shown:
    """A KPI's figure for a period and a directorate, ready to show.

    For a quarter it is that of the KPI's own accumulation: of twelve months, or of the year.
    """
    definition = records.definition(kpi)
    key = records.key_of(definition, period)
    return Shown(
        definition,
        records.figures.get(kpi, key, directorate),
        (kpi, directorate, key) in restated,
    )


def compared_with(records: PackRecords, definition: KpiDefinition) -> str | None:
    """The period with which the direction of travel compares; None for a trend."""
    steps = {"previous_period": -1, "same_period_last_year": -4}
    step = steps.get(definition.direction)
    if step is None:
        return None
    then = records.quarter.shifted(step)
    return then.year_to_date.key if records.is_of_year else str(then)
