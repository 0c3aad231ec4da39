"""Remove what the council keeps no longer, and record each removal.

| | |
|---|---|
| Reads | `include/council/retention.yaml`, the register |
| Writes | removals into the register; removes extracts, accepted rows, drafts and logs |
| Re-run | safe: what is due is removed once; a run that died is finished by the next |
| On failure | what was recorded as due is removed by the next run; see `docs/runbook.md` |
| Never | published packs, the register's figures, the audit, what a draft still rests on |
"""

from airflow.sdk import Param, dag, task
from pendulum import datetime

from scorecard.orchestration import log_folder, now, stores
from scorecard.orchestration.defaults import DEFAULT_ARGS
from scorecard.orchestration.timetable import MonthlyArrivalTimetable


@dag(
    schedule=MonthlyArrivalTimetable(10),  # after the feeds, and before quarters are drafted
    start_date=datetime(2018, 4, 1, tz="Europe/London"),
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    doc_md=__doc__,
    tags=["stage:retention"],
    params={
        "dry_run": Param(False, type="boolean", description="Only list what would be removed."),
    },
)
def retention():
    @task
    def remove(params: dict, dag_run=None) -> dict[str, int]:
        from scorecard import remove

        return remove.run(stores(), log_folder(), dag_run.run_id, now(), params["dry_run"])

    remove()


retention()
