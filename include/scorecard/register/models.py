"""The record: what was received, checked, measured and drafted. It holds no personal data."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from scorecard.register.base import Base


class Extract(Base):
    """One file as received. The same bytes for the same source are the same extract."""

    __tablename__ = "extracts"
    __table_args__ = (UniqueConstraint("source", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    sha256: Mapped[str]
    file_name: Mapped[str]
    bytes: Mapped[int]
    received_at: Mapped[datetime]  # when its bytes were first kept
    arrived_at: Mapped[datetime | None]  # the time of the file itself, which orders a delivery
    state: Mapped[str]  # kept, accepted, refused
    refusal: Mapped[str | None]  # where, what, what to do
    accepted_at: Mapped[datetime | None]
    definitions_sha256: Mapped[str | None]  # what it was accepted or refused by; see reading.py
    system: Mapped[str | None]  # the mapping that read it
    mapping_version: Mapped[int | None]
    table: Mapped[str | None]
    rows_received: Mapped[int | None]
    rows_accepted: Mapped[int | None]
    rows_set_aside: Mapped[int | None]
    control_total: Mapped[Decimal | None]


class Resent(Base):
    """The same bytes received again: the owner's last word, where another file came between."""

    __tablename__ = "resent"
    __table_args__ = (UniqueConstraint("extract_id", "file_name", "arrived_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    extract_id: Mapped[int] = mapped_column(ForeignKey("extracts.id"))
    file_name: Mapped[str]
    arrived_at: Mapped[datetime]
    received_at: Mapped[datetime]


class PastRefusal(Base):
    """A refusal that no longer holds: the extract was looked at again by mended definitions."""

    __tablename__ = "past_refusals"

    id: Mapped[int] = mapped_column(primary_key=True)
    extract_id: Mapped[int] = mapped_column(ForeignKey("extracts.id"), index=True)
    refused_at: Mapped[datetime]
    until: Mapped[datetime]
    refusal: Mapped[str]
    rows_received: Mapped[int | None]
    rows_accepted: Mapped[int | None]
    rows_set_aside: Mapped[int | None]


class AcceptedFile(Base):
    """One Parquet file: the accepted rows of one extract that belong to one month."""

    __tablename__ = "accepted_files"
    __table_args__ = (UniqueConstraint("extract_id", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    extract_id: Mapped[int] = mapped_column(ForeignKey("extracts.id"))
    table: Mapped[str] = mapped_column(index=True)
    month: Mapped[str]
    object_id: Mapped[str]  # where in the object store
    sha256: Mapped[str]
    rows: Mapped[int]


class Check(Base):
    """What one rule found in one extract. Rules of reading and mapping count here too."""

    __tablename__ = "checks"
    __table_args__ = (UniqueConstraint("extract_id", "rule"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    extract_id: Mapped[int] = mapped_column(ForeignKey("extracts.id"))
    rule: Mapped[str]
    dimension: Mapped[str]  # completeness, uniqueness, validity, consistency, timeliness, accuracy
    severity: Mapped[str]  # critical or warning
    rows_checked: Mapped[int]
    rows_set_aside: Mapped[int]
    result: Mapped[str]  # passed, set aside, failed
    why: Mapped[str]


class Measurement(Base):
    """One reckoning of one quarter from named files by named definitions.

    `id` is the SHA-256 of `identity`, so that the same inputs are the same measurement.
    """

    __tablename__ = "measurements"

    id: Mapped[str] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(index=True)
    as_at: Mapped[datetime]
    latest_as_at: Mapped[datetime | None]  # the last moment as at which it was found again
    measured_at: Mapped[datetime]
    identity: Mapped[dict[str, Any]]  # accepted files, KPI versions and hashes, factor set, code


class MeasurementInput(Base):
    """An extract whose accepted rows a measurement read."""

    __tablename__ = "measurement_inputs"

    measurement_id: Mapped[str] = mapped_column(ForeignKey("measurements.id"), primary_key=True)
    extract_id: Mapped[int] = mapped_column(ForeignKey("extracts.id"), primary_key=True)
    received_at: Mapped[datetime | None]  # the receipt that counted; empty: the first


class Measured(Base):
    """What one KPI's SQL returned: numerator and denominator, never their ratio."""

    __tablename__ = "measured"

    measurement_id: Mapped[str] = mapped_column(ForeignKey("measurements.id"), primary_key=True)
    kpi_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    directorate: Mapped[str] = mapped_column(primary_key=True)
    numerator: Mapped[Decimal | None]
    denominator: Mapped[Decimal | None]


class ActivityRow(Base):
    """One row of one of the pack's tables of activity, as its SQL returned it."""

    __tablename__ = "activity_rows"

    measurement_id: Mapped[str] = mapped_column(ForeignKey("measurements.id"), primary_key=True)
    table: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    row: Mapped[dict[str, Any]]  # column to value; numbers as text, so that none is rounded


class _FigureColumns:
    """What a figure holds, as measured and as published."""

    kpi_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    directorate: Mapped[str] = mapped_column(primary_key=True)
    period_kind: Mapped[str]
    numerator: Mapped[Decimal | None]
    denominator: Mapped[Decimal | None]
    value: Mapped[Decimal | None]  # divided and rounded once, half up
    lower: Mapped[Decimal | None]  # 95% interval, where there is one
    upper: Mapped[Decimal | None]
    state: Mapped[str]  # final, provisional, awaiting, not_applicable, suppressed
    flags: Mapped[list[str]]  # restated, baseline, estimated, small_numbers, ...
    why: Mapped[str]  # why it is in that state, in an officer's words
    target: Mapped[Decimal | None]
    rag: Mapped[str]  # green, amber, red, blue, not_rated
    rag_basis: Mapped[str]  # the rule that decided, or why there is none
    direction: Mapped[str]  # better, worse, same, not_comparable
    details: Mapped[dict[str, Any]]  # SPC for months; carbon's factor year and fallbacks


class GateFinding(Base):
    """One thing that the gate found of a measurement's quarter, and what became of it."""

    __tablename__ = "gate_findings"

    measurement_id: Mapped[str] = mapped_column(ForeignKey("measurements.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # incomplete_feed, missing_directorate, jump
    outcome: Mapped[str]  # provisional, confirmed; what stops a draft leaves no figures
    table: Mapped[str]
    period: Mapped[str]
    directorate: Mapped[str]
    message: Mapped[str]  # where, what, and what to do


class Figure(_FigureColumns, Base):
    """One figure: a KPI's value for a period and a directorate, with its state and evidence."""

    __tablename__ = "figures"

    measurement_id: Mapped[str] = mapped_column(ForeignKey("measurements.id"), primary_key=True)


class PublishedFigure(_FigureColumns, Base):
    """One figure as a pack published it. A trigger of the database refuses every change."""

    __tablename__ = "published_figures"
    __table_args__ = (Index("published_figures_idx", "kpi_id", "period", "directorate"),)

    pack_id: Mapped[int] = mapped_column(ForeignKey("packs.id"), primary_key=True)


class Pack(Base):
    """One revision of one variant of one quarter's pack."""

    __tablename__ = "packs"
    __table_args__ = (
        UniqueConstraint("quarter", "variant", "revision"),
        UniqueConstraint("publication"),
        Index("packs_content_idx", "quarter", "variant", "content_sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[str]
    variant: Mapped[str]
    revision: Mapped[int]
    state: Mapped[str]  # draft, reviewed, published
    measurement_id: Mapped[str] = mapped_column(ForeignKey("measurements.id"))
    content_sha256: Mapped[str]
    manifest_sha256: Mapped[str]
    folder: Mapped[str]  # below the packs folder
    reason: Mapped[str]
    drafted_at: Mapped[datetime]
    drafted_by: Mapped[str]
    # Whether a person gave the reason, or it was made from the figures that moved.
    reason_is_given: Mapped[bool] = mapped_column(server_default=false())
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None]  # a role
    publication: Mapped[int | None]  # 1 for the first pack that was published, then 2


class Commentary(Base):
    """What a role wrote about one figure of a quarter. A change is a new row; the newest counts."""

    __tablename__ = "commentary"
    __table_args__ = (Index("commentary_figure_idx", "quarter", "kpi_id", "directorate"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[str]
    kpi_id: Mapped[str]
    directorate: Mapped[str]
    cause: Mapped[str]
    action: Mapped[str]
    owner: Mapped[str]  # the role that answers for the action
    by_when: Mapped[date]
    written_by: Mapped[str]  # a role
    written_at: Mapped[datetime]
