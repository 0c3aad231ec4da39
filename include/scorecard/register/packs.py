"""What a pack is drafted from, and the packs that were drafted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Select, insert, select
from sqlalchemy.orm import Session

from scorecard.gate import Finding
from scorecard.packs.records import CheckRecord, ExtractRecord, FigureRecord
from scorecard.register import refusals
from scorecard.register.models import (
    ActivityRow,
    Check,
    Extract,
    Figure,
    GateFinding,
    Measurement,
    MeasurementInput,
    Pack,
)


@dataclass(frozen=True)
class Reading:
    """What the register holds of one measurement."""

    measurement_id: str
    quarter: str
    as_at: datetime
    identity: Mapping[str, Any]
    figures: tuple[FigureRecord, ...]
    activity: Mapping[str, Sequence[Mapping[str, Any]]]
    extracts: tuple[ExtractRecord, ...]
    checks: tuple[CheckRecord, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def months(self) -> dict[str, frozenset[str]]:
        """The months for which each table had accepted rows."""
        received = self.identity.get("received", {})
        return {table: frozenset(found["months"]) for table, found in received.items()}


@dataclass(frozen=True)
class PackRow:
    """One revision of one variant of one quarter's pack, as the register keeps it."""

    quarter: str
    variant: str
    revision: int
    state: str
    measurement_id: str
    content_sha256: str
    manifest_sha256: str
    folder: str  # below the packs folder
    reason: str
    drafted_at: datetime
    drafted_by: str
    reason_is_given: bool = False  # by a person, and not made from the figures that moved
    published_at: datetime | None = None
    published_by: str | None = None
    publication: int | None = None  # its place among all packs that were published


class UnknownMeasurement(LookupError):
    """A measurement that the register does not hold, or that has no figures yet."""


def read(engine: Engine, measurement_id: str) -> Reading:
    """Everything of a measurement that a pack shows; UnknownMeasurement if it has no figures."""
    with Session(engine) as session:
        found = session.get(Measurement, measurement_id)
        figures = _figures(session, measurement_id)
        if found is None or not figures:
            raise UnknownMeasurement(
                f"measurement {measurement_id[:12]}: the register holds no figures of it. "
                "Run measure and reconcile for the quarter first."
            )
        return Reading(
            measurement_id=measurement_id,
            quarter=found.quarter,
            as_at=found.as_at,
            identity=found.identity,
            figures=figures,
            activity=_activity(session, measurement_id),
            extracts=(
                *_extracts(session, measurement_id),
                *refusals.as_at(engine, found.quarter, found.as_at),
            ),
            checks=_checks(session, measurement_id),
            findings=_findings(session, measurement_id),
        )


def _figures(session: Session, measurement_id: str) -> tuple[FigureRecord, ...]:
    names = FigureRecord.__dataclass_fields__
    columns = [getattr(Figure, name) for name in names]
    rows = session.execute(
        select(*columns)
        .where(Figure.measurement_id == measurement_id)
        .order_by(Figure.kpi_id, Figure.version, Figure.period, Figure.directorate)
    )
    return tuple(
        FigureRecord(**{**row, "flags": tuple(row["flags"])}) for row in map(dict, rows.mappings())
    )


def _activity(session: Session, measurement_id: str) -> dict[str, list[Mapping[str, Any]]]:
    rows = session.execute(
        select(ActivityRow.table, ActivityRow.row)
        .where(ActivityRow.measurement_id == measurement_id)
        .order_by(ActivityRow.table, ActivityRow.position)
    )
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for table, row in rows:
        found[table].append(row)
    return dict(found)


def _extracts(session: Session, measurement_id: str) -> tuple[ExtractRecord, ...]:
    columns = [getattr(Extract, name) for name in ExtractRecord.__dataclass_fields__]
    rows = session.execute(
        select(*columns)
        .join(MeasurementInput, MeasurementInput.extract_id == Extract.id)
        .where(MeasurementInput.measurement_id == measurement_id)
        .order_by(Extract.source, Extract.received_at, Extract.sha256)
    )
    return tuple(ExtractRecord(**row) for row in map(dict, rows.mappings()))


def _checks(session: Session, measurement_id: str) -> tuple[CheckRecord, ...]:
    rows = session.execute(
        select(
            Extract.source,
            *(
                getattr(Check, name)
                for name in CheckRecord.__dataclass_fields__
                if name != "source"
            ),
        )
        .join(Extract, Extract.id == Check.extract_id)
        .join(MeasurementInput, MeasurementInput.extract_id == Extract.id)
        .where(MeasurementInput.measurement_id == measurement_id)
        .order_by(Extract.source, Check.rule, Extract.sha256)
    )
    return tuple(CheckRecord(**row) for row in map(dict, rows.mappings()))


def _findings(session: Session, measurement_id: str) -> tuple[Finding, ...]:
    columns = [getattr(GateFinding, name) for name in Finding.__dataclass_fields__]
    rows = session.execute(
        select(*columns)
        .where(GateFinding.measurement_id == measurement_id)
        .order_by(GateFinding.position)
    )
    return tuple(Finding(*row) for row in rows)


def newest(engine: Engine, quarter: str, variant: str) -> PackRow | None:
    """The newest revision of a quarter's pack, in whatever state."""
    return _newest(engine, _packs(quarter, variant))


def published(engine: Engine, quarter: str, variant: str) -> PackRow | None:
    """The newest revision of a quarter's pack that was published."""
    return _newest(engine, _packs(quarter, variant).where(Pack.state == "published"))


def find(engine: Engine, quarter: str, variant: str, revision: int) -> PackRow | None:
    """A revision of a quarter's pack, or None if there is none of that number."""
    return _newest(engine, _packs(quarter, variant).where(Pack.revision == revision))


def _newest(engine: Engine, wanted: Select[Any]) -> PackRow | None:
    with Session(engine) as session:
        row = session.execute(wanted.order_by(Pack.revision.desc()).limit(1)).mappings().first()
    return PackRow(**row) if row else None


def _packs(quarter: str, variant: str) -> Select[Any]:
    columns = [getattr(Pack, name) for name in PackRow.__dataclass_fields__]
    return select(*columns).where(Pack.quarter == quarter, Pack.variant == variant)


def write(engine: Engine, pack: PackRow) -> None:
    """Record a drafted revision."""
    values = {name: getattr(pack, name) for name in PackRow.__dataclass_fields__}
    with engine.begin() as connection:
        connection.execute(insert(Pack).values(values))
