"""A worker is forked from the process in which the executor starts: what that holds, it holds."""

import os
import subprocess
import sys

from airflow_for_tests import REPOSITORY

STARTS = """
import sys
from scorecard.orchestration.local.executor import IMPORTED, WarmExecutor
executor = WarmExecutor(parallelism=1)
print(*(name in sys.modules for name in IMPORTED))
executor.start()
print(*(name in sys.modules for name in IMPORTED))
print(*sorted(name for name in sys.modules if name.startswith("scorecard")))
executor.end()
"""
# What the scheduler has imported in any case, for its timetables.
OURS = {"scorecard", "scorecard.orchestration", "scorecard.orchestration.local", "scorecard.period"}


def test_workers_are_born_with_what_every_step_imports_and_with_no_code_of_a_step():
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY / "include")}
    ran = subprocess.run(
        [sys.executable, "-c", STARTS], env=known, capture_output=True, text=True, check=True
    )
    before, after, ours = (line.split() for line in ran.stdout.splitlines()[-3:])

    assert (set(before), set(after)) == ({"False"}, {"True"})
    # A task reads its code from disk, whose hash its measurement holds.
    assert set(ours) - OURS == {"scorecard.orchestration.local.executor"}
