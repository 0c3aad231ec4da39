"""A reorganised council's figures: none is orphaned, none of the past is rewritten."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scorecard import assumptions, council, kpis
from scorecard.arrivals import AcceptedMonth
from scorecard.carbon import factors
from scorecard.decisions import Directorate
from scorecard.period import FinancialQuarter, months_between, period_named
from scorecard.precedents import rules_for, without_baseline
from scorecard.reckoning import Reckoning, figures_of
from scorecard.register.measurements import MeasuredRow
from scorecard.settings import INCLUDE

DECIDED = council.read(INCLUDE / "council")
KPIS = kpis.load(INCLUDE / "sql" / "kpi")
SETS = assumptions.factor_sets()
AS_AT = datetime(2026, 6, 30, tzinfo=UTC)
NOW, YEAR_AGO, BASE = "2025-26-Q1", "2024-25-Q1", "2023-24-Q1"
INCIDENTS, REDUCTION = "incidents_resolved_within_sla", "print_reduction_from_baseline"
ALWAYS = date(2018, 4, 1)


def directorate(code, begins=ALWAYS, ends=None, after=()):
    return Directorate(code, code.title(), begins, ends, succeeded_by=after)


def at(day):
    """The day before a reorganisation, and its day."""
    return date.fromordinal(day.toordinal() - 1), day


def renamed(day):
    last, first = at(day)
    return directorate("RES", ALWAYS, last, ("COR",)), directorate("COR", first)


def merged(day):
    last, first = at(day)
    both = (directorate(code, ALWAYS, last, ("PLH",)) for code in ("HOU", "PLA"))
    return (*both, directorate("PLH", first))


def split(day):
    last, first = at(day)
    parts = (directorate(code, first) for code in ("ENV", "TRA"))
    return (directorate("PLA", ALWAYS, last, ("ENV", "TRA")), *parts)


APRIL, JUNE = date(2025, 4, 1), date(2025, 6, 1)


def figures(directorates, rows, *wanted, quarter=NOW):
    """The figures of rows written `kpi period directorate numerator denominator`."""
    chosen = FinancialQuarter.parse(quarter)
    cells = [line.split() for line in rows.strip().splitlines()]
    names = {cell[0] for cell in cells}
    months = months_between(FinancialQuarter.parse(BASE).months[0], chosen.months[-1])
    tables = sorted({table for name in names for table in KPIS[name].tables})
    known = Reckoning(
        quarter=chosen,
        as_at=AS_AT,
        rows=[
            MeasuredRow(kpi, 1, period, whose, Decimal(above), Decimal(below))
            for kpi, period, whose, above, below in cells
        ],
        accepted=[
            AcceptedMonth(table, "example", str(month), 100, number, month.ends_at)
            for number, (table, month) in enumerate((t, m) for t in tables for m in months)
        ],
        modes=[],
        decided=replace(DECIDED, directorates=directorates),
        definitions={name: KPIS[name] for name in names},
        mapped={},
        sets=SETS,
        people=[
            {"month": str(month), "directorate": code, "staff": 400, "remote_staff": 400}
            for month in months
            for code in {cell[2] for cell in cells}
        ],
    )
    return {
        (f.kpi_id, f.period, f.directorate): f
        for f in figures_of(known)
        if not wanted or f.kpi_id in wanted
    }


def shares(*rows):
    return "\n".join(f"{INCIDENTS} {row}" for row in rows)


def test_a_successor_under_another_code_goes_on_from_the_figures_of_the_one_before():
    found = figures(
        renamed(APRIL),
        shares(f"{YEAR_AGO} RES 80 100", f"{NOW} COR 90 100", f"{YEAR_AGO} COUNCIL 80 100",
               f"{NOW} COUNCIL 90 100"),
    )  # fmt: skip

    assert found[INCIDENTS, NOW, "COR"].direction == "better"
    assert found[INCIDENTS, YEAR_AGO, "RES"].value == 80
    assert (INCIDENTS, NOW, "RES") not in found
    assert (INCIDENTS, YEAR_AGO, "COR") not in found


@pytest.mark.parametrize(
    ("directorates", "before", "now"),
    [(merged(APRIL), ("HOU", "PLA"), ("PLH",)), (split(APRIL), ("PLA",), ("ENV", "TRA"))],
)
def test_after_a_merger_or_a_split_nothing_is_compared_and_the_council_still_is(
    directorates, before, now
):
    found = figures(
        directorates,
        shares(
            *(f"{YEAR_AGO} {code} 80 100" for code in before),
            *(f"{NOW} {code} 90 100" for code in now),
            f"{YEAR_AGO} COUNCIL 80 100",
            f"{NOW} COUNCIL 90 100",
        ),
    )

    for code in now:
        figure = found[INCIDENTS, NOW, code]
        assert (figure.direction, figure.details.get("reorganised_on"), figure.rag) == (
            "not_comparable", "2025-04-01", "green",
        )  # fmt: skip
    assert {found[INCIDENTS, YEAR_AGO, code].value for code in before} == {80}
    assert found[INCIDENTS, NOW, "COUNCIL"].direction == "better"


@pytest.mark.parametrize("directorates", [renamed(JUNE), merged(JUNE), split(JUNE)])
def test_in_the_quarter_of_a_reorganisation_each_code_has_its_own_part_and_no_comparison(
    directorates,
):
    codes = [each.code for each in directorates]
    rows = [f"{NOW} {code} 90 100" for code in (*codes, "COUNCIL")]
    rows += [f"{YEAR_AGO} {each.code} 80 100" for each in directorates if each.effective_to]
    found = figures(directorates, shares(*rows))

    assert {code: found[INCIDENTS, NOW, code].value for code in codes} == dict.fromkeys(codes, 90)
    for code in codes:
        figure = found[INCIDENTS, NOW, code]
        assert (figure.direction, figure.details["reorganised_on"]) == (
            "not_comparable", "2025-06-01",
        )  # fmt: skip


def reductions(*rows):
    return "\n".join(f"{REDUCTION} {row}" for row in rows)


def test_what_compares_with_the_baseline_says_when_it_no_longer_can():
    found = figures(
        merged(APRIL),
        reductions(f"{NOW} HOU 100 100", f"{NOW} PLA 100 100", f"{NOW} PLH -70 0",
                   f"{NOW} UNKNOWN 1 9", f"{NOW} COUNCIL 131 209"),
    )  # fmt: skip
    told = {key[2]: (f.state, f.why) for key, f in found.items() if key[1] == NOW}

    assert told["PLH"] == ("not_applicable", "Not comparable: reorganised on 1 April 2025.")
    assert (sorted(told), told["COUNCIL"][0]) == (["COUNCIL", "PLH", "UNKNOWN"], "final")


def test_a_directorate_that_followed_one_keeps_its_reduction_from_the_baseline():
    found = figures(renamed(APRIL), reductions(f"{NOW} COR 30 100", f"{NOW} COUNCIL 30 100"))

    assert found[REDUCTION, NOW, "COR"].value == 30


# A whole, parted among one, two or three directorates.
WHOLE = {
    len(parts): tuple(map(Decimal, parts))
    for parts in (("1",), ("0.5", "0.5"), ("0.5", "0.25", "0.25"))
}
CARBON = """
pages_printed                 {n1}     1
printing_emissions_avoided    {n2}     {days}
commute_trips_avoided         {n3}     {days}
commuting_emissions_avoided   0        {days}
home_working_emissions_added  74       10
net_emissions_avoided         {n4}     3
remote_evidence_coverage      90       100
"""


def carbon_rows(period, shares_of, then):
    """The activity of a quarter, parted among directorates; the council has all of it."""
    pages, sheets, home, days, fte = (
        (912000, 729600, 1276, 21280, 1140) if then else (540000, 351000, 10304, 22400, 1200)
    )
    lines = []
    for code, share in shares_of.items():
        part = CARBON.format(n1=pages * share, n2=sheets * share, n3=home * share,
                             n4=fte * share, days=days * share)  # fmt: skip
        for line in part.strip().splitlines():
            kpi, above, below = line.split()
            lines.append(f"{kpi} {period} {code} {above} {below}")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("directorates", "before", "now", "known"),
    [
        (renamed(APRIL), ("RES",), ("COR",), {"COR"}),
        (merged(APRIL), ("HOU", "PLA"), ("PLH",), set()),
        (split(APRIL), ("PLA",), ("ENV", "TRA"), set()),
        (split(JUNE), ("PLA",), ("PLA", "ENV", "TRA"), set()),
    ],
)
def test_the_councils_carbon_is_the_same_however_it_is_organised(directorates, before, now, known):
    def estimates(directorates, before, now):
        parts = [
            carbon_rows(period, dict.fromkeys(codes, Decimal(1) / len(codes)), period == BASE)
            for period, codes in ((BASE, before), (NOW, now))
        ]
        found = figures(directorates, "\n".join(parts))
        names = ("net_emissions_avoided", "commuting_emissions_avoided")
        return {
            code: tuple(found[name, NOW, code].value for name in names)
            for code in (*now, "COUNCIL")
        }

    plain = estimates((directorate("ALL"),), ("ALL",), ("ALL",))["COUNCIL"]
    seen = estimates(directorates, before, now)

    assert None not in plain
    assert seen["COUNCIL"] == plain
    assert {code for code in now if seen[code][0] is not None} == known


def test_carbon_of_a_directorate_without_its_like_says_since_when():
    decided = replace(DECIDED, directorates=split(APRIL))

    def why(period, code):
        found = without_baseline(decided, KPIS["net_emissions_avoided"], period_named(period), code)
        return found and found.why

    told = "Not comparable: reorganised on 1 April 2025."
    assert [why(period, "ENV") for period in (NOW, "2025-26-Q4-R12", "2025-26-Q2-YTD")] == [
        told
    ] * 3
    assert [why(YEAR_AGO, "PLA"), why(NOW, "COUNCIL"), why(NOW, "RES")] == [None] * 3


def test_the_rule_of_a_month_stands_alone_and_that_of_a_quarter_beside_the_original():
    def targets(period):
        rules = rules_for(DECIDED, INCIDENTS, "COUNCIL", period_named(period))
        return tuple(rule and int(rule.target) for rule in rules)

    assert [targets(period) for period in (NOW, "2025-26-Q1-YTD", "2025-06", YEAR_AGO)] == [
        (90, 88), (90, 88), (90, None), (88, None),
    ]  # fmt: skip


def test_versions_and_factor_sets_are_those_of_the_period():
    definition = replace(
        KPIS[INCIDENTS],
        versions=(kpis.KpiVersion(1, "2015-16-Q1", "a"), kpis.KpiVersion(2, NOW, "b")),
    )
    versions = [
        definition.version_for(period_named(p)) for p in (YEAR_AGO, "2025-03", "2025-04", NOW)
    ]

    assert versions == [1, 1, 2, 2]
    years = [
        factors.publication_year(FinancialQuarter.parse(quarter), "calendar")
        for quarter in ("2024-25-Q3", "2024-25-Q4", NOW)
    ]
    assert years == [2024, 2025, 2025]
