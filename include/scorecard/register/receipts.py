"""The accepted files of a table in the order in which they were received, as at a moment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Select, func, select, union_all
from sqlalchemy.dialects.postgresql import distinct_on

from scorecard.register import removals
from scorecard.register.models import AcceptedFile, Extract, Resent


@dataclass(frozen=True)
class ReceivedFile:
    """The accepted rows of one extract and month, and when the bytes that count were received."""

    extract_id: int
    sha256: str  # of the file as received
    month: str
    object_id: str
    system: str
    version: int
    received_at: datetime
    rows: int


def of_table(engine: Engine, table: str, as_at: datetime) -> list[ReceivedFile]:
    """A table's files that were accepted by a moment and not removed, first received first.

    The order is the same in whatever order they were processed.
    """
    last = _last_receipts(as_at).subquery()
    asked = (
        select(
            AcceptedFile.extract_id,
            Extract.sha256,
            AcceptedFile.month,
            AcceptedFile.object_id,
            func.coalesce(Extract.system, ""),
            func.coalesce(Extract.mapping_version, 0),
            last.c.received_at,
            AcceptedFile.rows,
        )
        .join(Extract, Extract.id == AcceptedFile.extract_id)
        .join(last, last.c.extract_id == Extract.id)
        .where(AcceptedFile.table == table, Extract.accepted_at <= as_at)
        .where(~removals.is_of(AcceptedFile.object_id))
        .order_by(
            last.c.received_at, last.c.arrived_at, Extract.file_name.collate("C"), Extract.sha256,
            AcceptedFile.month,
        )
    )  # fmt: skip
    with engine.connect() as connection:
        return [ReceivedFile(*row) for row in connection.execute(asked)]


def first_month(engine: Engine) -> str | None:
    """The first month of which any row was accepted; nothing before the first extract."""
    with engine.connect() as connection:
        return connection.scalar(select(func.min(AcceptedFile.month)))


def _last_receipts(as_at: datetime) -> Select[Any]:
    """When the bytes of each extract were last received by a moment."""
    first = select(
        Extract.id.label("extract_id"),
        Extract.received_at,
        func.coalesce(Extract.arrived_at, Extract.received_at).label("arrived_at"),
    )
    again = select(Resent.extract_id, Resent.received_at, Resent.arrived_at)
    every = union_all(first, again).subquery()
    return (
        select(every)
        .where(every.c.received_at <= as_at)
        .ext(distinct_on(every.c.extract_id))
        .order_by(every.c.extract_id, every.c.received_at.desc(), every.c.arrived_at.desc())
    )
