"""Exampleshire's extracts as its systems' databases would hold them, for a connector to ask for."""

import csv
import io
import re
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl

from scorecard import mapping
from scorecard.settings import INCLUDE

# The files of systems whose own headings a view has, and the views.
LANDED = {
    "tickets/incident_*": "servicenow_incident",
    "tickets/sc_req_item_*": "servicenow_request",
    "budget/savings_*": "savings_register",
    "remote_working/InteractiveSignIns_*": "entra_sign_ins",
    "workforce/work_patterns_*": "work_patterns",
    "workforce/workforce_*": "workforce_template",
    "workforce/travel_survey_*": "travel_survey_template",
}


def load(source, inbox):
    """Fill a database with everything that an inbox holds."""
    for pattern, system in LANDED.items():
        land(source, system, sorted(inbox.glob(pattern)))
    print_jobs(source, sorted(inbox.glob("printing/*.csv")))
    ledger(source, sorted(inbox.glob("budget/*.xlsx")))
    bookings(source, sorted(inbox.glob("remote_working/desk_bookings_*")))
    vpn(source, sorted(inbox.glob("remote_working/*.log")))


def rows_of(path, encoding="utf-8-sig", delimiter=",", above=0):
    """The rows of a text export, by heading."""
    text = path.read_bytes().decode(encoding).split("\n", above)[-1]
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def month_in(path):
    """The month that a file is of: in its name, or its period; a survey's is its first."""
    if found := re.search(r"(\d{4})-(\d\d)_P(\d\d)", path.name):
        index = int(found[1]) * 12 + 3 + int(found[3]) - 1
        return f"{index // 12}-{index % 12 + 1:02d}"
    found = re.search(r"(\d{4})(?:-(\d\d))?", path.name)
    return f"{found[1]}-{found[2] or '04'}"


def land(source, system, files):
    """A table with the headings that the system's mapping reads, and the month of the extract."""
    known = mapping.load(INCLUDE / "sources" / f"{system}.yaml").read.values()
    headings = list(dict.fromkeys(known))
    rows = [
        (*(row[h] for h in headings), month_in(path)) for path in files for row in rows_of(path)
    ]
    make(source, f"scorecard_{system}", [*headings, "landed_month"], rows)


def make(source, table, headings, rows, types=None):
    """A table of texts, unless a column has another type."""
    kinds = types or {}
    columns = ", ".join(f'"{heading}" {kinds.get(heading, "text")}' for heading in headings)
    source.say(f"create table {table} ({columns})")
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    text.seek(0)
    source.copy(f"copy {table} from stdin with (format csv)", text)


def moment(text, way):
    """A moment that a database can hold; None if there is no such moment."""
    try:
        return datetime.strptime(text, way)  # noqa: DTZ007
    except ValueError:
        return None


def print_jobs(source, files):
    """PaperCut's tables. A job that the log repeats is one job in the database."""
    jobs = {}
    for path in files:
        for row in rows_of(path, "cp1252", above=1):
            jobs.setdefault((path.name, str(row)), row)
    users = {name: n for n, name in enumerate({row["User"] for row in jobs.values()})}
    printers = {name: n for n, name in enumerate({row["Printer"] for row in jobs.values()})}
    make(source, "tbl_user", ["user_id", "user_name", "department"],
         [(n, name, None) for name, n in users.items()], {"user_id": "int"})  # fmt: skip
    make(source, "tbl_printer", ["printer_id", "server_name", "printer_name"],
         [(n, "SRV1", name) for name, n in printers.items()], {"printer_id": "int"})  # fmt: skip
    numbers = ["printer_usage_log_id", "used_by_user_id", "printer_id", "total_pages",
               "total_color_pages", "duplex_pages", "copies"]  # fmt: skip
    rows = []
    for n, row in enumerate(jobs.values(), start=1):
        at = moment(row["Time"], "%Y-%m-%d %H:%M:%S")
        copies = int(row["Copies"])
        pages = int(row["Pages"]) * copies
        if at:
            rows.append((
                n, users[row["User"]], printers[row["Printer"]], pages,
                pages if row["Grayscale"] == "NOT GRAYSCALE" else 0,
                pages if row["Duplex"] == "DUPLEX" else 0, copies, at,
                row["Paper Size"], None, "Y", "Y", "N",
            ))  # fmt: skip
    rest = ["usage_date", "paper_size", "usage_cost", "usage_allowed", "printed", "refunded"]
    kinds = dict.fromkeys(numbers, "int") | {"usage_date": "timestamp"}
    make(source, "tbl_printer_usage_log", [*numbers, *rest], rows, kinds)


