from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from given import bookings, incidents, ledger, print_log, savings, tickets, workforce
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import Office
from sqlalchemy import delete, insert

from scorecard.accepted import select
from scorecard.register.models import AcceptedFile, Extract
from scorecard.sources import STORED_AS, TABLES
from switching import listing

FIRST = datetime(2025, 7, 1, 9, tzinfo=UTC)


def days(number):
    return FIRST + timedelta(days=number)


def test_a_table_that_nobody_sent_has_its_columns_and_no_rows(stores):
    found = select(stores, "tickets", FIRST)
    names = duckdb.sql(f"describe ({found.sql})").fetchall()
    assert [row[0] for row in names] == [
        *(column.name for column in TABLES["tickets"].columns), "_row", "_extract_id", "_sender"
    ]  # fmt: skip
    assert (found.extracts, found.months, found.systems) == ({}, frozenset(), frozenset())


def test_the_newest_extract_of_a_whole_month_replaces_the_month(office):
    def send(name, month, *rows):
        office.send(name, savings(*[{"As at month": month, **row} for row in rows]), "budget")
        office.take_in("budget", days(office.sent))

    send("may.csv", "2025-05", {"Saving ref": "S1"}, {"Saving ref": "S2"})
    send("june.csv", "2025-06", {"Saving ref": "S1"})
    send("may_again.csv", "2025-05", {"Saving ref": "S2", "Strategy": "OTHER"})

    query = "select as_at_month, saving_id, strategy from accepted order by all"
    assert office.rows(query, "savings", days(9)) == [
        ("2025-05", "S2", "OTHER"),
        ("2025-06", "S1", "DIGITAL-2023"),
    ]
    assert select(office.stores, "savings", days(9)).extracts == {2: days(2), 3: days(3)}


def test_as_at_a_moment_only_what_was_received_before_it_counts(office):
    for day, priority in enumerate(["3 - Moderate", "2 - High", "1 - Critical"]):
        office.send(f"{day}.csv", incidents({"number": "INC1", "priority": priority}))
        office.take_in(now=days(day))

    query = "select priority from accepted"
    before = FIRST - timedelta(microseconds=1)
    assert office.rows(query, as_at=before) == []
    assert office.rows(query, as_at=days(0)) == [("P3",)]
    assert office.rows(query, as_at=days(2) - timedelta(seconds=1)) == [("P2",)]
    assert office.rows(query, as_at=days(2)) == [("P1",)]


def test_a_late_row_goes_to_its_own_month_and_removes_no_other(office):
    may, late = {"Time": "2025-05-31 09:00:00"}, {"Time": "2025-05-31 17:00:00"}
    office.send("may.csv", print_log(may), "printing")
    office.send("june.csv", print_log(late, {}), "printing")
    office.take_in("printing")
    query = "select strftime(job_at, '%m-%d %H:%M') from accepted order by 1"
    assert office.rows(query, "print_jobs") == [
        ("05-31 08:00",), ("05-31 16:00",), ("06-02 08:14",)
    ]  # fmt: skip


def test_a_ticket_that_changed_is_the_newest_one_whatever_its_month(office):
    first = {"number": "INC1", "opened_at": "2025-05-30 09:00:00"}
    office.send("may.csv", incidents(first, {"number": "INC2"}))
    office.send("june.csv", incidents({"number": "INC1", "opened_at": "2025-06-01 09:00:00"}))
    office.take_in()
    query = "select ticket_id, strftime(opened_at, '%Y-%m'), _extract_id from accepted order by 1"
    assert office.rows(query) == [("INC1", "2025-06", 2), ("INC2", "2025-06", 1)]


def test_two_desks_may_number_their_tickets_alike(stores, tmp_path):
    lists_both = listing(tmp_path / "council", tickets=["freshdesk"])
    office = Office(replace(stores, settings=replace(stores.settings, council=lists_both)))
    freshdesk = (Path(__file__).parent.parent / "sources" / "freshdesk.csv").read_bytes()
    office.send("freshdesk.csv", freshdesk)
    office.take_in()
    number = office.rows("select ticket_id from accepted order by 1")[0][0]
    office.send("servicenow.csv", incidents({"number": number}, {"number": "INC1"}))
    office.take_in()

    query = f"select _sender, count(*) from accepted where ticket_id = '{number}' group by 1"
    assert sorted(office.rows(query)) == [("freshdesk", 1), ("servicenow_incident", 1)]
    assert office.rows("select _sender from accepted where ticket_id = 'INC1'") == [
        ("servicenow_incident",)
    ]


