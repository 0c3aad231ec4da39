"""A small council's packs in each state and visibility, on the API server's own app.

Made once: packs in the register and in folders as the steps make them, and Airflow's whole app
with the page mounted in it as its plugin mounts it.
"""

import json
import shutil
from decimal import Decimal

import pytest
from council_packs import AT, PANEL_ROUTE, ROLES, USERS
from record import KPI, NOW, Q, a_figure, a_measurement, an_extract, approve, ask
from sqlalchemy import insert

from scorecard import draft, publish, settings
from scorecard.objects import open_store
from scorecard.register import open_register
from scorecard.register.models import Check
from scorecard.stores import Stores

MONTHS = [a_figure(f"{70 + n}.0", f"2025-0{n}") for n in (4, 5, 6)]


@pytest.fixture(scope="session")
def stores(databases, newest_schema, tmp_path_factory):
    """A register, an object store and folders of the page's tests."""
    home = tmp_path_factory.mktemp("page")
    council = home / "council"
    shutil.copytree(settings.INCLUDE / "council", council)
    (council / "roles.yaml").write_text(ROLES)
    routes = (council / "routes.yaml").read_text().replace("routes:\n", PANEL_ROUTE, 1)
    # Packs of the one KPI that has figures are made in a fraction of the time.
    routes = f"{routes}  - {{name: panel, kpis: all}}\n".replace("kpis: all", "kpis: exceptions")
    (council / "routes.yaml").write_text(routes)
    name = databases.make(like=newest_schema)
    chosen = settings.read({"SCORECARD_HOME": str(home), "SCORECARD_COUNCIL": str(council)})
    register = open_register(databases.url(name))
    yield Stores(register, open_store(chosen.store_url), chosen, b"", bytes(range(32)))
    register.dispose()
    databases.drop(name)


@pytest.fixture(scope="session")
def untouched(stores, databases):
    """The name of the register with the packs as they were made, whatever tests wrote since."""
    _publish_packs(stores)
    name = databases.copy(stores.register.url.database)
    yield name
    databases.drop(name)


@pytest.fixture(scope="session")
def packs(stores, untouched):
    """The folder of the packs."""
    return stores.settings.packs


def _publish_packs(stores):
    """Two published revisions for officers, and each other kind of pack once."""
    first = _extract(stores, "a" * 64)
    known = {"kpis": [{"id": KPI, "version": 1, "sha256": "b" * 64}]}
    a_measurement(stores.register, "one", [a_figure("75.0"), *MONTHS], [first], identity=known)
    _draft(stores, "one", "officer", "public", "panel", "board")
    for variant in ("officer", "public", "panel"):
        approve(stores, variant=variant)
        publish.run(stores, Q, variant, 1, AT, AT)
    moved = [a_figure("77.5", numerator=Decimal(10)), *MONTHS]
    a_measurement(stores.register, "two", moved, [first], identity=known)
    _draft(stores, "two", "officer", reason="=Late <tickets> & others")
    approve(stores, revision=2)
    publish.run(stores, Q, "officer", 2, AT, AT)
    ask(stores, variant="board")


def _draft(stores, measurement, *variants, reason=""):
    for variant in variants:
        draft.run(stores, measurement, reason, "schedule", NOW, variant)


def _extract(stores, sha256):
    """An extract of which one row was set aside, with the list of it in the store."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = an_extract(stores.register, sha256, file_name="tickets_2025-06.csv")
    with stores.register.begin() as connection:
        connection.execute(
            insert(Check).values(
                extract_id=number, rule="row_shape", dimension="validity", severity="warning",
                rows_checked=12, rows_set_aside=1, result="set aside", why="has 3 of 12 cells",
            )
        )  # fmt: skip
    with stores.objects.workroom() as folder:
        rows = pa.table({"row": [7], "rule": ["row_shape"], "why": ["has <3> of 12 cells"]})
        pq.write_table(rows, folder / "aside.parquet")
        stores.objects.put(folder / "aside.parquet", f"aside/{number}.parquet")
        (folder / "tickets_2025-06.csv").write_text("as received")
        stores.objects.put(folder / "tickets_2025-06.csv", f"raw/{sha256}")
    return number


@pytest.fixture(scope="session")
def surroundings(stores):
    """What the API server finds in its environment."""
    words = stores.settings.home / "passwords.json"
    words.write_text(json.dumps({name: f"{name}'s word" for name in USERS}))
    return {
        "SCORECARD_DATABASE_URL": stores.register.url.render_as_string(hide_password=False),
        "SCORECARD_HOME": str(stores.settings.home),
        "SCORECARD_COUNCIL": str(stores.settings.council),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(
            f"{name}:{role}" for name, role in USERS.items()
        ),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(words),
        "AIRFLOW__API__BASE_URL": "https://packs.example.gov.uk",
    }


@pytest.fixture(autouse=True)
def _surrounded(surroundings, monkeypatch):
    """Settings are read at each request: they hold for a test of the page, and for no other."""
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def airflow(surroundings, packs):
    """Airflow's own app, with the page as its plugin mounts it."""
    from airflow.api_fastapi.app import create_app, purge_cached_app
    from airflow.utils.db import initdb

    with pytest.MonkeyPatch.context() as patch:
        for name, value in surroundings.items():
            patch.setenv(name, value)
        initdb()
        made = create_app(apps="core")
    yield made
    purge_cached_app()


@pytest.fixture(scope="session")
def token(airflow):
    """A user's token, as signing in gives it."""
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

    def make(name):
        user = SimpleAuthManagerUser(username=name, role=USERS[name])
        return airflow.state.auth_manager.generate_jwt(user)

    return make


@pytest.fixture
def client(airflow, token):
    """A browser of a user who is signed in by Airflow's cookie; of nobody without a name.

    `is_calm`: a fault of the server comes back as its answer.
    """
    from fastapi.testclient import TestClient

    def make(name="", is_calm=False):
        made = TestClient(
            airflow,
            base_url="https://packs.example.gov.uk",
            follow_redirects=False,
            raise_server_exceptions=not is_calm,
        )
        made.headers["accept"] = "text/html"
        if name:
            made.cookies.set("_token", token(name))
        return made

    return make
