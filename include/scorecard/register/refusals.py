"""The extracts that were refused as at a moment, also those that were accepted since."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, Select, literal, select, union_all

from scorecard.packs.records import ExtractRecord
from scorecard.period import FinancialQuarter
from scorecard.register.models import Extract, PastRefusal

# What a refusal says of its extract; an extract that was accepted since counts otherwise now.
_COUNTED = ("rows_received", "rows_accepted", "rows_set_aside", "refusal")
_FACTS = ("source", "file_name", "sha256", "received_at")


def as_at(engine: Engine, quarter: str, moment: datetime) -> tuple[ExtractRecord, ...]:
    """The extracts received since a quarter began that were refused at a moment."""
    begins = FinancialQuarter.parse(quarter).period.starts_at
    now = _columns(Extract).where(Extract.state == "refused", Extract.accepted_at <= moment)
    past = (
        _columns(PastRefusal)
        .join(Extract, Extract.id == PastRefusal.extract_id)
        .where(PastRefusal.refused_at <= moment, PastRefusal.until > moment)
    )
    both = union_all(*(each.where(Extract.received_at >= begins) for each in (now, past)))
    ordered = both.order_by("source", "received_at", "sha256")
    with engine.connect() as connection:
        return tuple(ExtractRecord(**row) for row in connection.execute(ordered).mappings())


def hashes(engine: Engine, quarter: str, moment: datetime) -> list[str]:
    """What identifies the refusals that a pack lists: each file, and what was said of it."""
    told = as_at(engine, quarter, moment)
    return [sha256(f"{each.sha256} {each.refusal}".encode()).hexdigest() for each in told]


def _columns(counted_by: type[Extract] | type[PastRefusal]) -> Select[Any]:
    facts = (getattr(Extract, name) for name in _FACTS)
    counts = (getattr(counted_by, name) for name in _COUNTED)
    return select(*facts, literal("refused").label("state"), *counts)
