"""Step: a draft that was approved becomes the published pack, once and for ever.

The register says that it is published and keeps its figures; then the folder follows. A step that
dies in between leaves a whole draft, or a published pack whose folder the same step, run again,
puts in its place.
"""

import logging
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from scorecard import approval, draft, folders, gather, known_decisions, kpis, proposed, told
from scorecard.approval import APPROVE, Answer, Hands
from scorecard.objects import sha256_of
from scorecard.packs import manifest, verification
from scorecard.packs.revisions import revised
from scorecard.packs.words import counted, day_and_time
from scorecard.register import audit, only_one, published
from scorecard.register import packs as register
from scorecard.register.audit import Event
from scorecard.register.packs import PackRow
from scorecard.register.published import Publication
from scorecard.settings import INCLUDE
from scorecard.stores import Stores

log = logging.getLogger(__name__)


class CannotPublish(ValueError):
    """A pack that is not published: which, why, and what to do."""


def approved(stores: Stores, quarter: str, role: str, now: datetime) -> list[str]:
    """The folders of every draft of a quarter that a role signs off, published as approved."""
    decided = known_decisions.read(stores.settings.council, now)
    done = []
    for variant in approval.variants_of(decided, role):
        newest = register.newest(stores.register, quarter, variant)
        if newest and not _is_done(newest, stores.settings.packs / newest.folder):
            done.append(run(stores, quarter, variant, newest.revision, now, now))
    return done


def run(
    stores: Stores,
    quarter: str,
    variant: str,
    revision: int,
    published_at: datetime,
    now: datetime,
) -> str:
    """The folder of the published pack, which somebody who may has approved as it is."""
    name = f"{quarter}/{variant}/r{revision}"
    # Packs are published one after another: each is compared with what the others published.
    with (
        only_one(stores.register, "publish"),
        only_one(stores.register, draft.lock_of(quarter, variant)),
    ):
        pack = register.find(stores.register, quarter, variant, revision)
        if pack is None:
            raise CannotPublish(f"{name}: there is no such revision. Draft the quarter first.")
        folder = stores.settings.packs / pack.folder
        if pack.state == "published":
            _finish(name, pack, folder)
            return str(folder)
        approved = _approved(stores, name, pack, now)
        _check_moment(name, approved.at, published_at, now)
        _check_draft(stores, name, pack, folder)
        _check_told(stores, name, pack, now)
        _publish(stores, name, pack, approved, published_at)
    return str(folder)


def _publish(
    stores: Stores, name: str, pack: PackRow, approved: Event, published_at: datetime
) -> None:
    """Build the same content in its new state, record it with its figures, put it in place."""
    reading = register.read(stores.register, pack.measurement_id)
    whole = gather.everything(stores, reading)
    edition = replace(gather.edition_of(pack, whole), state="published", published_at=published_at)
    records = gather.records_of(stores, reading, edition, whole=whole, drafted_at=pack.drafted_at)
    unexplained = proposed.unexplained(stores, records)
    if unexplained:
        raise CannotPublish(
            f"{name}: it corrects {counted(len(unexplained), 'published figure')}, and nobody "
            "said why. Draft the quarter again with a reason, and have that draft approved."
        )
    content = proposed.content_of(records)
    if content.sha256 != pack.content_sha256:
        raise CannotPublish(
            f"{name}: it would not say now what it said when it was drafted: a figure, a "
            "definition, a decision or what was published meanwhile has changed. "
            "Draft the quarter again, and have that draft approved."
        )
    approval = manifest.Approval(approved.role, approved.at)
    files = draft.files_of(stores, records, content, reading, approval)
    folder = stores.settings.packs / pack.folder
    folders.write_whole(folders.beside(folder), files)
    publication = Publication(
        approved.role, published_at, sha256_of(folders.beside(folder) / manifest.NAME)
    )
    restated = {m.key for m in revised(records)}
    # A variant has published the figures that it shows, and no other.
    figures = [f for f in reading.figures if f.kpi_id in {d.id for d in records.definitions}]
    done = replace(approved, event="published", at=published_at, said=pack.reason)
    published.write(stores.register, pack, publication, figures, restated, done)
    folders.replace(folder, folders.beside(folder))
    log.info(
        "%s: published by %s, %d figures, %d of them restated",
        *(name, approved.role, len(figures), len(restated)),
    )


