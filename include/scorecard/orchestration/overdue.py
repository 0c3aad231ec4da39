"""What Airflow calls when the drafts of a quarter do not stand by their deadline."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from airflow.sdk.definitions.callback import SyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference

from scorecard.orchestration import now, stores_without_keys
from scorecard.orchestration.outlets import outlets
from scorecard.orchestration.timetable import draft_within_hours


def missed(hours: int, context: Mapping[str, Any]) -> None:
    """Tell of a run that nobody started. Whoever starts one by hand, or a backfill, watches it.

    Airflow calls this in a process of its own, with the run as its API shows it.
    """
    from scorecard import late_draft

    run = context["dag_run"]
    if run["run_type"] == "scheduled":
        late_draft.run(
            stores_without_keys(), outlets(), run["partition_key"], run["dag_run_id"], hours, now()
        )


def deadline() -> DeadlineAlert:
    """So many hours after its run was queued, a quarter's drafts stand: a line of alerts.yaml."""
    hours = draft_within_hours()
    return DeadlineAlert(
        name="drafts stand",
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=timedelta(hours=hours),
        callback=SyncCallback(missed, {"hours": hours}),
    )
