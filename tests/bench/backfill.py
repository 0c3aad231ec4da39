"""A backfill of many quarters through a real Airflow, beside one quarter in the same way.

Counts processor time of all of Airflow's processes, its own idling included: wall time depends on
who else works on the machine. Exampleshire's extracts, owners and targets are made to reach back as
far as is asked for; before April 2023 it has no survey of travel and no baseline of carbon. Prints
what it found as JSON.
"""

import json
import os
import shutil
import sys
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import psutil

from scorecard import sample, settings
from scorecard.orchestration.local import processes, runs
from scorecard.orchestration.local.home import alone, open_home
from scorecard.orchestration.local.processes import Running
from scorecard.orchestration.local.progress import Progress
from scorecard.period import FinancialQuarter

BEGINS = date(2023, 4, 1)  # Exampleshire's owners and first targets
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
    """The first and the last of the newest quarters that have ended, so many as were asked for."""
    last = FinancialQuarter.containing(datetime.now(UTC)).shifted(-1)
    return last.shifted(1 - wanted), last


def council_since(first: FinancialQuarter) -> Path:
    """Exampleshire's decisions, those of April 2023 in force since a quarter's first day."""
    folder = FOLDER / "council"
    shutil.copytree(settings.INCLUDE / "council", folder)
    day = f"{min(first.months[0].first_day, BEGINS):%Y-%m-%d}"
    for name in ("owners.csv", "targets.csv"):
        file = folder / name
        file.write_text(file.read_text().replace(f",{BEGINS},", f",{day},"))
    return folder


def main(wanted: int, staff: int) -> None:
    """Take everything in, draft one quarter, then all of them; and say what each took."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    first, last = quarters_of(wanted)
    os.environ |= {
        "SCORECARD_HOME": str(FOLDER),
        "SCORECARD_DATABASE_URL": "",
        "SCORECARD_COUNCIL": str(council_since(first)),
    }
    home, progress = open_home(), Progress()
    with alone(home):
        sample.write(home.settings.inbox, 3 * wanted, staff, start=str(first.months[0]))
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
