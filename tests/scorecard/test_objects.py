import shutil
import threading
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import fsspec
import pytest

from scorecard.objects import MissingObject, ObjectStore, open_store, sha256_of


@pytest.fixture
def store(tmp_path):
    return open_store(str(tmp_path / "store"))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"as received")
    return path


def content(store, object_id):
    with TemporaryDirectory() as folder:
        return store.local(object_id, Path(folder)).read_bytes()


def test_an_object_is_there_as_it_was_put(store, file):
    store.put(file, "raw/abc")
    assert content(store, "raw/abc") == b"as received"
    assert file.read_bytes() == b"as received"


def test_an_object_does_not_change_unless_it_is_written_anew(store, file):
    store.put(file, "raw/abc")
    file.write_bytes(b"changed")
    store.put(file, "raw/abc")
    assert content(store, "raw/abc") == b"as received"
    store.put(file, "raw/abc", again=True)
    assert content(store, "raw/abc") == b"changed"


def test_nothing_half_written_lies_under_an_objects_name(store, file, tmp_path):
    file.write_bytes(b"x" * 5_000_000)
    threads = [threading.Thread(target=store.put, args=(file, "raw/abc")) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(content(store, "raw/abc")) == 5_000_000
    assert [path.name for path in (tmp_path / "store" / "raw").iterdir()] == ["abc"]


def test_what_nobody_put_is_gone_from_the_workroom(store, tmp_path):
    with store.workroom() as folder:
        (folder / "copy").write_bytes(b"as received")
    assert not [path for path in (tmp_path / "store").rglob("*") if path.is_file()]


def test_a_file_of_the_workroom_can_be_put(store):
    with store.workroom() as folder:
        (folder / "copy").write_bytes(b"as received")
        store.put(folder / "copy", "raw/abc")
    assert content(store, "raw/abc") == b"as received"


def test_what_a_folder_holds_is_for_its_user_alone(store, file, tmp_path):
    with store.workroom() as room:
        made = room / "made"
        made.write_bytes(b"rows")
        store.put(made, "accepted/tickets/2025-06/one.parquet")
    store.put(file, "raw/abc")
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "store").rglob("*")
             if path.is_dir()} | {(tmp_path / "store").stat().st_mode & 0o777}  # fmt: skip
    of_files = {path.stat().st_mode & 0o777 for path in (tmp_path / "store").rglob("*.parquet")}
    of_files.add((tmp_path / "store" / "raw" / "abc").stat().st_mode & 0o777)

    assert (modes, of_files) == ({0o700}, {0o600})


def test_an_object_that_is_not_there_says_what_to_do(store):
    with pytest.raises(MissingObject, match=r"^raw/none: the object store .* Restore it"):
        content(store, "raw/none")


def test_an_object_can_be_deleted(store, file):
    store.put(file, "raw/abc")
    store.delete("raw/abc")
    with pytest.raises(MissingObject):
        content(store, "raw/abc")


def test_a_store_that_is_no_folder_holds_the_same(file):
    store = ObjectStore(fsspec.filesystem("memory"), "/scorecard")
    with store.workroom() as folder:
        shutil.copyfile(file, folder / "copy")
        store.put(folder / "copy", "raw/abc")
    assert content(store, "raw/abc") == b"as received"
    assert store.address("raw/abc") == "memory:///scorecard/raw/abc"


def test_a_hash_is_that_of_the_bytes(file):
    assert sha256_of(file) == sha256(b"as received").hexdigest()
