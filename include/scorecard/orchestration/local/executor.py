"""Airflow's LocalExecutor, whose workers are born with the libraries that every step imports."""

import logging
from importlib import import_module

from airflow.executors.local_executor import LocalExecutor

# Great Expectations alone takes two seconds to import, in each task that checks rows. No module of
# ours: a task runs the code that lies on disk, which is the code that a measurement names.
IMPORTED = ("great_expectations", "duckdb", "pyarrow", "alembic.command", "openpyxl", "pikepdf")


class WarmExecutor(LocalExecutor):
    """Imports once, before the workers are forked, instead of once a task."""

    def start(self) -> None:
        logging.getLogger("great_expectations").setLevel(logging.WARNING)
        for name in IMPORTED:
            import_module(name)
        super().start()
