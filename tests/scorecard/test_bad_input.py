"""The list of bad input: what each gets is told in three parts, where, what and what to do."""

import zipfile
from datetime import UTC, datetime
from shutil import copytree

import pytest
from given import (
    LEDGER,
    bookings,
    incidents,
    ledger,
    print_log,
    savings,
    tickets,
    workforce,
)  # fmt: skip

from scorecard import settings, workbench
from scorecard.settings import INCLUDE
from scorecard.trial import try_file


def test_a_missing_column(refusal):
    content = incidents(*tickets(3)).replace("resolved_at,closed_at", "closed_at", 1)
    assert refusal(content) == (
        "extract.csv: recognised as no system. It comes closest to servicenow_incident, but the "
        "headings 'resolved_at' are missing. Export the agreed columns, or map or drop the "
        "headings in include/sources/servicenow_incident.yaml; of another system, let "
        "`scorecard map FILE` propose one."
    )


def test_an_unknown_heading(refusal):
    content = incidents(*tickets(3)).replace("short_description\n", "short_description,Home\n", 1)
    assert "the headings 'home' are unknown. Export the agreed columns" in refusal(content)


def test_a_heading_that_stands_twice(refusal):
    content = incidents(*tickets(3)).replace("impact,urgency", "impact,impact", 1)
    told = refusal(content)
    assert "the headings 'urgency' are missing" in told
    assert "the headings 'impact' are unknown" in told


@pytest.mark.parametrize(("delimiter", "word"), [(";", "semicolon"), ("\t", "tab"), ("|", "pipe")])
def test_a_wrong_delimiter(refusal, delimiter, word):
    assert refusal(incidents(*tickets(3), delimiter=delimiter)) == (
        f"extract.csv: its cells are parted by {word}s, where servicenow_incident expects 'comma'. "
        "Export it again so, or correct `delimiter` in include/sources/servicenow_incident.yaml."
    )


def test_commas_where_semicolons_were_agreed(refusal):
    told = refusal(bookings({"Booking ID": "1"}, delimiter=","))
    assert "its cells are parted by commas, where desk_bookings expects 'semicolon'" in told


@pytest.mark.parametrize(
    ("above", "row"),
    [("", 1), ("PaperCut\r\nPaperCut\r\n", 3), ("\r\n\r\n\r\n", 4), ("a\r\n" * 9, 10)],
)
def test_a_banner_that_is_missing_or_stands_there_twice(refusal, above, row):
    _, _, rows = print_log({}).partition("\r\n")
    assert refusal(above + rows) == (
        f"extract.csv: its headings stand in row {row}, where papercut_print_logger expects them "
        "in row 2, below a banner of 1 row. Export it again so, or correct `banner_rows` in "
        "include/sources/papercut_print_logger.yaml."
    )


@pytest.mark.parametrize("above", ["PaperCut\r\n", "", "a;b\r\nc\r\n"])
def test_a_wrong_delimiter_below_a_banner_of_any_length(refusal, above):
    _, _, rows = print_log({}).partition("\r\n")
    told = refusal(above + rows.replace(",", ";"))
    assert "its cells are parted by semicolons, where papercut_print_logger expects 'comma'" in told


def test_an_empty_file(refusal):
    assert refusal("") == "extract.csv: the file is empty. Export it again and send it."


@pytest.mark.parametrize("content", ["\n\n\n", "\ufeff", "   ", ",,,\n,,,\n", "no table at all"])
def test_a_file_without_a_table(refusal, content):
    assert refusal(content).startswith("extract.csv: recognised as no system.")


@pytest.mark.parametrize("end", ["\n", "\r\n", "", "\n\n\n"])
def test_headings_and_no_rows(refusal, end):
    assert refusal(incidents().removesuffix("\n") + end) == (
        "extract.csv: it has headings and no rows. If nothing happened in the month, say so to the "
        "performance team; else export it again."
    )


def test_windows_letters_where_utf_8_was_agreed(refusal):
    content = incidents({"number": "INC1", "short_description": "Café"}).encode("cp1252")
    assert refusal(content) == (
        f"extract.csv, byte {content.index(0xE9):,}: not utf-8 text, as this system's mapping "
        "declares. Export it as utf-8, or correct `encoding` in the mapping."
    )


def test_an_encoding_of_two_bytes_a_letter(refusal):
    told = refusal(incidents(*tickets(3)).encode("utf-16"))
    assert "a NUL byte, so this is not a text export. Export it again as CSV" in told


def test_a_mark_of_utf_8_where_windows_letters_were_agreed(refusal):
    told = refusal(print_log({}).encode("utf-8-sig"))
    assert told.startswith("extract.csv, byte 0: not cp1252 text")


def test_a_letter_that_windows_does_not_know(refusal):
    told = refusal(print_log({"Document Name": "x"}).encode().replace(b",x,", b",\x81,"))
    assert "not cp1252 text" in told


