"""What a measurement read: the extracts of a table with their hashes, and rows set aside."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Select, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from scorecard.arrivals import AcceptedMonth
from scorecard.mapping import senders_in
from scorecard.packs.causes import Basis
from scorecard.packs.records import ExtractRecord
from scorecard.register import refusals
from scorecard.register.models import AcceptedFile, Check, Extract, Measurement, MeasurementInput
from scorecard.settings import INCLUDE


@dataclass(frozen=True)
class ExtractRead:
    """One extract whose rows a measurement read, and the months of which it has any."""

    extract_id: int
    source: str
    system: str
    file_name: str
    sha256: str
    received_at: datetime  # the receipt that counted
    rows_received: int | None
    rows_accepted: int | None
    rows_set_aside: int | None
    months: tuple[str, ...]


@dataclass(frozen=True)
class SetAside:
    """How many rows of an extract one rule kept out of every figure, and why."""

    extract_id: int
    file_name: str
    rule: str
    rows: int
    why: str


# When the bytes that counted were received: the same bytes may have come more than once.
RECEIVED_AT = func.coalesce(MeasurementInput.received_at, Extract.received_at)


def extracts_of(engine: Engine, measurement_id: str, table: str) -> tuple[ExtractRead, ...]:
    """The extracts of a table that a measurement read, in the order in which they arrived."""
    months = func.array_agg(aggregate_order_by(AcceptedFile.month, AcceptedFile.month))
    facts = ("source", "file_name", "sha256", "rows_received", "rows_accepted", "rows_set_aside")
    wanted = (
        select(
            Extract.id.label("extract_id"),
            func.coalesce(Extract.system, "").label("system"),
            *(getattr(Extract, name) for name in facts),
            RECEIVED_AT.label("received_at"),
            months.label("months"),
        )
        .join(MeasurementInput, MeasurementInput.extract_id == Extract.id)
        .join(AcceptedFile, AcceptedFile.extract_id == Extract.id)
        .where(MeasurementInput.measurement_id == measurement_id, AcceptedFile.table == table)
        .group_by(Extract.id, MeasurementInput.received_at)
        .order_by(RECEIVED_AT, Extract.arrived_at, Extract.file_name, Extract.sha256)
    )
    with engine.connect() as connection:
        rows = connection.execute(wanted).mappings()
        return tuple(ExtractRead(**{**row, "months": tuple(row["months"])}) for row in rows)


def set_aside_of(engine: Engine, measurement_id: str, table: str) -> tuple[SetAside, ...]:
    """What was kept out of a table's rows, rule by rule; the rows themselves are in the store."""
    wanted = (
        select(
            Extract.id.label("extract_id"),
            Extract.file_name,
            Check.rule,
            Check.rows_set_aside.label("rows"),
            Check.why,
        )
        .join(Check, Check.extract_id == Extract.id)
        .join(MeasurementInput, MeasurementInput.extract_id == Extract.id)
        .where(MeasurementInput.measurement_id == measurement_id, Extract.table == table)
        .where(Check.rows_set_aside > 0)
        .order_by(RECEIVED_AT, Extract.arrived_at, Extract.file_name, Extract.sha256, Check.rule)
    )
    with engine.connect() as connection:
        return tuple(SetAside(**row) for row in connection.execute(wanted).mappings())


def bases(engine: Engine, measurement_ids: Iterable[str]) -> dict[str, Basis]:
    """What each of some measurements rests on, by its id."""
    wanted = select(Measurement.id, Measurement.identity)
    with engine.connect() as connection:
        found = connection.execute(wanted.where(Measurement.id.in_(set(measurement_ids)))).all()
    return {name: Basis(identity, months_of(engine, name)) for name, identity in found}


def accepted_months(received_at: Any) -> Select[Any]:
    """The columns of an AcceptedMonth, of every extract."""
    return select(
        AcceptedFile.table,
        func.coalesce(Extract.system, ""),
        AcceptedFile.month,
        AcceptedFile.rows,
        AcceptedFile.extract_id,
        received_at,
    ).join(Extract, Extract.id == AcceptedFile.extract_id)


def months_of(engine: Engine, measurement_id: str) -> tuple[AcceptedMonth, ...]:
    """The months of every extract that a measurement read."""
    months = (
        accepted_months(RECEIVED_AT)
        .join(MeasurementInput, MeasurementInput.extract_id == Extract.id)
        .where(MeasurementInput.measurement_id == measurement_id)
        .order_by(AcceptedFile.extract_id, AcceptedFile.month)
    )
    with engine.connect() as connection:
        return tuple(sent(connection.execute(months).all()))


def sent(rows: Iterable[Sequence[Any]]) -> Iterator[AcceptedMonth]:
    """Months under the name of their sender: fetched another way, a system stays the same."""
    senders = senders_in(INCLUDE / "sources")
    for table, system, *facts in rows:
        yield AcceptedMonth(table, senders.get(system, system), *facts)


@dataclass(frozen=True)
class AsideOfExtract:
    """How many rows of an extract one rule set aside, and why."""

    source: str
    extract_id: int
    file_name: str
    sha256: str
    rule: str
    rows: int
    why: str


def all_set_aside_of(engine: Engine, measurement_id: str) -> tuple[AsideOfExtract, ...]:
    """What was kept out of every figure of a measurement, source by source, rule by rule."""
    wanted = (
        select(
            Extract.source,
            Extract.id.label("extract_id"),
            Extract.file_name,
            Extract.sha256,
            Check.rule,
            Check.rows_set_aside.label("rows"),
            Check.why,
        )
        .join(Check, Check.extract_id == Extract.id)
        .join(MeasurementInput, MeasurementInput.extract_id == Extract.id)
        .where(MeasurementInput.measurement_id == measurement_id, Check.rows_set_aside > 0)
        .order_by(Extract.source, RECEIVED_AT, Extract.file_name, Extract.sha256, Check.rule)
    )
    with engine.connect() as connection:
        return tuple(AsideOfExtract(**row) for row in connection.execute(wanted).mappings())


def refused_before(engine: Engine, measurement_id: str) -> tuple[ExtractRecord, ...]:
    """The extracts of which nothing could be used when a measurement was made."""
    with engine.connect() as connection:
        wanted = select(Measurement.quarter, Measurement.as_at)
        found = connection.execute(wanted.where(Measurement.id == measurement_id)).one_or_none()
    return refusals.as_at(engine, found.quarter, found.as_at) if found else ()
