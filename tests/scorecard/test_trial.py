"""What `scorecard try` tells, and that no mutilated file gets more than a refusal."""

import random
import re

import pytest
from given import NOW, bookings, incidents, ledger, print_log, savings, survey, tickets, workforce

from scorecard import saying
from scorecard.settings import INCLUDE, REPOSITORY
from scorecard.trial import try_file

ROWS_OF = {
    "tickets.csv": lambda: incidents(*tickets(12), "INC0000099,short\n").encode(),
    "print.csv": lambda: print_log(*[{"Copies": str(n)} for n in range(1, 13)]).encode("cp1252"),
    "bookings.csv": lambda: bookings(*[{"Booking ID": str(n)} for n in range(12)]).encode(),
    "savings.csv": lambda: savings(*[{"Saving ref": f"S{n}"} for n in range(12)]).encode(),
    "survey.csv": lambda: survey(*[{"one_way_km": str(n)} for n in range(12)]).encode(),
    "workforce.csv": lambda: workforce({}, {"persona": "home"}, {"persona": "fixed"}).encode(),
}
PIECES = [
    b"\n", b"\r", b"\r\n", b'"', b'""', b",", b";", b"\t", b"'", b"\\", b"\x00", b"\xff", b"\xc3",
    b"\xe2\x80\xa8", b"-", b"1e999", b"9" * 400, b"0x1F", b"NaN", b"9999-12-31 23:59:59",
    b"0001-01-01 00:00:00", b"\xef\xbb\xbf", b"=1+1", b" ", b"\x1a", b"''; drop table raw; --",
]  # fmt: skip

TURNS = 10  # a check of every rule each; tests/sources spoils thousands of files, many at once


def mutilated(data, chance):
    """The bytes with one to three things done to them."""
    for _ in range(chance.randint(1, 3)):
        at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        done = chance.choice(["put in", "put over", "take out", "say again", "break off"])
        piece = {"say again": data[at : at + 200], "break off": b"", "take out": b""}.get(
            done, chance.choice(PIECES)
        )
        after = {"put over": min(at + 4, to), "take out": min(at + 40, to), "break off": len(data)}
        data = data[:at] + piece + data[after.get(done, at) :]
    return data


def check(told, what):
    accounted = told["rows_accepted"] + told["rows_set_aside"] + told["rows_refused"]
    assert told["rows_received"] == accounted, what
    assert sum(told["months"].values()) == told["rows_accepted"], what
    if told["refusals"]:
        (refusal,) = told["refusals"]
        # Where, what, and what to do.
        assert re.match(r"(?s)^mutilated\S*(, (row|byte) [\d,]+)?: .+\. \S.+", refusal), what
    else:
        assert told["rows_accepted"] > 0, what


@pytest.mark.parametrize("name", ROWS_OF)
def test_a_mutilated_file_is_accounted_for_or_refused(tmp_path, limits, name):
    chance = random.Random(name)
    whole = ROWS_OF[name]()
    path = tmp_path / f"mutilated_{name}"
    for turn in range(TURNS):
        path.write_bytes(mutilated(whole, chance))
        check(try_file(path, limits, NOW), (name, turn, path.read_bytes()))


def test_a_mutilated_workbook_is_accounted_for_or_refused(tmp_path, limits):
    chance = random.Random("ledger")
    whole = ledger(tmp_path / "ledger.xlsx", *[{}] * 5).read_bytes()
    path = tmp_path / "mutilated.xlsx"
    for turn in range(TURNS):
        path.write_bytes(mutilated(whole, chance))
        check(try_file(path, limits, NOW), turn)


def test_everything_that_design_promises_is_told(tried):
    told = tried(incidents(*tickets(8), {"number": "INC9", "priority": "P9"}))
    assert {"rows_received", "rows_accepted", "rows_set_aside", "months", "refusals", "set_aside",
            "columns"} <= set(told)  # fmt: skip
    assert (told["system"], told["table"]) == ("servicenow_incident", "tickets")
    assert told["months"] == {"2025-06": 8}
    assert told["set_aside"] == [{
        "row": 10,
        "rule": "priority_unreadable",
        "why": "priority: 'P9' is not one of the values that the mapping names",
    }]  # fmt: skip
    assert "ticket_id" in told["columns"]
    assert "merged_into" not in told["columns"]


