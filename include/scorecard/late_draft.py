"""Step: it is told that the drafts of a quarter do not stand by their deadline."""

from datetime import datetime

from scorecard import contacts, notices, notify
from scorecard.notify import Outlets
from scorecard.stores import Stores


def run(
    stores: Stores, outlets: Outlets, quarter: str, run_id: str, hours: int, now: datetime
) -> int:
    """How many letters left. Those hear of it who hear of published packs."""
    roles = contacts.read(stores.settings.council).announced_to
    notice = notices.overdue(quarter, run_id, roles, hours)
    notify.tell(stores, "overdue", lambda told: [notice], now)
    return notify.run(stores, outlets, now)
