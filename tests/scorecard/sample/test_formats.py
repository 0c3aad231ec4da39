"""The extracts look as the real systems write them, dirt included."""

import csv
import io
import re

import pytest

from scorecard import sample
from scorecard.sample import sign_ins


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two months of a middling Exampleshire: the files by name."""
    folder = tmp_path_factory.mktemp("made")
    written = sample.write(folder, months=2, staff=400, start="2025-05")
    return {file.path.name: file for file in written.files}


def cells(file, *, encoding="utf-8-sig", delimiter=",", above=0):
    """The rows of a text file as dicts, after so many lines."""
    text = file.path.read_bytes().decode(encoding)
    lines = io.StringIO(text, newline="")
    for _ in range(above):
        lines.readline()
    return list(csv.DictReader(lines, delimiter=delimiter))


HEADINGS = {
    "incident_2025-06.csv": "number,incident_state,impact,urgency,priority,category,contact_type,"
    "caller_id,caller_id.department,caller_id.vip,assignment_group,u_first_group,opened_at,"
    "u_first_response_at,resolved_at,closed_at,u_reopened_at,u_on_hold_minutes,"
    "reassignment_count,reopen_count,made_sla,u_major_incident,u_survey_sent,u_csat_score,"
    "business_duration,short_description",
    "sc_req_item_2025-06.csv": "number,state,priority,contact_type,requested_for,"
    "requested_for.department,requested_for.vip,assignment_group,u_first_group,opened_at,"
    "u_first_response_at,resolved_at,closed_at,u_reopened_at,u_on_hold_minutes,"
    "reassignment_count,reopen_count,made_sla,u_survey_sent,u_csat_score,cat_item,"
    "short_description",
    "savings_2025-26_P03.csv": "Saving ref,Strategy,Financial year,As at month,Type,Recurrent,"
    "Directorate,Target,Profiled target to date,Delivered,Forecast,On track,At risk,Unachievable",
    "papercut-print-log-2025-06.csv": "PaperCut Print Logger - http://www.papercut.com/",
    "InteractiveSignIns_2025-06.csv": ",".join(sign_ins.HEADINGS),
    "desk_bookings_2025-06.csv": "Booking ID;Status;Booked by;Building;Desk;Start;End;"
    "Checked in at;Created at",
    "work_patterns_2025-06.csv": "Month,Employee,Directorate,Persona,Remote capable,FTE,"
    "Work days,Home days,Leave days,Leave on",
    "workforce_2025-06.csv": "month,directorate,persona,headcount,active_users,joiners,leavers,"
    "fte,remote_capable_fte,contracted_fte_days,leave_fte_days,hours_per_day",
    "travel_survey_2025.csv": "wave,directorate,mode,fuel,one_way_km,days_per_week,"
    "people_in_car,weight",
}


@pytest.mark.parametrize("name", HEADINGS)
def test_a_file_has_exactly_its_systems_headings(made, name):
    encoding = "cp1252" if name.startswith("papercut") else "utf-8-sig"
    text = made[name].path.read_bytes().decode(encoding)
    assert text.split("\r\n")[0] == HEADINGS[name]


def test_entra_has_56_columns_with_its_odd_headings():
    heads = sign_ins.HEADINGS
    assert len(heads) == 56
    assert [head for head in heads if heads.count(head) == 2] == ["Incoming token type"] * 2
    assert {"Application ID ", "Resource ID ", "Autonomous system  number"} <= set(heads)


def test_the_print_log_has_a_banner_and_a_comma_too_many(made):
    lines = made["papercut-print-log-2025-06.csv"].path.read_bytes().decode("cp1252").split("\r\n")
    assert lines[1].count(",") == 13
    assert {len(row) for row in csv.reader(lines[2:-1])} == {15}
    assert any("£" in line for line in lines)
    assert re.search(r",\d+kb,$", lines[2])


PRINT_LOG = {"above": 1, "encoding": "cp1252"}
SEMICOLONS = {"delimiter": ";"}
UNKNOWN = "Transformation Unit"


def distinct(rows):
    """Each row once, whatever its cells are."""
    return list({str(row): row for row in rows}.values())


@pytest.mark.parametrize(
    ("name", "kind", "column", "dirty", "how"),
    [
        ("incident_2025-06.csv", "bad_date", "opened_at", "31/02/2025 09:00", {}),
        ("incident_2025-06.csv", "negative_duration", "resolved_at", "2019-01-02 09:00:00", {}),
        ("incident_2025-06.csv", "unknown_directorate", "caller_id.department", UNKNOWN, {}),
        ("incident_2025-06.csv", "reopened", "reopen_count", "1", {}),
        ("sc_req_item_2025-06.csv", "bad_date", "opened_at", "31/02/2025 09:00", {}),
        ("sc_req_item_2025-06.csv", "unknown_directorate", "requested_for.department", UNKNOWN, {}),
        ("papercut-print-log-2025-06.csv", "bad_date", "Time", "31/02/2025 09:15:00", PRINT_LOG),
        ("papercut-print-log-2025-06.csv", "negative_pages", "Pages", "-1", PRINT_LOG),
        ("papercut-print-log-2025-06.csv", "unknown_person", "User", "agency.temp", PRINT_LOG),
        ("InteractiveSignIns_2025-06.csv", "bad_date", "Date (UTC)", "31/02/2025 09:15", {}),
        ("InteractiveSignIns_2025-06.csv", "unknown_person", "User type", "Guest", {}),
        ("desk_bookings_2025-06.csv", "bad_date", "Start", "31/02/2025 09:00", SEMICOLONS),
        ("desk_bookings_2025-06.csv", "negative_duration", "End", "02/01/2019 17:00", SEMICOLONS),
        ("work_patterns_2025-06.csv", "unknown_directorate", "Directorate", UNKNOWN, {}),
        ("workforce_2025-06.csv", "unknown_directorate", "directorate", UNKNOWN, {}),
        ("savings_2025-26_P03.csv", "unknown_directorate", "Directorate", UNKNOWN, {}),
        ("travel_survey_2025.csv", "negative_distance", "one_way_km", "-5", {}),
    ],
)
def test_dirt_is_planted_as_often_as_is_told(made, name, kind, column, dirty, how):
    found = sum(row[column] == dirty for row in distinct(cells(made[name], **how)))
    assert found == made[name].planted[kind] > 0


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("incident_2025-06.csv", {}),
        ("sc_req_item_2025-06.csv", {}),
        ("papercut-print-log-2025-06.csv", PRINT_LOG),
        ("InteractiveSignIns_2025-06.csv", {}),
        ("desk_bookings_2025-06.csv", SEMICOLONS),
        ("work_patterns_2025-06.csv", {}),
        ("savings_2025-26_P03.csv", {}),
    ],
)
def test_rows_are_written_twice_as_often_as_is_told(made, name, how):
    rows = cells(made[name], **how)
    assert len(rows) - len(distinct(rows)) == made[name].planted["duplicated_row"] > 0


@pytest.mark.parametrize(
    ("name", "column", "earlier", "how"),
    [
        ("papercut-print-log-2025-06.csv", "Time", "2025-05", PRINT_LOG),
        ("InteractiveSignIns_2025-06.csv", "Date (UTC)", "2025-05", {}),
        ("desk_bookings_2025-06.csv", "Start", "/05/2025", SEMICOLONS),
    ],
)
def test_late_rows_belong_to_the_month_before(made, name, column, earlier, how):
    late = [row for row in cells(made[name], **how) if earlier in row[column]]
    assert len(late) == made[name].planted["late_row"] > 0


@pytest.fixture(scope="module")
def vpn_log(made):
    """June's VPN log: its lines, and the dirt in it."""
    file = made["fortigate_vpn_2025-06.log"]
    return file.path.read_text().splitlines(), file.planted


