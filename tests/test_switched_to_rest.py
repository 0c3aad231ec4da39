"""Exampleshire's sources are switched to web services, one line each, and no figure moves."""

import shutil
from datetime import UTC, datetime

import pytest

from exampleshire_service import ACCOUNT, TOKENS, Exampleshire
from scorecard import accept, connectors, keep, measure, reconcile, sample, settings
from scorecard.connectors import Connection
from scorecard.objects import open_store
from scorecard.settings import INCLUDE
from scorecard.sources import SOURCES
from scorecard.stores import Stores
from switching import differences, figures_of, switched
from web_service import serving

SURVEYED = "2023-04"  # when people were asked how they travel
MONTHS = ("2025-04", "2025-05", "2025-06")
QUARTER = "2025-26-Q1"
NOW = datetime(2025, 7, 15, 8, tzinfo=UTC)


def end_of(month):
    """When a month's data are asked for: on the 10th of the month after."""
    return datetime(int(month[:4]), int(month[5:]) + 1, 10, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def extracts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("extracts")
    sample.write(folder, months=3, staff=30, seed=1, start=MONTHS[0])
    return folder


@pytest.fixture
def council_with(tmp_path, registers):
    """Stores of a council of its own, each of whose sources has the connector."""

    def make(connector):
        home = tmp_path / connector
        council = switched(home / "council", dict.fromkeys(SOURCES, connector))
        chosen = settings.read({
            "SCORECARD_HOME": str(home), "SCORECARD_COUNCIL": str(council),
            "SCORECARD_THREADS": "2",
        })  # fmt: skip
        store = open_store(chosen.store_url)
        return Stores(registers(), store, chosen, b"a key for tests only", bytes(range(32)))

    return make


def figures(stores):
    """Everything that the figures of the quarter say."""
    return figures_of(stores, reconcile.run(stores, measure.run(stores, QUARTER, NOW, NOW)))


def from_files(stores, extracts):
    shutil.copytree(extracts, stores.settings.inbox)
    for source in SOURCES:
        keep.run(stores, source, NOW)
        accept.run(stores, source, NOW)


def from_services(stores, extracts, monkeypatch):
    council = Exampleshire(extracts)
    with serving(council) as service:
        point_to(service, stores.settings.home / "rest", monkeypatch)
        for source in SOURCES:
            connection = Connection(f"scorecard_{source}", "http", service.url, **ACCOUNT)
            for council.month in (SURVEYED, *MONTHS):
                keep.run(stores, source, end_of(council.month), council.month, connection)
            accept.run(stores, source, NOW)
        return len(service.asked)


def point_to(service, folder, monkeypatch):
    """Requests as they are, save that tokens are given by a service on this machine."""
    shutil.copytree(INCLUDE / "rest", folder)
    request = folder / "graph_sign_ins.yaml"
    assert TOKENS in request.read_text()
    request.write_text(request.read_text().replace(TOKENS, f"{service.url}/token"))
    monkeypatch.setitem(connectors.TWINS, "rest", folder / "{system}.yaml")


def test_figures_are_the_same_by_file_and_by_web_service(council_with, extracts, monkeypatch):
    files, services = council_with("folder"), council_with("rest")
    from_files(files, extracts)
    asked = from_services(services, extracts, monkeypatch)
    expected = figures(files)

    assert asked > 100
    assert len(expected) > 1000
    assert differences(figures(services), expected) == []
