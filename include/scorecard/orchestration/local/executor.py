"""Airflow's LocalExecutor, whose workers are born with what every step imports."""

from importlib import import_module

from airflow.executors.local_executor import LocalExecutor

# Great Expectations alone takes two seconds to import, in each task that checks rows.
IMPORTED = ("great_expectations", "scorecard.accept", "scorecard.measure", "scorecard.publish")


class WarmExecutor(LocalExecutor):
    """Imports once, before the workers are forked, instead of once a task."""

    def start(self) -> None:
        for name in IMPORTED:
            import_module(name)
        super().start()
