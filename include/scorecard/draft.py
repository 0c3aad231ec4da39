"""Step: a measurement's figures become a draft pack, one folder written whole or not at all."""

import logging
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from scorecard import governance, origin, proposed
from scorecard.folders import beside, write_whole
from scorecard.gather import everything
from scorecard.packs import (
    accessibility,
    manifest,
    open_data,
    pdf,
    signature,
    verification,
    webpage,
    workbook,
)
from scorecard.packs.commentary_words import chased
from scorecard.packs.content import PackContent
from scorecard.packs.manifest import Approval, Origin
from scorecard.packs.records import PackRecords
from scorecard.packs.texts import check_lengths
from scorecard.packs.webpage import Download
from scorecard.proposed import Proposal
from scorecard.register import only_one
from scorecard.register import packs as register
from scorecard.register.packs import PackRow, Reading
from scorecard.stores import Stores

VARIANT = "officer"  # the whole pack, from which officers work

log = logging.getLogger(__name__)


def every(
    stores: Stores, measurement_id: str, reason: str, drafted_by: str, now: datetime
) -> list[str]:
    """The folders of the quarter's pack in each variant that it has, in the route table's order.

    All are looked at before one is written: a variant that would tell its readers too much stops
    the others as well, because what it would tell stands in them.
    """
    reading = register.read(stores.register, measurement_id)
    whole = everything(stores, reading)
    proposals = [
        proposed.of(stores, reading, whole, variant.name, reason.strip())
        for variant in whole.council.governance.variants
        if variant.is_made_for(whole.quarter)
    ]
    return [_run(stores, reading, whole, each, drafted_by, now) for each in proposals]


def run(
    stores: Stores,
    measurement_id: str,
    reason: str,
    drafted_by: str,
    now: datetime,
    variant: str = VARIANT,
) -> str:
    """The folder of the quarter's pack: the newest revision if it stands, or a new draft."""
    reading = register.read(stores.register, measurement_id)
    whole = everything(stores, reading)
    wanted = proposed.of(stores, reading, whole, variant, reason.strip())
    return _run(stores, reading, whole, wanted, drafted_by, now)


def _run(
    stores: Stores,
    reading: Reading,
    whole: PackRecords,
    wanted: Proposal,
    drafted_by: str,
    now: datetime,
) -> str:
    """What was proposed, written; if another run wrote meanwhile, what is to be written now."""
    variant, name = wanted.variant, f"{reading.quarter}/{wanted.variant}"
    with only_one(stores.register, lock_of(reading.quarter, variant)):
        if register.newest(stores.register, reading.quarter, variant) != wanted.newest:
            wanted = proposed.of(stores, reading, whole, variant, wanted.reason)
        if wanted.newest and wanted.next is None:
            log.info("%s: nothing new since revision %d", name, wanted.newest.revision)
            return str(stores.settings.packs / wanted.newest.folder)
        records, content = cast(tuple[PackRecords, PackContent], wanted.next)
        pack = _draft(stores, records, content, reading, drafted_by, now)
        register.write(stores.register, pack)
        if wanted.newest and wanted.newest.state != "published":
            _clear(stores.settings.packs / wanted.newest.folder)
    log.info("%s: revision %d drafted", name, pack.revision)
    for said in chased(records):
        log.info("%s: %s", name, said)
    return str(stores.settings.packs / pack.folder)


def _clear(superseded: Path) -> None:
    """Remove what a publication that died left of a draft, which now nobody will publish."""
    shutil.rmtree(beside(superseded), ignore_errors=True)


def lock_of(quarter: str, variant: str) -> str:
    """The lock under which a quarter's packs are drafted and published."""
    return f"draft {quarter} {variant}"


