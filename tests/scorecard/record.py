"""Measurements with their figures and extracts, written to the register by hand."""

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import insert

from scorecard.period import period_named
from scorecard.register import audit, packs
from scorecard.register.models import (
    AcceptedFile,
    Extract,
    Figure,
    Measurement,
    MeasurementInput,
)

Q = "2025-26-Q1"
KPI = "incidents_resolved_within_sla"
RECEIVED = datetime(2025, 7, 4, 6, 30, tzinfo=UTC)
NOW = datetime(2025, 7, 21, 8, tzinfo=UTC)


def a_figure(value, period=Q, directorate="COUNCIL", kpi=KPI, **given):
    """A row of figures; `given` changes what a test is about."""
    return {
        "kpi_id": kpi, "version": 1, "period": period, "period_kind": period_named(period).kind,
        "directorate": directorate, "numerator": Decimal(9), "denominator": Decimal(12),
        "value": None if value is None else Decimal(value), "state": "final", "flags": [],
        "why": "", "target": Decimal(90), "rag": "red", "rag_basis": "abs_tolerance: too far",
        "direction": "worse", "details": {}, **given,
    }  # fmt: skip


def an_extract(register, sha256, received=RECEIVED, table="tickets", months=None, **given):
    """An accepted extract with so many rows by month; its id comes back."""
    values = {
        "source": "tickets", "sha256": sha256, "file_name": f"{sha256}.csv", "bytes": 1,
        "received_at": received, "accepted_at": received, "state": "accepted", "table": table,
        "system": "servicenow_incident", "mapping_version": 1, "rows_received": 12,
        "rows_accepted": 11, "rows_set_aside": 1, **given,
    }  # fmt: skip
    with register.begin() as connection:
        extract = connection.scalar(insert(Extract).values(**values).returning(Extract.id))
        for month, rows in (months or {"2025-06": 11}).items():
            connection.execute(
                insert(AcceptedFile).values(
                    extract_id=extract, table=table, month=month, rows=rows, object_id=month,
                    sha256=f"{sha256} {month}",
                )
            )  # fmt: skip
    return extract


def a_measurement(register, name, figures, extracts=(), quarter=Q, as_at=NOW, identity=None):
    """A measurement of a quarter with its figures and the extracts that it read."""
    known = {"received": {"tickets": {"months": ["2025-04"], "systems": []}}, **(identity or {})}
    with register.begin() as connection:
        connection.execute(
            insert(Measurement).values(
                id=name, quarter=quarter, as_at=as_at, measured_at=as_at, identity=known
            )
        )
        for extract in extracts:
            connection.execute(
                insert(MeasurementInput).values(measurement_id=name, extract_id=extract)
            )
        for figure in figures:
            connection.execute(insert(Figure).values(measurement_id=name, **figure))
    return name


def ask(stores, quarter=Q, variant="officer", revision=1, at=NOW, user="schedule"):
    """The audit of a draft that was asked about; what the audit calls it comes back."""
    pack = packs.find(stores.register, quarter, variant, revision)
    about = (quarter, variant, revision, pack.content_sha256)
    with stores.register.begin() as connection:
        audit.write(connection, audit.Event(at, "asked", user, *about, run="a run[0]"))
    return about


def approve(stores, quarter=Q, variant="officer", revision=1, at=NOW, user="approver", **given):
    """The audit of a draft that was asked about, and approved; `given` changes the answer."""
    about = ask(stores, quarter, variant, revision, at)
    said = {"role": "approver", "said": "Read the summary.", "run": "a run[0]", **given}
    event = said.pop("event", "approved")
    with stores.register.begin() as connection:
        audit.write(connection, audit.Event(at, event, user, *about, **said))


def done(pack, event, at):
    """That something was done to a pack by its approver."""
    about = (pack.quarter, pack.variant, pack.revision, pack.content_sha256)
    return audit.Event(at, event, "approver", *about, role="approver")


def a_pack(
    register,
    variant="officer",
    state="draft",
    content="a content",
    revision=1,
    drafted_by="schedule",
):
    """A revision of the quarter's pack, without its folder."""
    a_measurement(register, f"{variant} {revision}", [])
    done = {"published_at": NOW, "published_by": "approver"} if state == "published" else {}
    row = packs.PackRow(
        Q, variant, revision, state, f"{variant} {revision}", content, "a manifest",
        f"{Q}/{variant}/r{revision}", "", NOW, drafted_by, **done,
    )  # fmt: skip
    packs.write(register, row)
    return row
