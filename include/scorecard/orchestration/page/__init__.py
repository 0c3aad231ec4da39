"""The officers' page: performance packs inside Airflow, from draft to download.

Every process of Airflow imports its plugins; what the page needs is loaded by the one that serves.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastapi import FastAPI

PREFIX = "/performance"
# Whoever may read this DAG may read published packs; whoever may edit it works on drafts.
PUBLISH = "publish_pack"


async def serve(scope: Any, receive: Any, send: Any) -> None:
    """Answer a request to the page."""
    await _app()(scope, receive, send)


@cache
def _app() -> "FastAPI":
    from scorecard.orchestration.page.app import build

    return build()