def test_the_vpn_log_is_made_of_keys_and_values(vpn_log):
    log, _ = vpn_log
    pair = r'[a-z_]+=(?:"[^"]*"|[^ "]+)'
    well_formed = [line for line in log if re.fullmatch(rf"{pair}(?: {pair})*", line)]
    assert well_formed[0].startswith("date=2025-05-30 time=")
    assert 'tz="+0100" logid="0101039948" type="event" subtype="vpn"' in well_formed[0]
    assert len(log) - len(well_formed) >= 1


@pytest.mark.parametrize(
    ("kind", "sign"),
    [
        ("bad_date", "date=31/02/2025"),
        ("unknown_person", 'user="vpn.supplier"'),
        ("broken_line", 'group="Staff-VP'),
        ("late_row", "date=2025-05-30"),
    ],
)
def test_dirt_of_the_vpn_log_is_planted_as_often_as_is_told(vpn_log, kind, sign):
    log, planted = vpn_log
    ends = '"' if kind != "broken_line" else ""
    found = {line for line in log if sign in line and line.endswith(ends)}
    if kind == "broken_line":
        found = {line for line in found if not line.endswith('"')}
    assert len(found) == planted[kind] > 0


def test_a_session_that_never_ended_has_statistics_only(vpn_log):
    log, planted = vpn_log
    tunnel = {line: re.search(r"tunnelid=(\d+)", line)[1] for line in log}
    ended = {tunnel[line] for line in log if "tunnel-down" in line}
    told = {tunnel[line] for line in log if "tunnel-stats" in line}
    assert len(told - ended) == planted["never_ended"] > 0


def test_the_incident_file_has_a_mark_and_the_line_ends_of_two_systems(made):
    content = made["incident_2025-06.csv"].path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    stray = content.count(b"\n") - content.count(b"\r\n")
    assert stray == made["incident_2025-06.csv"].planted["stray_line_end"] > 0


def test_a_late_ticket_is_missing_from_its_own_month_and_comes_with_the_next(made):
    may = {row["number"] for row in cells(made["incident_2025-05.csv"])}
    late = {
        row["number"]
        for row in cells(made["incident_2025-06.csv"])
        if row["opened_at"].startswith("2025-05") and row["number"] not in may
    }
    assert len(late) == made["incident_2025-06.csv"].planted["late_row"] > 0


def test_incidents_sent_again_name_the_same_tickets_with_priorities_corrected(made):
    first = {row["number"]: row for row in cells(made["incident_2025-05.csv"])}
    again = {row["number"]: row for row in cells(made["incident_2025-05_resent.csv"])}
    assert first.keys() == again.keys()
    moved = [key for key in again if first[key]["priority"] != again[key]["priority"]]
    assert len(moved) == made["incident_2025-05.csv"].planted["corrected_later"] > 0
