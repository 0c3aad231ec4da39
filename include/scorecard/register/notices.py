"""What people were told, and by which way it left: rows are added and never changed.

A notice is written first and sent afterwards. What became of it is a row of its own for each way,
so that a process that dies in between leaves a notice that is still to be sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Engine, ForeignKey, UniqueConstraint, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from scorecard.notices import Kind, Notice
from scorecard.register.base import Base

Way = Literal["e-mail", "webhook"]
Outcome = Literal["sent", "refused", "not set up"]
WAYS: tuple[Way, ...] = ("e-mail", "webhook")


class NoticeRow(Base):
    """One thing that some roles are told."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("identity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str]  # SHA-256 of what it is about
    kind: Mapped[str]
    about: Mapped[str]
    period: Mapped[str]
    items: Mapped[list[str]]  # each is told once
    roles: Mapped[list[str]]
    title: Mapped[str]
    lines: Mapped[list[str]]
    page: Mapped[str]
    raised_at: Mapped[datetime]


class Delivery(Base):
    """What became of a notice by one way."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("notice_id", "way"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"))
    way: Mapped[str]  # e-mail, webhook
    outcome: Mapped[str]  # sent, refused, not set up
    at: Mapped[datetime]


class Addressed(Base):
    """What became of a notice at one mailbox."""

    __tablename__ = "addressed"
    __table_args__ = (UniqueConstraint("notice_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"))
    address: Mapped[str]
    outcome: Mapped[str]  # sent, refused
    at: Mapped[datetime]


@dataclass(frozen=True)
class Waiting:
    """A notice that has not left by a way."""

    notice_id: int
    way: Way
    notice: Notice
    raised_at: datetime


def told(connection: Connection, kind: Kind) -> set[str]:
    """Everything of a kind that people were told, or will be."""
    each = select(func.unnest(NoticeRow.items)).where(NoticeRow.kind == kind)
    return set(connection.scalars(each))


def write(connection: Connection, notice: Notice, raised_at: datetime) -> bool:
    """Add a notice; whether it is new."""
    values = {**vars(notice), "identity": notice.identity, "raised_at": raised_at}
    values |= {name: list(values[name]) for name in ("items", "roles", "lines")}
    added = insert(NoticeRow).values(**values).on_conflict_do_nothing().returning(NoticeRow.id)
    return connection.execute(added).first() is not None


def waiting(engine: Engine, ways: Iterable[Way] = WAYS) -> list[Waiting]:
    """What has not left by each way yet, oldest first."""
    names = tuple(Notice.__dataclass_fields__)
    columns = [getattr(NoticeRow, name) for name in names]
    found = []
    with engine.connect() as connection:
        for way in ways:
            left = select(Delivery.notice_id).where(Delivery.way == way)
            asked = (
                select(NoticeRow.id, NoticeRow.raised_at, *columns)
                .where(NoticeRow.id.not_in(left))
                .order_by(NoticeRow.id)
            )
            for row in connection.execute(asked).mappings():
                values: dict[str, Any] = {
                    n: tuple(row[n]) if isinstance(row[n], list) else row[n] for n in names
                }
                found.append(Waiting(row["id"], way, Notice(**values), row["raised_at"]))
    return found


def reached(engine: Engine, one: Waiting) -> dict[str, str]:
    """What became of a notice at each mailbox that took or refused it."""
    asked = select(Addressed.address, Addressed.outcome).where(Addressed.notice_id == one.notice_id)
    with engine.connect() as connection:
        return {row.address: row.outcome for row in connection.execute(asked)}


def delivered(
    engine: Engine,
    one: Waiting,
    outcome: Outcome | None,
    at: datetime,
    addresses: Mapping[str, Outcome] | None = None,
) -> None:
    """Write down what became of a notice by a way, and at which mailboxes.

    Without an outcome it still waits: a mailbox could not take it yet.
    """
    values = {"notice_id": one.notice_id, "at": at}
    with engine.begin() as connection:
        for address, found in (addresses or {}).items():
            row = {**values, "address": address, "outcome": found}
            connection.execute(insert(Addressed).values(**row).on_conflict_do_nothing())
        if outcome:
            row = {**values, "way": one.way, "outcome": outcome}
            connection.execute(insert(Delivery).values(**row).on_conflict_do_nothing())
