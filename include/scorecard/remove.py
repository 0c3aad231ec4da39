"""Step: what the council keeps no longer is removed, and each removal is recorded.

What is to go is recorded first, then removed, then recorded as gone. A run that dies in between is
finished by the next. Published packs, the register's figures and the audit are never touched.
"""

import logging
import shutil
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from scorecard import council, draft, keep, old_files, retention
from scorecard.old_files import Parts
from scorecard.period import FinancialQuarter
from scorecard.register import only_one, packs, removals
from scorecard.register.removals import Due, Event
from scorecard.retention import Policy
from scorecard.stores import Stores

log = logging.getLogger(__name__)


class NotRemoved(OSError):
    """Something that is to go and could not be removed: which, why, and what to do."""


def run(stores: Stores, logs: Path, run_id: str, now: datetime, dry_run: bool) -> dict[str, int]:
    """How many things of each rule went, or with `dry_run` would go.

    NotRemoved names what could not be removed, when all else is done.
    """
    policy = retention.read(stores.settings.council)
    failed: list[str] = []
    with only_one(stores.register, "retention"):
        due = list(_due(stores, policy, now))
        old_logs = list(old_files.before(logs, policy.before("logs", now).starts_at))
        if dry_run:
            return _listed(stores, due, old_logs, policy, now)
        removals.write(stores.register, "due", due, run_id, now)
        counted = Counter(_finish(stores, run_id, now, failed))
        counted += Counter(_clear_inbox(stores, policy, run_id, now, failed))
        counted["logs"] += _remove_logs(stores, logs, old_logs, run_id, now, failed)
    for rule, count in sorted(counted.items()):
        log.info("%s: %s removed", rule, f"{count:,}")
    if failed:
        raise NotRemoved(
            f"retention: {'; '.join(failed)}. Give the account of Scorecard the right to remove "
            "it, put the folder itself where a link is, and run retention again."
        )
    return dict(+counted)


def _due(stores: Stores, policy: Policy, now: datetime) -> Iterator[Due]:
    """What is to go now: never what a draft that may still be published rests on."""
    moment = {
        rule: policy.before(rule, now) for rule in ("raw_extracts", "accepted_rows", "drafts")
    }
    drafted = removals.quarters_in_draft(stores.register, moment["drafts"].starts_at)
    quarters = [FinancialQuarter.parse(quarter) for quarter in drafted]
    needed = {str(month) for quarter in quarters for month in quarter.months}
    baselines = council.read(stores.settings.council).settled.baselines
    compared = needed | retention.baseline_months(baselines, now)
    yield from removals.raw_before(stores.register, moment["raw_extracts"].starts_at, needed)
    yield from removals.rows_before(stores.register, str(moment["accepted_rows"]), compared)
    yield from removals.drafts_before(stores.register, moment["drafts"].starts_at)


def _listed(
    stores: Stores, due: list[Due], old_logs: list[Path], policy: Policy, now: datetime
) -> dict[str, int]:
    """Say what would go; of files in the inbox and of logs only how many."""
    every = [*removals.unfinished(stores.register), *due]
    every = [each for each in every if not _is_in_inbox(each)]
    ids = {each.extract_id for each in every if each.rule == "raw_extracts"}
    going = [each for each in every if _ends(stores, each, ids) == "removed"]
    for each in going:
        log.info("would go by %s: %s %s", each.rule, each.place, each.month or each.about)
    raw = {(each.about, each.sha256) for each in going if each.rule == "raw_extracts"}
    gone = removals.raw_gone(stores.register) | raw
    counted = Counter(each.rule for each in going)
    inbox = sum(len(parts) for *_, parts in _in_inbox(stores, gone, policy, now))
    counted += Counter(inbox=inbox, logs=len(old_logs))
    log.info("would go in all: %s", dict(+counted))
    return dict(+counted)


def _finish(stores: Stores, run_id: str, now: datetime, failed: list[str]) -> Iterator[str]:
    """Remove everything else that is recorded as due; the rule of each thing that went."""
    for each in removals.unfinished(stores.register):
        if _is_in_inbox(each):
            continue
        with only_one(stores.register, _lock_of(each)):
            event = _ends(stores, each, ())
            try:
                if event == "removed":
                    _remove(stores, each)
            except OSError as error:
                failed.append(f"{each.place}: {error.strerror or error}")
                continue
            if event:
                removals.write(stores.register, event, [each], run_id, now)
        if event == "removed":
            yield each.rule


