"""What was told of people before: packs that were published while others were being made.

Two packs together can tell what neither tells alone. So what others had told is part of what
makes a measurement the same, and a draft that was made before another pack was published is not
published after it: it is drafted again, and withholds what then has to be withheld.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from scorecard.identity import canonical
from scorecard.kpis import KpiDefinition
from scorecard.register import measurements, published
from scorecard.states import SHOWN, SUPPRESSED
from scorecard.stores import Stores

TOLD = "told"  # its place in an identity


def by_others(
    stores: Stores,
    quarter: str,
    by: datetime,
    identity: Mapping[str, Any],
    definitions: Iterable[KpiDefinition],
) -> str:
    """The hash of what packs had told of people by a moment; empty if they had told nothing.

    Packs of a measurement with this very identity are not others: they told the same.
    """
    known = measurements.identities(stores.register, quarter)
    own = [name for name, found in known.items() if _rest(found) == _rest(identity)]
    of_people = {definition.id for definition in definitions if definition.people}
    told = sorted(
        (each.kpi_id, each.period, each.directorate, each.state)
        for each in published.told(stores.register, by, but=own)
        if each.kpi_id in of_people and each.state in (*SHOWN, SUPPRESSED)
    )
    return sha256(canonical({TOLD: told})).hexdigest() if told else ""


def _rest(identity: Mapping[str, Any]) -> bytes:
    return canonical({name: value for name, value in identity.items() if name != TOLD})
