"""Step: those who may approve a quarter's drafts are told that these wait for them."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from scorecard import known_decisions, notices, notify
from scorecard.notices import Notice
from scorecard.notify import Outlets
from scorecard.offer import drafts_of
from scorecard.stores import Stores


def run(stores: Stores, outlets: Outlets, quarter: str, roles: list[str], now: datetime) -> int:
    """How many letters left: one for each role and way, unless it was told of these drafts."""
    notify.tell(stores, "review", partial(_waiting, stores, quarter, roles, now), now)
    return notify.run(stores, outlets, now)


def _waiting(
    stores: Stores, quarter: str, roles: list[str], now: datetime, told: set[str]
) -> Iterator[Notice]:
    decided = known_decisions.read(stores.settings.council, now)
    for role in roles:
        drafts = [
            (f"{pack.quarter}/{pack.variant}/r{pack.revision}", pack.content_sha256)
            for pack in drafts_of(stores, quarter, role, decided)
        ]
        if any(f"{name} {content}" not in told for name, content in drafts):
            yield notices.review(quarter, role, drafts)
