"""The lock on the door: every request is answered for a person whom Airflow knows, or refused.

Airflow does not authenticate plugin apps. The lock stands before all routes, so that no route, no
method and no way of writing an address is without it; what is sent back is never kept by a browser.
"""

from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.api_fastapi.core_api.security import bearer_scheme, get_user, requires_access_dag
from fastapi import HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scorecard import audience, governance, settings
from scorecard.audience import Reader
from scorecard.orchestration import now
from scorecard.orchestration.page import PUBLISH, rendering
from scorecard.period import london_day

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not "no-referrer": a form's Origin would then be hidden from us too.
    "Referrer-Policy": "same-origin",
    "Vary": "Authorization, Cookie",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


class Lock:
    """An app that lets nobody reach another one who may not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] == "http":
            send = _with_headers(send)
            request = Request(scope, receive)
            try:
                request.state.reader = await _reader(request)
            except HTTPException as refusal:
                await rendering.refused(request, refusal)(scope, receive, send)
                return
        await self.app(scope, receive, send)


async def _reader(request: Request) -> Reader:
    """Who asks; HTTPException 401 if nobody, 403 if somebody who may not read packs."""
    user = await get_user(request, None, await bearer_scheme(request))
    return await run_in_threadpool(_rights, request, user)


def _rights(request: Request, user: BaseUser) -> Reader:
    # FAB can be set to let everybody in under no name; here nobody comes in without one.
    if getattr(user, "is_anonymous", False):
        raise HTTPException(401, "Not authenticated")
    requires_access_dag("GET", param_dag_id=PUBLISH)(request, user)
    decided = governance.roles_in(settings.read().council / "roles.yaml")
    name = user.get_name()
    held = audience.roles_of(name, decided, london_day(now()))
    return Reader(name, _works_on_packs(request, user), held)


def _works_on_packs(request: Request, user: BaseUser) -> bool:
    try:
        requires_access_dag("PUT", param_dag_id=PUBLISH)(request, user)
    except HTTPException:
        return False
    return True


def _with_headers(send: Send) -> Send:
    """Send with the headers that every answer has; a page says its own security policy."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