FUNDING = {
    "Base budget": "base_budget", "Reserve": "reserve", "Capital": "capital", "Grant": "grant",
    "Outside party": "outside",
}  # fmt: skip
MONEY = [
    "original_budget", "revised_budget", "profiled_ytd", "actual_ytd", "commitments",
    "forecast_outturn", "control_total",
]  # fmt: skip


def ledger(source, files):
    """The view of a ledger, from workbooks that are wide by period."""
    rows = []
    for path in files:
        sheet = openpyxl.load_workbook(path, read_only=True)["Ledger"].iter_rows(values_only=True)
        above = [next(sheet) for _ in range(4)]
        total = above[1][1]
        rows += [ledger_row(dict(zip(above[3], cells, strict=False)), total) for cells in sheet]
    kinds = dict.fromkeys(MONEY, "decimal(18, 2)") | {"period_no": "int", "as_at": "date"}
    kinds |= {"capital_flag": "boolean", "income_flag": "boolean"}
    make(source, "scorecard_ledger", list(rows[0]), [tuple(row.values()) for row in rows], kinds)


def ledger_row(row, total):
    def through(name):
        parts = [row[f"{name} P{n:02d}"] for n in range(1, row["Period"] + 1)]
        return sum(Decimal(str(part)) for part in parts)

    return {
        "fin_year": row["Financial year"], "period_no": row["Period"],
        "cost_centre": row["Cost centre"], "subjective": row["Subjective"],
        "service": row["Service"], "project_code": row["Project"],
        "funding_source": FUNDING[row["Funding source"]],
        "capital_flag": row["Capital or revenue"] == "C",
        "income_flag": row["Expenditure or income"] == "I",
        "original_budget": row["Original budget"], "revised_budget": row["Revised budget"],
        "profiled_ytd": through("Profile"), "actual_ytd": through("Actual"),
        "commitments": row["Commitments"], "forecast_outturn": row["Forecast outturn"],
        "forecast_version": row["Forecast version"], "as_at": row["As at"],
        "control_total": total, "directorate": row["Directorate"],
    }  # fmt: skip


def bookings(source, files):
    """A booking system's view; it holds no booking of a day that does not exist, and none twice."""
    way = "%d/%m/%Y %H:%M"
    found = {}
    for path in files:
        for row in rows_of(path, delimiter=";"):
            at = moment(row["Start"], way)
            if at:
                found[tuple(row.values())] = (
                    row["Booking ID"], row["Status"], row["Booked by"], row["Building"], at,
                    moment(row["End"], way),
                )  # fmt: skip
    headings = ["booking_id", "status", "booked_by", "building", "starts_at", "ends_at"]
    kinds = {"starts_at": "timestamp", "ends_at": "timestamp"}
    make(source, "scorecard_desk_bookings", headings, found.values(), kinds)


WHOLE = re.compile(r'(?:[A-Za-z_]\w*=(?:"[^"]*"|[^ "]*) *)+')  # a line that did not break off
CELL = re.compile(r'([A-Za-z_]\w*)=(?:"([^"]*)"|([^ "]*))')


def vpn(source, files):
    """A log server's table of FortiGate's events, and when each was logged."""
    keys = ["tunnelid", "date", "time", "tz", "duration", "user", "remip", "action", "eventtime"]
    rows = []
    for path in files:
        for line in filter(WHOLE.fullmatch, path.read_text(encoding="utf-8").splitlines()):
            cells = {key: quoted or plain for key, quoted, plain in CELL.findall(line)}
            at = moment(f"{cells['date']} {cells['time']} {cells['tz']}", "%Y-%m-%d %H:%M:%S %z")
            # A line of a day that does not exist is one that the server cannot date.
            at = at.astimezone(UTC) if at else None
            rows.append((*(cells.get(key) for key in keys), at))
    make(source, "scorecard_fortigate", [*keys, "landed_at"], rows, {"landed_at": "timestamptz"})
