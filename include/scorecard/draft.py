"""Step: a measurement's figures become a draft pack, one folder written whole or not at all."""

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from scorecard import origin
from scorecard.folders import write_whole
from scorecard.gather import edition_of, everything, records_of
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
from scorecard.packs.build import build
from scorecard.packs.commentary_words import chased
from scorecard.packs.content import PackContent, content_sha256
from scorecard.packs.manifest import Approval, Origin
from scorecard.packs.records import Edition, Figures, PackRecords
from scorecard.packs.revisions import Revised, automatic_reason, revised
from scorecard.packs.variants import check_no_leak
from scorecard.packs.webpage import Download
from scorecard.register import only_one
from scorecard.register import packs as register
from scorecard.register.packs import PackRow, Reading
from scorecard.restate import may_wait
from scorecard.stores import Stores

VARIANT = "officer"  # the whole pack, from which officers work

log = logging.getLogger(__name__)


def every(
    stores: Stores, measurement_id: str, reason: str, drafted_by: str, now: datetime
) -> list[str]:
    """The folders of the quarter's pack in each variant that it has, in the route table's order."""
    reading = register.read(stores.register, measurement_id)
    whole = everything(stores, reading)
    asked = (reason.strip(), drafted_by, now)
    return [
        _run(stores, reading, whole, variant.name, asked)
        for variant in whole.council.governance.variants
        if variant.is_made_for(whole.quarter)
    ]


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
    return _run(stores, reading, whole, variant, (reason.strip(), drafted_by, now))


def _run(
    stores: Stores,
    reading: Reading,
    whole: PackRecords,
    variant: str,
    asked: tuple[str, str, datetime],
) -> str:
    name, (given, drafted_by, now) = f"{reading.quarter}/{variant}", asked
    if not whole.council.governance.variant(variant).is_made_for(whole.quarter):
        raise LookupError(
            f"{name}: the quarter has no such pack. That of a year is made of its fourth quarter, "
            "one of named quarters of the last of them: see routes.yaml, and name that quarter."
        )
    with only_one(stores.register, lock_of(reading.quarter, variant)):
        newest = register.newest(stores.register, reading.quarter, variant)
        if newest and _stands(stores, newest, reading, whole, given):
            log.info("%s: nothing new since revision %d", name, newest.revision)
            return str(stores.settings.packs / newest.folder)
        records = _next_records(stores, reading, whole, variant, newest, given)
        pack = _draft(stores, records, reading, drafted_by, now)
        register.write(stores.register, pack)
    log.info("%s: revision %d drafted", name, pack.revision)
    for said in chased(records):
        log.info("%s: %s", name, said)
    return str(stores.settings.packs / pack.folder)


def lock_of(quarter: str, variant: str) -> str:
    """The lock under which a quarter's packs are drafted and published."""
    return f"draft {quarter} {variant}"


def _stands(
    stores: Stores, newest: PackRow, reading: Reading, whole: PackRecords, reason: str
) -> bool:
    """Whether the newest revision stays the quarter's word."""
    edition = edition_of(newest, whole)
    records = records_of(stores, reading, edition, newest, whole)
    if content_sha256(build(records)) == newest.content_sha256:
        return newest.state == "published" or _is_whole(stores, newest, records, reason)
    if newest.state != "published" or reason:
        return False
    waiting = records_of(stores, reading, edition, whole=whole)
    return may_wait(stores, waiting, reading.measurement_id, newest)


def _is_whole(stores: Stores, newest: PackRow, records: PackRecords, reason: str) -> bool:
    """Whether a draft lacks no file, and no reason that could be given now."""
    lacks_reason = bool(reason) and bool(unexplained(stores, records))
    return verification.problems(stores.settings.packs / newest.folder) == [] and not lacks_reason


def unexplained(stores: Stores, records: PackRecords) -> tuple[Revised, ...]:
    """The figures of a pack that correct what the quarter published, while nobody said why."""
    edition = records.edition
    below = register.published(stores.register, str(edition.quarter), edition.variant)
    if below is None or edition.reason_is_given:
        return ()
    return tuple(m for m in revised(records) if m.type == "correction")


def _next_records(
    stores: Stores,
    reading: Reading,
    whole: PackRecords,
    variant: str,
    newest: PackRow | None,
    given: str,
) -> PackRecords:
    """The records of the next revision. A later one has a reason, if need be made from figures."""
    revision = newest.revision + 1 if newest else 1
    visibility = whole.council.governance.visibility_of(variant)
    edition = Edition(
        *(whole.quarter, variant, visibility, revision, "draft", given), reason_is_given=bool(given)
    )
    records = records_of(stores, reading, edition, whole=whole)
    if newest is None or given:
        return records
    before = Figures(register.read(stores.register, newest.measurement_id).figures)
    commented = any(each.written_at > newest.drafted_at for each in records.commentary)
    made = automatic_reason(replace(records, earlier=before), commented)
    return replace(records, edition=replace(edition, reason=made))


def _draft(
    stores: Stores, records: PackRecords, reading: Reading, drafted_by: str, now: datetime
) -> PackRow:
    """Write the folder of a revision, and return what the register keeps of it."""
    content, files = files_of(stores, records, reading)
    folder = Path(content.period) / content.variant / f"r{content.revision}"
    write_whole(stores.settings.packs / folder, files)
    return PackRow(
        quarter=content.period,
        variant=content.variant,
        revision=content.revision,
        state=content.state,
        measurement_id=reading.measurement_id,
        content_sha256=content_sha256(content),
        manifest_sha256=sha256(files[manifest.NAME]).hexdigest(),
        folder=folder.as_posix(),
        reason=content.reason,
        drafted_at=now,
        drafted_by=drafted_by,
        reason_is_given=records.edition.reason_is_given,
    )


def files_of(
    stores: Stores, records: PackRecords, reading: Reading, approval: Approval | None = None
) -> tuple[PackContent, dict[str, bytes]]:
    """What a pack says, and its files by their path in the folder: the manifest and its signature.

    Drafts are signed as published packs are: then nobody can slip a file into a draft that is
    approved, and there is one way to make a pack. The state stands in what is signed.
    """
    public = signature.public_of(stores.signing_key)
    _keep_key(stores, public)
    content, files = unsigned_files_of(stores, records, reading, signature.key_id(public), approval)
    signed = signature.sign(files[manifest.NAME], stores.signing_key)
    return content, {**files, manifest.SIGNATURE: signed}


def unsigned_files_of(
    stores: Stores,
    records: PackRecords,
    reading: Reading,
    key_id: str,
    approval: Approval | None = None,
) -> tuple[PackContent, dict[str, bytes]]:
    """The same without the signature, for which one must hold the secret key."""
    content = build(records)
    check_no_leak(content, records)
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
    )  # fmt: skip
    files[manifest.NAME] = manifest.write(content, files, made_from)
    return content, files


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
    with ThreadPoolExecutor(1) as beside:  # typst sets the document on a core of its own
        document = beside.submit(pdf.write, content)
        files = {
            "pack.xlsx": workbook.write(content),
            accessibility.NAME: accessibility.write(content),
            **open_data.write(content),
        }
        files["report.pdf"] = document.result()
    titles = {
        "pack.xlsx": ("All tables and charts", "Excel workbook"),
        "report.pdf": ("This report as a document to print", "PDF"),
        **open_data.titles(content),
        accessibility.NAME: ("Accessibility statement", "web page"),
    }
    downloads = [Download(path, *titles[path], len(files[path])) for path in titles]
    return {**files, "report.html": webpage.write(content, downloads)}
