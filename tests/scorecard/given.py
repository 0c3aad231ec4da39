"""Small invented extracts in the systems' own formats, and a mapping for one column at a time."""

import csv
import io
from datetime import UTC, datetime, timedelta

import duckdb
from openpyxl import Workbook

from scorecard.mapping import load
from scorecard.mapping_cells import Received
from scorecard.mapping_sql import staged
from scorecard.recognise import Sheet, recognise


def headings(text):
    """Headings written with commas between them, on any number of lines."""
    return [heading.strip() for heading in text.split(",")]


NOW = datetime(2025, 7, 20, 9, tzinfo=UTC)

INCIDENT = headings("""
    number, incident_state, impact, urgency, priority, category, contact_type, caller_id,
    caller_id.department, caller_id.vip, assignment_group, u_first_group, opened_at,
    u_first_response_at, resolved_at, closed_at, u_reopened_at, u_on_hold_minutes,
    reassignment_count, reopen_count, made_sla, u_major_incident, u_survey_sent, u_csat_score,
    business_duration, short_description
""")
A_TICKET = {
    "incident_state": "Resolved", "priority": "3 - Moderate", "category": "Email",
    "contact_type": "Phone", "caller_id": "jsmith12", "caller_id.department": "Place",
    "assignment_group": "Service Desk", "opened_at": "2025-06-02 09:00:00",
    "resolved_at": "2025-06-02 12:00:00", "short_description": "Ruth's screen is dark",
}  # fmt: skip

PRINT_LOG = headings("""
    Time, User, Pages, Copies, Printer, Document Name, Client, Paper Size, Language, Height,
    Width, Duplex, Grayscale, Size
""")
A_JOB = {
    "Time": "2025-06-02 09:14:05", "User": "jsmith12", "Pages": "3", "Copies": "1",
    "Printer": "CIVIC-1", "Document Name": "Letter to Ruth.docx", "Client": "PC0042",
    "Paper Size": "A4", "Language": "PCL6", "Duplex": "DUPLEX", "Grayscale": "GRAYSCALE",
    "Size": "19kb",
}  # fmt: skip

BOOKING = headings("""
    Booking ID, Status, Booked by, Building, Desk, Start, End, Checked in at, Created at
""")
A_BOOKING = {
    "Status": "checked in", "Booked by": "jsmith12", "Building": "Civic Centre", "Desk": "N-14",
    "Start": "03/06/2025 09:00", "End": "03/06/2025 17:00",
}  # fmt: skip

SURVEY = headings("""
    wave, directorate, mode, fuel, one_way_km, days_per_week, people_in_car, weight
""")
AN_ANSWER = {
    "wave": "2025", "directorate": "Place", "mode": "bus", "one_way_km": "11.5",
    "days_per_week": "2", "weight": "1.08",
}  # fmt: skip

SAVING = headings("""
    Saving ref, Strategy, Financial year, As at month, Type, Recurrent, Directorate, Target,
    Profiled target to date, Delivered, Forecast, On track, At risk, Unachievable
""")
A_SAVING = {
    "Strategy": "DIGITAL-2023", "Financial year": "2025-26", "As at month": "2025-06",
    "Type": "Saving", "Recurrent": "Yes", "Directorate": "Place", "Target": "1,234.50",
    "Profiled target to date": "300.00", "Delivered": "1,234.50", "Forecast": "1,234.50",
    "On track": "0.00", "At risk": "0.00", "Unachievable": "0.00",
}  # fmt: skip

WORKFORCE = headings("""
    month, directorate, persona, headcount, active_users, joiners, leavers, fte,
    remote_capable_fte, contracted_fte_days, leave_fte_days, hours_per_day
""")
A_GROUP = {
    "month": "2025-06", "directorate": "Place", "persona": "hybrid", "headcount": "120",
    "fte": "104.6", "remote_capable_fte": "88.0", "contracted_fte_days": "2405.8",
    "leave_fte_days": "310.5", "hours_per_day": "7.4",
}  # fmt: skip

LEDGER = headings("""
    Financial year, Period, Cost centre, Cost centre name, Directorate, Service, Subjective,
    Subjective name, Project, Funding source, Capital or revenue, Expenditure or income,
    Original budget, Revised budget
""")
LEDGER += [f"Actual P{n:02d}" for n in range(1, 13)] + [f"Profile P{n:02d}" for n in range(1, 13)]
LEDGER += ["Commitments", "Forecast outturn", "Forecast version", "As at"]
A_LINE = {
    "Financial year": "2025-26", "Period": 2, "Cost centre": "010450", "Directorate": "Place",
    "Subjective": "004201", "Funding source": "Base budget", "Capital or revenue": "R",
    "Expenditure or income": "E", "Original budget": 1200, "Revised budget": 1200,
    "Actual P01": 100.1, "Actual P02": 50.25, "Forecast outturn": 1200, "Forecast version": "1",
    "As at": "2025-06-05", **{f"Profile P{n:02d}": 100 for n in range(1, 13)},
}  # fmt: skip


def text_of(headings, rows, like, delimiter=",", end="\n", before="", behind=()):
    """A text file: each row is `like` with its own cells; a text is taken as it stands."""
    written = io.StringIO()
    written.write(before)
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end)
    writer.writerow(headings)
    for row in rows:
        if isinstance(row, str):
            written.write(row)
        else:
            cells = {**like, **row}
            assert set(cells) <= set(headings)
            writer.writerow([*(cells.get(heading, "") for heading in headings), *behind])
    return written.getvalue()


