"""What a pack is built from: rows of the register and decisions of the council, as plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any

from scorecard.assumptions import Assumption, Break
from scorecard.carbon.factors import Factor
from scorecard.commentary import Comment
from scorecard.council import COUNCIL, UNKNOWN, Council
from scorecard.gate import Finding
from scorecard.governance import WHOLE, Variant
from scorecard.kpis import KpiDefinition
from scorecard.period import FinancialQuarter


@dataclass(frozen=True)
class FigureRecord:
    """One figure of the register: a KPI's value for a period and a directorate."""

    kpi_id: str
    version: int
    period: str
    period_kind: str
    directorate: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    state: str
    flags: tuple[str, ...]
    why: str
    target: Decimal | None
    rag: str
    rag_basis: str
    direction: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ExtractRecord:
    """One extract that the measurement read, or one that was refused before it."""

    source: str
    file_name: str
    sha256: str
    received_at: datetime
    state: str
    rows_received: int | None
    rows_accepted: int | None
    rows_set_aside: int | None
    refusal: str | None = None  # where, what, what to do


@dataclass(frozen=True)
class CheckRecord:
    """What one rule found in one extract."""

    source: str
    rule: str
    severity: str
    rows_checked: int
    rows_set_aside: int
    result: str
    why: str


@dataclass(frozen=True)
class Edition:
    """Which pack: quarter, variant, revision, its state and why it was made."""

    quarter: FinancialQuarter
    variant: str
    visibility: str
    revision: int
    state: str  # draft, reviewed, published
    reason: str
    published_at: datetime | None = None
    reason_is_given: bool = True  # by a person, and not made from the figures that moved

    @property
    def pack_id(self) -> str:
        """The pack's name in the manifest: 2025-26-Q1/officer/r1."""
        return f"{self.quarter}/{self.variant}/r{self.revision}"


# What of a figure its KPI's hash is made of: everything that is reckoned, and no words.
_HASHED = (
    "version", "period", "directorate", "numerator", "denominator", "value", "lower", "upper",
    "state", "flags", "target", "rag", "direction",
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """The figures of one measurement, found by KPI, period and directorate."""

    rows: tuple[FigureRecord, ...]

    @cached_property
    def _index(self) -> dict[tuple[str, str, str], FigureRecord]:
        # Versions rise, so that the newest version in force for a period is kept.
        ordered = sorted(self.rows, key=lambda row: row.version)
        return {(row.kpi_id, row.period, row.directorate): row for row in ordered}

    @cached_property
    def hashes(self) -> dict[str, str]:
        """Each KPI's figures as one hash: equal where a variant has the same figures."""
        found: dict[str, Any] = {}
        for row in sorted(self.rows, key=lambda r: (r.kpi_id, r.version, r.period, r.directorate)):
            said = "|".join(str(getattr(row, name)) for name in _HASHED)
            found.setdefault(row.kpi_id, sha256()).update(f"{said}\n".encode())
        return {kpi: made.hexdigest() for kpi, made in found.items()}

    def get(self, kpi: str, period: str, directorate: str = COUNCIL) -> FigureRecord | None:
        """The figure, or None if nothing was measured for it."""
        return self._index.get((kpi, period, directorate))

    def of(self, kpi: str, kind: str, directorate: str = COUNCIL) -> list[FigureRecord]:
        """A KPI's figures for every period of a kind, oldest first."""
        mine = (
            row
            for row in self._index.values()
            if (row.kpi_id, row.period_kind, row.directorate) == (kpi, kind, directorate)
        )
        return sorted(mine, key=lambda row: row.period)

    def newest(self) -> Iterable[FigureRecord]:
        """Every figure once, in the version in force for its period."""
        return self._index.values()


@dataclass(frozen=True)
class PackRecords:
    """Everything that one pack is built from."""

    edition: Edition
    council: Council
    definitions: tuple[KpiDefinition, ...]
    figures: Figures
    activity: Mapping[str, Sequence[Mapping[str, Any]]]  # table of activity to its rows
    extracts: tuple[ExtractRecord, ...]
    checks: tuple[CheckRecord, ...]
    months: Mapping[str, frozenset[str]]  # table to the months for which rows were accepted
    factors: tuple[Factor, ...] = ()
    findings: tuple[Finding, ...] = ()  # what the gate found of the quarter
    earlier: Figures | None = None  # each figure as it was last published, in any quarter's pack
    causes: Mapping[tuple[str, str, str], str] = field(default_factory=dict)  # why each moved
    commentary: tuple[Comment, ...] = ()  # in the order in which they were written
    commentary_due: date | None = None  # the day by which commentary is due
    # The one-way kilometres by each way to work beyond which a day at home saves carbon.
    break_even: tuple[tuple[str, Decimal], ...] = ()
    car_kg_a_km: Decimal | None = None  # of an average car, by the factors of the quarter
    assumptions: tuple[Assumption, ...] = ()  # those of the carbon estimates
    breaks: tuple[Break, ...] = ()  # years in which the official factors changed
    leaves_out: frozenset[str] = frozenset()  # sheets that the variant does not have
    whole: "PackRecords | None" = None  # what a variant was picked from
    variant: Variant = WHOLE  # what was picked

    @property
    def quarter(self) -> FinancialQuarter:
        return self.edition.quarter

    @property
    def is_of_year(self) -> bool:
        """Whether the pack tells of the year that its quarter ends."""
        return self.variant.covers == "year"

    @property
    def period(self) -> str:
        """The period whose figures the pack is about: its quarter, or the year that this ends."""
        return self.quarter.year_to_date.key if self.is_of_year else str(self.quarter)

    def key_of(self, definition: KpiDefinition, period: str) -> str:
        """The period of the figure that stands for another: of twelve months, if so measured."""
        quarter = period.removesuffix("-YTD")
        longer = definition.headline_of(quarter)
        if self.is_of_year and quarter != period:
            return period if longer == quarter else longer
        return definition.headline_of(period)

    @cached_property
    def used(self) -> tuple[ExtractRecord, ...]:
        """The extracts whose rows the figures rest on."""
        return tuple(e for e in self.extracts if e.state == "accepted")

    @cached_property
    def refused(self) -> tuple[ExtractRecord, ...]:
        """The extracts of which nothing could be used."""
        return tuple(e for e in self.extracts if e.state == "refused")

    @property
    def data_as_at(self) -> datetime | None:
        """When the newest of the extracts was received."""
        return max((e.received_at for e in self.used), default=None)

    @cached_property
    def directorates(self) -> dict[str, str]:
        """The names of the quarter's directorates by code, and what the codes of ours stand for."""
        named = {d.code: d.name for d in self.council.directorates_in(self.quarter.period)}
        return named | {COUNCIL: "Whole council", UNKNOWN: "Not known"}

    def definition(self, kpi: str) -> KpiDefinition:
        """The definition of a KPI; KeyError if there is none."""
        return self._definitions[kpi]

    @cached_property
    def _definitions(self) -> dict[str, KpiDefinition]:
        return {definition.id: definition for definition in self.definitions}
