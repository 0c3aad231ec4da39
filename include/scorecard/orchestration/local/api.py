"""Airflow's API, as far as a person at a terminal needs it."""

import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

# A proxy of the office network knows nothing of this machine.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Refused(RuntimeError):
    """Airflow answered, and said no."""


class NotReady(RuntimeError):
    """Airflow does not answer yet."""


@dataclass(frozen=True)
class TaskState:
    """How far one task of one run is."""

    dag: str
    run: str
    task: str
    state: str
    attempt: int
    started: datetime | None
    seconds: float | None


class Airflow:
    """One Airflow, spoken to as one of its users."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._token = ""

    def sign_in(self, user: str, password: str) -> None:
        answer = self._ask("POST", "/auth/token", {"username": user, "password": password})
        self._token = answer["access_token"]

    def heartbeats(self) -> dict[str, float]:
        """When the scheduler and the DAG processor last gave a sign of life."""
        health = self._ask("GET", "/api/v2/monitor/health")
        return {
            "scheduler": _seconds(health["scheduler"]["latest_scheduler_heartbeat"]),
            "dag-processor": _seconds(health["dag_processor"]["latest_dag_processor_heartbeat"]),
        }

    def parsed(self) -> dict[str, float]:
        """When each DAG was last read."""
        dags = self._ask("GET", "/api/v2/dags?limit=100")["dags"]
        return {dag["dag_id"]: _seconds(dag["last_parsed_time"]) for dag in dags}

    def broken(self) -> list[str]:
        """What is wrong with the DAG files that cannot be read."""
        errors = self._ask("GET", "/api/v2/importErrors")["import_errors"]
        return [f"{error['filename']}: {error['stack_trace']}" for error in errors]

    def unpause(self) -> None:
        self._ask("PATCH", "/api/v2/dags?dag_id_pattern=~", {"is_paused": False})

    def fail_leftovers(self, since: float) -> None:
        """Mark the runs as failed that an earlier Airflow left behind in the middle.

        Those queued since this one was started are its own: the schedule works at once.
        """
        body = {"states": ["running", "queued"]}
        for run in self._ask("POST", "/api/v2/dags/~/dagRuns/list", body)["dag_runs"]:
            if _seconds(run["queued_at"]) > since:
                continue
            self._ask("PATCH", _run(run["dag_id"], run["dag_run_id"]), {"state": "failed"})
        for left in self._ask("GET", "/api/v2/backfills?dag_id=quarterly_pack")["backfills"]:
            if left["completed_at"] is None:
                self._ask("PUT", f"/api/v2/backfills/{left['id']}/cancel")

    def trigger(self, dag: str, key: str | None, conf: dict[str, Any]) -> str:
        """Start a run for a period, or for none; its id."""
        body = {"logical_date": None, "partition_key": key, "conf": conf}
        return str(self._ask("POST", f"/api/v2/dags/{dag}/dagRuns", body)["dag_run_id"])

    def run_state(self, dag: str, run: str) -> str:
        return str(self._ask("GET", _run(dag, run))["state"])

    def tasks(self, runs: Sequence[tuple[str, str]]) -> list[TaskState]:
        """The tasks of some runs, given as (DAG, run), in the order in which they were created."""
        body = {
            "dag_ids": sorted({dag for dag, _ in runs}),
            "dag_run_ids": [run for _, run in runs],
            "page_limit": 500,
        }
        found = self._ask("POST", "/api/v2/dags/~/dagRuns/~/taskInstances/list", body)
        return [
            TaskState(
                task["dag_id"], task["dag_run_id"], task["task_id"], task["state"] or "waiting",
                task["try_number"], _moment(task["start_date"]), task["duration"],
            )
            for task in found["task_instances"]
        ]  # fmt: skip

    def result(self, dag: str, run: str, task: str) -> Any:
        """What a task returned."""
        path = f"{_run(dag, run)}/taskInstances/{task}/xcomEntries/return_value"
        value = self._ask("GET", f"{path}?deserialize=false")["value"]
        is_json = isinstance(value, str) and value.startswith(('"', "["))
        return json.loads(value) if is_json else value

    def backfill(self, dag: str, first: str, last: str, conf: dict[str, Any], dry_run: bool) -> Any:
        """Ask for runs of a DAG over the periods that begin from one day to another."""
        body = {
            "dag_id": dag, "from_date": f"{first}T00:00:00Z", "to_date": f"{last}T00:00:00Z",
            "reprocess_behavior": "completed", "max_active_runs": 2, "dag_run_conf": conf,
        }  # fmt: skip
        return self._ask("POST", f"/api/v2/backfills{'/dry_run' if dry_run else ''}", body)

    def is_backfilling(self, dag: str) -> bool:
        """Whether a backfill of a DAG is open: Airflow closes one some time after its runs."""
        found = self._ask("GET", f"/api/v2/backfills?dag_id={dag}")["backfills"]
        return any(each["completed_at"] is None for each in found)

    def backfill_runs(self, dag: str, begun: str) -> list[tuple[str, str]]:
        """The runs of a backfill that was begun at a moment, in the order of their periods."""
        path = f"/api/v2/dags/{dag}/dagRuns?run_type=backfill&limit=100&order_by=-id"
        runs = self._ask("GET", path)["dag_runs"]
        mine = (run for run in runs if _seconds(run["queued_at"]) >= _seconds(begun))
        return sorted((run["partition_key"], run["dag_run_id"]) for run in mine)

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            self.address + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"},
            method=method,
        )
        try:
            with _opener.open(request, timeout=30) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            said = error.read().decode(errors="replace")
            raise Refused(f"Airflow refused {method} {path}: {error.code} {said[:500]}") from error
        except (urllib.error.URLError, OSError) as error:
            raise NotReady(f"Airflow does not answer at {self.address}: {error}") from error


def _run(dag: str, run: str) -> str:
    return f"/api/v2/dags/{quote(dag)}/dagRuns/{quote(run, safe='')}"


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _seconds(text: str | None) -> float:
    moment = _moment(text)
    return moment.timestamp() if moment else 0.0
