"""Every request that is shipped asks a service that answers as its sample says, and is read."""

import csv
import json

import pytest
from reading import FOLDER, NOW

from scorecard import connectors, council, settings
from scorecard.connectors import Ask, Connection, rest
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


@pytest.mark.parametrize("system", SAMPLED)
def test_a_request_brings_what_its_mapping_reads(system, reader, tmp_path, monkeypatch):
    written = (REST / f"{system}.yaml").read_text(encoding="utf-8")
    answer, asked_for = service(system, load(REST / f"{system}.yaml"))
    with serving(answer) as here:
        address = "https://login.microsoftonline.com/{extra.tenant}/oauth2/v2.0/token"
        (tmp_path / f"{system}.yaml").write_text(written.replace(address, f"{here.url}/token"))
        monkeypatch.setitem(connectors.TWINS, "rest", tmp_path / "{system}.yaml")
        extra = {"tenant": "t", "tokens": f"{here.url}/token", "locations": "1,2"}
        connection = Connection("c", "http", here.url, login="me", password="secret", extra=extra)
        chosen = settings.read({"SCORECARD_HOME": str(tmp_path)})
        feed = council.feeds_in(INCLUDE / "council")["tickets"]
        ask = Ask("tickets", system, JULY, NOW, connection, tmp_path, chosen, feed)
        (delivery,) = rest.fetch(ask)
    with (FOLDER / f"{system}.expected.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    told = reader.read(delivery.path)

    assert told.as_written(list(expected[0])) == expected
    assert all("{" not in value or system == "servicedesk_plus_api"
               for asked in asked_for for value in asked.params.values())  # fmt: skip


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
