"""The packs that every acceptance check is run on, made through the steps from one small store.

`missing-feed`  2025-26-Q1 published while the print logs of June are awaited
`revision-2`    the same quarter after they came
`exampleshire`  the same figures as a first revision, as if nothing had been published before
`small-council` 400 people, one directorate of seven, and hostile text wherever people write
"""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hostile import ACTION, CAUSE, CONTACT, COUNCIL, PORTFOLIO, REASON, UNSEEN
from record import approve
from small_council import DIRECTORATES, month_counts, reckoning, records

from scorecard import accept, draft, gather, keep, measure, publish, reconcile, sample
from scorecard.commentary import Comment
from scorecard.folders import write_whole
from scorecard.packs.build import build
from scorecard.packs.commentary_words import slots_of
from scorecard.packs.records import Edition, PackRecords
from scorecard.period import FinancialQuarter
from scorecard.proposed import content_of
from scorecard.register import packs as register
from scorecard.register.packs import Reading
from scorecard.sources import SOURCES

QUARTER = "2025-26-Q1"
RECEIVED = datetime(2025, 7, 14, 6, 30, tzinfo=UTC)
DRAFTED = datetime(2025, 7, 15, 8, tzinfo=UTC)
LATE = DRAFTED + timedelta(days=20)
CAME = "The print logs of June came after the pack was published."
LATE_FILE = "papercut-print-log-2025-06.csv"
# What carbon and printing are compared with, and the months that a year's comparison needs.
BASELINE = ("2023-04", 12, {"printing", "remote_working", "workforce"})
COMPARED = ("2024-04", 15, None)
PEOPLE = (120, 7, 110, 80, 45, 38)  # of the small council, by directorate
NAMES = ("exampleshire", "small-council", "missing-feed", "revision-2")


def make(stores, folder):
    """Each pack's content and what it was built from by its name, its files in a folder of it."""
    made = {"small-council": small_council(stores, folder / "small-council")}
    take_in_all_but_the_late(stores)
    made["missing-feed"] = published_without_the_late(stores, folder / "missing-feed")
    take_in_the_late(stores)
    reading = measured(stores, LATE)
    for name, revision, reason in (("exampleshire", 1, ""), ("revision-2", 2, CAME)):
        edition = Edition(
            *(FinancialQuarter.parse(QUARTER), draft.VARIANT, "internal"),
            *(revision, "draft", reason),
        )
        known = gather.records_of(stores, reading, edition)
        if revision == 1:
            known = replace(known, earlier=None, causes={})
        made[name] = written(stores, known, reading, folder / name)
    return made


def take_in_all_but_the_late(stores):
    inbox = stores.settings.inbox
    for start, months, only in (BASELINE, COMPARED):
        sample.write(inbox, months=months, staff=120, seed=1, start=start, only=only)
    shutil.move(inbox / "printing" / LATE_FILE, inbox.parent / LATE_FILE)
    for source in SOURCES:
        keep.run(stores, source, RECEIVED)
        accept.run(stores, source, RECEIVED)


def take_in_the_late(stores):
    inbox = stores.settings.inbox
    shutil.move(inbox.parent / LATE_FILE, inbox / "printing" / LATE_FILE)
    keep.run(stores, "printing", LATE)
    accept.run(stores, "printing", LATE)


def measured(stores, now):
    """What the register holds of the quarter's measurement as at a moment."""
    measurement = measure.run(stores, QUARTER, now, now)
    reconcile.run(stores, measurement)
    return register.read(stores.register, measurement)


def published_without_the_late(stores, to):
    """Revision 1, drafted and published through the steps."""
    reading = measured(stores, DRAFTED)
    draft.run(stores, reading.measurement_id, "", "performance team", DRAFTED)
    approve(stores, QUARTER, at=DRAFTED)
    shutil.copytree(publish.run(stores, QUARTER, draft.VARIANT, 1, DRAFTED, DRAFTED), to)
    newest = register.newest(stores.register, QUARTER, draft.VARIANT)
    edition = gather.edition_of(newest, gather.everything(stores, reading))
    known = gather.records_of(stores, reading, edition, newest)
    return build(known), known


def small_council(stores, to):
    """A council whose every free text is hostile, and whose smallest directorate has seven."""
    people = dict(zip(DIRECTORATES, PEOPLE, strict=True))
    months = ("2024-04", "2024-05", "2024-06", "2025-04", "2025-05", "2025-06")
    counts = {
        (month, whose): month_counts(heads, 2 + (place + later) % 5, responses=heads // 8, score=40)
        for later, month in enumerate(months)
        for place, (whose, heads) in enumerate(people.items())
    }
    known = reckoning(counts)
    found = with_hostile_text(records(known, counts))
    kpis = [{"id": d.id, "version": 1, "sha256": "0" * 64} for d in found.definitions]
    identity = {"kpis": kpis, "factors": [{"set": 2025, "sha256": "0" * 64}]}
    reading = Reading("0" * 64, QUARTER, known.as_at, identity, (), {}, (), ())
    return written(stores, found, reading, to)


def with_hostile_text(known: PackRecords) -> PackRecords:
    """The records with text in them that means something to a spreadsheet or a browser."""
    settled = known.council.settled
    named = replace(settled, name=COUNCIL, portfolio=PORTFOLIO, contact=CONTACT)
    known = replace(
        known,
        council=replace(known.council, settled=named),
        edition=replace(known.edition, reason=REASON),
    )
    slot = slots_of(known)[0]
    said = Comment(
        *(QUARTER, slot.kpi_id, slot.directorate, CAUSE + UNSEEN, ACTION, "Head of Digital"),
        *(DRAFTED.date(), "Head of Digital", DRAFTED),
    )
    return replace(known, commentary=(said,))


def written(stores, known: PackRecords, reading: Reading, to):
    content = content_of(known)
    write_whole(to, draft.files_of(stores, known, content, reading))
    return content, known
