"""What a person sees while Airflow works: one line for each task, with its state and time."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from rich.console import Console
from rich.live import Live
from rich.table import Table

from scorecard.orchestration.local.api import TaskState

FINISHED = frozenset({"success", "failed", "skipped", "upstream_failed", "removed"})
_WORDS = {
    "success": ("done", "green"),
    "skipped": ("nothing to do", "dim"),
    "failed": ("failed", "red"),
    "upstream_failed": ("not run", "red"),
    "running": ("running", "cyan"),
    "up_for_retry": ("will try again", "yellow"),
}


@dataclass
class Progress:
    """The lines shown so far: on a terminal they change in place, elsewhere each comes once."""

    console: Console = field(default_factory=lambda: Console(stderr=False, highlight=False))
    _live: Live | None = None
    _printed: set[tuple[str, str, int, str]] = field(default_factory=set)

    def say(self, text: str) -> None:
        """A line of its own."""
        self.console.print(text, soft_wrap=True, markup=False)

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Say what is being done, and how long it took."""
        began = time.monotonic()
        if self.console.is_terminal:
            with self.console.status(text):
                yield
        else:
            yield
        self.console.print(_line("", text, "done", "green", time.monotonic() - began))

    @contextmanager
    def tasks(self) -> Iterator[Callable[[list[TaskState]], None]]:
        """A block in which the states of tasks are shown as they change."""
        if not self.console.is_terminal:
            yield self._print_new
            return
        with Live(console=self.console, refresh_per_second=8) as live:
            yield lambda states: live.update(_table(states))

    def _print_new(self, states: list[TaskState]) -> None:
        for state in states:
            seen = (state.run, state.task, state.attempt, state.state)
            if state.state in FINISHED | {"up_for_retry"} and seen not in self._printed:
                self._printed.add(seen)
                word, _ = _WORDS.get(state.state, (state.state, ""))
                self.say(_line(_who(state), state.task, word, "", _seconds(state)))


def _table(states: list[TaskState]) -> Table:
    table = Table.grid(padding=(0, 2))
    for state in states:
        word, style = _WORDS.get(state.state, (state.state.replace("_", " "), "dim"))
        seconds = _seconds(state)
        shown = f"{seconds:6.1f} s" if seconds else ""
        table.add_row(f"  {_who(state)}", state.task, f"[{style}]{word}[/]", shown)
    return table


def _line(dag: str, task: str, word: str, style: str, seconds: float | None) -> str:
    who = f"{dag:<24}{task:<12}" if dag else f"{task:<36}"
    said = f"[{style}]{word:<16}[/]" if style else f"{word:<16}"
    return f"  {who}{said}{f'{seconds:6.1f} s' if seconds else ''}".rstrip()


def _who(state: TaskState) -> str:
    """The DAG, or in a backfill the period that the run is about."""
    kind, _, rest = state.run.partition("__")
    return rest.partition("__")[0] if kind == "backfill" else state.dag


def _seconds(state: TaskState) -> float | None:
    """How long a task took, or has been running."""
    if state.state == "running" and state.started:
        return (datetime.now(UTC) - state.started).total_seconds()
    return state.seconds
