import multiprocessing
import os
import signal

import duckdb
import pytest
from given import NOW, incidents, print_log, savings, survey, tickets, workforce
from sqlalchemy import event, select

from scorecard import accept, keep
from scorecard.objects import MissingObject, sha256_of
from scorecard.register.models import AcceptedFile, Check


def counts(office):
    return [(e.rows_received, e.rows_accepted, e.rows_set_aside) for e in office.extracts()]


def test_what_is_kept_is_accepted_once(office):
    office.send("incident.csv", incidents(*tickets(3)))
    first = office.take_in()

    assert len(first) == 1
    assert office.take_in() == []
    assert counts(office) == [(3, 3, 0)]
    assert office.rows("select ticket_id from accepted order by 1") == [
        ("INC0000001",), ("INC0000002",), ("INC0000003",)
    ]  # fmt: skip


def test_nothing_kept_is_nothing_accepted(office):
    assert office.take_in() == []


DIRTY = {
    "ragged rows": (
        incidents(*tickets(12), "INC9,short\n", "a," * 30 + "\n", {"number": "INC8"}), 15, 13
    ),
    "quotes and line breaks": (
        incidents(*tickets(10, short_description='He said "no,\nnever"\r\n\r\nTwice')), 10, 10
    ),
    "a byte order mark": ("\ufeff" + incidents(*tickets(3)), 3, 3),
    "mixed line ends": (
        incidents(*tickets(5)).replace("\n", "\r\n", 3)
        + incidents(*tickets(9)[5:]).split("\n", 1)[1], 9, 9
    ),
    "old line ends": (incidents(*tickets(4), end="\r"), 4, 4),
    "no last line end": (incidents(*tickets(4)).removesuffix("\n"), 4, 4),
    "nameless cells at the end": (
        "\n".join(line + ",," for line in incidents(*tickets(4)).split("\n")[:-1]), 4, 4
    ),
    "blank lines": (incidents(*tickets(3), "\n", "\n", {"number": "INC8"}, "\n"), 4, 4),
    "rows of nothing": (incidents(*tickets(20), "," * 25 + "\n"), 21, 20),
    "repeated rows": (incidents(*tickets(8), *tickets(2)), 10, 8),
    "a bad date": (incidents(*tickets(8), {"number": "INC9", "opened_at": "31/02/2025"}), 9, 8),
    "resolved before it was opened": (
        incidents(*tickets(8), {"number": "INC9", "resolved_at": "2025-06-01 12:00:00"}), 9, 8
    ),
    "a directorate nobody knows": (
        incidents(*tickets(8), {"number": "INC9", "caller_id.department": "Transformation Unit"}),
        9, 8,
    ),
    "a value nobody listed": (incidents(*tickets(8), {"number": "INC9", "priority": "P9"}), 9, 8),
    "a month to come": (
        incidents(*tickets(8), {"number": "INC9", "opened_at": "2099-01-01 00:00:00"}), 9, 8
    ),
    "the end of time": (incidents(*tickets(8, closed_at="9999-12-31 23:59:59")), 8, 8),
    "a moment that never was": (
        incidents(*tickets(8), {"number": "INC9", "opened_at": "2025-03-30 01:30:00"}), 9, 8
    ),
}  # fmt: skip


@pytest.mark.parametrize("dirt", DIRTY)
def test_rows_received_are_rows_accepted_and_rows_set_aside(office, dirt):
    content, received, accepted = DIRTY[dirt]
    office.send("incident.csv", content)
    office.take_in()

    assert office.refusals() == []
    assert counts(office) == [(received, accepted, received - accepted)]
    assert office.rows("select count(*) from accepted") == [(accepted,)]
    if received > accepted:
        assert len(office.aside(1)) == received - accepted


def test_a_print_log_in_windows_letters_is_accepted(office):
    names = ["Café £5 “offer”, new.docx", 'The "big" one.pdf', "Ünal\u2019s list – final.xlsx"]
    jobs = [
        {"Document Name": name, "Time": f"2025-06-02 09:0{n}:00"} for n, name in enumerate(names)
    ]
    office.send("log.csv", print_log(*jobs).encode("cp1252"), "printing")
    office.take_in("printing")
    assert counts(office) == [(3, 3, 0)]


