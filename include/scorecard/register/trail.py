"""The whole trail, for whoever has to check it: from the receipt of an extract to a download.

What was received, accepted and drafted stands in tables of its own; here it is one list with what
the audit keeps.
"""

from typing import Any

from sqlalchemy import Engine, Select, func, literal, select, union_all

from scorecard.register.audit import Audit
from scorecard.register.models import Extract, Pack
from scorecard.register.removals import Removal

COLUMNS = (
    "at", "event", "user_name", "role", "quarter", "variant", "revision", "content_sha256", "said",
    "run",
)  # fmt: skip
_NOBODY = "schedule"


def everything(engine: Engine) -> list[tuple[Any, ...]]:
    """Every event in the order in which it happened, as rows of COLUMNS."""
    parts = (_done(), _received(), _decided(), _drafted(), _removed())
    trail = union_all(*parts).subquery()
    order = (trail.c.at, trail.c.quarter, trail.c.variant, trail.c.revision, trail.c.event)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(trail).order_by(*order))]


def _done() -> Select[Any]:
    return select(*(getattr(Audit, name).label(name) for name in COLUMNS))


def _received() -> Select[Any]:
    return _of_extract(Extract.received_at, literal("received"), literal("")).where(
        Extract.received_at.is_not(None)
    )


def _decided() -> Select[Any]:
    """Extracts that were accepted or refused; the reason of a refusal is what was said."""
    said = func.coalesce(Extract.refusal, "")
    return _of_extract(Extract.accepted_at, Extract.state, said).where(
        Extract.accepted_at.is_not(None)
    )


def _of_extract(at: Any, event: Any, said: Any) -> Select[Any]:
    """One event of an extract; its hash stands in the column of hashes."""
    named = Extract.source + literal(": ") + Extract.file_name
    told = func.rtrim(named + literal(". ") + said, ". ")
    return select(
        at.label("at"),
        event.label("event"),
        literal(_NOBODY).label("user_name"),
        literal("").label("role"),
        literal("").label("quarter"),
        literal("").label("variant"),
        literal(None).cast(Pack.revision.type).label("revision"),
        Extract.sha256.label("content_sha256"),
        told.label("said"),
        literal("").label("run"),
    )


def _drafted() -> Select[Any]:
    return _of_pack(Pack.drafted_at, "drafted", Pack.drafted_by, literal(""))


def _removed() -> Select[Any]:
    """What went by retention: which rule, of what, with the hash that it had."""
    return select(
        Removal.at.label("at"),
        literal("removed").label("event"),
        literal(_NOBODY).label("user_name"),
        literal("").label("role"),
        literal("").label("quarter"),
        literal("").label("variant"),
        literal(None).cast(Pack.revision.type).label("revision"),
        Removal.sha256.label("content_sha256"),
        func.rtrim(Removal.rule + ": " + Removal.place + " " + Removal.month).label("said"),
        Removal.run.label("run"),
    ).where(Removal.event == "removed")


def _of_pack(at: Any, event: str, user: Any, role: Any) -> Select[Any]:
    return select(
        at.label("at"),
        literal(event).label("event"),
        user.label("user_name"),
        role.label("role"),
        Pack.quarter,
        Pack.variant,
        Pack.revision,
        Pack.content_sha256,
        Pack.reason.label("said"),
        literal("").label("run"),
    )
