"""What a command at a terminal works with: the register, and the folders of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager

from scorecard import settings
from scorecard.objects import open_store
from scorecard.orchestration import postgres
from scorecard.orchestration.local.home import Home, alone
from scorecard.register import open_register
from scorecard.settings import Settings
from scorecard.stores import Stores


@contextmanager
def stores() -> Iterator[Stores]:
    """The stores that the settings name, for as long as a command needs them; no hash key.

    The embedded PostgreSQL is used if it runs, as under `make up`. Else it is started, no make
    command may start meanwhile, and it is stopped again.
    """
    chosen = settings.read()
    if chosen.database_url:
        yield _open(chosen, chosen.database_url)
        return
    folder = chosen.home / "postgres"
    if postgres.answers(folder):
        yield _open(chosen, postgres.address(folder, "register"))
        return
    chosen.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    Home(chosen).airflow.mkdir(exist_ok=True)
    with alone(Home(chosen)):
        try:
            postgres.start(folder)
            yield _open(chosen, postgres.address(folder, "register"))
        finally:
            postgres.stop(folder)


def _open(chosen: Settings, url: str) -> Stores:
    return Stores(open_register(url), open_store(chosen.store_url), chosen, b"")