def _lock_of(due: Due) -> str:
    """The lock under which others keep the same bytes, or publish the same pack."""
    if due.rule != "drafts":
        return keep.lock_of(due.sha256)
    quarter, variant, _ = due.about.split("/")
    return draft.lock_of(quarter, variant)


def _ends(stores: Stores, due: Due, going: Collection[int]) -> Event | None:
    """What becomes of a thing that is due; nothing yet, while another extract has its bytes.

    `going`: extracts that go too, and are not recorded as due. A draft that was published is kept.
    """
    if due.rule == "drafts":
        quarter, variant, revision = due.about.split("/")
        number = int(revision.removeprefix("r"))
        pack = packs.find(stores.register, quarter, variant, number)
        return "kept" if pack is None or pack.state == "published" else "removed"
    is_shared = due.place == f"raw/{due.sha256}" and (
        removals.others_with(stores.register, due.sha256) - set(going)
    )
    return None if is_shared else "removed"


def _remove(stores: Stores, due: Due) -> None:
    """Remove an object or a draft's folder; OSError if it is still there."""
    with suppress(FileNotFoundError):  # a run that died had removed it
        if due.rule == "drafts":
            shutil.rmtree(stores.settings.packs / due.about)
        else:
            stores.objects.delete(due.place)


def _clear_inbox(
    stores: Stores, policy: Policy, run_id: str, now: datetime, failed: list[str]
) -> Iterator[str]:
    """Remove from the inbox the files whose extracts are gone; no file's name is recorded."""
    gone = removals.raw_gone(stores.register)
    found: dict[Due, list[Path]] = {}
    for source, sha256, parts in _in_inbox(stores, gone, policy, now):
        written = f"{old_files.written(parts[0]):%Y-%m-%dT%H:%M:%S.%f}"
        one = Due(f"inbox/{source}/{sha256} of {written}", "raw_extracts", sha256, source)
        found.setdefault(one, []).extend(parts)
    removals.write(stores.register, "due", found, run_id, now)
    died = [each for each in removals.unfinished(stores.register) if _is_in_inbox(each)]
    for one in dict.fromkeys([*found, *died]):
        files = found.get(one, [])
        if not [file for file in files if not _unlinked(file, one.place, failed)]:
            removals.write(stores.register, "removed", [one], run_id, now)
            yield from ["inbox"] * max(1, len(files))


def _is_in_inbox(due: Due) -> bool:
    return due.place.startswith("inbox/")


def _unlinked(file: Path, place: str, failed: list[str]) -> bool:
    """Whether a file is gone now; if not, `failed` has its place and why."""
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        failed.append(f"{place}: {error.strerror}")
        return False
    return True


def _in_inbox(
    stores: Stores, gone: set[tuple[str, str]], policy: Policy, now: datetime
) -> Iterator[tuple[str, str, Parts]]:
    """Old files of the inbox that are extracts whose bytes are gone: source, hash, files."""
    before = policy.before("raw_extracts", now).starts_at
    feeds = council.feeds_in(stores.settings.council)
    for source in sorted({source for source, _ in gone}):
        # A feed's folder may have been named like its source before.
        folders = {source, feeds[source].folder if source in feeds else source}
        wanted = {sha256 for name, sha256 in gone if name == source}
        for folder in sorted(folders):
            with stores.objects.workroom() as room:
                inbox = stores.settings.inbox / folder
                for sha256, parts in old_files.kept_as(inbox, before, wanted, room):
                    yield source, sha256, parts


def _remove_logs(
    stores: Stores, logs: Path, files: list[Path], run_id: str, now: datetime, failed: list[str]
) -> int:
    """Remove old logs and folders that are empty then; recorded is how many, once for each run."""
    gone = [file for file in files if _unlinked(file, "logs", failed)]
    for file in gone:
        for folder in file.parents:
            if folder == logs:
                break
            with suppress(OSError):  # it holds other files
                folder.rmdir()
    if gone:
        one = Due(f"logs/{run_id}", "logs", about=f"{len(gone):,} files")
        removals.write(stores.register, "removed", [one], run_id, now)
    return len(gone)
