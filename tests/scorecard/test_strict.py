"""What the council's files may hold: everything else is refused by file, key or row, with a remedy.

Each row is one slip of a hand in a file of Exampleshire, and the words that name it.
"""

import gc
import re
import shutil
from time import process_time

import pytest

from scorecard import contacts, council, lookups, retention
from scorecard.settings import INCLUDE
from scorecard.strict import WrongDefinition, yaml_of

CALENDAR = '{from: 2018-04-01, weekdays: [1, 2, 3, 4, 5], opens: "08:00", closes: "18:00"}'
P3 = "type: incident, priority: P3, hours: working, respond_minutes: 240, resolve_minutes: 1800"


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(INCLUDE / "council", tmp_path / "council")
    return tmp_path / "council"


def read(folder):
    """Every file of a council; of alerts.yaml and retention.yaml no figure is made."""
    lookups.read(folder, b"a key for tests only")
    contacts.read(folder)
    retention.read(folder)


def refusal(folder):
    """What is said of a council's files: where, what, and what to do."""
    with pytest.raises(WrongDefinition) as refused:
        read(folder)
    return str(refused.value)


FILES = sorted(path.name for path in (INCLUDE / "council").iterdir())


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_file_that_is_not_in_utf_8_is_named_with_what_to_do(folder, file, encoding):
    written = (folder / file).read_text(encoding="utf-8") + "\u00e9"
    (folder / file).write_bytes(written.encode(encoding))

    told = refusal(folder)
    assert told.startswith(f"{file}, byte ")
    assert told.endswith(": not UTF-8 text. Save it in UTF-8, in Excel as 'CSV UTF-8'.")


@pytest.mark.parametrize("file", FILES)
def test_a_mark_of_utf_8_as_spreadsheets_write_it_is_no_fault(folder, file):
    written = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(written, encoding="utf-8-sig")

    assert council.read(folder) == council.read(INCLUDE / "council")


def in_council(old, new, where, what):
    return pytest.param("council.yaml", old, new, f"council.yaml: {where}", what, id=where + new)