def test_a_file_cut_off_in_the_middle_of_a_row(refusal):
    whole = incidents(*tickets(9))
    told = refusal(whole[: whole.rindex("Service Desk")])
    assert told == (
        "extract.csv, row 10: the file breaks off in the middle of a row. "
        "Export it again and send it whole."
    )


def test_a_print_log_cut_off_behind_a_letter_of_windows(refusal):
    whole = print_log({}, {"Document Name": "Café.docx"}).encode("cp1252")
    told = refusal(whole[: whole.rindex(b"PC0042")])
    assert told.startswith("extract.csv, row 4: the file breaks off in the middle of a row.")


VPN = (
    'date=2025-06-02 time=16:58:03 tz="+0100" action="tunnel-down" user="jsmith12" '
    "remip=203.0.113.9 tunnelid=77 duration=28110 sentbyte=1"
)


@pytest.mark.parametrize("end", ["jsmi", "remip=", "tunnelid=7", "duration", " tz"])
def test_a_log_of_keys_and_values_cut_off_in_the_middle_of_a_line(refusal, end):
    cut = VPN[: VPN.index(end) + len(end)]
    assert refusal(f"{VPN}\n{VPN}\n{cut}", name="vpn.log") == (
        "vpn.log, row 3: the file breaks off in the middle of a row. "
        "Export it again and send it whole."
    )


def test_a_log_whose_last_line_is_whole_needs_no_line_end(tried):
    told = tried(f"{VPN}\n{VPN.replace('77', '78')}", name="vpn.log")
    assert (told["refusals"], told["rows_accepted"]) == ([], 2)


def test_a_file_cut_off_within_quotation_marks(refusal):
    whole = incidents(*tickets(9, short_description="one, two"))
    told = refusal(whole[: whole.rindex(" two")])
    assert told.startswith("extract.csv, row 10: ")
    assert told.endswith(("Export it again and send it whole.", "Export the file again."))


def test_a_quotation_mark_that_is_never_closed(refusal):
    content = incidents(*tickets(2), {"number": "INC9"}, *tickets(5)).replace(
        "INC9,Resolved", 'INC9,"Resolved'
    )
    told = refusal(content)
    assert told.startswith("extract.csv, row 4: a quotation mark is opened and never closed")


def test_a_file_that_two_mappings_read_is_of_the_one_that_is_listed_unless_the_other_is_named(
    tmp_path, limits, monkeypatch
):
    folder = copytree(INCLUDE / "sources", tmp_path / "sources")
    text = (folder / "savings_register.yaml").read_text()
    twin = text.replace("system: savings_register", "system: savings_twin")
    (folder / "savings_twin.yaml").write_text(twin)
    monkeypatch.setattr(workbench, "SOURCES", folder)
    path = tmp_path / "savings.csv"
    path.write_text(savings({"Saving ref": "S1"}))

    now = datetime(2025, 7, 20, tzinfo=UTC)
    assert try_file(path, limits, now)["system"] == "savings_register"
    assert try_file(path, limits, now, "savings_twin")["system"] == "savings_twin"


def test_a_mapping_that_nobody_wrote(refusal):
    told = refusal(incidents(*tickets(3)), mapping="no_such_desk")
    assert told.startswith("extract.csv: the mapping 'no_such_desk' is unknown. Use one of ")


def test_a_mapping_of_another_system(refusal):
    told = refusal(incidents(*tickets(3)), mapping="savings_register")
    assert "has none of the headings that the mapping 'savings_register' names." in told


def test_a_period_in_the_future(refusal):
    told = refusal(workforce({"month": "2025-08"}))
    assert "the critical rule has_rows fails for 1 of 1 rows" in told
    assert "the row belongs to 2025-08, after the extract was received" in told
    assert told.endswith("ask its owner to correct it and send it again.")


def test_one_key_with_two_contents(refusal):
    told = refusal(incidents(*tickets(30), {"number": "INC0000007", "priority": "4 - Low"}))
    assert "the critical rule ticket_id_unique fails for 2 of 31 rows" in told
    assert "A ticket listed twice with different content cannot be counted." in told


def test_a_line_of_the_ledger_with_two_amounts_and_no_project(tmp_path, limits):
    lines = [{}] * 10 + [{"Cost centre": "010450", "Revised budget": 9}]
    path = ledger(tmp_path / "ledger.xlsx", *lines)
    (told,) = try_file(path, limits, datetime(2025, 7, 20, tzinfo=UTC))["refusals"]
    assert "the critical rule line_unique fails for 2 of 11 rows" in told


def test_exact_repeats_are_set_aside(tried):
    told = tried(incidents(*tickets(3), *tickets(1)))
    assert told["set_aside"] == [{"row": 5, "rule": "repeated_row", "why": "the same as row 2"}]


def test_a_directorate_that_nobody_knows(tried):
    rows = [*tickets(8), {"number": "INC9", "caller_id.department": "Transformation Unit"}]
    assert tried(incidents(*rows))["set_aside"] == [{
        "row": 10,
        "rule": "directorate_unknown",
        "why": "directorate: 'Transformation Unit' is not in the council's list of directorates",
    }]  # fmt: skip


