"""A small council and a quarter of its figures, from which tests build a pack."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scorecard import council
from scorecard.decisions import Directorate, Event, Owner, Target
from scorecard.kpis import KpiDefinition, KpiVersion
from scorecard.packs.build import build
from scorecard.packs.records import (
    CheckRecord,
    Edition,
    ExtractRecord,
    FigureRecord,
    Figures,
    PackRecords,
)
from scorecard.period import FinancialQuarter
from scorecard.settings import INCLUDE

QUARTER = FinancialQuarter.parse("2025-26-Q1")
RECEIVED = datetime(2025, 7, 4, 6, 30, tzinfo=UTC)


def definition(kpi, title, theme, table, unit="percent", kind="ratio", better="higher", places=1):
    return KpiDefinition(
        id=kpi,
        code=kpi[:3].upper() + "-01",
        title=title,
        definition=f"What {title} means.",
        theme=theme,
        tables=(table,),
        unit=unit,
        decimals=places,
        better=better,
        accumulation="discrete",
        direction="same_period_last_year",
        kind=kind,
        versions=(KpiVersion(1, "2023-24-Q1", "First published."),),
    )


DEFINITIONS = (
    definition("tickets_solved", "Tickets solved", "Service desk", "tickets"),
    definition("pages_printed", "Pages printed", "Printing", "print_jobs", "pages", "count",
               "lower", 0),
    definition("net_emissions_avoided", "Net emissions avoided", "Carbon", "print_jobs",
               "t_co2e", "carbon"),
)  # fmt: skip


def figure(kpi, period, kind, directorate, value, **given):
    """A final figure of so much; `given` changes what a test is about."""
    made = FigureRecord(
        kpi_id=kpi,
        version=1,
        period=period,
        period_kind=kind,
        directorate=directorate,
        numerator=Decimal(value),
        denominator=Decimal(100),
        value=Decimal(value),
        lower=None,
        upper=None,
        state="final",
        flags=(),
        why="Every extract that it needs has been accepted.",
        target=None,
        rag="not_rated",
        rag_basis="no target",
        direction="better",
    )
    return replace(made, **given)


def figures_by_period():
    """Three months, three quarters and a year to date for each KPI, council and directorates."""
    periods = [(f"2025-{month:02d}", "month") for month in (4, 5, 6)]
    periods += [(str(QUARTER.shifted(-n)), "quarter") for n in (4, 1, 0)]
    periods += [(QUARTER.year_to_date.key, "year_to_date")]
    for place, kpi in enumerate(d.id for d in DEFINITIONS):
        for period, kind in periods:
            if kpi == "net_emissions_avoided" and kind == "month":
                continue  # carbon is measured by quarter
            for directorate in ("COUNCIL", "HR", "ICT"):
                value = 1234 * (place + 1) + len(period) + len(directorate)
                yield figure(kpi, period, kind, directorate, value)


def a_council():
    """Two directorates, one target, one owner, one event."""
    since = date(2023, 4, 1)
    target = Target(
        kpi="tickets_solved",
        directorate="*",
        effective_from=since,
        target=Decimal(90),
        method="abs_tolerance",
        tolerance=Decimal(5),
        decision="Cabinet",
        reason="First",
    )
    return replace(
        council.read(INCLUDE / "council"),
        directorates=(
            Directorate("HR", "Human Resources", since),
            Directorate("ICT", "Technology", since),
        ),
        targets=(target,),
        owners=(Owner("tickets_solved", since, "Head of ICT", "Analyst", "Director"),),
        events=(
            Event(
                date(2025, 5, 12), "event", "Service desk", "tickets_solved", "Office <moved>", ""
            ),
        ),
    )


def a_first_draft():
    """The records of a first draft in which nothing is missing."""
    months = frozenset(str(month) for month in QUARTER.months)
    return PackRecords(
        edition=Edition(QUARTER, "officer", "internal", 1, "draft", ""),
        council=a_council(),
        definitions=DEFINITIONS,
        figures=Figures(tuple(figures_by_period())),
        activity={
            "tickets": [
                {"month": "2025-06", "directorate": "COUNCIL", "type": "incident", "opened": "12",
                 "resolved": "11", "resolved_within_sla": "10", "open_at_month_end": "0"},
            ]
        },
        extracts=(
            ExtractRecord("tickets", "incident_2025-06.csv", "ab" * 32, RECEIVED, "accepted",
                          12, 11, 1),
        ),
        checks=(CheckRecord("tickets", "resolved_after_opened", "warning", 12, 1, "set aside",
                            "Nobody resolves a ticket before it was opened."),),
        months={"tickets": months, "print_jobs": months, "ledger": months, "savings": months,
                "presence_events": months, "staff": months},
    )  # fmt: skip


@pytest.fixture
def records():
    """The records of a first draft in which nothing is missing."""
    return a_first_draft()


@pytest.fixture
def changed(records):
    """The records with one figure changed: changed(kpi, period, directorate, state='awaiting')."""

    def change(kpi, period="2025-26-Q1", directorate="COUNCIL", **given):
        rows = tuple(
            replace(row, **given)
            if (row.kpi_id, row.period, row.directorate) == (kpi, period, directorate)
            else row
            for row in records.figures.rows
        )
        return replace(records, figures=Figures(rows))

    return change


@pytest.fixture
def content(records):
    """The content of the first draft."""
    return build(records)


@pytest.fixture
def judged(records):
    """The records with months and quarter of Tickets solved told what process limits say.

    judged(variation="Concern low") is of the quarter's latest month; rag= is of the quarter.
    """

    def judge(rag="not_rated", each_month=None, **latest):
        limits = {"mean": "1240.5", "lower_limit": "1200.25", "upper_limit": "1280.75"}
        usual = {**limits, "baseline_points": 2, "variation": "Common cause", "special_cause": ""}
        months = [f for f in records.figures.rows if is_council_month(f)]
        told = {f.period: {**usual, **(each_month or {})} for f in months}
        told["2025-06"] |= latest
        told[str(QUARTER)] = {**latest, "verdict_month": "2025-06"}
        rows = tuple(
            replace(f, details=told[f.period], rag=rag if f.period_kind == "quarter" else f.rag)
            if (f.kpi_id, f.directorate) == ("tickets_solved", "COUNCIL") and f.period in told
            else f
            for f in records.figures.rows
        )
        return replace(records, figures=Figures(rows))

    def is_council_month(f):
        return (f.kpi_id, f.directorate, f.period_kind) == ("tickets_solved", "COUNCIL", "month")

    return judge
