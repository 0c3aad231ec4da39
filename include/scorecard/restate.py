"""What was published of each figure, why some have moved since, and which of them may wait."""

from dataclasses import replace
from datetime import date

from scorecard import relations
from scorecard.identity import REFERENCE
from scorecard.packs.causes import Basis, cause_of, new_months
from scorecard.packs.records import Figures, PackRecords
from scorecard.packs.revisions import Revised, revised
from scorecard.period import period_named
from scorecard.register import evidence, published
from scorecard.register.packs import PackRow
from scorecard.sources import TABLES
from scorecard.stores import Stores


def with_history(
    stores: Stores, records: PackRecords, measurement_id: str, before: PackRow | None = None
) -> PackRecords:
    """The records with every figure as last published, and why those that moved did.

    `before`: as things stood when that pack was published, if it was.
    """
    last = published.last(stores.register, records.edition.variant, before)
    if not last:
        return records
    known = replace(records, earlier=Figures(tuple(each.figure for each in last.values())))
    moved = revised(known)
    wanted = {measurement_id, *(last[m.key].measurement_id for m in moved)}
    bases = evidence.bases(stores.register, wanted) if moved else {}
    causes = {
        m.key: _cause(m, bases[measurement_id], bases[last[m.key].measurement_id]) for m in moved
    }
    return replace(known, causes=causes)


def _cause(moved: Revised, now: Basis, then: Basis) -> str:
    period = period_named(moved.key[2])
    return cause_of(moved.after.definition, period, now, then, moved.type)


def may_wait(
    stores: Stores, records: PackRecords, measurement_id: str, published_one: PackRow
) -> bool:
    """Whether what moved since a quarter was published is left for the next quarter's pack.

    A feed freezes on a working day after the quarter. What is received later waits, and so does
    what only a person can explain. A figure that was announced as awaited or incomplete, a new
    version of a definition, and an extract received before the freeze do not.
    """
    if any(m.type != "correction" for m in revised(records)):
        return False
    mine = {measurement_id, published_one.measurement_id}
    bases = evidence.bases(stores.register, mine)
    new = new_months(TABLES, bases[measurement_id], bases[published_one.measurement_id])
    feeds = records.council.feeds
    holidays = bank_holidays()

    def is_late(table: str) -> bool:
        working_day = feeds[TABLES[table].source].freeze_working_day
        frozen_at = records.quarter.due_at(working_day, holidays)
        return all(m.received_at >= frozen_at for m in new if m.table == table)

    return all(is_late(table) for table in {m.table for m in new})


def bank_holidays() -> set[date]:
    """The days off that working days are counted without."""
    return {row[0] for row in relations.bank_holidays(REFERENCE / "bank_holidays.csv").rows}
