"""A desk that nobody here wrote, Request Tracker, from its tickets to a KPI's figure."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from request_tracker import PASSWORD, running, why_not
from scorecard import accept, connectors, keep, measure
from scorecard.connectors import CannotFetch, Connection
from scorecard.register.models import Extract, Measured
from scorecard.settings import INCLUDE
from switching import switched

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())
NOW = datetime(2025, 7, 10, 6, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path):
    """Seven tickets of June, of which three were resolved; one of July, and one that was changed
    in the last minute of June in London.
    """
    folder = tmp_path / "desk"
    folder.mkdir()
    with running(folder) as desk:
        for n in range(1, 10):
            ticket = desk.open(f"Ruth's screen, {n}", Priority="100" if n == 1 else "50")
            opened = f"2025-06-0{n} 09:00:00"
            desk.happened(ticket, Created=opened, LastUpdated=opened)
        for ticket in (1, 2, 3):
            desk.change(ticket, Status="resolved")
            resolved = f"2025-06-0{ticket} 10:00:00"
            desk.happened(ticket, Resolved=resolved, LastUpdated=resolved)
        desk.happened(8, Created="2025-07-01 09:00:00", LastUpdated="2025-07-01 09:00:00")
        desk.happened(9, LastUpdated="2025-06-30 22:59:59")
        yield desk


@pytest.fixture
def here(stores, tmp_path, monkeypatch):
    """Stores of a council whose tickets come from the desk, three to a page."""
    council = switched(tmp_path / "council", {"tickets": "rest"})
    feeds = council / "feeds.yaml"
    listed = "mappings: [servicenow_incident,"
    feeds.write_text(feeds.read_text().replace(listed, "mappings: [request_tracker_api,"))
    rest = shutil.copytree(INCLUDE / "rest", tmp_path / "rest")
    for request in rest.glob("servicenow*"):
        request.unlink()
    asked = (rest / "request_tracker_api.yaml").read_text()
    (rest / "request_tracker_api.yaml").write_text(asked.replace("size: 100", "size: 3"))
    monkeypatch.setitem(connectors.TWINS, "rest", rest / "{system}.yaml")
    return replace(stores, settings=replace(stores.settings, council=council))


def test_tickets_of_request_tracker_become_a_figure(here, desk):
    connection = Connection("scorecard_tickets", "http", desk.url, login="root", password=PASSWORD)
    with pytest.raises(CannotFetch, match=r"refuses who asks \(401\)"):
        keep.run(here, "tickets", NOW, "2025-06", replace(connection, password="wrong"))
    keep.run(here, "tickets", NOW, "2025-06", connection)
    accept.run(here, "tickets", NOW)
    with here.register.connect() as register:
        extract = register.execute(select(Extract)).one()
    assert (extract.file_name, extract.state, extract.rows_received, extract.rows_accepted) == (
        "request_tracker_api_2025-06.pages.zip", "accepted", 8, 8,
    )  # fmt: skip

    measurement = measure.run(here, "2025-26-Q1", NOW, NOW)
    with here.register.connect() as register:
        found = register.execute(
            select(Measured.kpi_id, Measured.numerator, Measured.denominator).where(
                Measured.measurement_id == measurement,
                Measured.period == "2025-06",
                Measured.directorate == "COUNCIL",
                Measured.kpi_id.in_(["open_tickets", "incidents_resolved_within_sla"]),
            )
        ).all()
    assert {kpi: (int(above), int(below)) for kpi, above, below in found} == {
        "incidents_resolved_within_sla": (3, 3),
        "open_tickets": (5, 1),
    }
