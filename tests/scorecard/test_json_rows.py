"""Records of JSON whose keys are an export's headings are that export; broken ones end well."""

import csv
import json
import random

import pytest
from given import A_BOOKING, BOOKING, LEDGER, NOW, mapping_of
from test_json_pages import COLUMNS, HEAD, pages, payment

from scorecard import json_rows, lookups
from scorecard.admission import Refused
from scorecard.intake import Arrived, stage
from scorecard.json_pages import check_size, is_pages, pages_of
from scorecard.lots import aside
from scorecard.workbench import workbench

MUTATIONS = 2000


@pytest.fixture
def read(limits, tmp_path):
    """The rows that a file becomes, of which those set aside have their reason."""

    def ask(content, wanted, columns):
        path = tmp_path / "given.pages.zip"
        path.write_bytes(content)
        with workbench(limits, lookups.read(limits.council, b"a key for tests only")) as bench:
            staged = stage(bench, 1, Arrived(path, path.name, NOW), wanted)
            told = bench.connection.execute(
                f"select _row, {columns} from mapped_1 where _rule is null order by _row"
            ).fetchall()
            gone = bench.connection.execute(
                f"select * from ({aside(1, 1)}) order by row"
            ).fetchall()
            return staged, told, gone

    return ask


def test_a_list_whose_keys_are_the_headings_of_a_csv_is_read_as_it(read):
    row = {**dict.fromkeys(BOOKING, ""), **A_BOOKING}
    records = [{**row, "Booking ID": n, "Desk": ["N", n]} for n in range(1, 4)]
    records[2]["Desk"] = None
    records[1]["Desk"] = "N-1"
    staged, rows, gone = read(pages(records, top="rows"), None, "source_key, minutes, outcome")
    assert (staged.mapping.system, staged.rows_received) == ("desk_bookings", 3)
    assert rows == [(2, "2", 480, "checked_in"), (3, "3", 480, "checked_in")]
    assert gone == [
        (1, "row_shape", "'Desk' holds a list, where one value is expected (page 1, record 1)")
    ]


def test_a_ledger_as_a_list_states_its_control_total_on_its_page(read):
    line = dict.fromkeys(LEDGER, "") | {
        "Financial year": "2025-26", "Period": 1, "Cost centre": "010450", "Directorate": "Place",
        "Subjective": "004201", "Funding source": "Base budget", "Capital or revenue": "R",
        "Expenditure or income": "E", "Original budget": 1200, "Revised budget": 1200.5,
        "Actual P01": 100.1, "Profile P01": 100, "Forecast version": "1", "As at": "2025-05-05",
    }  # fmt: skip
    body = json.dumps({"rows": [line], "control_total": 100.1}).encode()
    staged, rows, gone = read(pages(body), None, "cost_centre, revised_budget::varchar, actual_ytd")
    assert (str(staged.control_total), gone) == ("100.1", [])
    assert [(number, centre, budget) for number, centre, budget, _ in rows] == [
        (1, "010450", "1200.50")
    ]
    with pytest.raises(
        Refused, match=r"`control_total` of its first page: the control total is ''"
    ):
        read(pages(json.dumps({"rows": [line]}).encode()), None, "cost_centre")


def test_a_log_as_a_list_is_read_by_its_keys(read):
    event = {
        "date": "2025-06-02", "time": "16:58:03", "tz": "+0100", "action": "tunnel-down",
        "user": "jsmith", "remip": "203.0.113.9", "tunnelid": 77, "duration": 28110,
    }  # fmt: skip
    unread = ["devname", "devid", "eventtime", "logid", "type", "subtype", "level", "vd", "msg"]
    records = [{**event, **dict.fromkeys(unread, "x")}] * 2
    staged, rows, gone = read(pages(records), None, "minutes, outcome")
    assert (staged.mapping.system, staged.rows_received, gone) == ("fortigate_vpn", 2, [])
    assert rows == [(1, 468, "success"), (2, 468, "success")]


NUMBERS = (b"NaN", b"1e999", b"9" * 500, b"{}", b"[1]", b"null", b"true")
KEYS = (b'"paid"', b'"s\\u0000m"', b'"\\ud800"', b'"to"')


def spoilt(body, rng):
    """A page with a few things wrong."""
    for _ in range(rng.randint(1, 3)):
        at, to = sorted(rng.randrange(len(body) + 1) for _ in range(2))
        match rng.randrange(8):
            case 0:
                body = body[:at]
            case 1:
                body = body[:at] + body[to:]
            case 2:
                body = body[:at] + bytes([rng.randrange(256)]) + body[at + 1 :]
            case 3:
                body = body[:at] + body[at:to] * 3 + body[to:]
            case 4:
                body = body.replace(b'"1.50"', rng.choice(NUMBERS), rng.randint(1, 2))
            case 5:
                body = body.replace(b'"sum"', rng.choice(KEYS), 1)
            case 6:
                body = body.replace(b"{", b"[" * rng.choice([1, 2000]), 1)
            case 7 if rng.randrange(4) == 0:
                body = body.decode("utf-8", "replace").encode("utf-16")
    return body


def outcome(path, mapping, rows):
    """What becomes of a file: its refusal, or nothing if every record is a row or set aside."""
    try:
        if is_pages(path):
            check_size(path, 100)
        received = sum(len(json_rows.records(page, "value", "x")) for page in pages_of(path))
        json_rows.looked_over(path, mapping)
        unfit = json_rows.write(path, mapping, rows).unfit
    except Refused as refusal:
        return str(refusal)
    with rows.open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.reader(file)) - 1 + len(unfit) == received
    return ""


def test_two_thousand_spoilt_files_are_refused_or_add_up(tmp_path):
    mapping = mapping_of(tmp_path, COLUMNS, head=HEAD)
    good = json.dumps({"value": [payment(no="é,\n"), payment(), payment()]}).encode()
    path, refusals = tmp_path / "given.pages.zip", []
    for seed in range(MUTATIONS):
        rng = random.Random(seed)
        content = spoilt(good, rng)
        if seed % 2:
            content = pages(good, content, good)
            content = spoilt(content, rng) if seed % 10 == 1 else content
        path.write_bytes(content)
        refusals += filter(None, [outcome(path, mapping, tmp_path / "rows.csv")])

    assert 500 < len(refusals) < MUTATIONS - 200
    assert [words for words in refusals if words.count(".") < 2 or not words.endswith(".")] == []