SLIPS = [
    in_council("count: 4", "count: 0", "suppression: count", "'0' is not a whole number from 1"),
    in_council("count: 4", "count: -1", "suppression: count", "'-1' is not a whole number from 1"),
    in_council("group: 10", "group: 0", "suppression: group", "'0' is not a whole number from 1"),
    in_council("denominator: 10", "denominator: 0", "small_denominator", "whole number from 1"),
    in_council("resolve_minutes: 1800", "resolve_minutes: 0", "sla[3]: resolve_minutes", "from 1"),
    in_council("respond_minutes: 15", "respond_minutes: -1", "sla[1]: respond_minutes", "from 1"),
    in_council("hours: all", "hours: none", "sla[1]", "hours none has no minutes, the others have"),
    in_council("hours: all, respond_minutes: 15,", "hours: all,", "sla[1]", "the others have both"),
    in_council(
        "hours: all", "hours: x", "sla[1]: hours", "'x' is unknown. Use one of working, all, none"
    ),
    in_council("type: request", "type: change", "sla[6]: type", "Use one of incident, request."),
    in_council(
        "priority: P5", "priority: P6", "sla[5]: priority", "'P6' is unknown. Use one of P1"
    ),
    in_council(P3, P3.replace("P3", "P2"), "sla[3]", "has times for incident P2 from 2018-04-01"),
    in_council(
        "weekdays: [1, ", "weekdays: [0, ", "working_calendar[1]: weekdays[1]", "'0' is not"
    ),
    in_council(
        "[1, 2, 3, 4, 5]", "[8]", "working_calendar[1]: weekdays[1]", "'8' is not a weekday"
    ),
    in_council(
        "[1, 2, 3, 4, 5]", "[]", "working_calendar[1]: weekdays", "one weekday or more, each"
    ),
    in_council("[1, 2, 3, 4, 5]", "[1, 1]", "working_calendar[1]: weekdays", "each once"),
    in_council(
        "18:00", "x", "working_calendar[1]: closes", "'x' is not a time of day such as 18:0"
    ),
    in_council("18:00", "25:00", "working_calendar[1]: closes", "'25:00' is not a time of day"),
    in_council("18:00", "08:00", "working_calendar[1]", "closes at 08:00 and opens at 08:00. Open"),
    in_council("18:00", "07:59", "working_calendar[1]", "closes at 07:59 and opens at 08:00. Open"),
    in_council(
        f"  - {CALENDAR}\n", "  []\n", "working_calendar", "'[]' is not a list of one or more"
    ),
    in_council(
        CALENDAR,
        f"{CALENDAR}\n  - {CALENDAR.replace('08:00', '17:00')}".replace("18:00", "19:00"),
        "working_calendar[2]",
        "has hours for weekday 1 from 2018-04-01 that overlap others. Keep one of the rows.",
    ),
    in_council("year: 2023-24\n", "year: x\n", "baselines[1]: year", "'x' is not a financial year"),
    in_council("year: 2023-24\n", "year: 2023-25\n", "baselines[1]: year", "such as 2025-26"),
    in_council(
        "from: 2023-24-Q1", "from: x", "baselines[1]: from", "'x' is not a financial quarter"
    ),
    in_council("from: 2023-24-Q1", "from: 2023-24-Q5", "baselines[1]: from", "such as 2025-26-Q1"),
    in_council(
        "last_year: 2027-28", "last_year: null", "strategy_finance[1]: last_year", "'null' is"
    ),
    in_council(
        "first_year: 2023-24", "first_year: .inf", "strategy_finance[1]: first_year", "'.inf'"
    ),
    in_council("amount_gbp: 919800", "amount_gbp: -1", "strategy_finance[3]: amount_gbp", "from 0"),
    in_council(
        "pages: 1200", "pages: -1", "printing: device_underused_pages", "whole number from 1"
    ),
    in_council(
        "section: on ", "section: x ", "carbon: section", "Use one of on, off, reported_else"
    ),
    in_council(
        "factor_year: calendar", "factor_year: x", "carbon: factor_year", "calendar, fy_major"
    ),
    in_council(
        "basis: annual_average", "basis: x", "carbon: heating_basis", "annual_average, seasonal"
    ),
    in_council(
        "hours_per_day: 7.4", "hours_per_day: 0", "carbon: hours_per_day", "above 0, up to 24"
    ),
    in_council("hours_per_day: 7.4", "hours_per_day: 24.1", "carbon: hours_per_day", "up to 24"),
    in_council("grammage_gsm: 80", "grammage_gsm: 0", "carbon: grammage_gsm", "a number above 0"),
]


@pytest.mark.parametrize(("file", "old", "new", "where", "what"), SLIPS)
def test_a_slip_in_the_councils_choices_is_refused(folder, file, old, new, where, what):
    change(folder, file, old, new)

    told = refusal(folder)
    assert told.startswith(f"{where}: "), told
    assert what in told
    assert re.search(r"[.] [A-Z][^.]+.*[.]$", told), "it does not say what to do"


def change(folder, file, old, new):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