def test_amounts_that_must_add_up_are_told(tmp_path, limits):
    path = ledger(tmp_path / "l.xlsx", *[{}] * 9, {"Funding source": "Lottery"})
    told = try_file(path, limits, NOW)
    assert told["amounts"] == {
        "column": "actual_ytd", "received": "1503.50", "accepted": "1353.15",
        "set_aside": "150.35", "rows_without_amount": 0, "control_total": "1503.5",
    }  # fmt: skip


@pytest.mark.parametrize(("total", "apart"), [(1503.5, None), (1504.5, "£1.00")])
def test_a_ledger_that_misses_its_control_total_is_told_by_how_much(tmp_path, limits, total, apart):
    path = ledger(tmp_path / "l.xlsx", *[{}] * 10, total=total)
    said = saying.tried("l.xlsx", try_file(path, limits, NOW))

    assert ("A pack stops at the" in said) == (apart is not None)
    if apart:
        assert (
            "total is £1,504.50, and actual_ytd of the accepted rows adds up to £1,503.50." in said
        )
        assert f"A pack stops at the {apart} between them" in said


def test_nothing_is_stored(tmp_path, limits, tried):
    tried(incidents(*tickets(3)))
    assert not limits.home.exists()


def test_a_system_that_no_feed_lists_is_refused_as_accept_does_unless_its_mapping_is_named(tried):
    desk = (REPOSITORY / "tests" / "sources" / "freshdesk.csv").read_bytes()
    (refusal,) = tried(desk)["refusals"]
    assert refusal.startswith("extract.csv: an export of freshdesk, while feeds.yaml lists for ti")
    assert tried(desk, mapping="freshdesk")["refusals"] == []


def test_no_file_is_told_and_no_crash(tmp_path, limits):
    told = try_file(tmp_path / "none.csv", limits, NOW)
    assert told["refusals"] == [f"{tmp_path / 'none.csv'}: there is no such file. Check the path."]


@pytest.mark.parametrize("name", ["[1].csv", "what?*.csv", "it's.csv", "a.csv.gz", "month=5.csv"])
def test_a_name_is_a_name_and_no_pattern(tried, name):
    assert tried(incidents(*tickets(2)), name)["rows_accepted"] == 2


def test_a_thousand_rows_set_aside_are_listed_and_all_are_counted(tried):
    told = tried(incidents(*tickets(1200, priority="P9")))
    assert (len(told["set_aside"]), told["by_rule"]) == (1000, {"priority_unreadable": 1200})
    assert [(one["rows"], one["values"]) for one in told["reasons"]] == [(1200, {"P9": 1200})]


def test_of_a_refused_file_the_rows_that_no_rule_sets_aside_are_counted_apart(tried):
    told = tried(incidents(*tickets(7), *tickets(9, priority="P9")[7:]))

    assert told["by_rule"] == {"priority_unreadable": 2}
    assert (told["rows_accepted"], told["rows_set_aside"], told["rows_refused"]) == (0, 2, 7)
    (refusal,) = told["refusals"]
    assert "2 of 9 rows are set aside as faulty (22.2 %), more than the 20 % that" in refusal


def test_lines_of_a_mapping_that_are_not_decided_are_told_with_their_numbers(tmp_path, limits):
    path = tmp_path / "servicenow_incident.yaml"
    whole = (INCLUDE / "sources" / "servicenow_incident.yaml").read_text()
    path.write_text(whole.replace("\nversion:", "   # ? its name\nversion:", 1))
    export = tmp_path / "e.csv"
    export.write_text(incidents(*tickets(3)))

    assert try_file(export, limits, NOW, using=path)["undecided"] == [
        {"line": 3, "text": " ".join(path.read_text().splitlines()[2].split())}
    ]
    assert try_file(export, limits, NOW)["undecided"] == []
