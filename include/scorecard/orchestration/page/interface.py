"""What programs read: packs and published figures as JSON, and a feed of packs.

All of it is read only, and behind the same lock: a council's website reads it as a viewer.
"""

from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal

from airflow.configuration import conf
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.security import HTTPBearer

from scorecard.orchestration.page import PREFIX, answers, rendering
from scorecard.orchestration.page.answers import FiguresAnswer, PacksAnswer
from scorecard.orchestration.page.desk import AtDesk, Desk, Shelved
from scorecard.packs.words import day_and_time
from scorecard.register import shelf

# The lock has let the caller in already; this says in the description how.
_TOKEN = HTTPBearer(scheme_name="token", auto_error=False)

api = APIRouter(prefix="/api", tags=["packs"], dependencies=[Depends(_TOKEN)])
others = APIRouter(include_in_schema=False)

MOST = 5_000  # figures of one answer
_ABOUT = (
    "Published performance packs and the figures they published. Read only. Sign in as a viewer: "
    "`POST /auth/token` gives a token, which goes into the header `Authorization: Bearer`."
)


@api.get("/packs")
def packs(desk: AtDesk, quarter: str = "", variant: str = "") -> PacksAnswer:
    """Published packs that are open to you, the newest quarter first."""
    chosen = [
        pack
        for pack in desk.published
        if quarter in ("", pack.row.quarter) and variant in ("", pack.row.variant)
    ]
    return PacksAnswer([answers.pack(pack, _home()) for pack in chosen])


@api.get("/figures")
def figures(
    desk: AtDesk,
    quarter: str = "",
    variant: str = "",
    kpi: str = "",
    directorate: str = "",
    period_kind: Literal["", "month", "quarter", "year_to_date", "rolling_12"] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 1_000,
    offset: Annotated[int, Query(ge=0, le=100_000_000)] = 0,
) -> FiguresAnswer:
    """Figures as the newest published revision of each quarter's pack has them.

    Without `variant`, of each quarter's widest pack that is open to you.
    """
    sources = _newest(desk, quarter, variant)
    chosen: dict[str, Any] = {
        "kpis": [name for name in desk.definitions if kpi in ("", name)],
        "directorates": [code for code in desk.directorates if directorate in ("", code)],
        "kind": period_kind or None,
    }
    keys = [pack.key for pack in sources]
    told = shelf.figures(desk.stores.register, keys, limit=limit, offset=offset, **chosen)
    total = shelf.count(desk.stores.register, keys, **chosen)
    rows = [answers.figure(each, desk.definitions[each.record.kpi_id]) for each in told]
    return FiguresAnswer(total, offset, rows)


def _newest(desk: Desk, quarter: str, variant: str) -> list[Shelved]:
    """Of each quarter one published pack: of the variant asked for, or the first that is open."""
    chosen: dict[str, Shelved] = {}
    for pack in desk.published:
        is_asked = quarter in ("", pack.row.quarter) and variant in ("", pack.row.variant)
        if is_asked:
            chosen.setdefault(pack.row.quarter, pack)
    return list(chosen.values())


@cache
def _description() -> dict[str, Any]:
    return get_openapi(
        title="Performance packs", version="1", description=_ABOUT, routes=api.routes,
        servers=[{"url": _home()}],
    )  # fmt: skip


@others.get("/api/openapi.json")
def described() -> dict[str, Any]:
    """What the interface answers, after OpenAPI."""
    return _description()


@others.get("/feed.atom")
def feed(request: Request, desk: AtDesk) -> Response:
    """Published packs that are open to the reader, as an Atom feed."""
    newest = sorted(desk.published, key=_published_at, reverse=True)
    name = desk.council.settled.name
    page = rendering.page(
        request, "feed.atom.j2", home=_home(), council=name, packs=newest[:100], when=_published_at,
        said=_said,
    )  # fmt: skip
    return Response(page.body, media_type="application/atom+xml")


def _published_at(pack: Shelved) -> datetime:
    assert pack.row.published_at is not None
    return pack.row.published_at


def _said(pack: Shelved) -> str:
    """One sentence on a pack; only what XML may hold."""
    told = f"Published {day_and_time(_published_at(pack))}. {pack.why}"
    return "".join(sign for sign in told if sign.isprintable())


def _home() -> str:
    """The page's address as Airflow's settings say it: never as a request says it."""
    return f"{(conf.get('api', 'base_url', fallback='') or '').rstrip('/')}{PREFIX}"
