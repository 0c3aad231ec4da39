"""Make a pack again from the register, and say byte for byte whether it is the same."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from scorecard import draft, gather, known_decisions, kpis, proposed
from scorecard.governance import routes_from
from scorecard.identity import SQL, kpi_identity
from scorecard.objects import sha256_of
from scorecard.packs import manifest, signature, verification
from scorecard.packs.records import PackRecords
from scorecard.period import FinancialQuarter
from scorecard.register import audit, removals
from scorecard.register import packs as register
from scorecard.register.packs import PackRow, Reading
from scorecard.stores import Stores

_PACK_ID = re.compile(r"(\d{4}-\d{2}-Q[1-4])/([a-z][a-z0-9_]*)/r([1-9]\d{0,8})", re.ASCII)
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
    """Make the pack of a folder again: same measurement, edition, state and moment.

    Of the manifest only its pack_id is believed, unless it is the one that the register knows.
    """
    told = _told(folder)
    pack = _named(stores, told)
    pack_id = f"{pack.quarter}/{pack.variant}/r{pack.revision}"
    reading = register.read(stores.register, pack.measurement_id)
    is_known = _is_as_made(folder, pack)
    kept = told.get("route", {}) if is_known else {}
    key = (
        told["signing_key"]
        if is_known
        else signature.key_id(signature.public_of(stores.signing_key))
    )
    content, files = _made(stores, pack, reading, kept, key)
    found = {**_compared(folder, files), **_signature(stores, folder, key, files)}
    if set(found.values()) == {SAME}:
        why = tuple(verification.problems(folder))  # links and empty folders are no files
    else:
        why = tuple(_why(stores, told, files, reading, pack.content_sha256 == content))
    if not is_known:
        why = (
            *why,
            f"{manifest.NAME}: is not the one that the register knows of {pack_id}, so somebody "
            "changed it. Take the pack from where it was published.",
        )
    months = FinancialQuarter.parse(pack.quarter).months
    gone = removals.in_words(removals.months_gone(stores.register, months))
    return Rebuilt(pack_id, found, why, gone)


def _named(stores: Stores, told: Mapping[str, Any]) -> PackRow:
    """The pack of the register that a manifest says it is of."""
    pack_id = told.get("pack_id")
    parts = _PACK_ID.fullmatch(pack_id) if isinstance(pack_id, str) else None
    if parts is None:
        raise CannotRebuild(
            f"{manifest.NAME}: does not say which pack it is. Take the pack from where it was "
            "published."
        )
    quarter, variant, revision = parts.groups()
    pack = register.find(stores.register, quarter, variant, int(revision))
    if pack is None:
        raise CannotRebuild(
            f"{pack_id}: the register here has no such pack. Use the installation that "
            "made it, or restore its register from the backup."
        )
    return pack


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
    stores: Stores, pack: PackRow, reading: Reading, kept: Mapping[str, Any], key: str
) -> tuple[str, dict[str, bytes]]:
    """The hash of the content made again, and its files but the signature."""
    whole = _by_its_route(gather.everything(stores, reading), kept)
    edition = gather.edition_of(pack, whole)
    records = gather.records_of(stores, reading, edition, pack, whole, pack.drafted_at)
    content, approval = proposed.content_of(records), _approval(stores, pack)
    files = draft.unsigned_files_of(stores, records, content, reading, key, approval)
    return content.sha256, files


def _approval(stores: Stores, pack: PackRow) -> manifest.Approval | None:
    """In which role a published pack was approved, and when; None of a draft."""
    if pack.published_at is None:
        return None
    events = audit.of_pack(stores.register, pack.quarter, pack.variant, pack.revision)
    said = [each for each in events if each.event == "approved" and each.at <= pack.published_at]
    return manifest.Approval(said[-1].role, said[-1].at) if said else None


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
    stores: Stores, folder: Path, identity: str, files: Mapping[str, bytes]
) -> dict[str, str]:
    """The signature is the same if it is one of the manifest made again: there is no other."""
    file = folder / manifest.SIGNATURE
    if not file.is_file():
        return {manifest.SIGNATURE: MISSING}
    key = verification.known_key(stores.settings.packs, identity)
    fits = signature.is_signed(files[manifest.NAME], file.read_bytes(), key)
    return {manifest.SIGNATURE: SAME if fits else DIFFERS}


def _why(
    stores: Stores,
    told: Mapping[str, Any],
    files: Mapping[str, bytes],
    reading: Reading,
    says_the_same: bool,
) -> Iterator[str]:
    """What was another when the pack was made, as far as its manifest and the register say."""
    now = json.loads(files[manifest.NAME])
    for words, name in (("commit of the code", "commit"), ("lock file", "lock_sha256")):
        then, here = _part(told, "code").get(name), now["code"][name]
        if then != here:
            yield f"Another {words}: {then} then, {here} now."
    tools = _part(told, "tools")
    for tool in sorted({*tools, *now["tools"]}):
        if tools.get(tool) != now["tools"].get(tool):
            yield f"{tool}: {tools.get(tool)} then, {now['tools'].get(tool)} now."
    if says_the_same:
        yield "The pack says the same; only the form of the files that differ is another."
    else:
        yield from _of_content(stores, reading)


def _part(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """What a manifest holds under a name, if it is of the form in which we write it."""
    part = told.get(name)
    return part if isinstance(part, dict) else {}


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
