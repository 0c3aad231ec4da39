"""The page of KPIs: what each means, how it is rated, who answers for it."""

from collections.abc import Iterable

from scorecard.council import Council
from scorecard.decisions import Target
from scorecard.gather import definitions_in_order
from scorecard.kpis import KpiDefinition, People
from scorecard.markdown import grid, joined, page, words
from scorecard.packs.method_words import rule_in_words, wanted


def kpi_page(definitions: Iterable[KpiDefinition], decided: Council) -> str:
    """Each KPI: what it means, how it is rated, who answers for it."""
    ordered = definitions_in_order({definition.id: definition for definition in definitions})
    first = grid(
        ("Code", "KPI", "Theme", "Unit", "Better"),
        ((d.code, f"[{d.title}](#{_anchor(d)})", d.theme, d.unit, d.better) for d in ordered),
    )
    told = [line for definition in ordered for line in _kpi(definition, decided)]
    return page(
        "KPIs",
        "Targets and roles are those of Exampleshire, from `include/council/`. Of a value that "
        "changed, the row with the latest date by the period's last day counts.",
        *first,
        *told,
    )


def _kpi(definition: KpiDefinition, decided: Council) -> list[str]:
    """One KPI's part of the page."""
    twin = f"../include/sql/kpi/{definition.id}"
    lines = [
        "",
        f"## {definition.code} {definition.title}",
        "",
        definition.definition.strip(),
        "",
        *grid(("", ""), _kpi_facts(definition)),
        "",
        *grid(
            ("From", "For", "Target", "Rule", "Why", "Decided by"),
            (
                _target(definition, target)
                for target in decided.targets
                if target.kpi == definition.id
            ),
        ),
        "",
    ]
    lines += [
        f"- {row.effective_from}: owner {row.owner}; steward {row.steward}; approver {row.approver}"
        for row in decided.owners
        if row.kpi == definition.id
    ]
    lines += [f"- Version {v.version}, from {v.starts}: {v.why}" for v in definition.versions]
    return [*lines, f"- Files: [SQL]({twin}.sql), [YAML]({twin}.yaml)"]


def _kpi_facts(definition: KpiDefinition) -> Iterable[tuple[str, str]]:
    yield "Id", f"`{definition.id}`"
    yield (
        "Unit",
        f"{definition.unit}, {definition.decimals} decimal{'s' * (definition.decimals != 1)}",
    )
    yield "Better is", definition.better
    yield "Kind", f"{definition.kind}, {words(definition.accumulation)}"
    yield "Periods", "quarter and year to date" if definition.quarterly_only else "all"
    yield "Direction compares with", words(definition.direction)
    yield "Reads", joined(definition.tables)
    if definition.needs:
        yield "Awaiting unless mapped", joined(definition.needs)
    if definition.settles_days:
        yield "Settles", f"{definition.settles_days} days after the period; until then awaiting"
    if definition.by_sla_times:
        yield "Judged by", "the SLA times: tickets without one are no case, and the gate says so"
    if definition.rests_on:
        yield "Rests on", f"`{definition.rests_on}`: below its floor, low confidence"
    if definition.forecast:
        yield "Forecast by", f"`{definition.forecast}`: its rating stands beside this one's"
    if definition.against_baseline:
        yield "Compares with", "the same period of the baseline year"
    if definition.jump:
        test = definition.jump
        yield (
            "Jump",
            f"a month of {test.what} under {test.under} or over {test.over} times the median of "
            f"the months before, if that is {test.base:,} or more; a month of none, if it is "
            f"{min(test.base, test.gone):,} or more",
        )
    if definition.people:
        yield "Small groups", _protected(definition.people)


def _protected(people: People) -> str:
    """What is withheld of a KPI that describes people, and together with what."""
    size = {"staff": "the staff", "remote_staff": "the staff who can work from home"}
    about = size.get(people.size, f"the people of the {people.size}")
    counted = "; so are counts of a few people" if people.counts else ""
    return f"withheld by the number of {about}{counted}; together with the group `{people.group}`"


def _target(definition: KpiDefinition, target: Target) -> tuple[str, ...]:
    whom = "all" if target.directorate == "*" else target.directorate
    until = f" to {target.effective_to}" if target.effective_to else ""
    rule = rule_in_words(definition, target)
    decided = (wanted(definition, target), rule, target.reason, target.decision)
    return f"{target.effective_from}{until}", whom, *decided


def _anchor(definition: KpiDefinition) -> str:
    """The address of a KPI's heading within its page, as GitHub makes it."""
    heading = f"{definition.code} {definition.title}".lower()
    return "".join(c for c in heading.replace(" ", "-") if c.isalnum() or c in "-_")
