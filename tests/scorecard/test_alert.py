"""The owner of a feed hears once that it is late, was refused, or lost too many rows."""

from datetime import UTC, datetime

import pytest
from record import an_extract
from sqlalchemy import insert, select

from scorecard import alert, council
from scorecard.notify import Outlets
from scorecard.period import Month
from scorecard.register.models import Check
from scorecard.register.notices import NoticeRow
from scorecard.settings import INCLUDE

# Tickets of June arrive by the third working day of July, and those of July by that of August.
DUE = datetime(2025, 7, 2, 23, tzinfo=UTC)
NEXT_DUE = datetime(2025, 8, 4, 23, tzinfo=UTC)
MAY, JUNE = datetime(2025, 6, 3, tzinfo=UTC), datetime(2025, 7, 1, 5, tzinfo=UTC)
OWNER = "Head of ICT Service Delivery"


@pytest.fixture
def told(stores):
    """Run the step, and say what everybody has been told by now: kind, roles and lines."""

    def run(month="2025-06", source="tickets", at=DUE):
        alert.run(stores, Outlets("https://localhost", {}), source, month, at)
        columns = (NoticeRow.kind, NoticeRow.roles, NoticeRow.lines)
        with stores.register.connect() as connection:
            rows = connection.execute(select(*columns).order_by(NoticeRow.id))
            return [(kind, *roles, " ".join(lines)) for kind, roles, lines in rows]

    return run


def quiet(register, sha256, received, **given):
    """An accepted extract none of whose rows were set aside."""
    return an_extract(register, sha256, received, rows_set_aside=0, **given)


def check(register, extract, rule, result, rows, severity="warning", why="It cannot be."):
    with register.begin() as connection:
        connection.execute(
            insert(Check).values(
                extract_id=extract, rule=rule, dimension="validity", severity=severity,
                rows_checked=100, rows_set_aside=rows, result=result, why=why,
            )
        )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "is_due"),
    [
        (DUE.replace(hour=22), False),
        (DUE, True),
        (NEXT_DUE.replace(hour=22), True),
        (NEXT_DUE, False),
    ],
)
def test_a_month_is_late_from_its_arrival_day_until_that_of_the_next(at, is_due):
    feed = council.read(INCLUDE / "council").feeds["tickets"]

    assert alert.is_due(feed, Month.parse("2025-06"), at) is is_due


def test_a_feed_that_sent_nothing_by_its_day_is_told_to_its_owner_once(stores, told):
    quiet(stores.register, "may", MAY, months={"2025-05": 11})

    ((kind, role, said),) = told()
    assert (kind, role) == ("late", OWNER)
    assert "The day on which tickets of 2025-06 was to arrive has passed." in said
    assert f"tickets: nothing has been accepted for 2025-06. {OWNER} sends it." in said
    assert "Put the export into the inbox of tickets." in said
    assert len(told()) == 1


def test_a_feed_that_has_arrived_is_not_late_and_a_source_that_never_sent_is(stores, told):
    quiet(stores.register, "june", JUNE)

    assert told() == []
    ((kind, _, said),) = told(source="printing")
    assert kind == "late"
    assert "printing: nothing has been accepted for 2025-06, nor before." in said


@pytest.mark.parametrize(("month", "at"), [(None, DUE), ("2024-06", DUE), ("2025-06", JUNE)])
def test_a_backfill_and_a_run_before_the_day_call_nothing_late(stores, told, month, at):
    assert told(month, at=at) == []


def test_a_refusal_is_told_without_names_of_files_or_what_is_in_them(stores, told):
    words = "Ruth Smith.csv, row 3: caller 'jsmith12' is no person. Ask the desk."
    one = quiet(stores.register, "a", JUNE)
    an_extract(stores.register, "b", JUNE, months={}, state="refused", refusal=words,
               file_name="Ruth Smith.csv")  # fmt: skip
    two = an_extract(stores.register, "c", JUNE, months={}, state="refused", refusal=words)
    check(stores.register, two, "ticket_id_unique", "failed", 4, "critical", "A ticket twice.")

    ((kind, role, said),) = told()
    assert (kind, role) == ("refused", OWNER)
    assert f"Extract {one + 1} of tickets: received 1 July 2025; it is not the export that" in said
    assert f"Extract {two} of tickets: received 1 July 2025; the critical rule ticket_id_" in said
    assert not {"Ruth", "Smith", "jsmith12"} & set(said.replace("'", " ").split())
    assert len(told()) == 1


def test_only_what_is_new_is_told_and_the_same_file_refused_for_another_reason_is(stores, told):
    quiet(stores.register, "june", JUNE)
    gone = {"months": {}, "state": "refused"}
    an_extract(stores.register, "a", JUNE, refusal="Empty.", **gone)
    told()
    two = an_extract(stores.register, "b", JUNE, refusal="Empty.", **gone)

    said = told()[-1][2]
    assert (said.count("Extract "), f"Extract {two} " in said) == (1, True)


def test_rows_set_aside_are_told_of_beyond_the_tolerance_by_their_rule_alone(stores, told):
    few = {"rows_received": 100, "rows_set_aside": 2}
    many = {"rows_received": 100, "rows_set_aside": 3}
    an_extract(stores.register, "few", JUNE, **few)
    extract = an_extract(stores.register, "many", JUNE, **many)
    check(stores.register, extract, "resolved_after_opened", "set aside", 2)
    check(stores.register, extract, "priority", "set aside", 1, why="'jsmith12' is no priority.")

    ((kind, role, said),) = told()
    assert (kind, role) == ("set aside", OWNER)
    assert (
        f"Extract {extract} of tickets: 3 of 100 rows were set aside, most often by the rule "
        "resolved_after_opened."
    ) in said
    assert "jsmith12" not in said
    assert len(told()) == 1


@pytest.mark.parametrize(("state", "kind"), [("refused", "refused"), ("accepted", "set aside")])
def test_the_same_file_in_two_inboxes_is_told_to_both_owners(stores, told, state, kind):
    lost = {"state": state, "refusal": "Empty.", "rows_received": 12, "rows_set_aside": 6}
    for source in ("tickets", "printing"):
        an_extract(stores.register, "same", JUNE, months={}, **{"source": source, **lost})
        said = told(None, source)

    assert [(each[0], each[1]) for each in said] == [
        (kind, OWNER), (kind, "Head of ICT Infrastructure"),
    ]  # fmt: skip
