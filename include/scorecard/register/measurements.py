"""Measurements in the register: what one rests on, whether it is there, and its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, func, insert, select, update

from scorecard.register.models import (
    ActivityRow,
    Measured,
    Measurement,
    MeasurementInput,
)


@dataclass(frozen=True)
class MeasuredRow:
    """What a KPI's SQL returned for one period and directorate, under one version."""

    kpi_id: str
    version: int
    period: str
    directorate: str
    numerator: Decimal | None
    denominator: Decimal | None


@dataclass(frozen=True)
class NewMeasurement:
    """A measurement before it is written: its identity, its figures and its tables of activity."""

    id: str
    quarter: str
    as_at: datetime
    measured_at: datetime
    identity: Mapping[str, Any]
    extracts: Mapping[int, datetime]  # and when what counts of them was received
    measured: Sequence[MeasuredRow]
    activity: Mapping[str, Sequence[Mapping[str, str | None]]]


def found_again(engine: Engine, measurement_id: str, as_at: datetime) -> bool:
    """Whether the register holds a measurement already; then it holds as at this moment too."""
    known = func.coalesce(Measurement.latest_as_at, Measurement.as_at)
    mine = Measurement.id == measurement_id
    later = update(Measurement).where(mine, known < as_at).values(latest_as_at=as_at)
    with engine.begin() as connection:
        connection.execute(later)
        return connection.execute(select(Measurement.id).where(mine)).first() is not None


def identities(engine: Engine, quarter: str) -> dict[str, dict[str, Any]]:
    """What identifies every measurement of a quarter, by its id."""
    asked = select(Measurement.id, Measurement.identity).where(Measurement.quarter == quarter)
    with engine.connect() as connection:
        return {row.id: row.identity for row in connection.execute(asked)}


def write(engine: Engine, new: NewMeasurement) -> None:
    """Write a measurement whole, in one transaction."""
    with engine.begin() as connection:
        connection.execute(
            insert(Measurement).values(
                id=new.id,
                quarter=new.quarter,
                as_at=new.as_at,
                measured_at=new.measured_at,
                identity=dict(new.identity),
            )
        )
        for model, rows in (
            (MeasurementInput, _inputs(new)),
            (Measured, [vars(row) for row in new.measured]),
            (ActivityRow, _activity(new)),
        ):
            if rows:
                keyed = [{**row, "measurement_id": new.id} for row in rows]
                connection.execute(insert(model), keyed)


def _inputs(new: NewMeasurement) -> list[dict[str, Any]]:
    return [
        {"extract_id": extract, "received_at": received_at}
        for extract, received_at in sorted(new.extracts.items())
    ]


def _activity(new: NewMeasurement) -> list[dict[str, Any]]:
    return [
        {"table": table, "position": position, "row": dict(row)}
        for table, rows in new.activity.items()
        for position, row in enumerate(rows, start=1)
    ]
