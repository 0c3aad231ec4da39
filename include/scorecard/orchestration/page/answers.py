"""What the interface answers: packs and figures as plain values, their columns a promise.

A number is text in decimal notation, so that no program rounds it.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from scorecard.kpis import KpiDefinition
from scorecard.orchestration.page.desk import Shelved
from scorecard.packs.shown import Shown
from scorecard.register.shelf import Published


@dataclass(frozen=True)
class FileAnswer:
    """A file of a pack: where to fetch it, its size in bytes and its hash."""

    path: str
    url: str
    bytes: int
    sha256: str
    media_type: str


@dataclass(frozen=True)
class PackAnswer:
    """A published revision of one variant of a quarter's pack."""

    pack: str
    quarter: str
    variant: str
    bodies: list[str]
    revision: int
    visibility: str
    reason: str
    published_at: datetime | None
    published_by: str | None
    content_sha256: str
    restated_figures: int
    files: list[FileAnswer]


@dataclass(frozen=True)
class PacksAnswer:
    """Published packs."""

    packs: list[PackAnswer]


@dataclass(frozen=True)
class FigureAnswer:
    """A figure as a pack published it; `value` is null where a marker stands in its place."""

    pack: str
    kpi_id: str
    code: str
    title: str
    unit: str
    version: int
    period: str
    period_kind: str
    directorate: str
    value: str | None
    text: str
    marker: str
    state: str
    target: str | None
    rag: str
    direction: str


@dataclass(frozen=True)
class FiguresAnswer:
    """Figures from an offset on, and how many there are."""

    total: int
    offset: int
    figures: list[FigureAnswer]


def pack(shelved: Shelved, home: str) -> PackAnswer:
    """A pack as the interface answers it; `home` is the page's address."""
    row = shelved.row
    at = f"{home}/packs/{shelved.address}"
    files = [
        FileAnswer(f.path, f"{at}/{f.path}", f.bytes, f.sha256, f.media_type) for f in shelved.files
    ]
    return PackAnswer(
        pack=shelved.address,
        quarter=row.quarter,
        variant=row.variant,
        bodies=list(shelved.bodies),
        revision=row.revision,
        visibility=shelved.visibility,
        reason=row.reason,
        published_at=row.published_at,
        published_by=row.published_by,
        content_sha256=row.content_sha256,
        restated_figures=len(shelved.moved),
        files=files,
    )


def figure(told: Published, definition: KpiDefinition) -> FigureAnswer:
    """A figure as the interface answers it: what the pack shows, and nothing that it withholds."""
    record = told.record
    shown = Shown(definition, record, "restated" in record.flags)
    return FigureAnswer(
        pack=f"{told.quarter}/{told.variant}/r{told.revision}",
        kpi_id=definition.id,
        code=definition.code,
        title=definition.title,
        unit=definition.unit,
        version=record.version,
        period=record.period,
        period_kind=record.period_kind,
        directorate=record.directorate,
        value=_number(shown.value),
        text=shown.text,
        marker=shown.marker,
        state=record.state,
        target=_number(record.target),
        rag=record.rag,
        direction=record.direction,
    )


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
