"""Extract to draft pack with Scorecard's own steps, in one process; prints its parts as JSON.

`ingest` takes sources in, as one ingest DAG's worker does; `quarter` measures and drafts. Imports
are made before the clock starts: a line `go` on standard input starts it.
"""

import json
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import great_expectations  # noqa: F401
from tests.bench.held import peak

from scorecard import accept, checks, draft, keep, measure, reconcile, settings
from scorecard.objects import open_store
from scorecard.register import open_register
from scorecard.stores import Stores


class Clock:
    """Wall seconds by the part of the work in which they passed; files at once count each."""

    def __init__(self) -> None:
        self.parts: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what passes in the block as the part's own."""
        started = time.perf_counter()
        yield
        self.parts[name] = self.parts.get(name, 0.0) + time.perf_counter() - started

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted as a part each time it is called."""

        def wrapper(*args: Any, **kwargs: Any) -> Any:
            with self.part(name):
                return function(*args, **kwargs)

        return wrapper


def main(mode: str, words: list[str]) -> None:
    """Do one process's share of the work and print what each part took."""
    logging.disable(logging.CRITICAL)
    chosen = settings.read()
    url = os.environ["SCORECARD_DATABASE_URL"]
    keys = b"a key of the bench", bytes(32)
    stores = Stores(open_register(url), open_store(chosen.store_url), chosen, *keys)
    clock = Clock()
    if mode == "ingest":
        checks._context()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    processor = time.process_time()
    (_ingest if mode == "ingest" else _quarter)(stores, clock, words)
    most = peak()
    told = {"parts": clock.parts, "cpu": time.process_time() - processor, "peak_mb": most}
    sys.stdout.write(json.dumps(told) + "\n")


def _ingest(stores: Stores, clock: Clock, sources: list[str]) -> None:
    accept._open = clock.timed("recognise", accept._open)
    accept._stage = clock.timed("read and map", accept._stage)
    accept.judge = clock.timed("checks", accept.judge)  # type: ignore[attr-defined]
    accept.settle = clock.timed("write", accept.settle)  # type: ignore[attr-defined]
    for source in sources:
        with clock.part("keep"):
            keep.run(stores, source, datetime.now(UTC))
        accept.run(stores, source, datetime.now(UTC))


def _quarter(stores: Stores, clock: Clock, words: list[str]) -> None:
    now = datetime.now(UTC)
    with clock.part("measure"):
        measurement = measure.run(stores, words[0], now, now)
    with clock.part("reconcile"):
        reconcile.run(stores, measurement)
    with clock.part("draft"):
        draft.run(stores, measurement, "", "bench", now)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
