"""Exampleshire's extracts of a month as web services give them: ServiceNow, Microsoft Graph, a hub.

Each answers as the system was at the end of a month; what was corrected since is given to whoever
asks again later.
"""

import csv
import io
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from python_calamine import CalamineWorkbook

from web_service import Told

KEY = "s3cret-of-exampleshire"
ACCOUNT = {"login": "scorecard", "password": KEY, "extra": {"tenant": "exampleshire"}}
TOKENS = "https://login.microsoftonline.com/{extra.tenant}/oauth2/v2.0/token"
PAGE = 25  # smaller than asked for, so that there are many
_LONDON, _UTC = ZoneInfo("Europe/London"), ZoneInfo("UTC")
_CODES = {
    "1 - Critical": "1", "2 - High": "2", "3 - Moderate": "3", "4 - Low": "4", "5 - Planning": "5",
    "New": "1", "In Progress": "2", "On Hold": "3", "Resolved": "6", "Closed": "7", "Canceled": "8",
}  # fmt: skip
_ERRORS = {"Success": 0, "Failure": 50126, "Interrupted": 50140}
_PAIR = re.compile(r'([A-Za-z_]\w*)=(?:"([^"]*)"|([^ "]*))')
_LINE = re.compile(rf"{_PAIR.pattern}(?: +{_PAIR.pattern})*")
_NAMED = {
    "servicenow_incident": "tickets/incident_{month}",
    "servicenow_request": "tickets/sc_req_item_{month}",
    "ledger_by_period": "budget/ledger_{year}_P{period}",
    "savings_register": "budget/savings_{year}_P{period}",
    "papercut_print_logger": "printing/papercut-print-log-{month}",
    "entra_sign_ins": "remote_working/InteractiveSignIns_{month}",
    "desk_bookings": "remote_working/desk_bookings_{month}",
    "fortigate_vpn": "remote_working/fortigate_vpn_{month}",
    "work_patterns": "workforce/work_patterns_{month}",
    "workforce_template": "workforce/workforce_{month}",
}  # fmt: skip
_READ = {"papercut_print_logger": ("cp1252", ",", 1), "desk_bookings": ("utf-8-sig", ";", 0)}


class Exampleshire:
    """What its systems hold, from the extracts in a folder. `month` is when they are asked."""

    def __init__(self, folder):
        self.folder, self.month = Path(folder), ""

    def __call__(self, asked):
        """The answer to a question, of whichever service it was asked."""
        if asked.path == "/token":
            return Told({"access_token": "t", "expires_in": 3599, "token_type": "Bearer"})
        if asked.path.startswith("/api/now/table/"):
            return self._table(asked)
        if asked.path == "/v1.0/auditLogs/signIns":
            return self._sign_ins(asked)
        _, _, system, month = asked.path.split("/")
        return self._list(asked, system, month)

    def rows(self, system, month):
        """A month's rows of a system, as it last sent them."""
        if system == "travel_survey_template":  # in April of a year in which people were asked
            asked = self.folder / f"workforce/travel_survey_{month[:4]}.csv"
            return _rows(system, asked) if month.endswith("-04") and asked.exists() else []
        period = (int(month[5:]) - 4) % 12 + 1
        year = int(month[:4]) - (period > 9)
        name = _NAMED[system].format(
            month=month, period=f"{period:02d}", year=f"{year}-{(year + 1) % 100:02d}"
        )
        sent = sorted(self.folder.glob(f"{name}.*"))
        again = sorted(self.folder.glob(f"{name}_*")) if month < self.month else []
        return _rows(system, (again or sent)[-1]) if sent else []

    def _table(self, asked):
        table = asked.path.rpartition("/")[2]
        system, person = (
            ("incident", "caller_id") if table == "incident" else ("request", "requested_for")
        )
        since = re.search(r"sys_updated_on>=(\S+ \S+?)\^", asked.params["sysparm_query"])[1]
        rows = self.rows(f"servicenow_{system}", _month(since, "%Y-%m-%d %H:%M:%S"))
        fields = asked.params["sysparm_fields"].split(",")
        start = int(asked.params.get("sysparm_offset", 0))
        here = f"http://{asked.headers['host']}{asked.path}"
        query = "&".join(
            f"{k}={_quoted(v)}" for k, v in asked.params.items() if k != "sysparm_offset"
        )
        more = start + PAGE < len(rows)
        link = f'<{here}?{query}&sysparm_offset={start + PAGE}>;rel="next"'
        return Told(
            {"result": [_ticket(row, fields, person) for row in rows[start : start + PAGE]]},
            headers={"Link": link} if more else {},
        )

    def _sign_ins(self, asked):
        since = re.search(r"ge (\S+)", asked.params["$filter"])[1]
        rows = self.rows("entra_sign_ins", _month(since, "%Y-%m-%dT%H:%M:%SZ"))
        start = int(asked.params.get("$skiptoken", 0))
        said = {"value": [_sign_in(row) for row in rows[start : start + PAGE]]}
        if start + PAGE < len(rows):
            query = f"%24filter={_quoted(asked.params['$filter'])}&%24skiptoken={start + PAGE}"
            said["@odata.nextLink"] = f"http://{asked.headers['host']}{asked.path}?{query}"
        return Told(said)

    def _list(self, asked, system, month):
        if asked.headers.get("x-api-key") != KEY:
            return Told(status=401)
        rows, start = self.rows(system, month), int(asked.params["offset"])
        said = {"rows": rows[start : start + PAGE], "more": start + PAGE < len(rows)}
        if system == "ledger_by_period" and rows:
            said["control_total"] = rows[0]["_total"]
            said["rows"] = [{k: v for k, v in row.items() if k != "_total"} for row in said["rows"]]
        return Told(said)


