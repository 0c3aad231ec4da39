"""The extracts that wait to be accepted: new ones, and refused ones that deserve another look."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, literal, select, update

from scorecard import reading
from scorecard.register import removals
from scorecard.register.models import Check, Extract, PastRefusal
from scorecard.stores import Stores

# What is known of an extract only when it has been read.
_COUNTED = (
    "system", "mapping_version", "table", "rows_received", "rows_accepted", "rows_set_aside",
    "control_total",
)  # fmt: skip
_OF_REFUSAL = (
    "extract_id", "refused_at", "until", "refusal", "rows_received", "rows_accepted",
    "rows_set_aside",
)  # fmt: skip


def waiting(stores: Stores, source: str, now: datetime) -> Sequence[Row[Any]]:
    """What is to be looked at, oldest first; each says by which definitions it is read."""
    definitions = reading.definitions(stores.settings)
    with stores.register.begin() as connection:
        _forget_refusals(connection, source, definitions, now)
        kept = (Extract.source == source) & (Extract.state == "kept")
        connection.execute(update(Extract).where(kept).values(definitions_sha256=definitions))
        return connection.execute(select(Extract).where(kept).order_by(Extract.id)).all()


def _forget_refusals(connection: Connection, source: str, definitions: str, now: datetime) -> None:
    """What was refused by other definitions is kept and not looked at, as if it were new.

    The refusal stays on record for the time in which it held.
    """
    refused = (Extract.source == source) & (Extract.state == "refused")
    mended = refused & Extract.definitions_sha256.is_distinct_from(definitions)
    # What retention has removed cannot be looked at again, and stays refused.
    mended &= ~removals.is_of("raw/" + Extract.sha256, Extract.id)
    refusal = select(
        Extract.id, Extract.accepted_at, literal(now), Extract.refusal,
        Extract.rows_received, Extract.rows_accepted, Extract.rows_set_aside,
    ).where(mended)  # fmt: skip
    connection.execute(insert(PastRefusal).from_select(_OF_REFUSAL, refusal))
    connection.execute(delete(Check).where(Check.extract_id.in_(select(Extract.id).where(mended))))
    unknown = dict.fromkeys((*_COUNTED, "refusal", "accepted_at"))
    connection.execute(update(Extract).where(mended).values(state="kept", **unknown))
