"""Take in what a source has sent.

| | |
|---|---|
| Reads | what the source's connector fetches (`feeds.yaml`), `include/sources/`, `expectations/` |
| Writes | the extracts as received, accepted rows, rows set aside, checks; notices to the owner |
| Re-run | safe: an extract that is already kept or accepted is left as it is |
| On failure | what was accepted stands; a file not kept holds up no other; see `docs/runbook.md` |
"""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import dag, task
from pendulum import datetime

from scorecard.orchestration import now, something, stores
from scorecard.orchestration.connections import connection_of, own_connections_of
from scorecard.orchestration.defaults import DEFAULT_ARGS, accepted
from scorecard.orchestration.outlets import outlets
from scorecard.orchestration.timetable import MonthlyArrivalTimetable, arrival_working_day
from scorecard.sources import SOURCES


def build(source: str):
    @dag(
        dag_id=f"ingest_{source}",
        # Runs carry the month as their partition key: 2025-04.
        schedule=MonthlyArrivalTimetable(arrival_working_day(source)),  # a line of feeds.yaml
        start_date=datetime(2018, 4, 1, tz="Europe/London"),
        max_active_runs=1,
        default_args=DEFAULT_ARGS,
        doc_md=__doc__,
        tags=["stage:ingest", f"source:{source}"],
    )
    def ingest():
        @task
        def keep(partition_key: str | None = None) -> list[int]:
            from scorecard import keep

            by = connection_of(source), own_connections_of(source)
            return keep.run(stores(), source, now(), partition_key, *by)

        # One file that cannot be kept holds up none that was.
        @task(outlets=[accepted(source)], trigger_rule="all_done")
        def accept() -> list[int]:
            from scorecard import accept

            return something(accept.run(stores(), source, now()))

        @task(trigger_rule="none_failed")  # with nothing new, too: then the feed may be late
        def alert(partition_key: str | None = None) -> int:
            from scorecard import alert

            return alert.run(stores(), outlets(), source, partition_key, now())

        kept = keep()
        # A run is as red as its last task: without this one, a failure of keep would not show.
        [kept, kept >> accept() >> alert()] >> EmptyOperator(task_id="finish")

    ingest()


for source in SOURCES:
    build(source)
