"""What packs are built from: a measurement's figures, the council's decisions, and history."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from scorecard import assumptions, known_decisions, kpis
from scorecard.assumptions import of_carbon
from scorecard.carbon.factors import Factor, publication_year
from scorecard.carbon.travel import break_even_by_mode
from scorecard.commentary import due_day
from scorecard.council import COUNCIL, Council
from scorecard.decision_checks import check_events
from scorecard.packs.evidence_sheets import COMPONENTS
from scorecard.packs.records import Edition, Figures, PackRecords
from scorecard.packs.variants import picked
from scorecard.period import FinancialQuarter
from scorecard.register import commentary as comments
from scorecard.register.packs import PackRow, Reading
from scorecard.restate import bank_holidays, with_history
from scorecard.settings import INCLUDE
from scorecard.stores import Stores
from scorecard.visibility import check_visibility

THEMES = ("Service desk", "Budget", "Printing", "Remote working", "Workforce", "Carbon")


def everything(stores: Stores, reading: Reading) -> PackRecords:
    """What every variant of a measurement's pack is picked from; its edition is of no variant."""
    decided = known_decisions.read(stores.settings.council, reading.as_at)
    definitions = definitions_in_order(kpis.load(INCLUDE / "sql" / "kpi"))
    check_events(decided.events, {each.id: each.theme for each in definitions})
    check_visibility(definitions)
    quarter = FinancialQuarter.parse(reading.quarter)
    figures = Figures(reading.figures)
    return PackRecords(
        edition=Edition(quarter, "", "restricted", 0, "draft", ""),
        council=decided,
        definitions=definitions,
        figures=figures,
        activity=reading.activity,
        extracts=reading.extracts,
        checks=reading.checks,
        months=reading.months,
        assumptions=of_carbon(assumptions.read()),
        breaks=assumptions.breaks(),
        **_of_travel(decided, quarter, reading.as_at),
        factors=_factors(figures, quarter, reading.as_at),
        findings=reading.findings,
        commentary=comments.of_quarter(stores.register, reading.quarter),
        commentary_due=due_day(quarter, decided.governance.routes, bank_holidays()),
    )


def edition_of(pack: PackRow, whole: PackRecords) -> Edition:
    """The edition that a pack of the register is."""
    visibility = whole.council.governance.visibility_of(pack.variant)
    return Edition(
        *(whole.quarter, pack.variant, visibility, pack.revision, pack.state, pack.reason),
        *(pack.published_at, pack.reason_is_given),
    )


def records_of(
    stores: Stores,
    reading: Reading,
    edition: Edition,
    before: PackRow | None = None,
    whole: PackRecords | None = None,
    drafted_at: datetime | None = None,
) -> PackRecords:
    """Everything that an edition is built from, beside what had been published before it.

    `before`: the edition itself, if it was published already. `whole`: `everything`, if known.
    `drafted_at`: of an edition that was drafted, as it was then: later commentary is not in it.
    """
    every, until = whole or everything(stores, reading), drafted_at or edition.published_at
    said = tuple(c for c in every.commentary if until is None or c.written_at <= until)
    of_edition = replace(every, edition=edition, commentary=said)
    variant = every.council.governance.variant(edition.variant)
    return with_history(stores, picked(of_edition, variant), reading.measurement_id, before)


def definitions_in_order(
    definitions: Mapping[str, kpis.KpiDefinition],
) -> tuple[kpis.KpiDefinition, ...]:
    """Definitions theme by theme, as a reader meets them; within a theme by code."""

    def place(definition: kpis.KpiDefinition) -> tuple[int, str, bool, str]:
        known = definition.theme in THEMES
        theme = THEMES.index(definition.theme) if known else len(THEMES)
        return theme, definition.theme, definition.code.startswith("DQ"), definition.code

    return tuple(sorted(definitions.values(), key=place))


def _factors(figures: Figures, quarter: FinancialQuarter, as_at: datetime) -> tuple[Factor, ...]:
    """The official factors that the council's carbon figures name: of the quarter and its year."""
    keys = (str(quarter), quarter.year_to_date.key, quarter.rolling_12.key)
    found = (figures.get(kpi, key, COUNCIL) for kpi in COMPONENTS for key in keys)
    details = [told for f in found if f for told in (f.details, f.details.get("office", {}))]
    named = {name for told in details for name in told.get("factors_used", ())}
    if not named:
        return ()
    sets = assumptions.factor_sets().out_by(as_at)
    units = {name: row.unit for (name, _), row in sets.rows.items()}
    wanted = (name.split() for name in sorted(named))
    return tuple(sets.get(name, int(year), units[name]) for name, year in wanted)


def _of_travel(decided: Council, quarter: FinancialQuarter, as_at: datetime) -> dict[str, Any]:
    """From which distances a day at home saves carbon, and what an average car emits in one km."""
    chosen = decided.settled.carbon
    sets = assumptions.factor_sets().out_by(as_at)
    year = publication_year(quarter, chosen.factor_year)
    an_hour = sets.get("homeworking_total", year, "FTE.hour").value
    return {
        "break_even": break_even_by_mode(chosen.hours_per_day * an_hour, sets, year),
        "car_kg_a_km": sets.get("car_average_unknown", year, "vehicle.km").value,
    }
