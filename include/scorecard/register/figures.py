"""Figures in the register: what they are made from, whether they are there, and their rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, insert, select

from scorecard.arrivals import AcceptedMonth
from scorecard.figures import Figure
from scorecard.gate import Finding
from scorecard.register import evidence, models
from scorecard.register.measurements import MeasuredRow
from scorecard.register.models import ActivityRow, Measured, Measurement


class UnknownMeasurement(LookupError):
    """An id that no measurement has."""


@dataclass(frozen=True)
class Reading:
    """One measurement as reconciling reads it: its rows, and the months that its inputs cover."""

    measurement_id: str
    quarter: str
    as_at: datetime
    rows: Sequence[MeasuredRow]
    accepted: Sequence[AcceptedMonth]


def read(engine: Engine, measurement_id: str) -> Reading:
    """A measurement's rows and inputs; UnknownMeasurement if there is none of that id."""
    with engine.connect() as connection:
        wanted = select(Measurement.quarter, Measurement.as_at)
        found = connection.execute(wanted.where(Measurement.id == measurement_id)).first()
        if found is None:
            raise UnknownMeasurement(
                f"measurement {measurement_id}: the register does not hold it. Measure again."
            )
        measured = select(
            Measured.kpi_id,
            Measured.version,
            Measured.period,
            Measured.directorate,
            Measured.numerator,
            Measured.denominator,
        ).where(Measured.measurement_id == measurement_id)
        rows = [MeasuredRow(*row) for row in connection.execute(measured)]
    accepted = evidence.months_of(engine, measurement_id)
    return Reading(measurement_id, found.quarter, found.as_at, rows, accepted)


def activity(engine: Engine, measurement_id: str, table: str) -> list[dict[str, Any]]:
    """The rows of one of a measurement's tables of activity, in order."""
    chosen = (
        select(ActivityRow.row)
        .where(ActivityRow.measurement_id == measurement_id, ActivityRow.table == table)
        .order_by(ActivityRow.position)
    )
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(chosen).scalars()]


def are_there(engine: Engine, measurement_id: str) -> bool:
    """Whether the register holds a measurement's figures already."""
    chosen = select(models.Figure.kpi_id).where(models.Figure.measurement_id == measurement_id)
    with engine.connect() as connection:
        return connection.execute(chosen.limit(1)).first() is not None


def write(
    engine: Engine, measurement_id: str, figures: Sequence[Figure], found: Sequence[Finding]
) -> None:
    """Write a measurement's figures, and what the gate found, whole and in one transaction."""
    rows: list[Mapping[str, Any]] = [
        {**vars(figure), "flags": list(figure.flags), "measurement_id": measurement_id}
        for figure in figures
    ]
    findings: list[Mapping[str, Any]] = [
        {**vars(finding), "position": position, "measurement_id": measurement_id}
        for position, finding in enumerate(found, start=1)
    ]
    with engine.begin() as connection:
        for model, values in ((models.Figure, rows), (models.GateFinding, findings)):
            if values:
                connection.execute(insert(model), values)
