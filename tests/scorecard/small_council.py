"""A council of a few people: what was counted of them by month, and the pack that is made of it."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from scorecard import assumptions, council, kpis
from scorecard.arrivals import AcceptedMonth, months_of
from scorecard.gather import definitions_in_order
from scorecard.packs.records import Edition, FigureRecord, Figures, PackRecords
from scorecard.period import FinancialQuarter, Month
from scorecard.reckoning import Reckoning, figures_of
from scorecard.register.measurements import MeasuredRow
from scorecard.relations import periods_of
from scorecard.sensitive import NOTHING
from scorecard.settings import INCLUDE

DIRECTORATES = ("ASC", "CEX", "CYP", "HOU", "PLA", "RES")
AS_AT = datetime(2025, 12, 31, tzinfo=UTC)
DECIDED = council.read(INCLUDE / "council")
SETS = assumptions.factor_sets()

# Of each KPI what its SQL returns: the quantity above the line and the one below.
PARTS = {
    "remote_working_share": ("home", "placed"),
    "home_days_per_fte_week": ("home", "weeks"),
    "remote_evidence_coverage": ("evidenced", "due"),
    "user_satisfaction": ("scores", "responses"),
    "commute_trips_avoided": ("home", "placed"),
    "commute_distance_avoided": ("home", "placed"),
    "commuting_emissions_avoided": ("home", "due"),
    "home_working_emissions_added": ("hours", "due"),
    "net_emissions_avoided": ("fte", "months"),
}
DEFINITIONS = {
    kpi: found
    for kpi, found in kpis.load(INCLUDE / "sql" / "kpi").items()
    if kpi in PARTS or kpi == "printing_emissions_avoided"
}
TABLES = ("presence_events", "staff", "workforce", "tickets")


def month_counts(people, home_tenths=4, hours=Decimal("7.4"), responses=20, score=81):
    """What is counted of so many people in a month; of 20 working days each."""
    placed = Decimal(people * 20) - Decimal("0.37") * people
    return {
        "home": placed * home_tenths / 10,
        "placed": placed,
        "weeks": Decimal(people * 4),
        "evidenced": placed * Decimal("0.9"),
        "due": placed,
        "hours": placed * hours,
        "fte": Decimal(people),
        "months": Decimal(1),
        "scores": Decimal(score * responses),
        "responses": Decimal(responses),
        "people": people,
    }


def measured(counts, quarter):
    """The rows that the SQL would return: every period of every directorate, and the council."""
    months = sorted({month for month, _ in counts})
    for period in periods_of(quarter, months, DECIDED.settled.baselines):
        within = {str(month) for month in months_of(period)} & set(months)
        for kpi, (above, below) in PARTS.items():
            if not DEFINITIONS[kpi].is_measured_for(period):
                continue
            sums = defaultdict(lambda: [Decimal(0), Decimal(0)])
            for (month, directorate), counted in counts.items():
                for whose in (directorate, "COUNCIL") if month in within else ():
                    sums[whose][0] += counted.get(above, 0)
                    sums[whose][1] += counted.get(below, 0)
            for whose, (numerator, denominator) in sums.items():
                if denominator:
                    yield MeasuredRow(kpi, 1, period.key, whose, numerator, denominator)


def accepted(counts):
    for number, month in enumerate(sorted({month for month, _ in counts})):
        for table in TABLES:
            ends = Month.parse(month).ends_at
            yield AcceptedMonth(table, "example", month, 100, number, ends)


def reckoning(counts, quarter="2025-26-Q1", modes=(), before=NOTHING, **suppression):
    """What is known of the council; `suppression`: thresholds of its own."""
    chosen = FinancialQuarter.parse(quarter)
    rule = replace(DECIDED.settled.suppression, **suppression)
    return Reckoning(
        quarter=chosen,
        as_at=AS_AT,
        rows=list(measured(counts, chosen)),
        accepted=list(accepted(counts)),
        modes=modes,
        decided=replace(DECIDED, settled=replace(DECIDED.settled, suppression=rule)),
        definitions=DEFINITIONS,
        mapped={},
        sets=SETS,
        people=[
            {"month": m, "directorate": d, "staff": c["people"], "remote_staff": c["people"]}
            for (m, d), c in counts.items()
        ],
        before=before,
    )


def records(known, counts):
    """The pack's records of what is known, with the sheet of days by month as its SQL makes it."""
    figures = [
        FigureRecord(**{**vars(figure), "details": dict(figure.details)})
        for figure in figures_of(known)
    ]
    months = frozenset(month for month, _ in counts)
    return PackRecords(
        edition=Edition(known.quarter, "officer", "internal", 1, "draft", ""),
        council=known.decided,
        definitions=definitions_in_order(known.definitions),
        figures=Figures(tuple(figures)),
        activity={"remote_working": list(activity(counts))},
        extracts=(),
        checks=(),
        months=dict.fromkeys(TABLES, months),
    )


def activity(counts):
    """The rows of the table of activity remote_working."""
    days = defaultdict(lambda: defaultdict(Decimal))
    for (month, directorate), counted in counts.items():
        for whose in (directorate, "COUNCIL"):
            for part, number in counted.items():
                days[month, whose][part] += number
    for (month, whose), sums in sorted(days.items()):
        yield {
            "month": month,
            "directorate": whose,
            "home_fte_days": str(sums["home"]),
            "office_fte_days": str(sums["placed"] - sums["home"]),
            "unknown_fte_days": "0",
            "remote_share_percent": str(round(100 * sums["home"] / sums["placed"], 1)),
            "evidence_coverage_percent": str(round(100 * sums["evidenced"] / sums["due"], 1)),
        }
