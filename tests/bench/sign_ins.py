"""A million sign-ins by web service in pages of a thousand: pulled, then read and checked.

Beside it the bare client, which fetches the same pages and throws them away. The service is a
process of its own; each part is one too, at the default settings, and tells its time. What it held
of memory, with its children, is watched from outside.
"""

import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import held

PAGE = 1000
PARTS = ("bare client", "pulled", "read")
MONTH = "2025-07"
AT = datetime(2025, 8, 2, tzinfo=UTC)


def main() -> None:
    """Run all parts with so many sign-ins, or the one that is named."""
    if sys.argv[1:2] == ["serve"]:
        _serve(int(sys.argv[2]))
    elif sys.argv[1:2] == ["part"]:
        _part(*sys.argv[2:])
    else:
        _all(int(sys.argv[1]) if sys.argv[1:] else 1_000_000)


def _all(records: int) -> None:
    """Serve the sign-ins, do each part, and tell what it took."""
    me = [sys.executable, "-m", "tests.bench.sign_ins"]
    told = {"records": records, "parts": {}, "peaks": {}}
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen([*me, "serve", str(records)], stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout
            url = server.stdout.readline().strip()
            for part in PARTS:
                said, told["peaks"][part] = held.run([*me, "part", part, url, folder])
                told["parts"][part] = json.loads(said.splitlines()[-1])
        finally:
            server.terminate()
    sys.stdout.write(json.dumps(told) + "\n")


def _part(name: str, url: str, folder: str) -> None:
    """Do one part, and tell how many seconds it took."""
    doing = {"bare client": _bare, "pulled": _pulled, "read": _read}[name]
    began = doing(url, Path(folder))
    sys.stdout.write(json.dumps(time.monotonic() - began) + "\n")


def _bare(url: str, _folder: Path) -> float:
    import httpx

    began, link = time.monotonic(), f"{url}/v1.0/auditLogs/signIns"
    with httpx.Client() as client:
        while link:
            link = client.get(link).json().get("@odata.nextLink")
    return began


def _pulled(url: str, folder: Path) -> float:
    from scorecard import connectors, council, settings
    from scorecard.connectors import Ask, Connection, rest
    from scorecard.period import Month
    from scorecard.settings import INCLUDE

    asked = (INCLUDE / "rest" / "graph_sign_ins.yaml").read_text()
    start, end = asked.index("auth:"), asked.index("params:")
    (folder / "graph_sign_ins.yaml").write_text(
        asked[:start] + "auth: {kind: bearer}\n" + asked[end:]
    )
    connectors.TWINS["rest"] = folder / "{system}.yaml"
    chosen = settings.read({"SCORECARD_HOME": str(folder / "home")})
    feed = council.feeds_in(chosen.council)["remote_working"]
    connection = Connection("bench", "http", url, password="secret")
    ask = Ask("remote_working", "graph_sign_ins", Month.parse(MONTH), AT, connection, folder,
              chosen, feed)  # fmt: skip
    began = time.monotonic()
    assert len(list(rest.fetch(ask))) == 1
    return began


def _read(_url: str, folder: Path) -> float:
    from scorecard import settings
    from scorecard.trial import try_file

    chosen = settings.read({"SCORECARD_HOME": str(folder / "home")})
    (pages,) = folder.glob("*.pages.zip")
    began = time.monotonic()
    told = try_file(pages, chosen, AT)
    assert told["refusals"] == [], told["refusals"]
    assert told["rows_accepted"] + told["rows_set_aside"] == told["rows_received"]
    return began


def _serve(records: int) -> None:
    """Pages like those of Microsoft Graph, each made when it is asked for."""
    from web_service import Told, serving

    record = {
        "userDisplayName": "A Person", "userId": "26be570a-ae82-4189-b4e2-a37c6808512d",
        "appId": "de8bc8b5-d9f9-48b1-a8ad-b748da725064", "appDisplayName": "Microsoft Teams",
        "clientAppUsed": "Browser", "correlationId": "d79f5bee-5860-4832-928f-3133e22ae912",
        "conditionalAccessStatus": "success", "isInteractive": True, "riskDetail": "none",
        "riskLevelAggregated": "none", "riskLevelDuringSignIn": "none", "riskState": "none",
        "riskEventTypes": [], "resourceDisplayName": "Microsoft Graph", "resourceId": "00000003",
        "status": {"errorCode": 0, "failureReason": "Other.", "additionalDetails": None},
        "deviceDetail": {"deviceId": "", "displayName": None, "operatingSystem": "Windows 10",
                         "browser": "Edge 138", "isCompliant": True, "isManaged": True},
        "location": {"city": "Leeds", "state": "West Yorkshire", "countryOrRegion": "GB",
                     "geoCoordinates": {"altitude": None, "latitude": 53.8, "longitude": -1.5}},
        "appliedConditionalAccessPolicies": [],
    }  # fmt: skip
    body = json.dumps(record)[1:]

    def answer(asked):
        start = int(asked.params.get("$skiptoken", 0))
        rows = ",".join(
            f'{{"id": "{n:08d}-6301-4ee5-be62-ff5a759b0100", "createdDateTime": '
            f'"2025-07-{n % 31 + 1:02d}T{n // 3600 % 24:02d}:{n // 60 % 60:02d}:{n % 60:02d}Z", '
            f'"userPrincipalName": "user{n % 3000}@example.gov.uk", '
            f'"ipAddress": "203.0.113.{n % 250}", {body}'
            for n in range(start, min(start + PAGE, records))
        )
        here = f"http://{asked.headers['host']}{asked.path}"
        more = start + PAGE < records
        link = f', "@odata.nextLink": "{here}?$skiptoken={start + PAGE}"' if more else ""
        return Told(body=f'{{"value": [{rows}]{link}}}'.encode())

    with serving(answer) as service:
        sys.stdout.write(service.url + "\n")
        sys.stdout.flush()
        while True:
            service.asked.clear()
            time.sleep(1)


if __name__ == "__main__":
    main()
