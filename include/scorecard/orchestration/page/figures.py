"""A figure as packs published it: found by quarter, KPI and directorate, and its whole history."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from fastapi import APIRouter, HTTPException, Request, Response
from markupsafe import Markup

from scorecard.decisions import Event
from scorecard.kpis import KpiDefinition
from scorecard.orchestration.page import rendering
from scorecard.orchestration.page.desk import AtDesk, Desk, Shelved, found
from scorecard.packs import webpage
from scorecard.packs.naming import named
from scorecard.packs.reader_tables import months_in
from scorecard.packs.records import Edition, Figures, PackRecords
from scorecard.packs.sections import series
from scorecard.packs.series import Series
from scorecard.packs.shown import Shown, shown_for, target_row
from scorecard.packs.words import month_name, quarter_name
from scorecard.period import FinancialQuarter, Month, UnknownPeriod, period_named
from scorecard.register import shelf
from scorecard.register.shelf import Key, Published

pages = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Found:
    """A figure as it was last published, ready to show."""

    shown: Shown
    quarter: str
    directorate: str
    period: str

    @property
    def address(self) -> str:
        return f"{self.shown.definition.id}/{self.directorate}/{self.period}"


@dataclass(frozen=True)
class Version:
    """A value of a figure, and the packs that had it before it moved."""

    shown: Shown
    packs: tuple[Shelved, ...]
    first: Published


def by_theme(desk: Desk) -> dict[str, list[KpiDefinition]]:
    """The KPIs that are open to the reader, by theme."""
    themes: dict[str, list[KpiDefinition]] = defaultdict(list)
    for definition in desk.definitions.values():
        themes[definition.theme].append(definition)
    return {name: sorted(rows, key=lambda d: d.title) for name, rows in sorted(themes.items())}


def looked_for(desk: Desk, quarter: str, kpi: str, directorate: str) -> tuple[Found, ...]:
    """The figures of quarters as they were last published; without a KPI, of one quarter only."""
    quarters = [quarter] if quarter else [p.row.quarter for p in desk.published]
    quarters = sorted(set(quarters), reverse=True)[: None if kpi else 1]
    wanted = {
        (definition.id, definition.headline_of(each)): (definition, each)
        for each in quarters
        for definition in desk.definitions.values()
        if kpi in ("", definition.id)
    }
    whom = [code for code in desk.directorates if directorate in ("", code)]
    told = shelf.figures(
        desk.stores.register,
        [pack.key for pack in desk.published],
        kpis={name for name, _ in wanted},
        periods={period for _, period in wanted},
        directorates=whom,
    )
    last = {(t.record.kpi_id, t.record.period, t.record.directorate): t for t in told}
    return tuple(
        Found(_shown(definition, last[name, period, code]), each, code, period)
        for (name, period), (definition, each) in wanted.items()
        for code in whom
        if (name, period, code) in last
    )


def _shown(definition: KpiDefinition, told: Published) -> Shown:
    return Shown(definition, told.record, "restated" in told.record.flags)


@pages.get("/figures/{kpi}/{directorate}/{period}")
def history(request: Request, desk: AtDesk, kpi: str, directorate: str, period: str) -> Response:
    """Every value that a figure had in packs, oldest first, and its months as a chart."""
    definition = found(desk.definitions.get(kpi))
    whose = found(desk.directorates.get(directorate))
    quarter = _quarter_of(period)
    versions = _versions(desk, definition, directorate, period)
    found(versions or None)
    drawn = _months(desk, definition, directorate, quarter)
    return rendering.page(
        request,
        "figure.html.j2",
        definition=definition,
        whose=whose,
        when=month_name(period) if len(period) == len("2025-04") else quarter_name(quarter),
        versions=versions,
        series=drawn,
        chart=webpage.charts_of(drawn) if drawn else Markup(""),
        table=months_in(drawn) if drawn else None,
    )


def _quarter_of(period: str) -> FinancialQuarter:
    """The quarter in which a period ends; 404 if it is none."""
    try:
        period_named(period)
        if "-Q" in period:
            return FinancialQuarter.parse(period[: len("2025-26-Q1")])
        return FinancialQuarter.containing(Month.parse(period).starts_at)
    except UnknownPeriod:
        raise HTTPException(404, "Not found") from None


def _versions(
    desk: Desk, definition: KpiDefinition, directorate: str, period: str
) -> tuple[Version, ...]:
    """What packs said, in the order in which they did; those that said the same are together."""
    shelved = {pack.key: pack for pack in desk.published}
    told = shelf.figures(
        desk.stores.register, shelved, kpis=[definition.id], periods=[period],
        directorates=[directorate],
    )  # fmt: skip
    pairs = ((_shown(definition, each), each) for each in told)
    groups = groupby(pairs, key=lambda pair: (pair[0].text, pair[0].rag))
    return tuple(_version([*mine], shelved) for _, mine in groups)


def _version(mine: list[tuple[Shown, Published]], shelved: Mapping[Key, Shelved]) -> Version:
    shown, first = mine[0]
    return Version(shown, tuple(shelved[each.key] for _, each in mine), first)


def _months(
    desk: Desk, definition: KpiDefinition, directorate: str, quarter: FinancialQuarter
) -> Series | None:
    """The months of a figure as they were last published, up to its quarter."""
    until = str(quarter.months[-1])
    keys = [pack.key for pack in desk.published]
    told = shelf.figures(
        desk.stores.register, keys, kpis=[definition.id], directorates=[directorate]
    )
    last = {each.record.period: each.record for each in told}
    rows = tuple(r for r in last.values() if r.period_kind != "month" or r.period <= until)
    records = PackRecords(
        edition=Edition(quarter, "", "restricted", 0, "published", ""),
        council=replace(desk.council, events=_told(desk)),
        definitions=(definition,),
        figures=Figures(rows),
        activity={},
        extracts=(),
        checks=(),
        months={},
    )
    now = shown_for(records, definition.id, str(quarter), directorate)
    decided = target_row(records, definition.id, directorate, quarter.period)
    drawn = series(records, now, decided, directorate)
    if drawn is None:
        return None
    return replace(drawn, title=f"{drawn.title}, {desk.directorates[directorate]}")


def _told(desk: Desk) -> tuple[Event, ...]:
    """The council's events, without those whose words name a KPI that is not open to the reader."""
    return tuple(
        event
        for event in desk.council.events
        if not named(f"{event.title} {event.reason}", desk.hidden)
    )
