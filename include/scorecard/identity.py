"""What makes two measurements the same: their inputs, definitions and decisions, as a hash."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from scorecard import arrivals, assumptions, known_decisions, kpis
from scorecard.accepted import AcceptedRows
from scorecard.council import Council
from scorecard.kpis import KpiDefinition
from scorecard.objects import sha256_of
from scorecard.period import FinancialQuarter
from scorecard.settings import INCLUDE

SQL = INCLUDE / "sql"
REFERENCE = INCLUDE / "reference"


def canonical(identity: Mapping[str, Any]) -> bytes:
    """An identity as bytes that depend on its content alone."""
    return json.dumps(identity, sort_keys=True, separators=(",", ":")).encode()


def identity_of(
    decided: Council, quarter: FinancialQuarter, as_at: datetime, rows: Mapping[str, AcceptedRows]
) -> dict[str, Any]:
    """Everything that decides a measurement's figures: inputs, definitions, decisions.

    Of the moment as at which it is made, only what was open, decided and published by then counts.
    """
    own = (*(month.period for month in quarter.months), quarter.period, quarter.year_to_date)
    return {
        "quarter": str(quarter),
        "open": [period.key for period in own if arrivals.is_open(period, as_at)],
        "inputs": {table: list(found.files) for table, found in rows.items() if found.files},
        "received": {
            table: {"months": sorted(found.months), "systems": sorted(found.systems)}
            for table, found in rows.items()
        },
        "kpis": [
            kpi_identity(definition, quarter) for definition in kpis.load(SQL / "kpi").values()
        ],
        "tables": hashes(SQL / "table"),
        "relations": {**hashes(SQL / "reference"), **hashes(SQL / "clean")},
        "council": known_decisions.fingerprint(decided),
        "reference": hashes(REFERENCE, ("bank_holidays.csv",)),
        "factors": assumptions.factor_sets().out_by(as_at).identity(),
    }


def kpi_identity(definition: KpiDefinition, quarter: FinancialQuarter) -> dict[str, Any]:
    """A KPI's version in the quarter, and the hash of its twin files."""
    twins = [(SQL / "kpi" / f"{definition.id}.{kind}").read_bytes() for kind in ("sql", "yaml")]
    return {
        "id": definition.id,
        "version": definition.version_for(quarter.period),
        "sha256": hashlib.sha256(b"\0".join(twins)).hexdigest(),
    }


def hashes(folder: Path, names: Sequence[str] = ()) -> dict[str, str]:
    """The SHA-256 of files by their name below a folder: the named ones, else all."""
    paths = [folder / name for name in names] or sorted(folder.rglob("*.*"))
    return {str(path.relative_to(folder)): sha256_of(path) for path in paths}
