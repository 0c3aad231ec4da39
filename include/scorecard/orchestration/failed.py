"""What Airflow calls when a task has failed for the last time."""

from collections.abc import Mapping
from typing import Any

from scorecard.orchestration import now, stores_without_keys
from scorecard.orchestration.review import OF_SCHEDULE


def failed(context: Mapping[str, Any]) -> None:
    """Tell of a run that nobody started; who starts one by hand, or a backfill, watches it."""
    from scorecard import fault
    from scorecard.orchestration.outlets import outlets

    run, task = context["dag_run"], context["ti"]
    if run.run_type == "scheduled" or run.run_id.startswith(OF_SCHEDULE):
        period = run.partition_key or (run.conf or {}).get("period", "")
        told = (run.dag_id, task.task_id, period, run.run_id)
        fault.run(stores_without_keys(), outlets(), *told, now())
