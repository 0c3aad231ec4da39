"""The page's routes behind one lock."""

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as AnyHTTPException

from scorecard.orchestration.page import (
    commentary,
    downloads,
    export,
    figures,
    health,
    interface,
    packs,
    rendering,
)
from scorecard.orchestration.page.lock import Lock


def build() -> FastAPI:
    """The app that Airflow mounts. Its own description pages are off: they would know no lock."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    pages = (packs.pages, figures.pages, commentary.pages, health.pages)
    for router in (*pages, interface.api, interface.others, export.files, downloads.files):
        app.include_router(router)
    app.add_exception_handler(AnyHTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_middleware(Lock)
    return app


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, AnyHTTPException)
    return rendering.refused(request, HTTPException(error.status_code, error.detail))


async def _not_understood(request: Request, error: Exception) -> Response:
    """What was asked for cannot be: nothing of it is repeated in the answer."""
    assert isinstance(error, RequestValidationError)
    named = ", ".join(str(each["loc"][-1]) for each in error.errors())
    return rendering.refused(request, HTTPException(422, f"Not understood: {named}"))
