"""Every request that is shipped asks a service that answers as its sample says, and is read."""

import csv
import json
import zipfile
from dataclasses import replace

import pytest
from reading import FOLDER, NOW

from scorecard import connectors, council, settings
from scorecard.connectors import Ask, CannotFetch, Connection, rest
from scorecard.connectors.rest_request import load, of_the_month, params_of
from scorecard.mapping import load as mapping_in
from scorecard.period import Month
from scorecard.settings import INCLUDE
from web_service import Told, serving

REST = INCLUDE / "rest"
JULY = Month(2025, 7)
SHIPPED = sorted(path.stem for path in REST.glob("*.yaml"))
SAMPLED = [system for system in SHIPPED if (FOLDER / f"{system}.json").exists()]


def service(system, request):
    """One page as the sample has it, and behind it what the service says when there is no more."""
    said = json.loads((FOLDER / f"{system}.json").read_text(encoding="utf-8"))
    asked_for = []

    def answer(asked):
        if asked.path == "/token":
            return Told({"access_token": "t", "expires_in": 3599})
        asked_for.append(asked)
        if len(asked_for) == 1:
            return Told(said, status=206 if system == "topdesk_api" else 200)
        empty = {**said, request.records: []} if request.records else []
        return Told(status=204) if system == "topdesk_api" else Told(empty)

    return answer, asked_for


def pulled(system, answer, folder, monkeypatch):
    """What a request brings of a service that answers so, and the questions that came."""
    written = (REST / f"{system}.yaml").read_text(encoding="utf-8")
    with serving(answer) as here:
        address = "https://login.microsoftonline.com/{extra.tenant}/oauth2/v2.0/token"
        (folder / f"{system}.yaml").write_text(written.replace(address, f"{here.url}/token"))
        monkeypatch.setitem(connectors.TWINS, "rest", folder / "{system}.yaml")
        extra = {"tenant": "t", "tokens": f"{here.url}/token", "locations": "1,2"}
        connection = Connection("c", "http", here.url, login="me", password="secret", extra=extra)
        chosen = settings.read({"SCORECARD_HOME": str(folder)})
        feed = council.feeds_in(INCLUDE / "council")["tickets"]
        ask = Ask("tickets", system, JULY, NOW, connection, folder, chosen, feed)
        (delivery,) = rest.fetch(ask)
        return delivery, [asked for asked in here.asked if asked.path != "/token"]


def records_in(delivery, at):
    """The records of every page."""
    with zipfile.ZipFile(delivery.path) as archive:
        return [r for name in archive.namelist() for r in json.loads(archive.read(name))[at]]


@pytest.mark.parametrize("system", SAMPLED)
def test_a_request_brings_what_its_mapping_reads(system, reader, tmp_path, monkeypatch):
    answer, asked_for = service(system, load(REST / f"{system}.yaml"))
    delivery, _ = pulled(system, answer, tmp_path, monkeypatch)
    with (FOLDER / f"{system}.expected.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    told = reader.read(delivery.path)

    assert told.as_written(list(expected[0])) == expected
    assert all("{" not in value or system == "servicedesk_plus_api"
               for asked in asked_for for value in asked.params.values())  # fmt: skip


def test_halo_is_asked_for_tickets_by_their_last_update_page_by_page(tmp_path, monkeypatch):
    changed = [f"2025-{month:02d}-15T09:00:00" for month in (5, 6, 7, 7, 7, 8)]
    tickets = [{"id": n, "last_update": at} for n, at in enumerate(changed, start=1)]

    def halo(asked):
        """As its specification says: without page_no it gives 50, whatever page_size says."""
        if asked.path == "/token":
            return Told({"access_token": "t", "expires_in": 3599})
        since, until = asked.params["lastupdatefromdate"], asked.params["lastupdatetodate"]
        found = [ticket for ticket in tickets if since <= ticket["last_update"] < until]
        size = 2 if {"pageinate", "page_size", "page_no"} <= set(asked.params) else 50
        start = (int(asked.params["page_no"]) - 1) * size
        return Told({"record_count": len(found), "tickets": found[start : start + size]})

    delivery, asked = pulled("halo_api", halo, tmp_path, monkeypatch)

    assert [ticket["id"] for ticket in records_in(delivery, "tickets")] == [3, 4, 5]
    assert [each.params["page_no"] for each in asked] == ["1", "2", "3"]
    assert {each.params["page_size"] for each in asked} == {"100"}


def graph(asked, first="/beta/reports/getTeamsUserActivityUserDetail(period='D30')"):
    """As Microsoft's reference says: CSV of another host, unless JSON is asked for; then pages."""
    if asked.path == "/token":
        return Told({"access_token": "t", "expires_in": 3599})
    if asked.params.get("$format") != "application/json":
        elsewhere = "https://reports.office.com/data/download/JDFKdf2"
        return Told(status=302, headers={"Location": elsewhere})
    assert asked.path == first
    users = [{"userPrincipalName": f"user{n}@example.gov.uk"} for n in range(3)]
    if "$skiptoken" in asked.params:
        return Told({"value": users[2:]})
    link = f"http://{asked.headers['host']}{first}?$format=application/json&$skiptoken=2"
    return Told({"value": users[:2], "@odata.nextLink": link})


def test_teams_activity_is_asked_for_as_json_and_its_next_page_where_the_answer_says(
    tmp_path, monkeypatch
):
    delivery, asked = pulled("m365_teams_usage_api", graph, tmp_path, monkeypatch)
    assert len(records_in(delivery, "value")) == 3
    assert [each.params.get("$top") for each in asked] == ["2000", None]


def test_teams_activity_as_a_file_of_another_host_is_refused(tmp_path, monkeypatch):
    with pytest.raises(CannotFetch) as refusal:
        pulled(
            "m365_teams_usage_api",
            lambda asked: graph(replace(asked, params={})), tmp_path, monkeypatch,
        )  # fmt: skip
    assert "sends us to another host (reports.office.com)" in str(refusal.value)


@pytest.mark.parametrize("system", SHIPPED)
def test_a_request_and_its_mapping_agree(system):
    request, mapping = load(REST / f"{system}.yaml"), mapping_in(INCLUDE / f"sources/{system}.yaml")
    is_json = mapping.file.format == "json"

    assert not is_json or mapping.file.records == request.records
    # What comes twice because the list moved is told by the system's own number.
    assert not is_json or mapping.keep_last or mapping.alike_by
    assert not is_json or request.id == (
        mapping.keep_last.per if mapping.keep_last else mapping.alike_by[0]
    )
    assert request.asks


def test_the_search_of_service_desk_plus_is_json_whichever_page_is_asked_for():
    request = load(REST / "servicedesk_plus_api.yaml")
    values = of_the_month(request, JULY) | {"offset": "101"}
    told = json.loads(params_of(request, values)["input_data"])["list_info"]
    assert (told["start_index"], told["row_count"]) == (101, 100)
    assert [each["value"] for each in told["search_criteria"]] == ["1751324400000", "1754002799000"]
