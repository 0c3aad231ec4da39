"""Pages as HTML: the look of the pack's own page, no script, nothing loaded from elsewhere."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from airflow.api_fastapi.app import get_auth_manager
from fastapi import HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment
from markupsafe import Markup

from scorecard.packs import pages, webpage
from scorecard.packs.words import counted, day, day_and_time

TEMPLATES = Path(__file__).parent / "templates"
_SAID = {
    401: ("Sign in to see this page", "You are not signed in, or your session has ended."),
    403: ("You may not see this page", "Your Airflow account does not include it."),
    404: ("Page not found", "There is no such page, or it is not open to you."),
    405: ("Page not found", "There is no such page, or it is not open to you."),
}


@cache
def _environment() -> Environment:
    return pages.environment(
        TEMPLATES,
        style=Markup(_style()),  # only our own style is marked as safe
        rag_class=webpage.rag_class,
        counted=counted,
        day=day,
        moment=day_and_time,
        size=size,
    )


@cache
def _style() -> str:
    """The style of a pack's own page, and what this one has beside it."""
    files = (webpage.TEMPLATES / "report.css", TEMPLATES / "page.css")
    return "".join(path.read_text(encoding="utf-8") for path in files)


@cache
def _policy() -> str:
    return (
        f"default-src 'none'; style-src '{pages.style_hash(_style())}'; frame-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    )


def page(request: Request, template: str, status: int = 200, **said: Any) -> Response:
    """A page made from a template; `said` is what it shows."""
    reader = getattr(request.state, "reader", None)
    made = _environment().get_template(template)
    text = made.render(base=request.scope.get("root_path", ""), reader=reader, **said)
    return HTMLResponse(text, status, {"Content-Security-Policy": _policy()})


def refused(request: Request, refusal: HTTPException) -> Response:
    """That a request is refused: in words for a person, in JSON for a program."""
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"detail": refusal.detail}, refusal.status_code)
    title, said = _SAID.get(refusal.status_code, ("Not done", str(refusal.detail)))
    sign_in = _sign_in(request) if refusal.status_code == 401 else ""
    return page(
        request, "refused.html.j2", refusal.status_code, title=title, said=said, sign_in=sign_in
    )


def _sign_in(request: Request) -> str:
    """Airflow's own page to sign in; it comes back to the list of packs, whatever was asked for."""
    address = get_auth_manager().get_url_login()
    back = urlencode({"next": f"{request.scope.get('root_path', '')}/packs"}, quote_via=quote)
    return f"{address}{'&' if '?' in address else '?'}{back}"


def size(count: int) -> str:
    """A size in bytes as people say it: 412 KB."""
    if count < 1024:
        return f"{count} bytes"
    return f"{round(count / 1024):,} KB" if count < 1024**2 else f"{count / 1024**2:,.1f} MB"
