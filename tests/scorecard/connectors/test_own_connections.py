"""Systems of one source may stand on several hosts, each with a connection of its own."""

import json
from dataclasses import replace

import pytest
from desk import AT
from sqlalchemy import select

from scorecard import council, keep
from scorecard.connectors import Away, Connection
from scorecard.orchestration.connections import (
    MissingConnection,
    connection_of,
    own_connections_of,
)
from scorecard.register.models import Extract
from scorecard.strict import WrongDefinition
from switching import switched
from web_service import Told, serving

OWN = "{robin_api: scorecard_robin}"


@pytest.fixture
def feeds(tmp_path, monkeypatch):
    """Exampleshire, with sign-ins and desks by web service, and what Airflow is asked to know."""

    def write(connector="rest", own=OWN):
        folder = switched(tmp_path / "council", {"remote_working": connector}, connections=own)
        path = folder / "feeds.yaml"
        listed = "graph_sign_ins, desk_bookings, desk_bookings_database, fortigate_vpn"
        assert listed in path.read_text()
        path.write_text(path.read_text().replace(listed, "graph_sign_ins, robin_api"))
        monkeypatch.setenv("SCORECARD_COUNCIL", str(folder))
        return folder

    return write


def known(monkeypatch, *names):
    for name in names:
        said = json.dumps({"conn_type": "http", "host": f"{name}.example", "password": "s"})
        monkeypatch.setenv(f"AIRFLOW_CONN_{name.upper()}", said)


def test_each_system_is_fetched_by_its_own_connection_or_the_sources(feeds, monkeypatch):
    feeds()
    known(monkeypatch, "scorecard_remote_working", "scorecard_robin")
    assert connection_of("remote_working").host == "scorecard_remote_working.example"
    assert {system: c.host for system, c in own_connections_of("remote_working").items()} == {
        "robin_api": "scorecard_robin.example"
    }


def test_a_connection_that_nobody_made_is_named(feeds, monkeypatch):
    feeds()
    known(monkeypatch, "scorecard_remote_working")
    with pytest.raises(MissingConnection, match=r"^connection scorecard_robin: Airflow has none"):
        own_connections_of("remote_working")


def test_the_sources_connection_is_not_asked_for_if_every_system_has_its_own(feeds, monkeypatch):
    feeds(own="{robin_api: scorecard_robin, graph_sign_ins: scorecard_graph}")
    assert connection_of("remote_working") is None
    feeds(own=OWN)
    with pytest.raises(MissingConnection, match=r"^connection scorecard_remote_working: Airflow"):
        connection_of("remote_working")


def test_a_folder_needs_no_connection_of_a_system(feeds):
    feeds(connector="folder")
    assert own_connections_of("remote_working") == {}


def test_files_beside_what_is_asked_for_lie_where_the_sources_own_connection_says(
    tmp_path, stores, request_of
):
    """Unless a system is asked through it: then they lie in the inbox."""
    from scorecard import connectors

    request_of("none")
    desk = connectors.twin_of("rest", "desk")
    desk.with_name("robin_api.yaml").write_text(
        desk.read_text().replace("system: desk", "system: robin_api")
    )
    (tmp_path / "share" / "remote_working").mkdir(parents=True)
    (tmp_path / "share" / "remote_working" / "vpn.log").write_text("user=a\n")
    inbox = stores.settings.inbox / "remote_working"
    inbox.mkdir(parents=True)
    (inbox / "badges.log").write_text("user=b\n")

    kept = []
    for number, own in enumerate(("{robin_api: scorecard_robin}", "{}")):
        lines = {
            "pull": "[robin_api]",
            "connections": own,
            "mappings": "[robin_api, fortigate_vpn]",
        }
        folder = switched(tmp_path / f"c{number}", {"remote_working": "rest"}, **lines)
        here = replace(stores, settings=replace(stores.settings, council=folder))
        share = {"path": str(tmp_path / "share"), "settle_seconds": 0}
        with serving(lambda asked: Told({"value": [{"id": 1}]})) as answering:
            robin = Connection("scorecard_robin", "http", answering.url, password="s")
            shared = Connection("scorecard_remote_working", "fs", extra=share)
            by = (shared, {"robin_api": robin}) if number == 0 else (robin, {})
            keep.run(here, "remote_working", AT, "2025-07", *by)
        with here.register.connect() as register:
            kept.append(register.scalars(select(Extract.file_name).order_by(Extract.id)).all())
    assert kept[0] == ["vpn.log", "robin_api_2025-07.pages.zip"]
    assert kept[1] == [*kept[0], "badges.log"]


def test_a_connection_of_a_system_that_is_not_listed_is_refused(feeds):
    folder = feeds(own="{topdesk_api: scorecard_topdesk}")
    with pytest.raises(WrongDefinition, match=r"connections: 'topdesk_api' is not among its"):
        council.feeds_in(folder)


def test_a_host_that_is_away_keeps_no_other_host_out(feeds, stores, monkeypatch, request_of):
    folder = feeds(own="{robin_api: scorecard_robin}")
    here = replace(stores, settings=replace(stores.settings, council=folder))
    request_of("none")
    from scorecard import connectors

    desk = connectors.twin_of("rest", "desk")
    for system in ("graph_sign_ins", "robin_api"):
        written = desk.read_text().replace("system: desk", f"system: {system}")
        desk.with_name(f"{system}.yaml").write_text(written)
    with serving(lambda asked: Told({"value": [{"id": 1}]})) as answering:
        gone = Connection("scorecard_remote_working", "http", "http://127.0.0.1:1", password="s")
        robin = Connection("scorecard_robin", "http", answering.url, password="s")
        with pytest.raises(Away, match=r"^connection scorecard_remote_working: 127.0.0.1 gave no"):
            keep.run(here, "remote_working", AT, "2025-07", gone, {"robin_api": robin})
    with here.register.connect() as register:
        assert register.scalars(select(Extract.file_name)).all() == ["robin_api_2025-07.pages.zip"]
