"""What was decided later was not known before; what was decided that day was."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scorecard import council, known_decisions
from scorecard.decisions import Baseline, Directorate, Event, Owner, SlaTime, Target, WorkingHours
from scorecard.known_decisions import as_known_at, fingerprint
from scorecard.meters import Reading
from scorecard.settings import INCLUDE

DAY = date(2025, 9, 1)
SINCE = date(2025, 4, 1)
EXAMPLESHIRE = council.read(INCLUDE / "council")
# 1 September begins in London at 23:00 UTC of the day before.
THE_DAY_BEFORE = datetime(2025, 8, 31, 22, 59, tzinfo=UTC)
THAT_DAY = datetime(2025, 8, 31, 23, tzinfo=UTC)


def with_one(decided_on):
    """Exampleshire with one row of each kind, decided on a day."""
    settled = replace(
        EXAMPLESHIRE.settled,
        working_calendar=(WorkingHours(SINCE, (1,), None, "18:00", decided_on),),
        sla=(SlaTime(SINCE, "incident", "P1", "all", 1, 2, decided_on),),
        baselines=(Baseline("2025-26-Q1", "2023-24", "Cabinet", "why", decided_on),),
    )
    target = Target(kpi="a", directorate="*", effective_from=SINCE, method="none",
                    decision="Cabinet", reason="why", decided_on=decided_on)  # fmt: skip
    return replace(
        EXAMPLESHIRE,
        settled=settled,
        directorates=(Directorate("ICT", "Technology", SINCE, decided_on=decided_on),),
        targets=(target,),
        owners=(Owner("a", SINCE, "Head", "Analyst", "Director", decided_on),),
        events=(Event(SINCE, "baseline_reset", "*", "*", "Reset", "why", decided_on),),
        readings=(Reading("2025-26-Q1", Decimal(1), Decimal(1), "A", "Meters", decided_on),),
    )


def counts(decided):
    settled = decided.settled
    return {
        len(rows)
        for rows in (settled.working_calendar, settled.sla, settled.baselines,
                     decided.directorates, decided.targets, decided.owners, decided.events,
                     decided.readings)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("decided_on", "moment", "known"),
    [(DAY, THE_DAY_BEFORE, 0), (DAY, THAT_DAY, 1), (None, THE_DAY_BEFORE, 1)],
)
def test_a_row_is_known_from_the_day_on_which_it_was_decided(decided_on, moment, known):
    assert counts(as_known_at(with_one(decided_on), moment)) == {known}


def test_an_event_without_a_decision_is_known_from_its_day_on():
    event = Event(DAY, "event", "*", "*", "Office moved", "why")
    decided = replace(EXAMPLESHIRE, events=(event,))

    assert as_known_at(decided, THE_DAY_BEFORE).events == ()
    assert as_known_at(decided, THAT_DAY).events == (event,)


def test_a_row_decided_later_leaves_the_fingerprint_of_before_as_it_was():
    later = replace(EXAMPLESHIRE, targets=(*EXAMPLESHIRE.targets, *with_one(DAY).targets))

    def of(decided, moment):
        return fingerprint(as_known_at(decided, moment))

    assert of(later, THE_DAY_BEFORE) == of(EXAMPLESHIRE, THE_DAY_BEFORE)
    assert of(later, THAT_DAY) != of(EXAMPLESHIRE, THAT_DAY)


def test_exampleshires_raised_targets_were_not_known_before_cabinet_met():
    eve, day = (datetime(2025, 3, n, 12, tzinfo=UTC) for n in (17, 18))

    def rows(moment):
        return len(known_decisions.read(INCLUDE / "council", moment).targets)

    assert rows(day) - rows(eve) == 3
