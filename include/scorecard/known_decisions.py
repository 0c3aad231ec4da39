"""What the council had decided by a moment: what was decided later was not known then."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from scorecard import council
from scorecard.council import Council, decided_on
from scorecard.period import london_day

T = TypeVar("T")


def read(folder: Path, moment: datetime) -> Council:
    """The council's decisions in a folder, as they were known at a moment."""
    return as_known_at(council.read(folder), moment)


def as_known_at(decided: Council, moment: datetime) -> Council:
    """The decisions without those taken later; what was decided that day in London is known."""
    day = london_day(moment)
    settled = decided.settled
    return replace(
        decided,
        settled=replace(
            settled,
            working_calendar=_by(day, settled.working_calendar),
            sla=_by(day, settled.sla),
            baselines=_by(day, settled.baselines),
        ),
        directorates=_by(day, decided.directorates),
        targets=_by(day, decided.targets),
        owners=_by(day, decided.owners),
        readings=_by(day, decided.readings),
        events=tuple(e for e in decided.events if (e.decided_on or e.day) <= day),
    )


def _by(day: date, rows: Iterable[T]) -> tuple[T, ...]:
    return tuple(row for row in rows if decided_on(row) <= day)


def fingerprint(decided: Council) -> str:
    """One SHA-256 of everything that a council decided."""
    text = json.dumps(asdict(decided), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
