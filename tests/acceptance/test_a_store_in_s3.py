"""Where the object store lies changes no byte of a pack: a folder, or S3's API over the network."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from given import NOW, incidents, tickets
from office import Office

from scorecard import draft, measure, rebuild, reconcile, remove, set_aside, settings
from scorecard.objects import open_store
from scorecard.stores import Stores
from storage_for_tests import storage

Q = "2025-26-Q1"
RAW_GOES = datetime(2027, 8, 1, 9, tzinfo=UTC)


@pytest.fixture
def opened(registers, tmp_path):
    """Opens a register, a home and a store of their own, of one name and key each time."""

    def do(name, **where):
        home = tmp_path / name
        chosen = settings.read({"SCORECARD_HOME": str(home), "SCORECARD_THREADS": "2", **where})
        store = open_store(chosen.store_url)
        return Stores(registers(), store, chosen, b"a key for tests only", bytes(range(32)))

    return do


def drafted(stores):
    """The folder of the officers' draft about some tickets, one of them set aside."""
    office = Office(stores)
    office.send("june.csv", incidents(*tickets(40), {"number": "X", "priority": "P9"}))
    (extract,) = office.take_in()
    measured = reconcile.run(stores, measure.run(stores, Q, NOW, NOW))
    assert [row.rule for row in set_aside.rows_of(stores, extract)] == ["priority_unreadable"]
    return Path(draft.run(stores, measured, "", "schedule", NOW))


def files_of(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_pack_from_s3_is_byte_for_byte_the_pack_from_a_folder(opened):
    with storage("scorecard"):
        there = opened("there", SCORECARD_STORE_URL="s3://scorecard/store")
        made = drafted(there)

        assert files_of(made) == files_of(drafted(opened("here")))
        assert rebuild.run(there, made).is_same
        assert not (there.settings.home / "store").exists()
        gone = remove.run(there, there.settings.home / "logs", "a run", RAW_GOES, False)
        assert gone["raw_extracts"] == 2  # the file as received, and the list of rows set aside
        assert [name.split("/")[2] for name in there.objects.files.find("scorecard")] == [
            "accepted"
        ]
