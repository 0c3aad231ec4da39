import json

import pytest

from scorecard.connectors.database import DRIVERS
from scorecard.orchestration.connections import MissingConnection, connection_of
from scorecard.settings import REPOSITORY
from switching import switched


@pytest.fixture
def council(tmp_path, monkeypatch):
    """Exampleshire's decisions, with tickets by SQL."""
    folder = switched(tmp_path / "council", {"tickets": "sql"})
    monkeypatch.setenv("SCORECARD_COUNCIL", str(folder))


def test_a_connection_of_airflow_reaches_the_package_as_values(council, monkeypatch):
    given = {"conn_type": "postgres", "host": "db", "port": 5432, "login": "reader",
             "password": "a secret", "schema": "desk", "extra": {"sslmode": "require"}}  # fmt: skip
    monkeypatch.setenv("AIRFLOW_CONN_SCORECARD_TICKETS", json.dumps(given))
    found = connection_of("tickets")

    assert (found.name, found.kind, found.host, found.port, found.login, found.password) == (
        "scorecard_tickets", "postgres", "db", 5432, "reader", "a secret",
    )  # fmt: skip
    assert (found.schema, dict(found.extra)) == ("desk", {"sslmode": "require"})
    assert "a secret" not in repr(found)


def test_a_folder_without_a_connection_is_the_inbox(council):
    assert connection_of("budget") is None


def test_a_system_without_a_connection_cannot_be_asked(council):
    with pytest.raises(MissingConnection, match=r"^connection scorecard_tickets: Airflow has none"):
        connection_of("tickets")


def test_the_types_of_the_form_are_those_that_the_runbook_names():
    from airflow.api_fastapi.core_api.services.ui.connections import HookMetaService

    offered = sorted(meta.hook_name.partition(" (")[0] for meta in HookMetaService.hook_meta_data())
    assert offered == ["Email", "File", "Generic", "Package Index", "SMTP"]
    runbook = (REPOSITORY / "docs" / "runbook.md").read_text(encoding="utf-8")
    assert "Email, File (path) (that is `fs`), Generic, Package Index and SMTP." in runbook


@pytest.mark.parametrize("driver", sorted(set(DRIVERS.values())))
def test_a_database_of_the_type_generic_is_opened_by_the_driver_that_the_runbook_names(driver):
    assert f"`{driver}`" in (REPOSITORY / "docs" / "runbook.md").read_text(encoding="utf-8")