def test_a_booking_sent_again_counts_once_in_its_newest_form(office):
    office.send("one.csv", bookings({"Booking ID": "7", "Status": "booked"}), "remote_working")
    office.send("two.csv", bookings({"Booking ID": "7"}, {"Booking ID": "8"}), "remote_working")
    office.take_in("remote_working")
    query = "select source_key, outcome from accepted order by 1"
    assert office.rows(query, "presence_events") == [("7", "checked_in"), ("8", "checked_in")]


def test_a_job_sent_twice_in_two_files_counts_once_and_one_printed_twice_counts_twice(office):
    twice = [{"Document Name": "a"}, {"Document Name": "b"}]
    office.send("one.csv", print_log(*twice), "printing")
    office.send("two.csv", print_log(*twice, {"Copies": "9"}), "printing")
    office.take_in("printing")
    query = "select copies, count(*) from accepted group by 1 order by 1"
    assert office.rows(query, "print_jobs") == [(1, 2), (9, 1)]


def of_database(*dates):
    """PaperCut's jobs of these days, as its database tells a month."""
    headings = (
        "printer_usage_log_id,usage_date,user_name,department,server_name,printer_name,pages,"
        "color_pages,duplex_pages,copies,paper_size,usage_cost,usage_allowed,printed,refunded"
    )
    job = "{} 09:00:00,jsmith12,Place,SRV1,CIVIC-1,3,0,2,2,A4,0.18,Y,Y,N"
    jobs = (f"{n},{job.format(day)}" for n, day in enumerate(dates, 88121))
    return "\n".join([headings, *jobs, ""])


@pytest.mark.parametrize("whole_comes_first", [False, True])
def test_a_whole_month_takes_the_place_of_its_senders_pieces(office, whole_comes_first):
    """The database tells a month's jobs whole; the log's own files of it would count them twice."""
    may, june = {"Time": "2025-05-30 09:00:00"}, {"Time": "2025-06-02 09:00:00"}
    sent = [
        ("log.csv", print_log(may, june, {"Time": "2025-06-03 09:00:00"})),
        ("papercut_database_2025-06.csv", of_database("2025-06-02")),
    ]
    for name, content in reversed(sent) if whole_comes_first else sent:
        office.send(name, content, "printing")
        office.take_in("printing")

    query = "select strftime(job_at, '%m-%d'), source_key, _sender from accepted order by 1"
    sender = "papercut_print_logger"
    assert office.rows(query, "print_jobs") == [
        ("05-30", None, sender), ("06-02", "88121", sender)
    ]  # fmt: skip


def test_a_whole_month_that_came_before_its_end_does_not_take_the_place_of_pieces(office):
    """The database was asked within the month, and the log goes on: its files tell the month."""
    office.send("papercut_database_2025-06.csv", of_database("2025-06-02"), "printing")
    office.take_in("printing", datetime(2025, 6, 3, tzinfo=UTC))
    query = "select strftime(job_at, '%m-%d'), source_key from accepted order by 1"
    assert office.rows(query, "print_jobs") == [("06-02", "88121")]

    office.send(
        "log.csv", print_log(*({"Time": f"2025-06-0{n} 09:00:00"} for n in (2, 9))), "printing"
    )
    office.take_in("printing", datetime(2025, 7, 1, tzinfo=UTC))
    assert office.rows(query, "print_jobs") == [("06-02", None), ("06-09", None)]

    whole = of_database("2025-06-02", "2025-06-09", "2025-06-30")
    office.send("papercut_database_2025-06.csv", whole, "printing")
    office.take_in("printing", datetime(2025, 7, 2, tzinfo=UTC))
    assert (
        len(office.rows("select 1 from accepted where source_key is not null", "print_jobs")) == 3
    )
    assert len(office.rows("select 1 from accepted", "print_jobs")) == 3


def test_a_piece_that_came_before_an_early_month_does_not_hide_it(office):
    """The log of May held one job of June; the database told June on its last day."""
    office.send("log.csv", print_log({"Time": "2025-06-01 00:01:00"}), "printing")
    office.take_in("printing", datetime(2025, 6, 1, tzinfo=UTC))
    office.send("june.csv", of_database("2025-06-01", "2025-06-02"), "printing")
    office.take_in("printing", datetime(2025, 6, 30, tzinfo=UTC))

    query = "select strftime(job_at, '%m-%d'), source_key from accepted order by 1"
    assert office.rows(query, "print_jobs") == [("06-01", "88121"), ("06-02", "88122")]


