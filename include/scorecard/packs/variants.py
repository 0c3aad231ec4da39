"""What of a quarter's pack each body sees. A variant picks KPIs and sheets, never other figures.

It picks before anything is said: what a pack counts, lists or draws is made of the picked records
alone, so that nothing of what was left out is in its words either.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from scorecard.council import Council
from scorecard.decisions import EVERY, Target
from scorecard.gate import Finding
from scorecard.governance import Variant
from scorecard.kpis import KpiDefinition
from scorecard.packs.activity_sheets import ACTIVITIES
from scorecard.packs.commentary_words import slots_of
from scorecard.packs.naming import named
from scorecard.packs.records import FigureRecord, Figures, PackRecords
from scorecard.sources import TABLES
from scorecard.strict import WrongDefinition
from scorecard.visibility import may_see

_OF_ACTIVITY = frozenset(activity.name for activity in ACTIVITIES)
MAY_BE_LEFT_OUT = _OF_ACTIVITY | {"Review_these"}  # the latter is work for officers
CARBON_SHEETS = frozenset({
    "Carbon", "Carbon_net", "Carbon_effects", "Carbon_waterfall", "Carbon_sensitivity",
    "Carbon_alternatives", "Carbon_history", "Carbon_break_even", "Carbon_assumptions",
    "Carbon_office", "Factors",
})  # fmt: skip
_NOT_TOLD = "What was found stands in the pack of those who may see it."
NO_REASON = "The reason stands in the pack of those who may see what it names."


def picked(whole: PackRecords, variant: Variant) -> PackRecords:
    """The records that a variant is built from, of an edition that says how widely it is seen."""
    visible = [d for d in whole.definitions if may_see(whole.edition.visibility, d.visibility)]
    secret = [d for d in whole.definitions if d not in visible]
    whole = replace(whole, variant=variant)
    records = _of(whole, _of_theme(whole, variant, visible), secret)
    if variant.kpis == "exceptions":
        records = _of(whole, _with_exceptions(records), secret)
    return replace(records, leaves_out=records.leaves_out | _left_out(variant), whole=whole)


def _left_out(variant: Variant) -> frozenset[str]:
    for sheet in variant.leaves_out:
        if sheet not in MAY_BE_LEFT_OUT:
            raise WrongDefinition(
                f"routes.yaml: variant '{variant.name}' leaves out '{sheet}', which every pack has "
                f"or which is no sheet. Choose from {', '.join(sorted(MAY_BE_LEFT_OUT))}."
            )
    return frozenset(variant.leaves_out)


def _of_theme(
    whole: PackRecords, variant: Variant, visible: Collection[KpiDefinition]
) -> list[KpiDefinition]:
    """The KPIs that a variant names, or all if it names none; see `_with_carbon`."""
    known = {definition.id for definition in whole.definitions}
    for kpi in variant.only:
        if kpi not in known:
            raise WrongDefinition(
                f"routes.yaml: variant '{variant.name}' shows '{kpi}', which is no KPI. "
                "`scorecard kpis` lists them: correct it."
            )
    return _with_carbon(visible, variant.only) if variant.only else list(visible)


def _with_exceptions(records: PackRecords) -> list[KpiDefinition]:
    """The KPIs that ask for commentary."""
    return _with_carbon(records.definitions, {slot.kpi_id for slot in slots_of(records)})


def _with_carbon(
    definitions: Collection[KpiDefinition], asked: Collection[str]
) -> list[KpiDefinition]:
    """The KPIs that are asked for; the carbon lines and their net stay together."""
    carbon = any(d.id in asked and d.kind == "carbon" for d in definitions)
    return [d for d in definitions if d.id in asked or (carbon and d.kind == "carbon")]


def _of(
    whole: PackRecords, chosen: Collection[KpiDefinition], secret: Collection[KpiDefinition]
) -> PackRecords:
    """The records of some KPIs, without anything that is only about others."""
    ids = frozenset(d.id for d in chosen)
    tables = frozenset(table for d in chosen for table in d.tables)
    sources = {TABLES[table].source for table in tables}
    carbon = any(d.kind == "carbon" for d in chosen)
    shown = [a for a in ACTIVITIES if tables & set(a.reads)
             and may_see(whole.edition.visibility, a.visibility)]  # fmt: skip
    gone = _OF_ACTIVITY - {activity.name for activity in shown}
    return replace(
        whole,
        definitions=tuple(chosen),
        council=_council(whole.council, chosen, secret, carbon),
        figures=Figures(tuple(_told(f, secret) for f in whole.figures.rows if f.kpi_id in ids)),
        activity={a.table: whole.activity[a.table] for a in shown if a.table in whole.activity},
        extracts=tuple(e for e in whole.extracts if e.source in sources),
        checks=tuple(c for c in whole.checks if c.source in sources),
        months={table: months for table, months in whole.months.items() if table in tables},
        findings=tuple(_found(f, secret) for f in whole.findings if f.table in tables),
        commentary=tuple(c for c in whole.commentary if c.kpi_id in ids),
        factors=whole.factors if carbon else (),
        break_even=whole.break_even if carbon else (),
        assumptions=whole.assumptions if carbon else (),
        breaks=whole.breaks if carbon else (),
        leaves_out=gone if carbon else gone | CARBON_SHEETS,
    )


def _council(
    decided: Council,
    chosen: Collection[KpiDefinition],
    secret: Collection[KpiDefinition],
    carbon: bool,
) -> Council:
    """What the council decided of some KPIs and their themes."""
    ids, themes = {d.id for d in chosen}, {d.theme for d in chosen}
    section = decided.settled.carbon
    return replace(
        decided,
        settled=replace(
            decided.settled, carbon=section if carbon else replace(section, section="off")
        ),
        targets=tuple(_reasoned(t, secret, chosen) for t in decided.targets if t.kpi in ids),
        owners=tuple(o for o in decided.owners if o.kpi in ids),
        events=tuple(
            e
            for e in decided.events
            if e.kpi in ids or (e.kpi == EVERY and e.theme in (EVERY, *themes))
        ),
    )


def _reasoned(
    target: Target, secret: Collection[KpiDefinition], shown: Collection[KpiDefinition]
) -> Target:
    """A target, without a reason that names a KPI that may not be seen; it says so."""
    return replace(target, reason=NO_REASON) if named(target.reason, secret, shown) else target


def _told(figure: FigureRecord, secret: Iterable[KpiDefinition]) -> FigureRecord:
    """A figure, without a reason that tells of a KPI that may not be seen."""
    return replace(figure, why=_NOT_TOLD) if named(figure.why, secret) else figure


def _found(finding: Finding, secret: Iterable[KpiDefinition]) -> Finding:
    if not named(finding.message, secret):
        return finding
    return replace(finding, message=f"{finding.source}: the gate found something. {_NOT_TOLD}")
