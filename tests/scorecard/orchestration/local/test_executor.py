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
executor.end()
"""


def test_workers_are_born_with_what_every_step_imports_and_other_processes_are_not():
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY / "include")}
    ran = subprocess.run(
        [sys.executable, "-c", STARTS], env=known, capture_output=True, text=True, check=True
    )
    before, after = (set(line.split()) for line in ran.stdout.splitlines()[-2:])

    assert (before, after) == ({"False"}, {"True"})