def test_a_month_of_the_database_that_reaches_over_its_edge_is_refused(office):
    """Its one job of May would take the place of May."""
    office.send("may.csv", print_log({"Time": "2025-05-30 09:00:00"}), "printing")
    office.send("june.csv", of_database("2025-05-31", "2025-06-02"), "printing")
    office.take_in("printing")

    (refusal,) = office.refusals()
    assert "the critical rule one_month fails" in refusal
    assert office.rows("select strftime(job_at, '%m-%d') from accepted", "print_jobs") == [
        ("05-30",)
    ]


def test_ledger_months_add_up_from_many_extracts(office, tmp_path):
    for period, amounts in enumerate([(10, 20), (11, 21), (12, 22)], start=1):
        lines = [
            {
                "Period": period,
                "Actual P02": None,
                **{f"Actual P{p:02d}": amount for p in range(1, period + 1)},
            }
            for amount in amounts
        ]
        path = ledger(tmp_path / f"p{period}.xlsx", *lines)
        office.send(path.name, path.read_bytes(), "budget")
    office.take_in("budget")
    sums = "period_no, sum(actual_ytd)::int, max(control_total)::int"
    query = f"select {sums} from accepted group by 1 order by 1"
    assert office.rows(query, "ledger") == [(1, 30, 30), (2, 64, 64), (3, 102, 102)]


def test_two_systems_of_one_table_stand_side_by_side(office):
    office.send("tickets.csv", incidents({"number": "INC1"}))
    office.send("bookings.csv", bookings({"Booking ID": "1"}), "remote_working")
    office.send("workforce.csv", workforce({}), "workforce")
    for source in ("tickets", "remote_working", "workforce"):
        office.take_in(source)
    found = select(office.stores, "presence_events", days(60))
    assert found.systems == {"desk_bookings"}
    assert len(found.files[0].split()[0]) == 64


def test_a_store_in_a_folder_with_an_odd_name_is_read_as_it_is(stores, tmp_path):
    from scorecard.objects import open_store

    odd = open_store(str(tmp_path / "it's [old]" / "env=prod" / "store*"))
    office = Office(replace(stores, objects=odd))
    office.send("a.csv", incidents(*tickets(2)))
    office.take_in()
    assert office.rows("select count(*) from accepted") == [(2,)]
    names = duckdb.sql(f"describe ({select(office.stores, 'tickets', days(60)).sql})").fetchall()
    assert "env" not in [row[0] for row in names]


def test_the_newest_is_the_last_received_and_not_the_last_processed(office):
    def send(day, priority):
        path = office.send(f"{priority}.csv", incidents({"number": "INC1", "priority": priority}))
        office.take_in(now=days(day))
        path.unlink()

    send(2, "2 - High")
    send(1, "1 - Critical")

    assert office.rows("select priority, _extract_id from accepted", as_at=days(2)) == [("P2", 1)]
    assert office.rows("select priority, _extract_id from accepted", as_at=days(1)) == [("P1", 2)]


def sent_three_times(office, name, first, second, table, query, source):
    """A file, its correction and the first bytes again: what the query finds after each."""
    found = []
    for day, content in enumerate((first, second, first)):
        office.send(name, content, source)
        office.take_in(source, days(day))
    for day in range(3):
        found.append(office.rows(query, table, days(day)))
    return found


def test_bytes_sent_again_after_a_correction_are_the_last_word_again_by_key(office):
    first, second = (incidents({"number": "INC1", "category": c}) for c in ("Email", "Network"))
    query = "select service from accepted"

    found = sent_three_times(office, "may.csv", first, second, "tickets", query, "tickets")

    assert found == [[("Email",)], [("Network",)], [("Email",)]]
    assert len(office.extracts()) == 2


def test_bytes_sent_again_after_a_correction_are_the_last_word_again_for_a_month(office):
    first, second = (savings({"Saving ref": ref}) for ref in ("S1", "S2"))
    query = "select saving_id from accepted"

    found = sent_three_times(office, "june.csv", first, second, "savings", query, "budget")

    assert found == [[("S1",)], [("S2",)], [("S1",)]]
    assert select(office.stores, "savings", days(2)).extracts == {1: days(2)}


def test_a_file_that_lies_in_the_inbox_is_not_sent_again_by_lying_there(office):
    office.send("a.csv", incidents({"number": "INC1", "category": "Email"}))
    office.send("b.csv", incidents({"number": "INC1", "category": "Network"}))
    for day in range(3):
        office.take_in(now=days(day))

    assert office.rows("select service from accepted", as_at=days(2)) == [("Network",)]
    assert select(office.stores, "tickets", days(2)).extracts == {1: days(0), 2: days(0)}