ENDS_FIRST = "ends on 2018-03-31, before 2018-04-01, on which it begins. Correct one of them."


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("feeds.yaml", "servicenow_incident", "x", "feeds.yaml: tickets: the mapping 'x' is unkno"),
        ("feeds.yaml", "[papercut_print_logger, papercut_database]", "",
         "feeds.yaml: printing: mappings[1]: '' is n"),
        ("feeds.yaml", "[papercut_print_logger, papercut_database]", "null",
         "printing: the mapping 'null' is unknow"),
        ("feeds.yaml", "working_day: 3", "working_day: 0", "tickets: arrival_working_day: '0' is"),
        ("feeds.yaml", "connector: folder", "connector: x", "tickets: connector: 'x' is unknown."),
        ("roles.yaml", "role: steward", "role: x", "roles.yaml: roles[1]: role: 'x' is unknown. U"),
        ("roles.yaml", "users: [owner]", "users: []", "roles[2]: users: '[]' is not a list of one"),
        ("targets.csv", "minute 14", "minute\ufffe 14", "row 2: decision: holds U+FFFE, a char"),
        ("roles.yaml", "[owner]", "[ow\u200bner]", "roles[2]: users[1]: holds U+200B, a character"),
        ("routes.yaml", "visibility: internal", "visibility: x", "routes[1]: visibility: 'x' is u"),
        ("routes.yaml", "working_day: 20", "working_day: 0", "deadline_working_day: '0' is not"),
        ("networks.csv", "10.20.0.0/16", "nan", "networks.csv, row 2: addresses: 'nan' is not a r"),
        ("networks.csv", "10.20.0.0/16", "10.20.0.1/16", "row 2: addresses: '10.20.0.1/16' is not"),
        ("networks.csv", "10.20.0.0/16,corporate", "10.20.0.0/16,x", "row 2: network: 'x' is unkn"),
        ("networks.csv", "2018-04-01,", "x,", "row 2: effective_from: 'x' is not a day such as"),
        ("networks.csv", "2018-04-01,", "2018-04-01,2018-03-31", f"row 2: {ENDS_FIRST}"),
        ("desks.csv", "340,2018-04-01,", "340,2018-04-01,2018-03-31", f"row 2: {ENDS_FIRST}"),
        (
            "directorates.csv",
            "Adult Social Care,2018-04-01,",
            "Adult Social Care,2018-04-01,2018-03-31",
            f"directorates.csv, row 2: {ENDS_FIRST}",
        ),
        (
            "targets.csv",
            "2025-04-01,,90",
            "2025-04-01,2025-03-31,90",
            "targets.csv, row 3: ends on 2025-03-31, before 2025-04-01, on which it begins.",
        ),
        ("directorates.csv", "ASC,Adult", "COUNCIL,Adult", "row 2: code: 'COUNCIL' is not a code"),
        ("directorates.csv", "ASC,Adult", "UNKNOWN,Adult", "row 2: code: 'UNKNOWN' is not a code"),
        ("directorates.csv", "ASC,Adult", "*,Adult", "row 2: code: '*' is not a code"),
    ],
)  # fmt: skip
def test_a_slip_in_a_row_or_a_feed_is_refused(folder, file, old, new, words):
    change(folder, file, old, new)

    assert words in refusal(folder)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("count: 4", "count: 1"),
        ("closes: \"18:00\"", "closes: \"24:00\""),
        ("closes: \"18:00\"", "closes: \"08:01\""),
        ("hours_per_day: 7.4", "hours_per_day: 24"),
        ("resolve_minutes: 1800", "resolve_minutes: 1"),
    ],
)  # fmt: skip
def test_what_lies_on_the_edge_is_taken(folder, old, new):
    change(folder, "council.yaml", old, new)

    assert council.read(folder).settled != council.read(INCLUDE / "council").settled


def test_a_row_may_hold_for_one_day(folder):
    change(folder, "networks.csv", "2018-04-01,", "2018-04-01,2018-04-01")

    first, _ = lookups.read(folder, b"a key for tests only").networks
    assert first.effective_to == first.effective_from


@pytest.mark.usefixtures("usual_cells")
def test_a_quotation_mark_that_is_never_closed_is_told_with_its_file(folder):
    with (folder / "events.csv").open("a", encoding="utf-8") as file:
        file.write('"' + "x" * 200_000)

    assert re.fullmatch(
        r"events.csv: cannot be read as CSV \(.*\). Close every quotation mark.", refusal(folder)
    )


def test_a_key_that_stands_twice_is_told_with_the_line_at_which_its_keys_begin(folder):
    change(folder, "feeds.yaml", "  folder: tickets\n", "  folder: tickets\n  folder: desk\n")

    assert "feeds.yaml: line 6: 'folder' stands there twice. Keep one of them." in refusal(folder)


def test_a_key_that_is_a_list_is_told_and_no_crash(folder):
    change(folder, "feeds.yaml", "tickets:\n", "? [tickets, desk]\n:\n")

    assert re.search(r"^feeds.yaml: .* unhashable key .* Correct the file\.$", refusal(folder))


def test_a_file_of_very_many_keys_is_looked_through_once(tmp_path):
    def taken(keys):
        path = tmp_path / f"{keys}.yaml"
        path.write_text("".join(f"key{n}: x\n" for n in range(keys)))
        gc.disable()  # it looks through whatever other tests have left
        try:
            began = process_time()
            assert len(yaml_of(path)) == keys
            return process_time() - began
        finally:
            gc.enable()

    # Ten times the keys take ten times as long; a search for each among all would take a hundred.
    assert taken(20_000) < 40 * taken(2_000)
