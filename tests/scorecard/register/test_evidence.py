"""What a measurement read: extracts with their hashes, months and receipts; rows set aside."""

from datetime import UTC, datetime

from record import NOW, RECEIVED, a_measurement, an_extract
from sqlalchemy import insert, update

from scorecard.register import evidence
from scorecard.register.models import Check, MeasurementInput

AGAIN = datetime(2025, 7, 9, tzinfo=UTC)


def test_the_extracts_of_a_table_come_in_the_order_in_which_they_arrived(register):
    later = an_extract(register, "later", NOW, months={"2025-06": 3})
    first = an_extract(register, "first", months={"2025-05": 9, "2025-06": 2})
    an_extract(register, "not read")
    jobs = an_extract(register, "jobs", table="print_jobs", source="printing")
    a_measurement(register, "m", [], [later, first, jobs])

    read = evidence.extracts_of(register, "m", "tickets")
    assert [(e.file_name, e.sha256, e.received_at, e.months) for e in read] == [
        ("first.csv", "first", RECEIVED, ("2025-05", "2025-06")),
        ("later.csv", "later", NOW, ("2025-06",)),
    ]
    assert [e.extract_id for e in evidence.extracts_of(register, "m", "print_jobs")] == [jobs]
    assert evidence.extracts_of(register, "nobody", "tickets") == ()


def test_the_receipt_that_counted_is_told(register):
    extract = an_extract(register, "again")
    a_measurement(register, "m", [], [extract])
    with register.begin() as connection:
        connection.execute(update(MeasurementInput).values(received_at=AGAIN))

    assert [e.received_at for e in evidence.extracts_of(register, "m", "tickets")] == [AGAIN]
    assert [m.received_at for m in evidence.months_of(register, "m")] == [AGAIN]


def test_rows_set_aside_are_told_by_extract_and_rule(register):
    extract = an_extract(register, "a")
    a_measurement(register, "m", [], [extract])
    with register.begin() as connection:
        for rule, rows in (("opened_is_there", 0), ("resolved_after_opened", 2)):
            connection.execute(
                insert(Check).values(
                    extract_id=extract, rule=rule, dimension="consistency", severity="warning",
                    rows_checked=12, rows_set_aside=rows, result="set aside", why="Why.",
                )
            )  # fmt: skip

    told = evidence.set_aside_of(register, "m", "tickets")
    assert [(a.file_name, a.rule, a.rows, a.why) for a in told] == [
        ("a.csv", "resolved_after_opened", 2, "Why.")
    ]


def test_the_basis_of_a_measurement_is_its_identity_and_its_months(register):
    extract = an_extract(register, "a", months={"2025-05": 9})
    a_measurement(register, "m", [], [extract], identity={"code": "x"})

    found = evidence.bases(register, ["m", "nobody"])
    assert list(found) == ["m"]
    assert found["m"].identity["code"] == "x"
    assert [(m.table, m.month, m.rows) for m in found["m"].months] == [("tickets", "2025-05", 9)]
