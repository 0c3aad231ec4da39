"""What the next revision of a variant would be, before anything of it is written."""

from dataclasses import dataclass, replace

from scorecard.gather import edition_of, records_of
from scorecard.packs import verification
from scorecard.packs.build import build
from scorecard.packs.content import PackContent
from scorecard.packs.leaks import check_no_leak
from scorecard.packs.records import Edition, Figures, PackRecords
from scorecard.packs.revisions import Revised, automatic_reason, revised
from scorecard.register import packs as register
from scorecard.register.packs import PackRow, Reading
from scorecard.restate import may_wait
from scorecard.stores import Stores


@dataclass(frozen=True)
class Proposal:
    """A variant's newest revision, and what a next one rests on and says; none if it stands."""

    variant: str
    reason: str
    newest: PackRow | None
    next: tuple[PackRecords, PackContent] | None


def of(stores: Stores, reading: Reading, whole: PackRecords, variant: str, reason: str) -> Proposal:
    """What is to be drafted of a variant; Leak if it would tell its readers too much."""
    if not whole.council.governance.variant(variant).is_made_for(whole.quarter):
        raise LookupError(
            f"{reading.quarter}/{variant}: the quarter has no such pack. That of a year is made of "
            "its fourth quarter, one of named quarters of the last of them: see routes.yaml, and "
            "name that quarter."
        )
    newest = register.newest(stores.register, reading.quarter, variant)
    if newest and _stands(stores, newest, reading, whole, reason):
        return Proposal(variant, reason, newest, None)
    records = _next_records(stores, reading, whole, variant, newest, reason)
    return Proposal(variant, reason, newest, (records, content_of(records)))


def content_of(records: PackRecords) -> PackContent:
    """What a pack says; Leak if it would tell its readers of what they may not see."""
    content = build(records)
    check_no_leak(content, records)
    return content


def _stands(
    stores: Stores, newest: PackRow, reading: Reading, whole: PackRecords, reason: str
) -> bool:
    """Whether the newest revision stays the quarter's word."""
    edition = edition_of(newest, whole)
    records = records_of(stores, reading, edition, newest, whole)
    if build(records).sha256 == newest.content_sha256:
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