def incidents(*rows, **how):
    """A ServiceNow list of incidents."""
    return text_of(INCIDENT, rows, A_TICKET, **how)


def tickets(count, **cells):
    """That many incidents, INC0000001 and on."""
    return [{"number": f"INC{n:07d}", **cells} for n in range(1, count + 1)]


def print_log(*rows, end="\r\n"):
    """A PaperCut Print Logger file: a banner, and a nameless empty cell behind every row."""
    before = "PaperCut Print Logger - http://www.papercut.com/" + end
    return text_of(PRINT_LOG, rows, A_JOB, end=end, before=before, behind=("",))


def bookings(*rows, **how):
    """Desk bookings, parted by semicolons."""
    return text_of(BOOKING, rows, A_BOOKING, **{"delimiter": ";", **how})


def survey(*rows, **how):
    """Answers to the staff travel survey."""
    return text_of(SURVEY, rows, AN_ANSWER, **how)


def savings(*rows, **how):
    """A savings register."""
    return text_of(SAVING, rows, A_SAVING, **how)


def workforce(*rows, **how):
    """The monthly workforce file."""
    return text_of(WORKFORCE, rows, A_GROUP, **how)


def ledger(path, *rows, total=None, headings=LEDGER, sheet="Ledger"):
    """A ledger workbook with its control total, written to a path."""
    lines = [{**A_LINE, "Cost centre": f"{n:06d}", **row} for n, row in enumerate(rows, 10450)]
    if total is None:
        named = [f"Actual P{n:02d}" for n in range(1, 13)]
        total = sum(line.get(name) or 0 for line in lines for name in named)
    book = Workbook()
    page = book.active
    page.title = sheet
    page.append(["Exampleshire Council: budget monitoring"])
    page.append(["Control total (actual to date)", total])
    page.append([])
    page.append(headings)
    for line in lines:
        page.append([line.get(heading) for heading in headings])
    book.save(path)
    return path


PAYMENTS = """
system: payments
product: invented
table: spend
version: 1
grain: one row per payment line
meets: by_key
key: [paid_on, transaction_no, net_amount]
key_repeats: numbered
month_from: [paid_on]
"""
COLUMNS = {
    "paid_on": "{from: [Paid]}",
    "transaction_no": "{from: [No], empty: allowed}",
    "net_amount": "{from: [Amount]}",
}


BALANCES = """
system: payments
product: invented
table: ledger
version: 1
grain: one row per line
meets: whole_month
key: [cost_centre]
month_from: [fin_year, period_no]
"""
BALANCE = {
    "fin_year": "{from: [Year]}",
    "period_no": "{from: [Period]}",
    "cost_centre": "{from: [Centre]}",
    "actual_ytd": "{from: [Actual]}",
    "control_total": "{control_total: true}",
}


def mapping_of(folder, columns, head=PAYMENTS, extra="", system="payments"):
    """The mapping that a YAML text describes; columns that it leaves out cannot be mapped."""
    from scorecard.sources import TABLES

    table = head.split("table: ")[1].split()[0]
    written = "".join(f"  {name}: {rule}\n" for name, rule in columns.items())
    absent = "".join(
        f"  {column.name}: not asked here\n"
        for column in TABLES[table].columns
        if column.name not in columns
    )
    path = folder / f"{system}.yaml"
    path.write_text(f"{head}{extra}columns:\n{written}cannot_map:\n{absent}", encoding="utf-8")
    return load(path)


def mapped(folder, columns, content, wanted, received=NOW, total=None, **how):
    """What a mapping makes of a CSV text: the wanted columns of every row, by DuckDB."""
    mapping = mapping_of(folder, columns, **how)
    path = folder / "given.csv"
    path.write_text(content, encoding="utf-8")
    found = recognise(path.name, [Sheet(path)], [mapping])
    at = f"'{received.isoformat()}'::timestamptz"
    file = Received(found.headings, found.cells, at)
    cells = ", ".join(f"c{n}: 'varchar'" for n in range(1, found.cells + 1))
    names = ", ".join(wanted)
    stated = f"'{total}'" if total else "null::varchar"
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(
            f"create view raw as select 1 as _file, {stated} as _control_total, "
            "row_number() over () as _row, * from "
            f"read_csv('{path}', columns = {{{cells}}}, header = true, auto_detect = false)"
        )
        # Only an event log's rows are disordered, and numbered for that.
        order = " order by _row" if mapping.keep_last else ""
        rows = connection.execute(
            f"select {names} from ({staged(mapping, file)}){order}"
        ).fetchall()
    return [row[0] if len(wanted) == 1 else row for row in rows]


def paid(folder, amounts, rule="", wanted=("net_amount",), **how):
    """What payments of these amounts are read as, when the amount has a rule of its own."""
    columns = {**COLUMNS, "net_amount": f"{{from: [Amount]{', ' + rule if rule else ''}}}"}
    quoted = "".join(f'2025-06-02,1,"{amount}"\n' for amount in amounts)
    return mapped(folder, columns, "Paid,No,Amount\n" + quoted, wanted, **how)


def days(first, count):
    """Days in a row, as ISO texts."""
    return [(first + timedelta(days=n)).isoformat() for n in range(count)]