def test_a_row_set_aside_has_the_number_that_a_spreadsheet_shows(office):
    content = incidents(
        {"number": "INC1"},                                              # row 2
        {"number": "INC2", "short_description": "one\ntwo\n\nthree"},    # row 3
        "INC3,too short\n",                                              # row 4
        {"number": "INC4", "priority": "P9"},                            # row 5
        "\n",                                                            # row 6, blank
        "\n",                                                            # row 7, blank
        {"number": "INC5", "priority": "P9"},                            # row 8
        "a," * 40 + "\n",                                                # row 9
        *tickets(20),                                                    # rows 10 to 29
        {"number": "INC6", "opened_at": "yesterday"},                    # row 30
    )  # fmt: skip
    office.send("incident.csv", content)
    office.take_in()
    assert office.aside(1) == [
        (4, "row_shape"),
        (5, "priority_unreadable"),
        (8, "priority_unreadable"),
        (9, "row_shape"),
        (30, "opened_at_unreadable"),
    ]
    first = "select _row from accepted where ticket_id in ('INC1', 'INC2') order by 1"
    assert office.rows(first) == [(2,), (3,)]


def test_rows_below_a_banner_have_the_number_that_a_spreadsheet_shows(office):
    jobs = [{"Time": f"2025-06-02 09:00:{n:02d}"} for n in range(20)]
    content = print_log(*jobs[:2], "broken\r\n", *jobs[2:], {"Pages": "3.7"})
    office.send("log.csv", content.encode("cp1252"), "printing")
    office.take_in("printing")
    assert office.aside(1) == [(5, "row_shape"), (24, "pages_unreadable")]


def test_rows_keep_their_order_and_number_in_a_large_file(office):
    lines = incidents(*tickets(1)).splitlines(keepends=True)
    rows = [lines[1].replace("INC0000001", f"INC{n:07d}") for n in range(2, 120_002)]
    rows[59_998] = "short\n"  # row 60,000
    rows[89_998] = "\n"  # row 90,000
    office.send("incident.csv", lines[0] + "".join(rows))
    office.take_in()
    assert office.aside(1) == [(60_000, "row_shape")]
    wrong = "select count(*) from accepted where _row <> ticket_id[4:]::int"
    assert office.rows(wrong) == [(0,)]
    assert counts(office) == [(119_999, 119_998, 1)]


def test_persons_and_free_text_appear_in_no_object_but_the_file_as_received(office):
    office.send("incident.csv", incidents(*tickets(9), {"number": "INC9", "caller_id": "RUTHX7"}))
    office.send("bad.csv", incidents(*tickets(9), {"number": "INC9", "priority": "P9"}))
    office.take_in()
    office.send("log.csv", print_log({}, {"Pages": "0"}, *[{"Copies": "2"}] * 6), "printing")
    office.take_in("printing")

    written = [name for name in office.objects() if not name.startswith("raw/")]
    assert {name.split("/")[0] for name in written} == {"accepted", "aside"}
    for name in written:
        path = office.stores.settings.home / "store" / name
        cells = str(duckdb.sql(f"select columns(*)::varchar from '{path}'").fetchall()).lower()
        for personal in ("jsmith12", "ruth", "letter to", "screen", "pc0042"):
            assert personal not in cells, name


def test_one_person_has_one_pseudonym_in_every_system(office):
    office.send("incident.csv", incidents({"number": "INC1", "caller_id": "JSmith12"}))
    office.take_in()
    office.send("log.csv", print_log({"User": "EXAMPLE\\jsmith12"}), "printing")
    office.take_in("printing")
    asked = office.rows("select requester_id from accepted")
    assert asked == office.rows("select user_pseud from accepted", "print_jobs")
    assert len(asked[0][0]) == 32


