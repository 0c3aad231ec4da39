"""A request to a small web service on this machine, and what comes of it."""

import json
import zipfile
from types import SimpleNamespace

import pytest
from desk import AT, PAGING, REQUEST, SECRET

from scorecard import connectors
from scorecard.connectors import Ask, Connection, rest
from scorecard.governance import Feed
from scorecard.period import Month


@pytest.fixture
def request_of(tmp_path, monkeypatch):
    """Write a request; `paging` is one of PAGING or a pair of its own."""
    monkeypatch.setitem(connectors.TWINS, "rest", tmp_path / "{system}.yaml")

    def write(paging="offset", limits="", extra="", auth="bearer", params=""):
        way, placed = PAGING.get(paging, paging)
        text = REQUEST.format(
            paging=way, params=placed + params, limits=limits, extra=extra, auth=auth
        )
        (tmp_path / "desk.yaml").write_text(text)

    return write


@pytest.fixture
def ask(tmp_path, limits):
    """What a connector is asked for a month of a service."""

    def make(url, month="2025-07", connection=None, **keys):
        given = {"password": SECRET, "login": "scorecard", **keys}
        connection = connection or Connection("scorecard_desk", "http", url, **given)
        folder = tmp_path / "room"
        folder.mkdir(exist_ok=True)
        feed = Feed("Head of ICT", "rest", "tickets", "scorecard_desk", ("desk",), 3, 10)
        return Ask("tickets", "desk", Month.parse(month), AT, connection, folder, limits, feed)

    return make


@pytest.fixture
def pulled(ask):
    """The pages that a service gave: what each says; nothing if there was no delivery."""

    def pull(service, **keys):
        url = service if isinstance(service, str) else service.url
        found = list(rest.fetch(ask(url, **keys)))
        if not found:
            return None
        with zipfile.ZipFile(found[0].path) as archive:
            bodies = [archive.read(name) for name in archive.namelist()]
        return SimpleNamespace(
            delivery=found[0],
            bodies=bodies,
            ids=[r["id"] for body in bodies for r in json.loads(body).get("value", [])],
        )

    return pull