def test_an_amount_with_a_trailing_minus_is_read_where_it_was_agreed(tried):
    told = tried(savings({"Saving ref": "S1", "Forecast": "1,234.50-"}))
    assert (told["rows_accepted"], told["refusals"]) == (1, [])


def test_an_amount_with_a_trailing_minus_sets_the_row_aside_where_it_was_not(tmp_path, limits):
    lines = [{}] * 9 + [{"Commitments": "1,234.50-"}]
    told = try_file(ledger(tmp_path / "l.xlsx", *lines), limits, datetime(2025, 7, 20, tzinfo=UTC))
    assert told["set_aside"] == [{
        "row": 14,
        "rule": "commitments_unreadable",
        "why": "commitments: '1,234.50-' is not an amount in pounds and pence",
    }]  # fmt: skip


def test_a_month_with_no_rows(office):
    office.send("incident_2025-05.csv", incidents())
    office.send("incident_2025-06.csv", incidents(*tickets(3)))
    office.take_in()
    assert office.refusals()[0].startswith("incident_2025-05.csv: it has headings and no rows.")
    assert office.rows("select count(*) from accepted") == [(3,)]


def test_two_sources_in_one_folder(office):
    office.send("incident.csv", incidents(*tickets(3)))
    office.send("savings.csv", savings({"Saving ref": "S1"}))
    assert len(office.take_in()) == 1
    assert office.refusals() == [
        "savings.csv: a file of savings_register, which belongs to budget, arrived with tickets. "
        "Put it into the inbox of budget."
    ]


def test_a_ledger_of_two_periods_would_replace_both(tmp_path, limits):
    lines = [{}] * 5 + [{"Period": 1}]
    told = try_file(ledger(tmp_path / "l.xlsx", *lines), limits, datetime(2025, 7, 20, tzinfo=UTC))
    assert "the critical rule one_month fails" in told["refusals"][0]


def test_a_ledger_without_its_control_total(tmp_path, limits):
    path = ledger(tmp_path / "l.xlsx", {}, total="see above")
    told = try_file(path, limits, datetime(2025, 7, 20, tzinfo=UTC))
    assert told["refusals"] == [
        "l.xlsx, row 2: the control total is 'see above', which is no amount. "
        "Export the file with its control total."
    ]


def test_a_file_over_the_limit(tmp_path, limits):
    small = settings.read({"SCORECARD_HOME": str(tmp_path), "SCORECARD_MAX_FILE_MB": "1"})
    path = tmp_path / "incident.csv"
    path.write_text(incidents(*tickets(1)) + "x" * 2**20)
    (told,) = try_file(path, small, datetime(2025, 7, 20, tzinfo=UTC))["refusals"]
    assert told == (
        "incident.csv: 1 MB is over the limit of 1 MB. "
        "Send it in smaller files, or raise SCORECARD_MAX_FILE_MB."
    )


def test_a_row_of_several_megabytes_is_set_aside(tried):
    told = tried(incidents(*tickets(8), {"number": "INC9", "short_description": "x" * 3_000_000}))
    assert (told["rows_received"], told["rows_accepted"]) == (9, 8)
    assert told["by_rule"] == {"row_shape": 1}


def test_a_heading_of_many_kilobytes_is_no_crash(refusal):
    assert "recognised as no system" in refusal("x" * 200_000 + ",b\n1,2\n")


def test_more_than_a_fifth_of_bad_rows_refuse_the_file_and_say_why(refusal):
    told = refusal(incidents(*tickets(7), *tickets(9, priority="P9")[7:]))
    assert "2 of 9 rows are set aside as faulty (22.2 %), more than the 20 % that" in told
    assert "Most often: priority: 'P9' is not one of the values that the mapping names" in told


def test_a_zip_archive_of_several_files_is_none_of_them(tmp_path, limits):
    path = tmp_path / "extracts.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("incident.csv", incidents(*tickets(1)))
        archive.writestr("request.csv", incidents(*tickets(1)))
    (told,) = try_file(path, limits, datetime(2025, 7, 20, tzinfo=UTC))["refusals"]
    assert told == (
        "extracts.zip: a zip archive of 2 parts. Send each file by itself, packed or not."
    )


def test_a_workbook_with_headings_that_nobody_agreed(tmp_path, limits):
    headings = ["Postcode" if name == "Service" else name for name in LEDGER]
    path = ledger(tmp_path / "l.xlsx", {}, headings=headings)
    (told,) = try_file(path, limits, datetime(2025, 7, 20, tzinfo=UTC))["refusals"]
    assert "'service' are missing and the headings 'postcode' are unknown" in told


def test_a_workbook_without_the_sheet(tmp_path, limits):
    path = ledger(tmp_path / "l.xlsx", {}, sheet="Sheet1")
    (told,) = try_file(path, limits, datetime(2025, 7, 20, tzinfo=UTC))["refusals"]
    assert told.startswith("l.xlsx: it is not a file or sheet that any mapping reads.")
