"""One figure, explained: `scorecard figure`. Where it comes from, and what was published of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from scorecard import known_decisions, kpis, measure, reconcile
from scorecard.council import COUNCIL
from scorecard.packs.records import FigureRecord, Figures
from scorecard.packs.shown import Shown, target_text
from scorecard.packs.words import (
    DIRECTION_WORDS,
    MARKER_WORDS,
    amount,
    counted,
    day_and_time,
    markers_in,
    number,
)
from scorecard.period import FinancialQuarter, Month, UnknownPeriod, period_named
from scorecard.register import evidence, packs, published, receipts, removals
from scorecard.register.commentary import newest_measurement
from scorecard.settings import INCLUDE
from scorecard.stores import Stores


class UnknownFigure(LookupError):
    """A KPI, period or directorate of which nothing was measured."""


def figure(
    stores: Stores, kpi: str, period: str, directorate: str, as_at: datetime, now: datetime
) -> dict[str, Any]:
    """Everything about one figure as at a moment; UnknownFigure says what there is instead.

    The quarter is measured if it was not yet, from what was accepted by that moment.
    """
    definitions = kpis.load(INCLUDE / "sql" / "kpi")
    kpi = next((d.id for d in definitions.values() if d.code == kpi.upper()), kpi)
    if kpi not in definitions:
        raise UnknownFigure(f"{kpi}: there is no such KPI. `scorecard kpis` lists them.")
    definition = definitions[kpi]
    period = _measured_for(definition, period)
    _check_received(stores, period)
    quarter = FinancialQuarter.parse(_quarter_of(period))
    gone = removals.in_words(removals.months_gone(stores.register, quarter.months))
    if gone:
        measurement = newest_measurement(stores.register, str(quarter))
    else:
        measurement = reconcile.run(stores, measure.run(stores, str(quarter), as_at, now))
    figures = Figures(packs.read(stores.register, measurement).figures)
    record = figures.get(kpi, period, directorate)
    if record is None:
        there = sorted(_there(figures, kpi, period))
        instead = f"Use one of {', '.join(there)}." if there else "Name another period."
        raise UnknownFigure(f"{kpi}, {period}, {directorate}: there is no such figure. {instead}")
    return {
        **_said(record),
        **_decided(stores, Shown(definition, record), as_at),
        **_rests_on(stores, definition, measurement),
        "as_at": as_at,
        "measurement": measurement,
        "gone": gone,
        "published": [
            vars(told) for told in published.values_of(stores.register, kpi, period, directorate)
        ],
    }


def _measured_for(definition: kpis.KpiDefinition, period: str) -> str:
    """The period asked for; of a KPI of twelve months, those that end with the quarter named."""
    asked = period_named(period)
    is_rolling = definition.accumulation == "rolling_12" and asked.kind == "quarter"
    return FinancialQuarter.parse(period).rolling_12.key if is_rolling else period


def _there(figures: Figures, kpi: str, period: str) -> set[str]:
    """The directorates of which a KPI has a figure for a period; else the periods that it has."""
    mine = [each for each in figures.newest() if each.kpi_id == kpi]
    return {f.directorate for f in mine if f.period == period} or {
        f.period for f in mine if f.period_kind != "month"
    }


def _check_received(stores: Stores, period: str) -> None:
    """Refuse a period that was over before the first month of which anything was received."""
    first = receipts.first_month(stores.register)
    if first is None or period_named(period).ends_at <= Month.parse(first).starts_at:
        since = f"What was received begins with {first}" if first else "Nothing was received yet"
        raise UnknownFigure(
            f"{period}: nothing was received of that period. {since}. Name a period with extracts, "
            "or have them sent."
        )


def _decided(stores: Stores, shown: Shown, as_at: datetime) -> dict[str, Any]:
    """What the figure means, and what the council decided about it."""
    assert shown.record
    definition, period = shown.definition, period_named(shown.record.period)
    decided = known_decisions.read(stores.settings.council, as_at)
    target = decided.target_for(definition.id, shown.record.directorate, period)
    owner = decided.owner_of(definition.id, period)
    return {
        "title": definition.title,
        "unit": definition.unit,
        "decimals": definition.decimals,
        "kind": definition.kind,
        "definition": definition.definition,
        "shown": shown.told,
        "marker": shown.marker,
        "target": target_text(shown, target),
        "method": target.method if target else "none",
        "decision": f"{target.decision}: {target.reason}" if target else "",
        "owner": owner.owner if owner else "",
    }


def _rests_on(
    stores: Stores, definition: kpis.KpiDefinition, measurement: str
) -> dict[str, list[dict[str, Any]]]:
    """The extracts that a KPI was measured from, and what was set aside in them."""
    register, tables = stores.register, definition.tables
    return {
        "extracts": [
            {**vars(read), "table": table}
            for table in tables
            for read in evidence.extracts_of(register, measurement, table)
        ],
        "set_aside": [
            vars(row) for t in tables for row in evidence.set_aside_of(register, measurement, t)
        ],
    }


def _said(record: FigureRecord) -> dict[str, Any]:
    """What the register says of a figure."""
    names = (
        *("kpi_id", "version", "period", "directorate", "value", "numerator", "denominator"),
        *("state", "flags", "why", "rag", "rag_basis", "direction"),
    )
    return {name: getattr(record, name) for name in names}


def _quarter_of(period: str) -> str:
    """The quarter whose measurement has a period; UnknownPeriod if there is no such period."""
    found = period_named(period)
    if found.kind == "month":
        return str(Month.parse(period).quarter)
    try:
        return str(FinancialQuarter.parse(period[: len("2025-26-Q1")]))
    except UnknownPeriod:
        raise UnknownPeriod(f"'{period}' is no period. Write it like 2025-26-Q1.") from None


def in_words(told: Mapping[str, Any]) -> str:
    """The same on one screen."""
    return "\n".join(line for line in _lines(told) if line.strip())


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    where = "the council" if told["directorate"] == COUNCIL else told["directorate"]
    yield f"{told['title']}, {told['period']}, {where}: {told['shown']} {told['marker']}"
    yield from (f"  {MARKER_WORDS[marker]}" for marker in markers_in(told["marker"]))
    yield f"As at       {day_and_time(told['as_at'])}; measurement {told['measurement'][:12]}"
    if told["gone"]:
        yield f"Gone        {told['gone']} This is what was measured last, while they were there."
    yield f"State       {told['state']}. {told['why']}"
    travel = DIRECTION_WORDS[told["direction"]].lower()
    yield f"Rating      {told['rag'].replace('_', ' ')}: {told['rag_basis']}; {travel}"
    if told["numerator"] is not None and told["kind"] == "ratio":
        parts = (number(part, 2 if part % 1 else 0) for part in _parts_of(told))
        yield f"Parts       {' of '.join(parts)}"
    yield f"Definition  version {told['version']}: {told['definition']}"
    yield f"Target      {told['target']}, by {told['method']}. {told['decision']}"
    yield f"Owner       {told['owner']}"
    yield from _evidence(told)
    yield from _history(told)


def _parts_of(told: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
    """Numerator and denominator of a ratio."""
    return Decimal(told["numerator"]), Decimal(told["denominator"])


def _evidence(told: Mapping[str, Any]) -> Iterator[str]:
    """What the figure rests on, table by table, with the newest extract of each."""
    aside = sum(row["rows"] for row in told["set_aside"])
    read = counted(len(told["extracts"]), "extract")
    yield f"Rests on    {read}; {counted(aside, 'row')} set aside in them"
    for table, several in groupby(told["extracts"], key=lambda one: one["table"]):
        own = list(several)
        rows = sum(one["rows_accepted"] for one in own)
        newest = own[-1]
        yield (
            f"  {table}: {counted(len(own), 'extract')}, {counted(rows, 'row')}; the newest is "
            f"{newest['file_name']}, {newest['sha256'][:12]}"
        )


def _history(told: Mapping[str, Any]) -> Iterator[str]:
    if not told["published"]:
        yield "Published   not yet"
    for one in told["published"]:
        at, value = day_and_time(one["published_at"]), one["value"]
        said = one["state"] if value is None else amount(value, told["unit"], told["decimals"])
        where = f"{one['quarter']}, {one['variant']}, revision {one['revision']}"
        yield f"Published   {said} in {where}, {at}"
