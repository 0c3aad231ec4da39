"""Step: packs that were published are announced, once each."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from scorecard import contacts, known_decisions, notices, notify
from scorecard.notices import Notice
from scorecard.notify import Outlets
from scorecard.register import packs
from scorecard.stores import Stores


def run(stores: Stores, outlets: Outlets, quarter: str, now: datetime) -> int:
    """How many letters left about the published packs of a quarter.

    Packs of restricted visibility are not announced: that there is one is for those who may see it.
    """
    notify.tell(stores, "published", partial(_published, stores, quarter, now), now)
    return notify.run(stores, outlets, now)


def _published(stores: Stores, quarter: str, now: datetime, told: set[str]) -> Iterator[Notice]:
    routes = known_decisions.read(stores.settings.council, now).governance
    seen = [v.name for v in routes.variants if routes.visibility_of(v.name) != "restricted"]
    newest = (packs.published(stores.register, quarter, variant) for variant in seen)
    names = [f"{p.quarter}/{p.variant}/r{p.revision}" for p in newest if p]
    if new := [name for name in names if name not in told]:
        roles = contacts.read(stores.settings.council).announced_to
        yield notices.published(quarter, roles, new)
