"""`make pack`, `make up`, `make down` and `make backfill`."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from scorecard.orchestration.local import example, processes, runs, welcome
from scorecard.orchestration.local.api import Airflow, Refused
from scorecard.orchestration.local.home import (
    Home,
    Unsuitable,
    alone,
    open_home,
    passwords,
)
from scorecard.orchestration.local.progress import Progress
from scorecard.packs.words import day_and_time
from scorecard.period import LONDON, FinancialQuarter, UnknownPeriod

app = typer.Typer(add_completion=False, help=__doc__, pretty_exceptions_enable=False)
_PORT = 8080
_AS_AT = typer.Option(
    help="From what was accepted by this moment, by London's clock; of a day alone, by its begin."
)
_ONLY_BEFORE = "Nothing is taken in: only what was accepted by {} counts."
_STAFF = typer.Option(help="How large Exampleshire is, when its extracts are written.")


@app.command()
def pack(quarter: str = "", reason: str = "", staff: Annotated[int, _STAFF] = 3000) -> None:
    """Draft a quarter's pack, from the extracts in the inbox."""
    home, progress = open_home(), Progress()
    with alone(home):
        wanted = _quarter(home, quarter)
        with _airflow(home, progress, wanted, staff) as airflow:
            runs.ingest(home, airflow, progress, wanted)
            whole, *others = runs.draft(home, airflow, progress, wanted, reason)
    for folder in others:
        progress.say(f"variant: {folder}")
    _say_if_unused(progress, reason, [whole])
    progress.say(f"pack: {whole}")


def _say_if_unused(progress: Progress, reason: str, folders: list[str]) -> None:
    """Tell of packs in which a reason that was given does not stand."""
    for folder in folders:
        told = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
        if reason.strip() and told["reason"] != reason.strip():
            progress.say(
                f"{told['pack_id']}: REASON was not needed. Nothing has moved since this revision."
            )


@app.command()
def backfill(
    first: str,
    last: str,
    as_at: Annotated[datetime | None, _AS_AT] = None,
    reason: str = "",
    staff: Annotated[int, _STAFF] = 3000,
) -> None:
    """Draft every quarter from one to another, both included."""
    home, progress = open_home(), Progress()
    conf = {"as_at": as_at.replace(tzinfo=LONDON).isoformat()} if as_at else {}
    with alone(home):
        quarters = _quarter(home, first), _quarter(home, last)
        if quarters[1] < quarters[0]:
            raise UnknownPeriod(f"{last} is before {first}. Name the earlier quarter as FROM.")
        with _airflow(home, progress, None if as_at else quarters[1], staff) as airflow:
            if as_at:
                progress.say(_ONLY_BEFORE.format(day_and_time(as_at.replace(tzinfo=LONDON))))
            else:
                runs.ingest(home, airflow, progress, quarters[1])
            conf |= {"reason": reason} if reason else {}
            folders = runs.backfill(home, airflow, progress, *quarters, conf)
    _say_if_unused(progress, reason, folders)
    for folder in folders:
        progress.say(f"pack: {folder}")


@app.command()
def up() -> None:
    """Serve Airflow and the officers' page on this machine until `make down`."""
    home, progress = open_home(), Progress()
    with alone(home):
        running = processes.find(home)
        if running is None:
            with progress.step("Airflow is starting"):
                running = processes.start(home, processes.free_port(_PORT))
                runs.signed_in(home, running).fail_leftovers(running.since)
    for line in welcome.lines(running.port, passwords(home), any(home.settings.packs.glob("*/*"))):
        progress.say(line)


@app.command()
def down() -> None:
    """Stop what `make up` has started."""
    home, progress = open_home(), Progress()
    with alone(home), progress.step("Airflow is stopping"):
        processes.stop(home)


@contextmanager
def _airflow(
    home: Home, progress: Progress, quarter: FinancialQuarter | None, staff: int
) -> Iterator[Airflow]:
    """An Airflow: the one that runs already, or one for this block.

    `quarter`: up to which it finds extracts to work on; None if none is read.
    """
    running = processes.find(home)
    inventing = None
    if quarter and example.is_wanted(home) and not example.reaches(home, quarter):
        inventing = example.start(home, quarter, staff)
    try:
        with progress.step("Airflow is starting"):
            started = running or processes.start(home, processes.free_port())
            airflow = runs.signed_in(home, started)
            if running is None:
                airflow.fail_leftovers(started.since)
            airflow.unpause()
        if quarter and inventing:
            with progress.step("Exampleshire's extracts are written"):
                example.finish(home, quarter, inventing)
        yield airflow
    finally:
        if inventing and inventing.poll() is None:
            inventing.kill()
        if running is None:
            with progress.step("Airflow is stopping"):
                processes.stop(home)


def _quarter(home: Home, text: str) -> FinancialQuarter:
    """The quarter that was asked for; without one, Exampleshire's or the newest that has ended."""
    now = datetime.now(UTC)
    if text:
        quarter = FinancialQuarter.parse(text)
    elif example.is_wanted(home):
        quarter = example.QUARTER
    else:
        quarter = FinancialQuarter.containing(now).shifted(-1)
    if quarter.ends_at > now:
        before = quarter.shifted(-1)
        raise Unsuitable(f"{quarter} has not ended. Name one that has, such as QUARTER={before}.")
    return quarter


class _Stopped(BaseException):
    """A person, or the machine, asked the command to stop."""


def _stop_on_request(number: int, frame: FrameType | None) -> None:
    # A shell may ask several times; stopping cleanly must not be interrupted by that.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise _Stopped


def main() -> None:
    """Run a command; a person sees the reason of a failure, not where in the code it came up."""
    signal.signal(signal.SIGTERM, _stop_on_request)
    signal.signal(signal.SIGINT, _stop_on_request)
    try:
        app(standalone_mode=False)
    except _Stopped:
        typer.echo("Stopped. Run the same command again to go on.", err=True)
        sys.exit(130)
    except (RuntimeError, ValueError, Refused) as error:
        if os.environ.get("SCORECARD_TRACEBACK"):
            raise
        sys.exit(str(error))


if __name__ == "__main__":
    main()
