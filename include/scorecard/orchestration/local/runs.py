"""Have Airflow take in what is new and draft quarters, and watch it do so."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from scorecard import council
from scorecard.governance import Feed
from scorecard.orchestration.local import processes
from scorecard.orchestration.local.api import Airflow, NotReady
from scorecard.orchestration.local.failures import TaskFailed, explain
from scorecard.orchestration.local.home import Home, Unsuitable, addresses, passwords
from scorecard.orchestration.local.processes import Running
from scorecard.orchestration.local.progress import Progress
from scorecard.period import FinancialQuarter
from scorecard.register import arrivals
from scorecard.sources import SOURCES

PACK = "quarterly_pack"
DAGS = (*(f"ingest_{source}" for source in SOURCES), PACK)
_OFTEN = 0.4
_READY_WITHIN = 180.0
_CLOSED_WITHIN = 90.0


def signed_in(home: Home, running: Running) -> Airflow:
    """Airflow, once it answers and has read every DAG since it was started."""
    airflow = Airflow(running.port)
    until = time.monotonic() + _READY_WITHIN
    while not _is_ready(home, airflow, running):
        if name := processes.dead(running):
            raise Unsuitable(
                f"Airflow's {name} has stopped. Read {processes.log_of(home, name)}, correct what "
                "it says, and run the same command again."
            )
        if time.monotonic() > until:
            raise Unsuitable(
                f"Airflow was not ready within {_READY_WITHIN:.0f} seconds. Close what else keeps "
                f"this machine busy, read the logs in {home.logs}, and run the command again."
            )
        time.sleep(_OFTEN)
    return airflow


def _is_ready(home: Home, airflow: Airflow, running: Running) -> bool:
    try:
        airflow.sign_in("admin", passwords(home)["admin"])
        if min(airflow.heartbeats().values()) < running.since:
            return False
        parsed = airflow.parsed()
        if broken := airflow.broken():
            raise Unsuitable(f"a DAG cannot be read. Correct it and run again. {broken[0]}")
    except NotReady:
        return False
    return all(parsed.get(dag, 0) > running.since for dag in DAGS)


def keys_of(feed: Feed, quarter: FinancialQuarter) -> tuple[str | None, ...]:
    """The months for which a source's runs are started; None: every month not asked for yet.

    A folder brings files of any month. A system brings the months that it is asked for: those since
    `pull_from`, or without it those of the quarter.
    """
    if feed.connector == "folder":
        return (str(quarter.months[-1]),)
    return (None,) if feed.pull_from else tuple(map(str, quarter.months))


def ingest(home: Home, airflow: Airflow, progress: Progress, quarter: FinancialQuarter) -> None:
    """Take in everything new of every source, of whatever month."""
    began, feeds = datetime.now(UTC), council.feeds_in(home.settings.council)
    runs = [
        (f"ingest_{source}", airflow.trigger(f"ingest_{source}", key, {}))
        for source in SOURCES
        for key in keys_of(feeds[source], quarter)
    ]
    watch(home, airflow, progress, runs)
    for line in arrivals.since(addresses(home)[1], began):
        progress.say(line)


def draft(
    home: Home, airflow: Airflow, progress: Progress, quarter: FinancialQuarter, reason: str
) -> list[str]:
    """Draft a quarter; the folders of its pack, that of the officers first."""
    run = airflow.trigger(PACK, str(quarter), {"reason": reason})
    watch(home, airflow, progress, [(PACK, run)])
    return folders_of(airflow, run)


def folders_of(airflow: Airflow, run: str) -> list[str]:
    """The folders of the variants that a run has drafted, in the order of the route table."""
    return [str(folder) for folder in airflow.result(PACK, run, "draft")]


def watch(
    home: Home, airflow: Airflow, progress: Progress, runs: Sequence[tuple[str, str]]
) -> None:
    """Show some runs until they have ended; TaskFailed if one of them has failed."""
    with progress.tasks() as show:
        while True:
            tasks = airflow.tasks(runs)
            show(tasks)
            if all(airflow.run_state(*run) in ("success", "failed") for run in runs):
                break
            time.sleep(_OFTEN)
        tasks = airflow.tasks(runs)
        show(tasks)
    if failed := [task for task in tasks if task.state == "failed"]:
        raise TaskFailed(explain(home, failed))
    if lost := [run for run in runs if airflow.run_state(*run) == "failed"]:
        raise TaskFailed(f"{lost[0][0]}: the run was stopped. Run the same command again.")


def backfill(
    home: Home,
    airflow: Airflow,
    progress: Progress,
    first: FinancialQuarter,
    last: FinancialQuarter,
    conf: dict[str, Any],
) -> list[str]:
    """Draft every quarter from one to another through Airflow's backfill; the officers' folders.

    `conf`: what each run is given, such as a reason.
    """
    days = str(first.months[0].first_day), str(last.months[0].first_day)
    planned = airflow.backfill(PACK, *days, conf, dry_run=True)["backfills"]
    if not planned:
        raise Unsuitable(f"{first} to {last}: no quarter there is due. Name earlier ones.")
    progress.say(f"Quarters: {', '.join(run['partition_key'] for run in planned)}")
    until = time.monotonic() + _CLOSED_WITHIN
    while airflow.is_backfilling(PACK) and time.monotonic() < until:
        time.sleep(_OFTEN)  # the one before has ended, and Airflow has not noticed yet
    begun = airflow.backfill(PACK, *days, conf, dry_run=False)["created_at"]
    found = airflow.backfill_runs(PACK, begun)
    watch(home, airflow, progress, [(PACK, run) for _, run in found])
    return [folders_of(airflow, run)[0] for _, run in found]
