"""Why a task failed, in the words of the step, and what a person can do about it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scorecard.orchestration.local.api import TaskState
from scorecard.orchestration.local.home import Home

_LINES = 12


class TaskFailed(RuntimeError):
    """A task of Airflow failed; the message says why and what to do."""


def explain(home: Home, failed: Sequence[TaskState]) -> str:
    """Why tasks failed, and what to do."""
    return "\n".join(
        [
            *(_explain(home, task) for task in failed),
            "What to do: follow what is said above, then run the same command again. What was "
            "done before is kept, and nothing is done twice.",
        ]
    )


def _explain(home: Home, failed: TaskState) -> str:
    """The error of a failed task, or the end of its log, and where the whole log is."""
    log = _log(home, failed)
    records = _records(log) if log else []
    error = _last_error(records)
    tail = "\n".join(f"    {record.get('event', '')}" for record in records[-_LINES:])
    return "\n".join(
        [
            f"{failed.dag}, task {failed.task}: {error or 'failed without saying why.'}",
            *(["  The end of its log:", tail] if not error and tail else []),
            f"  The whole log: {log or 'not written'}",
        ]
    )


def _log(home: Home, failed: TaskState) -> Path | None:
    folder = home.logs / f"dag_id={failed.dag}" / f"run_id={failed.run}" / f"task_id={failed.task}"
    logs = sorted(folder.rglob("attempt=*.log"), key=lambda path: path.stat().st_mtime)
    return logs[-1] if logs else None


def _records(log: Path) -> list[dict[str, Any]]:
    """The lines of a log; one that is not a record is taken as its text."""
    records = []
    for line in log.read_text(errors="replace").splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            record = line
        records.append(record if isinstance(record, dict) else {"event": line})
    return records


def _last_error(records: list[dict[str, Any]]) -> str:
    for record in reversed(records):
        for detail in record.get("error_detail") or []:
            return f"{detail.get('exc_type')}: {detail.get('exc_value')}"
    return ""
