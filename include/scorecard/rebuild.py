"""Make a pack again from the register, and say byte for byte whether it is the same."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from scorecard import draft, gather, known_decisions, kpis
from scorecard.governance import routes_from
from scorecard.identity import SQL, kpi_identity
from scorecard.objects import sha256_of
from scorecard.packs import manifest, signature, verification
from scorecard.packs.content import content_sha256
from scorecard.packs.records import PackRecords
from scorecard.period import FinancialQuarter
from scorecard.register import packs as register
from scorecard.register import removals
from scorecard.register.packs import PackRow, Reading
from scorecard.stores import Stores

SAME, DIFFERS, MISSING, EXTRA = "same", "differs", "missing", "not of the pack"


class CannotRebuild(LookupError):
    """A folder that cannot be made again here: which, why, and what to do."""


@dataclass(frozen=True)
class Rebuilt:
    """What became of each file of a pack that was made again, and why some differ."""

    pack_id: str
    files: Mapping[str, str]  # path to same, differs, missing, not of the pack
    why: tuple[str, ...]
    gone: str = ""  # that the rows behind its figures are gone; the figures are not

    @property
    def is_same(self) -> bool:
        return set(self.files.values()) == {SAME} and not self.why


def run(stores: Stores, folder: Path) -> Rebuilt:
    """Make the pack of a folder again: same measurement, edition, state and moment."""
    told, pack = _told(folder), None
    try:
        quarter, variant, revision = told["pack_id"].split("/")
        pack = register.find(stores.register, quarter, variant, int(revision.removeprefix("r")))
    except (KeyError, ValueError, AttributeError):
        raise CannotRebuild(
            f"{manifest.NAME}: does not say which pack it is. Take the pack from where it was "
            "published."
        ) from None
    if pack is None:
        raise CannotRebuild(
            f"{told['pack_id']}: the register here has no such pack. Use the installation that "
            "made it, or restore its register from the backup."
        )
    reading = register.read(stores.register, pack.measurement_id)
    kept = told.get("route", {}) if _is_as_made(folder, pack) else {}
    content_hash, files = _made(stores, told, pack, reading, kept)
    found = {**_compared(folder, files), **_signature(stores, folder, told, files)}
    if set(found.values()) == {SAME}:
        why = tuple(verification.problems(folder))  # links and empty folders are no files
    else:
        why = tuple(_why(stores, told, files, reading, content_hash))
    months = FinancialQuarter.parse(pack.quarter).months
    gone = removals.in_words(removals.months_gone(stores.register, months))
    return Rebuilt(told["pack_id"], found, why, gone)


def _told(folder: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((folder / manifest.NAME).read_bytes()))
    except (OSError, ValueError, TypeError, RecursionError):
        raise CannotRebuild(
            f"{folder.name}: has no {manifest.NAME} that can be read. Name a pack's folder."
        ) from None


def _is_as_made(folder: Path, pack: PackRow) -> bool:
    """Whether the manifest is the one that the register knows, so that it can be believed."""
    return sha256_of(folder / manifest.NAME) == pack.manifest_sha256


def _by_its_route(whole: PackRecords, kept: Mapping[str, Any]) -> PackRecords:
    """The records under the routes of the day on which the pack was made, if it kept them."""
    if not kept:
        return whole
    routes, due = routes_from(kept, manifest.NAME), kept["commentary_due"]
    return replace(
        whole,
        council=replace(whole.council, governance=routes),
        commentary_due=date.fromisoformat(due) if due else None,
    )


def _made(
    stores: Stores,
    told: Mapping[str, Any],
    pack: PackRow,
    reading: Reading,
    kept: Mapping[str, Any],
) -> tuple[str, dict[str, bytes]]:
    """The hash of the content made again, and its files but the signature."""
    whole = _by_its_route(gather.everything(stores, reading), kept)
    at = told.get("published_at")
    edition = replace(
        gather.edition_of(pack, whole),
        state=str(told.get("state")),
        published_at=datetime.fromisoformat(at) if at else None,
    )
    records = gather.records_of(stores, reading, edition, pack, whole)
    approved = told.get("approval")
    approval = approved and manifest.Approval(
        str(approved["role"]), datetime.fromisoformat(approved["at"])
    )
    key = str(told.get("signing_key", ""))
    content, files = draft.unsigned_files_of(stores, records, reading, key, approval)
    return content_sha256(content), files


def _compared(folder: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    there = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    found = {}
    for path in sorted({*there, *files} - {manifest.SIGNATURE}):
        if path not in there:
            found[path] = MISSING
        elif path not in files:
            found[path] = EXTRA
        else:
            found[path] = SAME if there[path].read_bytes() == files[path] else DIFFERS
    return found


def _signature(
    stores: Stores, folder: Path, told: Mapping[str, Any], files: Mapping[str, bytes]
) -> dict[str, str]:
    """The signature is the same if it is one of the manifest made again: there is no other."""
    file = folder / manifest.SIGNATURE
    if not file.is_file():
        return {manifest.SIGNATURE: MISSING}
    key = verification.known_key(stores.settings.packs, str(told.get("signing_key", "")))
    fits = signature.is_signed(files[manifest.NAME], file.read_bytes(), key)
    return {manifest.SIGNATURE: SAME if fits else DIFFERS}


def _why(
    stores: Stores,
    told: Mapping[str, Any],
    files: Mapping[str, bytes],
    reading: Reading,
    content_hash: str,
) -> Iterator[str]:
    """What was another when the pack was made, as far as its manifest and the register say."""
    now = json.loads(files[manifest.NAME])
    for words, name in (("commit of the code", "commit"), ("lock file", "lock_sha256")):
        then, here = (told.get("code") or {}).get(name), now["code"][name]
        if then != here:
            yield f"Another {words}: {then} then, {here} now."
    tools = told.get("tools") or {}
    for tool in sorted({*tools, *now["tools"]}):
        if tools.get(tool) != now["tools"].get(tool):
            yield f"{tool}: {tools.get(tool)} then, {now['tools'].get(tool)} now."
    if told.get("content_sha256") == content_hash:
        yield "The pack says the same; only the form of the files that differ is another."
    else:
        yield from _of_content(stores, reading)


def _of_content(stores: Stores, reading: Reading) -> Iterator[str]:
    """Why a pack would say something else: its decisions or definitions were changed since."""
    decided = known_decisions.read(stores.settings.council, reading.as_at)
    if known_decisions.fingerprint(decided) != reading.identity.get("council"):
        yield "The council's decisions of then were changed since: see include/council in git."
    quarter = FinancialQuarter.parse(reading.quarter)
    known = {kpi.get("id"): kpi for kpi in reading.identity.get("kpis", [])}
    now = {kpi: kpi_identity(each, quarter) for kpi, each in kpis.load(SQL / "kpi").items()}
    changed = [kpi for kpi in now if known.get(kpi) != now[kpi]]
    if changed:
        yield f"Definitions were changed since: {', '.join(changed)}."
    yield "The pack would say something else now; compare the files that differ."
