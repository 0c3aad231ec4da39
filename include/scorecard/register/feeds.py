"""What arrived of one source, for those who have to hear of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from scorecard.arrivals import AcceptedMonth
from scorecard.register.evidence import accepted_months, sent
from scorecard.register.models import Check, Extract


@dataclass(frozen=True)
class Taken:
    """An extract that was accepted or refused, and the rule that kept out most of its rows."""

    extract_id: int
    sha256: str
    received_at: datetime
    refusal: str
    rows_received: int
    rows_set_aside: int
    rule: str  # empty if no rule of the checks did
    why: str  # of that rule, if it is a critical one


def months(engine: Engine, source: str) -> list[AcceptedMonth]:
    """The months of every extract of a source that was accepted."""
    asked = accepted_months(Extract.received_at).where(Extract.source == source)
    with engine.connect() as connection:
        return list(sent(connection.execute(asked).all()))


def newest(engine: Engine) -> dict[str, tuple[datetime, str]]:
    """When each source was last received, and the state of that extract."""
    asked = (
        select(Extract.source, Extract.received_at, Extract.state)
        .ext(distinct_on(Extract.source))
        .order_by(Extract.source, Extract.received_at.desc(), Extract.id.desc())
    )
    with engine.connect() as connection:
        return {source: (at, state) for source, at, state in connection.execute(asked)}


def newest_sha256(engine: Engine) -> str | None:
    """The SHA-256 of the extract that was received last; None before the first."""
    asked = select(Extract.sha256).order_by(Extract.received_at.desc(), Extract.id.desc()).limit(1)
    with engine.connect() as connection:
        return connection.scalar(asked)


def taken(engine: Engine, source: str, state: str) -> list[Taken]:
    """The extracts of a source that are accepted or refused now, in the order of their numbers."""
    result = "failed" if state == "refused" else "set aside"
    rule = (
        select(Check.extract_id, Check.rule, Check.severity, Check.why)
        .where(Check.result == result, Check.rows_set_aside > 0)
        .ext(distinct_on(Check.extract_id))
        .order_by(Check.extract_id, Check.rows_set_aside.desc(), Check.rule)
        .subquery()
    )
    asked = (
        select(
            Extract.id,
            Extract.sha256,
            Extract.received_at,
            func.coalesce(Extract.refusal, ""),
            func.coalesce(Extract.rows_received, 0),
            func.coalesce(Extract.rows_set_aside, 0),
            func.coalesce(rule.c.rule, ""),
            func.coalesce(rule.c.why, ""),
        )
        .outerjoin(rule, rule.c.extract_id == Extract.id)
        .where(Extract.source == source, Extract.state == state)
        .order_by(Extract.id)
    )
    with engine.connect() as connection:
        return [Taken(*row) for row in connection.execute(asked)]
