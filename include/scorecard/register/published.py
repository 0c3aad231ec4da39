"""Figures as published: written once with their pack, and never changed by anybody."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.dialects.postgresql import distinct_on

from scorecard.packs.records import FigureRecord
from scorecard.packs.revisions import Key
from scorecard.register import audit
from scorecard.register.audit import Event
from scorecard.register.models import Pack, PublishedFigure
from scorecard.register.packs import PackRow


@dataclass(frozen=True)
class LastPublished:
    """A figure as the pack that last published it has it, and what that pack rests on."""

    figure: FigureRecord
    measurement_id: str


@dataclass(frozen=True)
class PublishedValue:
    """One figure as one pack published it."""

    quarter: str
    variant: str
    revision: int
    published_at: datetime
    published_by: str
    measurement_id: str
    version: int
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    state: str
    flags: tuple[str, ...]
    rag: str


@dataclass(frozen=True)
class Publication:
    """Who publishes a pack, when, and the hash of the manifest that then stands in its folder."""

    published_by: str
    published_at: datetime
    manifest_sha256: str


def write(
    engine: Engine,
    pack: PackRow,
    publication: Publication,
    figures: Iterable[FigureRecord],
    restated: Collection[Key],
    done: Event,
) -> None:
    """Make a draft the published one, copy its figures, audit it: all in one transaction."""
    with engine.begin() as connection:
        mine = _is(pack)
        pack_id = connection.scalar(select(Pack.id).where(*mine).with_for_update())
        rows = [{**_row(figure, restated), "pack_id": pack_id} for figure in figures]
        if rows:  # a pack of exceptions has none in a quarter without any
            connection.execute(insert(PublishedFigure), rows)
        last = connection.scalar(select(func.coalesce(func.max(Pack.publication), 0)))
        connection.execute(
            update(Pack)
            .where(*mine)
            .values(state="published", publication=(last or 0) + 1, **vars(publication))
        )
        audit.write(connection, done)


def _is(pack: PackRow) -> tuple[Any, ...]:
    revision = (Pack.revision == pack.revision, Pack.state == "draft")
    return (Pack.quarter == pack.quarter, Pack.variant == pack.variant, *revision)


def _row(figure: FigureRecord, restated: Collection[Key]) -> dict[str, Any]:
    """A figure as a row; one that differs from what was published before says so."""
    is_restated = (figure.kpi_id, figure.directorate, figure.period) in restated
    flags = [*figure.flags, *(["restated"] if is_restated else [])]
    return {**vars(figure), "flags": flags, "details": dict(figure.details)}


def last(engine: Engine, variant: str, before: PackRow | None = None) -> dict[Key, LastPublished]:
    """Every figure as it was last published, in a pack of any quarter.

    `before`: as things stood when that pack was published, if it was.
    """
    key = (PublishedFigure.kpi_id, PublishedFigure.directorate, PublishedFigure.period)
    columns = [getattr(PublishedFigure, name) for name in FigureRecord.__dataclass_fields__]
    wanted = (
        select(Pack.measurement_id, *columns)
        .join(Pack, Pack.id == PublishedFigure.pack_id)
        .where(Pack.variant == variant)
        .ext(distinct_on(*key))
        .order_by(*key, Pack.publication.desc(), PublishedFigure.version.desc())
    )
    if before is not None and before.publication is not None:
        wanted = wanted.where(Pack.publication < before.publication)
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(wanted).mappings()]
    return {
        (row["kpi_id"], row["directorate"], row["period"]): _last_published(row) for row in rows
    }


def _last_published(row: dict[str, Any]) -> LastPublished:
    measurement_id = row.pop("measurement_id")
    return LastPublished(FigureRecord(**{**row, "flags": tuple(row["flags"])}), measurement_id)


@dataclass(frozen=True)
class Told:
    """Which figure a pack published, and in which state."""

    kpi_id: str
    period: str
    directorate: str
    state: str


def told(engine: Engine, by: datetime, but: Collection[str] = ()) -> tuple[Told, ...]:
    """Every figure that a pack of any variant had published by a moment, with its state there.

    `but`: the measurements whose packs are passed over.
    """
    columns = [getattr(PublishedFigure, name) for name in Told.__dataclass_fields__]
    wanted = (
        select(*columns)
        .join(Pack, Pack.id == PublishedFigure.pack_id)
        .where(Pack.published_at <= by, Pack.measurement_id.not_in(but))
        .distinct()
    )
    with engine.connect() as connection:
        return tuple(Told(*row) for row in connection.execute(wanted))


def values_of(
    engine: Engine, kpi: str, period: str, directorate: str
) -> tuple[PublishedValue, ...]:
    """Every published value of one figure, in the order in which packs published it."""
    of_pack = ("quarter", "variant", "revision", "published_at", "published_by", "measurement_id")
    columns = [
        getattr(Pack if name in of_pack else PublishedFigure, name)
        for name in PublishedValue.__dataclass_fields__
    ]
    wanted = (
        select(*columns)
        .join(Pack, Pack.id == PublishedFigure.pack_id)
        .where(PublishedFigure.kpi_id == kpi, PublishedFigure.period == period)
        .where(PublishedFigure.directorate == directorate)
        .order_by(Pack.publication, PublishedFigure.version)
    )
    with engine.connect() as connection:
        return tuple(_published_value(row) for row in connection.execute(wanted).mappings())


def _published_value(row: Mapping[Any, Any]) -> PublishedValue:
    return PublishedValue(**{**row, "flags": tuple(row["flags"])})
