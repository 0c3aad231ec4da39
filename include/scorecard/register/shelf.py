"""What the officers' page reads of the register: every pack, and figures as published."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Select, func, select, tuple_

from scorecard.packs.records import FigureRecord
from scorecard.register import removals
from scorecard.register.models import Pack, PublishedFigure
from scorecard.register.packs import PackRow

Key = tuple[str, str, int]  # quarter, variant, revision


@dataclass(frozen=True)
class Published:
    """One figure as one pack published it."""

    quarter: str
    variant: str
    revision: int
    published_at: datetime
    measurement_id: str
    record: FigureRecord

    @property
    def key(self) -> Key:
        return self.quarter, self.variant, self.revision


def every(engine: Engine) -> tuple[PackRow, ...]:
    """Every revision of every pack that is there, the newest quarter and revision first."""
    columns = [getattr(Pack, name) for name in PackRow.__dataclass_fields__]
    is_there = ~removals.is_of("packs/" + Pack.folder) | (Pack.state == "published")
    newest = (Pack.quarter.desc(), Pack.variant, Pack.revision.desc())
    wanted = select(*columns).where(is_there).order_by(*newest)
    with engine.connect() as connection:
        return tuple(PackRow(**row) for row in connection.execute(wanted).mappings())


def figures(
    engine: Engine,
    packs: Collection[Key],
    *,
    kpis: Collection[str] | None = None,
    periods: Collection[str] | None = None,
    directorates: Collection[str] | None = None,
    kind: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[Published, ...]:
    """Figures of some published packs, in the order in which packs published them."""
    ours = ("quarter", "variant", "revision", "published_at", "measurement_id")
    columns = [getattr(Pack, name) for name in ours]
    columns += [getattr(PublishedFigure, name) for name in FigureRecord.__dataclass_fields__]
    wanted = _chosen(select(*columns), packs, kpis, periods, directorates, kind)
    place = (Pack.publication, PublishedFigure.kpi_id, PublishedFigure.period)
    wanted = wanted.order_by(*place, PublishedFigure.directorate, PublishedFigure.version)
    with engine.connect() as connection:
        rows = connection.execute(wanted.limit(limit).offset(offset)).mappings()
        return tuple(_published(dict(row), ours) for row in rows)


def count(
    engine: Engine,
    packs: Collection[Key],
    *,
    kpis: Collection[str] | None = None,
    periods: Collection[str] | None = None,
    directorates: Collection[str] | None = None,
    kind: str | None = None,
) -> int:
    """How many figures those packs published."""
    wanted = _chosen(select(func.count()), packs, kpis, periods, directorates, kind)
    with engine.connect() as connection:
        return connection.scalar(wanted) or 0


def _chosen(
    wanted: Select[Any],
    packs: Collection[Key],
    kpis: Collection[str] | None,
    periods: Collection[str] | None,
    directorates: Collection[str] | None,
    kind: str | None,
) -> Select[Any]:
    wanted = wanted.select_from(PublishedFigure).join(Pack, Pack.id == PublishedFigure.pack_id)
    wanted = wanted.where(tuple_(Pack.quarter, Pack.variant, Pack.revision).in_(list(packs)))
    for column, among in (
        (PublishedFigure.kpi_id, kpis),
        (PublishedFigure.period, periods),
        (PublishedFigure.directorate, directorates),
        (PublishedFigure.period_kind, None if kind is None else [kind]),
    ):
        if among is not None:
            wanted = wanted.where(column.in_(list(among)))
    return wanted


def _published(row: dict[str, Any], ours: tuple[str, ...]) -> Published:
    of_pack = {name: row.pop(name) for name in ours}
    return Published(**of_pack, record=FigureRecord(**{**row, "flags": tuple(row["flags"])}))