def _check_told(stores: Stores, name: str, pack: PackRow, now: datetime) -> None:
    """Refuse a draft that does not know what other packs have told of people since."""
    identity = register.read(stores.register, pack.measurement_id).identity
    definitions = kpis.load(INCLUDE / "sql" / "kpi").values()
    others = told.by_others(stores, pack.quarter, now, identity, definitions)
    if others != identity.get(told.TOLD, ""):
        raise CannotPublish(
            f"{name}: another pack was published since its figures were made, and the two together "
            "could tell of few people what neither tells alone. "
            "Draft the quarter again, and have that draft approved."
        )


def _finish(name: str, pack: PackRow, folder: Path) -> None:
    """Put the published files in place if the step died before it could; else refuse."""
    if _is_of(pack, folder):
        shutil.rmtree(folders.beside(folder), ignore_errors=True)
        told = day_and_time(pack.published_at) if pack.published_at else "an earlier day"
        raise CannotPublish(
            f"{name}: it was published, {told}, and a published pack never changes. "
            "For a correction, draft the quarter again with a reason."
        )
    if not _is_of(pack, folders.beside(folder)):
        raise CannotPublish(
            f"{name}: it is published, and its folder is not what was published. "
            f"Restore {pack.folder} from the backup."
        )
    folders.replace(folder, folders.beside(folder))
    log.info("%s: its published files are in place", name)


def _is_done(pack: PackRow, folder: Path) -> bool:
    """Whether a pack is published and its published files are in place."""
    return pack.state == "published" and _is_of(pack, folder)


def _is_of(pack: PackRow, folder: Path) -> bool:
    """Whether a folder is whole and the one that the register means."""
    told = folder / manifest.NAME
    return (
        told.is_file()
        and sha256_of(told) == pack.manifest_sha256
        and not verification.problems(folder)
    )


def _approved(stores: Stores, name: str, pack: PackRow, now: datetime) -> Event:
    """The approval of exactly this draft by one who may give it; CannotPublish if there is none."""
    events = audit.of_pack(stores.register, pack.quarter, pack.variant, pack.revision)
    ours = [event for event in events if event.content_sha256 == pack.content_sha256]
    answers = [event for event in ours if event.event in ("approved", "rejected")]
    if not answers or answers[-1].event == "rejected":
        said = f"rejected: {answers[-1].said}" if answers else "approved by nobody"
        raise CannotPublish(
            f"{name}: it was {said}. Run publish_pack for it, and have it approved in Airflow, "
            "under Browse, Required Actions."
        )
    given = answers[-1]
    asked = [event for event in ours if event.event == "asked" and event.run == given.run]
    decided = known_decisions.read(stores.settings.council, now)
    hands = Hands(pack.drafted_by, asked[-1].user_name if asked else given.user_name)
    answer = Answer(given.user_name, (APPROVE,), given.said, given.at)
    approval.check(name, answer, decided, approval.role_for(decided, pack.variant), hands)
    return given


def _check_moment(name: str, approved_at: datetime, published_at: datetime, now: datetime) -> None:
    """Refuse a publication of a moment that cannot be."""
    if published_at.tzinfo is None or not approved_at <= published_at <= now:
        raise CannotPublish(
            f"{name}: it cannot be published as of {published_at:%Y-%m-%dT%H:%M}. Name a moment "
            "with its zone, after it was approved and not in the future."
        )


def _check_draft(stores: Stores, name: str, pack: PackRow, folder: Path) -> None:
    """Refuse a draft that is not the newest, or whose folder is not what was drafted."""
    newest = register.newest(stores.register, pack.quarter, pack.variant)
    if newest and newest.revision != pack.revision:
        raise CannotPublish(
            f"{name}: revision {newest.revision} is newer. Publish that one, or draft again."
        )
    problems = verification.problems(folder)
    if problems:
        raise CannotPublish(f"{name}, {' '.join(problems)}")
    if not _is_of(pack, folder):
        raise CannotPublish(
            f"{name}, {manifest.NAME}: is not the one that was drafted. Draft the pack again."
        )
