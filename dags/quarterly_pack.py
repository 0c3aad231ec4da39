"""Draft the quarterly performance pack, in each variant of the route table.

| | |
|---|---|
| Reads | accepted rows, `include/sql/`, `include/reference/`, `include/council/` |
| Writes | measurements, figures and a signed draft of each variant |
| Re-run | safe: the same inputs add nothing; a published pack never changes |
| On failure | no variant is half drafted, those before it stand; see `docs/runbook.md` |
| Then | a run of the schedule starts `publish_pack`, once for each quarter; no other run does |
"""

from airflow.sdk import Param, dag, task
from pendulum import datetime

from scorecard.orchestration import drafter, moment, now, stores
from scorecard.orchestration.defaults import DEFAULT_ARGS, DRAFT
from scorecard.orchestration.overdue import deadline
from scorecard.orchestration.review import StartReview
from scorecard.orchestration.timetable import FinancialQuarterTimetable


@dag(
    # Runs carry the quarter as their partition key: 2025-26-Q1.
    schedule=FinancialQuarterTimetable(),  # how many working days after: council.yaml
    start_date=datetime(2018, 4, 1, tz="Europe/London"),
    max_active_runs=4,
    deadline=deadline(),  # how many hours after its start: alerts.yaml
    default_args=DEFAULT_ARGS,
    doc_md=__doc__,
    tags=["stage:pack"],
    params={
        "period": Param(
            None,
            type=["null", "string"],
            pattern=r"^\d{4}-\d{2}-Q[1-4]$",
            description="The quarter, such as 2025-26-Q1, for a run without a partition key.",
        ),
        "reason": Param("", type="string", description="Why a quarter is drafted again."),
        "as_at": Param(
            None,
            type=["null", "string"],
            format="date-time",
            pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}",
            description="Read only what was accepted by this moment; empty: by now.",
        ),
    },
)
def quarterly_pack():
    @task
    def measure(params: dict, partition_key: str | None = None) -> str:
        from scorecard import measure

        quarter = partition_key or params["period"]
        return measure.run(stores(), quarter, moment(params["as_at"]), now())

    @task
    def reconcile(measurement_id: str) -> str:
        from scorecard import reconcile

        return reconcile.run(stores(), measurement_id)

    @task(outlets=[DRAFT])
    def draft(measurement_id: str, params: dict, dag_run=None) -> list[str]:
        from scorecard import draft

        return draft.every(stores(), measurement_id, params["reason"], drafter(dag_run), now())

    draft(reconcile(measure())) >> StartReview(task_id="ask")


quarterly_pack()
