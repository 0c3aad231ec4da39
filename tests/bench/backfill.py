"""A backfill of many quarters through a real Airflow, beside one quarter in the same way.

Counts processor time of all of Airflow's processes, its own idling included: wall time depends on
who else works on the machine. Exampleshire begins in April 2023, so that there are as many quarters
as have ended since; more cannot be asked for. Prints what it found as JSON.
"""

import json
import os
import shutil
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from itertools import pairwise

import psutil

from scorecard import settings
from scorecard.orchestration.local import example, processes, runs
from scorecard.orchestration.local.home import alone, open_home
from scorecard.orchestration.local.processes import Running
from scorecard.orchestration.local.progress import Progress
from scorecard.period import FinancialQuarter

FIRST = FinancialQuarter(2023, 1)
FOLDER = settings.REPOSITORY / "build" / "bench" / "home-backfill"


def work_of(running: Running) -> float:
    """Seconds of processor time that an Airflow has used, its ended processes included."""
    roots = [psutil.Process(number) for number, _ in running.processes.values()]
    every = {each.pid: each for root in roots for each in [root, *root.children(recursive=True)]}
    total = 0.0
    for process in every.values():
        with suppress(psutil.NoSuchProcess):
            total += sum(process.cpu_times()[:4])  # user, system, and both of ended children
    return total


def quarters_of(wanted: int) -> tuple[FinancialQuarter, FinancialQuarter]:
    """The newest quarters that have ended, so many as were asked for and as there are."""
    last = FinancialQuarter.containing(datetime.now(UTC)).shifted(-1)
    first = last.shifted(1 - wanted)
    return max(first, FIRST), last


def main(wanted: int, staff: int) -> None:
    """Take everything in, draft one quarter, then all of them; and say what each took."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    os.environ |= {"SCORECARD_HOME": str(FOLDER), "SCORECARD_DATABASE_URL": ""}
    home, progress = open_home(), Progress()
    first, last = quarters_of(wanted)
    with alone(home):
        example.finish(home, last, example.start(home, last, staff))
        running = processes.start(home, processes.free_port())
        try:
            airflow = runs.signed_in(home, running)
            airflow.unpause()
            runs.ingest(home, airflow, progress, last)
            moments = [(time.perf_counter(), work_of(running))]
            counts = []
            for begin in (last, first):
                folders = runs.backfill(home, airflow, progress, begin, last, {})
                counts.append(len(folders))
                moments.append((time.perf_counter(), work_of(running)))
        finally:
            processes.stop(home)
    (one_wall, one_work), (all_wall, all_work) = (
        (then[0] - before[0], then[1] - before[1]) for before, then in pairwise(moments)
    )
    told = {
        "quarters": counts[1], "asked": wanted, "one_wall": one_wall, "one_work": one_work,
        "all_wall": all_wall, "all_work": all_work, "times": all_work / one_work,
    }  # fmt: skip
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
