"""What is brought back into a register that was lost, as its published packs tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from scorecard.register import audit
from scorecard.register.audit import Event
from scorecard.register.models import (
    Extract,
    Measurement,
    MeasurementInput,
    Pack,
    PublishedFigure,
)

NOBODY = "restored"  # the user of what a manifest says was done: it names roles, and no user


@dataclass(frozen=True)
class Returned:
    """A published pack as its manifest and its data tell it."""

    quarter: str
    variant: str
    revision: int
    folder: str
    measurement_id: str
    kpis: Sequence[Mapping[str, Any]]
    content_sha256: str
    manifest_sha256: str
    reason: str
    data_as_at: datetime
    approved_at: datetime
    approved_by: str  # a role
    published_at: datetime
    inputs: Sequence[Mapping[str, Any]]
    figures: Sequence[Mapping[str, Any]]

    @property
    def measured(self) -> str:
        """The id of its measurement here: measured anew, the quarter gets the true one."""
        return f"restored {self.measurement_id}"


def is_empty(engine: Engine) -> bool:
    """Whether a register holds neither an extract nor a pack."""
    with engine.connect() as connection:
        found = (connection.scalar(select(each.id).limit(1)) for each in (Extract, Pack))
        return all(each is None for each in found)


def write(engine: Engine, packs: Sequence[Returned], extracts: Sequence[Mapping[str, Any]]) -> int:
    """Write packs, in the order of their publication, and extracts; the number of figures."""
    with engine.begin() as connection:
        known = {(each["source"], each["sha256"]): _extract(connection, each) for each in extracts}
        for place, pack in enumerate(packs, start=1):
            _measurement(connection, pack, known)
            _pack(connection, pack, place)
            done = (pack.quarter, pack.variant, pack.revision, pack.content_sha256)
            for event, at in (("approved", pack.approved_at), ("published", pack.published_at)):
                told: Any = event
                role = pack.approved_by
                audit.write(connection, Event(at, told, NOBODY, *done, role, pack.reason))
    return sum(len(pack.figures) for pack in packs)


def _extract(connection: Connection, told: Mapping[str, Any]) -> int:
    """An extract as kept: the next run of its source accepts it again."""
    values = {
        "source": told["source"], "sha256": told["sha256"], "file_name": told["sha256"],
        "bytes": 0, "received_at": told["received_at"], "arrived_at": told["received_at"],
        "state": "kept",
    }  # fmt: skip
    return int(connection.scalar(insert(Extract).values(**values).returning(Extract.id)) or 0)


def _measurement(
    connection: Connection, pack: Returned, known: Mapping[tuple[str, str], int]
) -> None:
    if connection.scalar(select(Measurement.id).where(Measurement.id == pack.measured)):
        return  # another variant of the same quarter brought it
    connection.execute(
        insert(Measurement).values(
            id=pack.measured, quarter=pack.quarter, as_at=pack.data_as_at,
            measured_at=pack.data_as_at, identity={"kpis": list(pack.kpis)},
        )
    )  # fmt: skip
    named = {(each["source"], each["sha256"]) for each in pack.inputs} & known.keys()
    for name in sorted(named):
        values = {"measurement_id": pack.measured, "extract_id": known[name]}
        connection.execute(insert(MeasurementInput).values(**values))


def _pack(connection: Connection, pack: Returned, place: int) -> None:
    values = {
        "quarter": pack.quarter, "variant": pack.variant, "revision": pack.revision,
        "state": "draft", "measurement_id": pack.measured, "folder": pack.folder,
        "content_sha256": pack.content_sha256, "manifest_sha256": pack.manifest_sha256,
        "reason": pack.reason, "reason_is_given": bool(pack.reason), "drafted_by": NOBODY,
        "drafted_at": pack.approved_at,
    }  # fmt: skip
    number = connection.scalar(insert(Pack).values(**values).returning(Pack.id))
    rows = [{**figure, "pack_id": number} for figure in pack.figures]
    if rows:
        connection.execute(insert(PublishedFigure), rows)
    # Last, as in a publication: to a published pack the database lets nobody add a figure.
    done = {"published_at": pack.published_at, "published_by": pack.approved_by}
    published = update(Pack).where(Pack.id == number)
    connection.execute(published.values(state="published", publication=place, **done))