def _draft(
    stores: Stores,
    records: PackRecords,
    content: PackContent,
    reading: Reading,
    drafted_by: str,
    now: datetime,
) -> PackRow:
    """Write the folder of a revision, and return what the register keeps of it."""
    files = files_of(stores, records, content, reading)
    folder = Path(content.period) / content.variant / f"r{content.revision}"
    write_whole(stores.settings.packs / folder, files)
    return PackRow(
        quarter=content.period,
        variant=content.variant,
        revision=content.revision,
        state=content.state,
        measurement_id=reading.measurement_id,
        content_sha256=content.sha256,
        manifest_sha256=sha256(files[manifest.NAME]).hexdigest(),
        folder=folder.as_posix(),
        reason=content.reason,
        drafted_at=now,
        drafted_by=drafted_by,
        reason_is_given=records.edition.reason_is_given,
    )


def files_of(
    stores: Stores,
    records: PackRecords,
    content: PackContent,
    reading: Reading,
    approval: Approval | None = None,
) -> dict[str, bytes]:
    """A pack's files by their path in the folder, with the manifest and its signature.

    Drafts are signed as published packs are: then nobody can slip a file into a draft that is
    approved, and there is one way to make a pack. The state stands in what is signed.
    """
    public = signature.public_of(stores.signing_key)
    _keep_key(stores, public)
    key = signature.key_id(public)
    files = unsigned_files_of(stores, records, content, reading, key, approval)
    signed = signature.sign(files[manifest.NAME], stores.signing_key)
    return {**files, manifest.SIGNATURE: signed}


def unsigned_files_of(
    stores: Stores,
    records: PackRecords,
    content: PackContent,
    reading: Reading,
    key_id: str,
    approval: Approval | None = None,
) -> dict[str, bytes]:
    """The same without the signature, for which one must hold the secret key."""
    files = render(content)
    made_from = Origin(
        measurement=reading.measurement_id,
        identity=reading.identity,
        inputs=records.used,
        figures={d.id: (records.whole or records).figures.hashes.get(d.id, "")
                 for d in records.definitions},
        code=origin.code(stores.settings),
        signing_key=key_id,
        approval=approval,
        route=route_of(records),
    )  # fmt: skip
    files[manifest.NAME] = manifest.write(content, files, made_from)
    return files


def route_of(records: PackRecords) -> dict[str, Any]:
    """By which routes and variant the pack was made, and by when commentary was due."""
    due, shown = records.commentary_due, {d.id for d in records.definitions}
    route = governance.kept(records.council.governance, records.edition.variant, shown)
    return {**route, "commentary_due": due.isoformat() if due else None}


def _keep_key(stores: Stores, public: bytes) -> None:
    """Keep the public key beside the packs, for whoever verifies them."""
    folder = verification.keys_folder(stores.settings.packs)
    file = folder / f"{signature.key_id(public)}.pem"
    pem = signature.pem_of(public)
    if not file.exists() or file.read_bytes() != pem:  # a step may have died while it wrote
        folder.mkdir(parents=True, exist_ok=True)
        written = folder / f".{file.name}.{os.getpid()}"
        written.write_bytes(pem)
        written.replace(file)


def render(content: PackContent) -> dict[str, bytes]:
    """The files of a pack, save its manifest, by their path in the folder."""
    check_lengths(content)
    with ThreadPoolExecutor(1) as beside:  # typst sets the document on a core of its own
        document = beside.submit(pdf.typeset, pdf.laid_out(content))
        files = {"pack.xlsx": workbook.write(content)}
        files |= {accessibility.NAME: accessibility.write(content), **open_data.write(content)}
        files["report.pdf"] = pdf.tagged(document.result())
    titles = {
        "pack.xlsx": ("All tables and charts", "Excel workbook"),
        "report.pdf": ("This report as a document to print", "PDF"),
        **open_data.titles(content),
        accessibility.NAME: ("Accessibility statement", "web page"),
    }
    downloads = [Download(path, *titles[path], len(files[path])) for path in titles]
    return {**files, "report.html": webpage.write(content, downloads)}
