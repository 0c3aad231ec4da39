"""The packs and the browser that all acceptance checks share, made once for all processes."""

import fcntl
import os
import pickle
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scorecard"))  # the small council

import making
from pack import Pack

from scorecard import settings
from scorecard.objects import open_store
from scorecard.register import open_register
from scorecard.stores import Stores


@pytest.fixture(scope="session")
def packs(request, tmp_path_factory):
    """Every pack by its name: the first process that asks makes them, the others wait for it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, told = shared / "acceptance", shared / "acceptance.pickle"
    with (shared / "acceptance.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            stores = _stores(request.getfixturevalue("databases"), shared / "acceptance-home")
            told.write_bytes(pickle.dumps(making.make(stores, folder)))
    together = tuple(folder / name for name in making.NAMES)
    made = pickle.loads(told.read_bytes())
    return {name: Pack(name, folder / name, *made[name], together) for name in making.NAMES}


def _stores(databases, home):
    chosen = settings.read({"SCORECARD_HOME": str(home), "SCORECARD_THREADS": "2"})
    register = open_register(databases.url(databases.make()))
    return Stores(
        register, open_store(chosen.store_url), chosen, b"a key for tests only", bytes(range(32))
    )


@pytest.fixture
def copy_of(packs, tmp_path):
    """A pack as a copy of its own, in which a fault may be planted."""

    def copy(name):
        folder = tmp_path / name
        shutil.copytree(packs[name].folder, folder)
        pack = packs[name]
        return Pack(name, folder, pack.content, pack.records, (folder,))

    return copy
