"""What was removed by retention, by which rule, when and by which run: rows are never changed.

What is to go is written first, and that it is gone afterwards. From the first on, nothing reads it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Engine, UniqueConstraint, and_, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, aliased, mapped_column

from scorecard.period import Month, london_day
from scorecard.register.base import Base
from scorecard.register.models import AcceptedFile, Extract, Pack, Resent

Event = Literal["due", "removed", "kept"]


class Removal(Base):
    """One thing that was to go by a rule, or went, or was kept after all."""

    __tablename__ = "removals"
    __table_args__ = (UniqueConstraint("place", "event", "extract_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str]  # in the object store, of a pack's folder, of the inbox or the logs
    event: Mapped[str]  # due, removed, kept
    rule: Mapped[str]  # the line of retention.yaml
    sha256: Mapped[str]  # of what was removed; of a draft, that of its manifest
    about: Mapped[str]  # the source or the pack
    month: Mapped[str]  # of rows; empty for all else
    extract_id: Mapped[int] = mapped_column(index=True)  # 0 where it is of none
    run: Mapped[str]  # of Airflow
    at: Mapped[datetime]


@dataclass(frozen=True)
class Due:
    """One thing that is to go by a rule."""

    place: str
    rule: str
    sha256: str = ""
    about: str = ""
    month: str = ""
    extract_id: int = 0


def write(engine: Engine, event: Event, what: Iterable[Due], run: str, at: datetime) -> None:
    """Add what is to go, went, or was kept; once each."""
    rows = [{**vars(each), "event": event, "run": run, "at": at} for each in what]
    if rows:
        with engine.begin() as connection:
            connection.execute(insert(Removal).on_conflict_do_nothing(), rows)


def unfinished(engine: Engine) -> list[Due]:
    """What is to go and is not gone yet, in the order in which it was found to be due."""
    end = aliased(Removal)
    ended = exists().where(
        end.place == Removal.place, end.extract_id == Removal.extract_id, end.event != "due"
    )
    columns = [getattr(Removal, name) for name in Due.__dataclass_fields__]
    asked = select(*columns).where(Removal.event == "due", ~ended).order_by(Removal.id)
    with engine.connect() as connection:
        return [Due(**row) for row in connection.execute(asked).mappings()]


def is_of(place: Any, extract_id: Any = None) -> Any:
    """A condition: whether a place of the register is gone or to go, for an extract or for any."""
    found = exists().where(Removal.place == place, Removal.event == "due")
    return found if extract_id is None else found.where(Removal.extract_id == extract_id)


def others_with(engine: Engine, sha256: str) -> set[int]:
    """The extracts with some bytes that are not to go: the bytes stay for them."""
    asked = select(Extract.id).where(
        Extract.sha256 == sha256, ~is_of("raw/" + Extract.sha256, Extract.id)
    )
    with engine.connect() as connection:
        return set(connection.scalars(asked))


def months_gone(engine: Engine, chosen: Iterable[Month]) -> dict[str, datetime]:
    """Of some months those whose accepted rows are gone, and since when."""
    months = [str(month) for month in chosen]
    asked = (
        select(Removal.month, func.min(Removal.at).label("since"))
        .where(Removal.event == "due", Removal.month.in_(months))
        .group_by(Removal.month)
        .order_by(Removal.month)
    )
    with engine.connect() as connection:
        return {row.month: row.since for row in connection.execute(asked)}


def in_words(gone: Mapping[str, datetime]) -> str:
    """What of a period is gone by retention, as one sentence; empty if nothing is."""
    if not gone:
        return ""
    since = f"{london_day(min(gone.values())):%-d %B %Y}"
    return f"The rows of {', '.join(gone)} are gone by retention since {since}."


def raw_before(engine: Engine, moment: datetime, needed: Collection[str]) -> list[Due]:
    """Extracts last received before a moment, without those with rows of months that are needed."""
    last = func.coalesce(
        select(func.max(Resent.received_at))
        .where(Resent.extract_id == Extract.id)
        .scalar_subquery(),
        Extract.received_at,
    )
    of_needed = exists().where(
        AcceptedFile.extract_id == Extract.id, AcceptedFile.month.in_(needed)
    )
    is_due = and_(Extract.state != "kept", last < moment, ~of_needed)
    is_gone = is_of("raw/" + Extract.sha256, Extract.id)
    columns = (Extract.id, Extract.source, Extract.sha256, Extract.rows_set_aside)
    asked = select(*columns, is_due, is_gone).order_by(Extract.id)
    with engine.connect() as connection:
        rows = connection.execute(asked).all()
    # The same bytes of two sources are one object: it goes with the last of them.
    stays = {sha256 for _, _, sha256, _, due, gone in rows if not due and not gone}
    return [
        Due(place, "raw_extracts", sha256, source, extract_id=extract)
        for extract, source, sha256, aside, due, gone in rows
        if due and not gone and sha256 not in stays
        for place in (f"raw/{sha256}", *([f"aside/{extract}.parquet"] if aside else []))
    ]


def rows_before(engine: Engine, month: str, needed: Collection[str]) -> list[Due]:
    """Accepted rows of months before one, without those of months that are needed."""
    asked = (
        select(
            AcceptedFile.object_id,
            AcceptedFile.sha256,
            Extract.source,
            AcceptedFile.month,
            AcceptedFile.extract_id,
        )
        .join(Extract, Extract.id == AcceptedFile.extract_id)
        .where(AcceptedFile.month < month, AcceptedFile.month.not_in(needed))
        .where(~is_of(AcceptedFile.object_id))
        .order_by(AcceptedFile.id)
    )
    with engine.connect() as connection:
        return [Due(row[0], "accepted_rows", *row[1:]) for row in connection.execute(asked)]


def drafts_before(engine: Engine, moment: datetime) -> list[Due]:
    """Drafts of before a moment that were never published."""
    place = "packs/" + Pack.folder
    asked = (
        select(place, Pack.manifest_sha256, Pack.folder)
        .where(Pack.state != "published", Pack.drafted_at < moment, ~is_of(place))
        .order_by(Pack.id)
    )
    with engine.connect() as connection:
        return [Due(row[0], "drafts", row[1], row[2]) for row in connection.execute(asked)]


def quarters_in_draft(engine: Engine, since: datetime) -> set[str]:
    """The quarters of which a newest revision is a draft of since a moment: it may be published."""
    newer = aliased(Pack)
    is_newest = ~exists().where(
        newer.quarter == Pack.quarter,
        newer.variant == Pack.variant,
        newer.revision > Pack.revision,
    )
    asked = select(Pack.quarter).where(
        Pack.state != "published", Pack.drafted_at >= since, is_newest
    )
    with engine.connect() as connection:
        return set(connection.scalars(asked))


def raw_gone(engine: Engine) -> set[tuple[str, str]]:
    """The source and hash of every extract whose bytes are gone."""
    asked = select(Removal.about, Removal.sha256).where(
        Removal.rule == "raw_extracts", Removal.event == "removed"
    )
    with engine.connect() as connection:
        return {(about, sha256) for about, sha256 in connection.execute(asked)}