def test_a_refused_extract_leaves_what_was_accepted_before_it(office):
    office.send("incident.csv", incidents(*tickets(3)))
    office.take_in()
    before = office.rows("select columns(*)::varchar from accepted order by 1")
    office.send("incident_again.csv", incidents(*tickets(3, priority="P9")))
    assert office.take_in() == []

    assert office.rows("select columns(*)::varchar from accepted order by 1") == before
    assert counts(office) == [(3, 3, 0), (3, 0, 3)]
    (refusal,) = office.refusals()
    assert refusal.startswith(
        "incident_again.csv: the critical rule has_rows fails for 3 of 3 rows."
    )
    assert "priority: 'P9' is not one of the values" in refusal
    assert "ask its owner to correct it" in refusal


def test_one_bad_file_does_not_keep_the_others_out(office):
    office.send("one.csv", incidents(*tickets(3)))
    office.send("empty.csv", "")
    office.send("wrong.csv", "a,b\n1,2\n")
    office.send("binary.csv", b"\x00\x01\x02" * 99)
    office.send("two.csv", incidents({"number": "INC9"}))
    assert len(office.take_in()) == 2
    assert [e.state for e in office.extracts()] == [
        "accepted", "refused", "refused", "refused", "accepted"
    ]  # fmt: skip
    assert [refusal.split(":")[0] for refusal in office.refusals()] == [
        "empty.csv", "wrong.csv", "binary.csv, byte 0"
    ]  # fmt: skip


def test_a_file_of_another_source_is_refused_with_the_inbox_that_it_belongs_to(office):
    office.send("log.csv", print_log({}))
    office.take_in()
    assert office.refusals() == [
        "log.csv: a file of papercut_print_logger, which belongs to printing, arrived with "
        "tickets. Put it into the inbox of printing."
    ]


def test_a_source_may_send_several_tables(office):
    office.send("workforce.csv", workforce({}), "workforce")
    office.send("survey.csv", survey({}), "workforce")
    assert len(office.take_in("workforce")) == 2
    assert [e.table for e in office.extracts()] == ["workforce", "travel_survey"]


def test_a_late_row_goes_to_the_file_of_its_own_month(office):
    late = {"number": "INC2", "opened_at": "2025-05-31 23:59:59"}
    office.send("june.csv", incidents({"number": "INC1"}, late))
    office.take_in()
    with office.stores.register.connect() as connection:
        files = connection.execute(
            select(AcceptedFile.month, AcceptedFile.rows).order_by(AcceptedFile.month)
        ).all()
    assert [tuple(file) for file in files] == [("2025-05", 1), ("2025-06", 1)]


def test_every_rule_leaves_its_verdict(office):
    bad = {"number": "INC9", "priority": "P9"}
    office.send("incident.csv", incidents(*tickets(8), *tickets(1), bad))
    office.take_in()
    with office.stores.register.connect() as connection:
        verdicts = connection.execute(select(Check)).all()
    found = {v.rule: (v.severity, v.rows_set_aside, v.result) for v in verdicts}
    assert found["ticket_id_unique"] == ("critical", 0, "passed")
    assert found["resolved_after_opened"] == ("warning", 0, "passed")
    assert found["repeated_row"] == ("warning", 1, "set aside")
    assert found["priority_unreadable"] == ("warning", 1, "set aside")


def hashes(office):
    with office.stores.register.connect() as connection:
        files = connection.execute(select(AcceptedFile.object_id, AcceptedFile.sha256)).all()
    root = office.stores.settings.home / "store"
    return [(sha256, sha256_of(root / object_id)) for object_id, sha256 in files]


class PowerCut(Exception):
    """What ends a step between its objects and its record."""


def cut_before(engine, statement):
    def cut(conn, cursor, sql, parameters, context, executemany):
        if sql.startswith(statement):
            raise PowerCut

    event.listen(engine, "before_cursor_execute", cut)
    return lambda: event.remove(engine, "before_cursor_execute", cut)


