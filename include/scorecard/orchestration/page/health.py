"""How the service is, for those who run it: a page, and the same as JSON for a monitor."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from airflow.models.dagrun import DagRun
from airflow.utils.session import create_session
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import select

from scorecard import health
from scorecard.health import Health
from scorecard.orchestration import now, stores_without_keys
from scorecard.orchestration.page import rendering
from scorecard.sources import SOURCES

pages = APIRouter(include_in_schema=False)

DAGS = (*(f"ingest_{source}" for source in SOURCES), "quarterly_pack", "publish_pack", "retention")


@dataclass(frozen=True)
class LastRun:
    """The newest run of a DAG: how it stands, and since when."""

    dag: str
    state: str  # empty: it never ran
    at: datetime | None


@pages.get("/health")
def page(request: Request) -> Response:
    """How the service is, in words."""
    found, runs = _looked(request)
    return rendering.page(request, "health.html.j2", health=found, runs=runs)


@pages.get("/health.json")
def monitor(request: Request) -> Response:
    """The same for a monitor: 200 while everything answers, 503 if a part does not."""
    found, runs = _looked(request)
    told = {"status": found.status, **asdict(found), "runs": [asdict(run) for run in runs]}
    return JSONResponse(_plain(told), 503 if found.status == "down" else 200)


def _looked(request: Request) -> tuple[Health, tuple[LastRun, ...]]:
    if not request.state.reader.is_officer:
        raise HTTPException(403, "How the service is, is for officers")
    return health.look(stores_without_keys, now()), tuple(_last_runs())


def _last_runs() -> list[LastRun]:
    with create_session() as session:
        return [_last_run(session, dag) for dag in DAGS]


def _last_run(session: Any, dag: str) -> LastRun:
    asked = (
        select(DagRun.state, DagRun.end_date, DagRun.start_date, DagRun.queued_at)
        .where(DagRun.dag_id == dag)
        .order_by(DagRun.id.desc())
        .limit(1)
    )
    row = session.execute(asked).one_or_none()
    if row is None:
        return LastRun(dag, "", None)
    state, *moments = row
    return LastRun(dag, str(state), next((each for each in moments if each), None))


def _plain(value: Any) -> Any:
    """A value as JSON has it: moments as ISO 8601 in UTC."""
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, datetime) else value
