"""Who may see what: classes of visibility, and that nothing tells of what is seen by fewer."""

from collections.abc import Iterable

from scorecard.kpis import VISIBILITIES, KpiDefinition
from scorecard.strict import WrongDefinition


def may_see(reader: str, shown: str) -> bool:
    """Whether a pack of one visibility may show what is of another: restricted sees all."""
    return VISIBILITIES.index(shown) <= VISIBILITIES.index(reader)


def check_visibility(definitions: Iterable[KpiDefinition]) -> None:
    """Stop at a KPI that would tell of one that fewer may see.

    A KPI names the one it rests on, and shows the colour of its forecast; and of the carbon lines
    each follows from the others and their net.
    """
    known = {definition.id: definition for definition in definitions}
    for definition in known.values():
        for key in ("rests_on", "forecast"):
            other = known.get(getattr(definition, key))
            if other and not may_see(definition.visibility, other.visibility):
                raise WrongDefinition(
                    f"{definition.id}.yaml: {key} '{other.id}' is {other.visibility}, and this KPI "
                    f"is {definition.visibility}: it would tell of it. Make it {other.visibility}."
                )
    classes = {d.visibility for d in known.values() if d.kind == "carbon"}
    if len(classes) > 1:
        raise WrongDefinition(
            f"carbon: its KPIs are {' and '.join(sorted(classes))}, and each follows from the "
            "others. Give all of them the same visibility."
        )
