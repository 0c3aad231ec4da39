"""The audit: who asked for, approved, rejected, published, explained or fetched a pack, and when.

The only table of the register that names users, because somebody has to answer for a pack. A
trigger of the database refuses every change.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Engine, Index, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from scorecard.register.base import Base

Doing = Literal["asked", "approved", "rejected", "published", "commented", "downloaded"]


class Audit(Base):
    """One thing that somebody did to one revision of one pack."""

    __tablename__ = "audit"
    __table_args__ = (Index("audit_pack_idx", "quarter", "variant", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    event: Mapped[str]
    user_name: Mapped[str]  # of Airflow, or "schedule"
    role: Mapped[str]  # the role in which it was done; empty where none is needed
    quarter: Mapped[str]
    variant: Mapped[str]
    revision: Mapped[int]
    content_sha256: Mapped[str]  # of the content that it was about
    said: Mapped[str]  # the comment, the figure that was explained, or the file that was fetched
    run: Mapped[str]  # of Airflow, in which it was done; empty outside one


@dataclass(frozen=True)
class Event:
    """One row of the audit."""

    at: datetime
    event: Doing
    user_name: str
    quarter: str
    variant: str
    revision: int
    content_sha256: str
    role: str = ""
    said: str = ""
    run: str = ""


def write(connection: Connection, event: Event) -> None:
    """Add what was done, in the transaction in which it is done."""
    connection.execute(insert(Audit).values(vars(event)))


def of_pack(engine: Engine, quarter: str, variant: str, revision: int) -> tuple[Event, ...]:
    """Everything that was done to a revision, in the order in which it was."""
    of = (Audit.quarter == quarter, Audit.variant == variant, Audit.revision == revision)
    return _events(engine, *of)


def reviews_of(engine: Engine, quarters: Collection[str]) -> tuple[Event, ...]:
    """What was asked, answered and published of quarters, in the order in which it was."""
    steps = ("asked", "approved", "rejected", "published")
    return _events(engine, Audit.quarter.in_(list(quarters)), Audit.event.in_(steps))


def _events(engine: Engine, *of: ColumnElement[bool]) -> tuple[Event, ...]:
    columns = [getattr(Audit, name) for name in Event.__dataclass_fields__]
    chosen = select(*columns).where(*of).order_by(Audit.id)
    with engine.connect() as connection:
        return tuple(Event(**row) for row in connection.execute(chosen).mappings())