@pytest.mark.parametrize(
    "statement", ["UPDATE extracts", "INSERT INTO checks", "INSERT INTO accepted"]
)
def test_a_step_that_dies_leaves_nothing_half(office, statement):
    office.send("incident.csv", incidents(*tickets(5), {"number": "INC9", "priority": "P9"}))
    keep.run(office.stores, "tickets", NOW)
    restore = cut_before(office.stores.register, statement)
    with pytest.raises(PowerCut):
        accept.run(office.stores, "tickets", NOW)
    restore()

    assert [e.state for e in office.extracts()] == ["kept"]
    assert office.rows("select * from accepted") == []
    assert len(accept.run(office.stores, "tickets", NOW)) == 1
    assert counts(office) == [(6, 5, 1)]
    assert all(recorded == stored for recorded, stored in hashes(office))


def test_what_a_dead_step_left_in_the_store_is_written_anew(office):
    office.send("incident.csv", incidents(*tickets(3)))
    keep.run(office.stores, "tickets", NOW)
    left = office.stores.settings.home / "store/accepted/tickets/2025-06/1.parquet"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"what an older set of rules accepted")
    accept.run(office.stores, "tickets", NOW)
    assert office.rows("select count(*) from accepted") == [(3,)]
    assert all(recorded == stored for recorded, stored in hashes(office))


def die_before_the_record(url, home):
    from scorecard import settings
    from scorecard.objects import open_store
    from scorecard.register import open_register
    from scorecard.stores import Stores

    chosen = settings.read({"SCORECARD_HOME": home, "SCORECARD_THREADS": "2"})
    engine = open_register(url)
    stores = Stores(engine, open_store(chosen.store_url), chosen, b"a key for tests only")

    @event.listens_for(engine, "before_cursor_execute")
    def kill(conn, cursor, sql, parameters, context, executemany):
        if sql.startswith("UPDATE extracts"):
            os.kill(os.getpid(), signal.SIGKILL)

    accept.run(stores, "tickets", NOW)


def test_a_process_that_is_killed_leaves_nothing_half(office):
    office.send("incident.csv", incidents(*tickets(3)))
    keep.run(office.stores, "tickets", NOW)
    url = office.stores.register.url.render_as_string(hide_password=False)
    arguments = (url, str(office.stores.settings.home))
    process = multiprocessing.get_context("spawn").Process(
        target=die_before_the_record, args=arguments
    )
    process.start()
    process.join(60)

    assert process.exitcode == -signal.SIGKILL
    assert [e.state for e in office.extracts()] == ["kept"]
    assert len(accept.run(office.stores, "tickets", NOW)) == 1
    assert office.rows("select count(*) from accepted") == [(3,)]


def test_names_of_files_with_quotes_do_no_harm(office):
    office.send("it's; drop table extracts --[1].csv", incidents(*tickets(2)))
    assert len(office.take_in()) == 1
    assert office.extracts()[0].file_name == "it's; drop table extracts --[1].csv"


def test_the_log_says_how_many_rows_came_and_went(office, caplog):
    caplog.set_level("INFO")
    office.send("savings.csv", savings(*[{"Saving ref": f"S{n}"} for n in range(5)]), "budget")
    office.take_in("budget")
    assert "savings.csv: 5 rows received, 5 accepted, 0 set aside" in caplog.text


def test_a_new_column_is_refused_until_somebody_maps_or_drops_it(office):
    content = print_log({}).replace("Size\r\n", "Size,Cost centre\r\n", 1)
    office.send("log.csv", content, "printing")
    office.take_in("printing")
    (refusal,) = office.refusals()
    assert "the headings 'cost centre' are unknown" in refusal


def test_a_missing_object_holds_no_other_extract_up_and_is_said(office):
    office.send("gone.csv", incidents(*tickets(2)))
    office.send("june.csv", incidents(*tickets(3)))
    keep.run(office.stores, "tickets", NOW)
    (office.stores.settings.home / "store" / f"raw/{office.extracts()[0].sha256}").unlink()

    said = r"^Extract \d+ of tickets: raw/\w+: the object store .* does not hold it\. Restore"
    with pytest.raises(MissingObject, match=said):
        accept.run(office.stores, "tickets", NOW)
    assert [extract.state for extract in office.extracts()] == ["kept", "accepted"]
