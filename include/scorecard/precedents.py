"""What a figure is judged by: the rule in force, the first that was decided, and its baseline."""

from collections.abc import Mapping
from typing import Any

from scorecard.arrivals import months_of
from scorecard.baselines import baselines_of
from scorecard.council import Council
from scorecard.decisions import Target
from scorecard.drafts import Draft, rule_from
from scorecard.kpis import KpiDefinition
from scorecard.period import Period
from scorecard.rating import Rule
from scorecard.states import NOT_APPLICABLE, Standing


def draft_of(
    decided: Council,
    about: tuple[KpiDefinition, Period, str],
    standing: Standing,
    details: Mapping[str, Any],
) -> Draft:
    """A figure's standing with the rules, the version and the directorates in force for it."""
    definition, period, directorate = about
    rule, original = rules_for(decided, definition.id, directorate, period)
    broken = without_baseline(decided, definition, period, directorate)
    return Draft(
        definition=definition,
        version=definition.version_for(period),
        period=period,
        directorate=directorate,
        standing=broken or standing,
        rule=rule,
        details=details,
        original=original,
        gap=decided.without_target(definition.id, directorate, period),
        lineage=decided.lineage,
    )


def rules_for(
    decided: Council, kpi: str, directorate: str, period: Period
) -> tuple[Rule | None, Rule | None]:
    """The rule in force for a figure, and the first that was decided if that is another."""

    def rule(target: Target | None) -> Rule | None:
        kind = target.relative_to if target else None
        return rule_from(target, decided.envelope_elapsed(kind, period) if kind else None)

    now = rule(decided.target_for(kpi, directorate, period))
    if period.kind == "month":  # a pack shows what stood before beside quarters only
        return now, None
    return now, rule(decided.original_target_for(kpi, directorate, period))


def without_baseline(
    decided: Council, definition: KpiDefinition, period: Period, directorate: str
) -> Standing | None:
    """The standing of a figure that is measured from a baseline in which it has no like."""
    is_carbon = definition.kind == "carbon"
    if not (is_carbon or definition.against_baseline) or not decided.lineage.knows(directorate):
        return None
    # Carbon is reckoned quarter by quarter, whatever the period.
    quarters = {month.quarter.period for month in months_of(period)}
    for each in sorted(quarters) if is_carbon else [period]:
        bases = baselines_of(each, decided.settled.baselines)
        found = (decided.lineage.broken_on(directorate, each, base) for base in bases)
        broken = next(filter(None, found), None)
        if broken:
            day = f"{broken.day} {broken:%B %Y}"
            return Standing(NOT_APPLICABLE, f"Not comparable: reorganised on {day}.")
    return None
