"""Bring a lost register back from what was published and what was received.

A published pack and its signed manifest say what was published, by which role, when, from which
extracts. What only the register knew (drafts, comments, who fetched what) comes from its backup.
"""

import csv
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from scorecard.objects import sha256_of
from scorecard.packs import manifest, verification
from scorecard.packs.words import DIRECTION_WORDS, RAG_WORDS
from scorecard.period import period_named
from scorecard.register import returned
from scorecard.register.returned import Returned
from scorecard.stores import Stores

log = logging.getLogger(__name__)

_FLAGS = {
    "is_restated": "restated", "is_estimated": "estimated", "has_small_numbers": "small_numbers",
    "is_baseline": "baseline",
}  # fmt: skip
_WHY = "Brought back from the published pack."


class CannotRestore(ValueError):
    """A register that is not brought back: why, and what to do."""


@dataclass(frozen=True)
class Restored:
    """How much was brought back."""

    packs: int
    figures: int
    extracts: int
    lost: tuple[str, ...]  # extracts that packs name and the object store does not hold


def run(stores: Stores) -> Restored:
    """Bring back every published pack. Nothing is written unless each is whole, and signed.

    The keys are those that this installation keeps beside its packs. Only an empty register is
    filled: what one holds is never mixed with what is brought back.
    """
    if not returned.is_empty(stores.register):
        raise CannotRestore(
            "the register: it holds extracts or packs. Restore into an empty register: name one in "
            "SCORECARD_DATABASE_URL, or move the folder of the embedded one away."
        )
    found = sorted(_published(stores.settings.packs), key=lambda each: each.published_at)
    if not found:
        raise CannotRestore(
            f"{stores.settings.packs}: holds no published pack. Restore the folder from the backup."
        )
    inputs = {(each["source"], each["sha256"]): each for pack in found for each in pack.inputs}
    there = {name: each for name, each in inputs.items() if stores.objects.holds(_raw(each))}
    figures = returned.write(stores.register, found, list(there.values()))
    lost = tuple(f"{source} {sha256}" for source, sha256 in inputs if (source, sha256) not in there)
    log.info("%d packs with %d figures, %d extracts brought back", len(found), figures, len(there))
    return Restored(len(found), figures, len(there), lost)


def _raw(extract: Mapping[str, Any]) -> str:
    return f"raw/{extract['sha256']}"


def _published(packs: Path) -> Iterator[Returned]:
    for told in sorted(packs.glob(f"*/*/r*/{manifest.NAME}")):
        said = json.loads(told.read_text(encoding="utf-8"))
        if said["state"] != "published":
            continue  # a draft is drafted again
        public = verification.known_key(packs, verification.signed_by(told.parent))
        if problems := verification.problems(told.parent, public):
            raise CannotRestore(
                f"{told.parent}: {problems[0]} Restore the folder from the backup, then try again."
            )
        yield _returned(packs, told, said)


def _returned(packs: Path, told: Path, said: Mapping[str, Any]) -> Returned:
    approval = said["approval"]
    return Returned(
        quarter=said["period"],
        variant=said["variant"],
        revision=said["revision"],
        folder=told.parent.relative_to(packs).as_posix(),
        measurement_id=said["measurement"]["id"],
        kpis=said["measurement"]["kpis"],
        content_sha256=said["content_sha256"],
        manifest_sha256=sha256_of(told),
        reason=said["reason"],
        data_as_at=datetime.fromisoformat(said["data_as_at"]),
        approved_at=datetime.fromisoformat(approval["at"]),
        approved_by=approval["role"],
        published_at=datetime.fromisoformat(said["published_at"]),
        inputs=said["inputs"],
        figures=tuple(_figures(told.parent / "data" / "kpi_figures.csv")),
    )


def _figures(path: Path) -> Iterator[dict[str, Any]]:
    """The figures that a pack published; a number that it withheld stays unknown."""
    ratings, directions = _codes(RAG_WORDS), _codes(DIRECTION_WORDS)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            numbers = ("numerator", "denominator", "value", "target")
            yield {
                **{name: row[name] for name in ("kpi_id", "period", "directorate", "state")},
                **{name: Decimal(row[name]) if row[name] else None for name in numbers},
                "version": int(row["version"]),
                "period_kind": period_named(row["period"]).kind,
                "rag": ratings[row["rag"]],
                "direction": directions[row["direction_of_travel"]],
                "flags": [flag for name, flag in _FLAGS.items() if row[name] == "true"],
                "why": _WHY,
                "rag_basis": _WHY,
                "details": {},
            }


def _codes(words: Mapping[str, str]) -> dict[str, str]:
    return {said: code for code, said in words.items()}