def test_a_file_that_came_before_its_month_was_over_is_told_from_one_that_came_after(office):
    july = {"number": "INC1", "opened_at": "2025-07-02 09:00:00", "resolved_at": ""}
    path = office.send("july.csv", incidents({**july, "incident_state": "New"}))
    office.take_in(now=days(10))
    early = select(office.stores, "tickets", days(10)).files
    path.rename(path.with_name("july_again.csv"))
    office.take_in(now=days(31))

    assert [file.endswith(" 2025-07 early") for file in early] == [True]
    assert select(office.stores, "tickets", days(31)).files == (early[0].removesuffix(" early"),)


def write(stores, connection, table, system, n, rows):
    """Accept rows as the n-th extract: each a month and SQL literals by column."""
    connection.execute(
        insert(Extract).values(
            id=n, source=TABLES[table].source, sha256=f"{n}", file_name="a", bytes=1,
            received_at=days(n), accepted_at=days(n), state="accepted", system=system,
            mapping_version=1, table=table,
        )
    )  # fmt: skip
    for month in sorted({month for month, _ in rows}):
        selects = [
            "select "
            + ", ".join(
                f"{cells.get(c.name, 'null')}::{STORED_AS[c.type]} as {c.name}"
                for c in TABLES[table].columns
            )
            + f", {row} as _row, {n}::bigint as _extract_id"
            for row, (of, cells) in enumerate(rows)
            if of == month
        ]
        path = stores.settings.home / f"{n}.parquet"
        duckdb.sql(" union all ".join(selects)).write_parquet(str(path))
        object_id = f"accepted/{table}/{month}/{n}.parquet"
        stores.objects.put(path, object_id, again=True)
        connection.execute(
            insert(AcceptedFile).values(
                extract_id=n, table=table, month=month, object_id=object_id, sha256="", rows=1
            )
        )


def accepted_by(stores, table, system, extracts, query):
    """What a query over the accepted rows finds after these extracts and no others."""
    stores.settings.home.mkdir(exist_ok=True)
    with stores.register.begin() as connection:
        connection.execute(delete(AcceptedFile))
        connection.execute(delete(Extract))
        for n, rows in enumerate(extracts, start=1):
            write(stores, connection, table, system, n, rows)
    sql = select(stores, table, days(99)).sql
    return sorted(duckdb.sql(f"with accepted as ({sql}) {query}").fetchall())


FEW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
MONTHS = ("2025-04", "2025-05", "2025-06")
TICKETS = st.dictionaries(st.sampled_from("ABCDE"), st.sampled_from(MONTHS), min_size=1)


@FEW
@given(st.lists(TICKETS, min_size=1, max_size=5))
def test_for_each_ticket_the_newest_extract_that_has_it_wins(stores, sent):
    newest = {}
    extracts = []
    for n, months in enumerate(sent, start=1):
        newest |= dict.fromkeys(months, n)
        extracts.append([(of, {"ticket_id": f"'{key}'"}) for key, of in months.items()])

    query = "select ticket_id, _extract_id from accepted"
    found = accepted_by(stores, "tickets", "servicenow_incident", extracts, query)
    assert found == sorted(newest.items())


JOBS = st.lists(st.tuples(st.sampled_from(MONTHS), st.sampled_from([1, 2, None])), min_size=1)


@FEW
@given(st.lists(JOBS, min_size=1, max_size=4))
def test_jobs_without_a_number_are_told_apart_by_their_place_among_their_like(stores, sent):
    newest = {}
    extracts = []
    for n, jobs in enumerate(sent, start=1):
        for place, job in enumerate(jobs):
            newest[job, jobs[:place].count(job)] = n
        extracts.append([
            (month, {"job_at": f"'{month}-10'", "pages": "null" if pages is None else pages})
            for month, pages in jobs
        ])  # fmt: skip

    query = "select strftime(job_at, '%Y-%m'), coalesce(pages, 0), _extract_id from accepted"
    found = accepted_by(stores, "print_jobs", "papercut_print_logger", extracts, query)
    assert found == sorted((of, pages or 0, n) for ((of, pages), _), n in newest.items())


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_last_to_arrive_wins_whatever_it_is_called(office, order):
    contents = ["Email", "Network", "Telephony"]
    for place in order:
        office.send(f"part{place}.csv", incidents({"number": "INC1", "category": contents[place]}))
    office.take_in()
    assert office.rows("select service from accepted") == [(contents[order[-1]],)]
