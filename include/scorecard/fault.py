"""Step: it is told that a step of the schedule failed."""

from datetime import datetime

from scorecard import contacts, notices, notify
from scorecard.notify import Outlets
from scorecard.stores import Stores


def run(
    stores: Stores, outlets: Outlets, dag: str, task: str, period: str, run_id: str, now: datetime
) -> int:
    """How many letters left. The log of the task, which may name files, stays in Airflow."""
    roles = contacts.read(stores.settings.council).faults_to
    notice = notices.failed(dag, task, period, run_id, roles)
    notify.tell(stores, "failed", lambda told: [notice], now)
    return notify.run(stores, outlets, now)