def _rows(system, file):
    if file.suffix == ".log":
        # A line breaks on its way into a file; the device itself tells it whole, or not at all.
        whole = [line for line in file.read_text().splitlines() if _LINE.fullmatch(line)]
        return [{key: a or b for key, a, b in _PAIR.findall(line)} for line in whole]
    if file.suffix == ".xlsx":
        sheet = CalamineWorkbook.from_path(file).get_sheet_by_name("Ledger").to_python()
        return [
            {**dict(zip(sheet[3], map(_plain, row), strict=True)), "_total": sheet[1][1]}
            for row in sheet[4:]
        ]
    encoding, delimiter, above = _READ.get(system, ("utf-8-sig", ",", 0))
    lines = file.read_bytes().decode(encoding).splitlines(keepends=True)[above:]
    first, *rows = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=delimiter)
    headings = [heading.strip() for heading in first if heading]
    return [dict(zip(headings, row, strict=False)) for row in rows if row]


def _plain(cell):
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, str | int | float) else str(cell)


def _ticket(row, fields, person):
    """A ticket with each field as it is stored and as it is shown."""
    number = row["number"]
    row = {
        **row,
        "sys_id": f"id of {number}",
        "sys_mod_count": "1",
        f"{person}.user_name": row[person],
    }
    return {name: _both(name, row[name]) for name in fields}


def _both(name, shown):
    stored = _CODES.get(shown, shown) if name in ("priority", "incident_state") else shown
    if name.endswith("_at") and re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", shown):
        at = datetime.fromisoformat(shown).replace(tzinfo=_LONDON)
        stored = at.astimezone(_UTC).strftime("%Y-%m-%d %H:%M:%S")
    return {"display_value": shown, "value": stored}


def _sign_in(row):
    return {
        "id": row["Request ID"], "createdDateTime": row["Date (UTC)"],
        "userPrincipalName": row["Username"], "userDisplayName": row["User"],
        "userId": row["User ID"], "appId": row["Application ID"], "appDisplayName": "Office",
        "ipAddress": row["IP address"], "clientAppUsed": "Browser", "correlationId": "c",
        "conditionalAccessStatus": "success", "isInteractive": True, "riskDetail": "none",
        "riskLevelAggregated": "none", "riskLevelDuringSignIn": "none", "riskState": "none",
        "resourceDisplayName": "Graph", "resourceId": "r",
        "status": {"errorCode": _ERRORS.get(row["Status"], 1), "failureReason": "Other."},
        "deviceDetail": {"deviceId": "", "operatingSystem": "Windows"},
        "location": {"city": "Leeds", "geoCoordinates": {"latitude": 53.8}},
        "appliedConditionalAccessPolicies": [],
    }  # fmt: skip


def _month(since, written):
    at = datetime.strptime(since, written).replace(tzinfo=_UTC).astimezone(_LONDON)
    return f"{at:%Y-%m}"


def _quoted(text):
    from urllib.parse import quote

    return quote(text, safe="")
