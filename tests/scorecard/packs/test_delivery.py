"""A file is handed out only if its bytes are those that the recorded manifest names."""

import hashlib
import io
import json
import zipfile

import pytest

from scorecard.packs import delivery, manifest, signature, verification

SECRET = bytes(range(32))


@pytest.fixture
def packs(tmp_path):
    """The folder of all packs, with the public key; one pack in it, of one file, signed."""
    public = signature.public_of(SECRET)
    keys = verification.keys_folder(tmp_path)
    keys.mkdir()
    (keys / f"{signature.key_id(public)}.pem").write_bytes(signature.pem_of(public))
    folder = tmp_path / "pack"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "a.csv").write_bytes(b"a\r\n")
    file = {"path": "data/a.csv", "bytes": 3, "media_type": "text/csv",
            "sha256": hashlib.sha256(b"a\r\n").hexdigest()}  # fmt: skip
    told = json.dumps({"files": [file], "signing_key": signature.key_id(public)}).encode()
    (folder / manifest.NAME).write_bytes(told)
    (folder / manifest.SIGNATURE).write_bytes(signature.sign(told, SECRET))
    return tmp_path


def recorded(packs):
    return hashlib.sha256((packs / "pack" / manifest.NAME).read_bytes()).hexdigest()


def fetched(packs, path, sha256=None):
    found = delivery.bytes_of(packs / "pack", sha256 or recorded(packs), path, packs)
    return found and found[1]


def test_a_file_the_manifest_and_its_signature_are_handed_out(packs):
    files = delivery.listed(packs / "pack", recorded(packs))

    assert [file.path for file in files] == ["data/a.csv", manifest.NAME, manifest.SIGNATURE]
    assert fetched(packs, "data/a.csv") == b"a\r\n"
    for name in (manifest.NAME, manifest.SIGNATURE):
        assert fetched(packs, name) == (packs / "pack" / name).read_bytes()


@pytest.mark.parametrize("path", ["", ".", "data", "data/b.csv", "../pack/data/a.csv", "\0", "/"])
def test_what_the_manifest_does_not_name_is_not_handed_out(packs, path):
    (packs / "pack" / "data" / "b.csv").write_text("b")

    assert fetched(packs, path) is None


def test_a_changed_file_is_not_handed_out(packs):
    (packs / "pack" / "data" / "a.csv").write_bytes(b"b\r\n")

    assert fetched(packs, "data/a.csv") is None


@pytest.mark.parametrize("linked", ["data/a.csv", "data"])
def test_nothing_is_handed_out_through_a_link(packs, linked):
    place = packs / "pack" / linked
    place.rename(packs / "elsewhere")
    place.symlink_to(packs / "elsewhere")

    assert fetched(packs, "data/a.csv") is None


def test_a_manifest_that_is_not_the_recorded_one_hands_out_nothing(packs):
    for path in ("data/a.csv", manifest.NAME, manifest.SIGNATURE):
        assert fetched(packs, path, "0" * 64) is None
    assert delivery.manifest_of(packs / "pack", "0" * 64) is None


def test_a_manifest_that_was_changed_after_it_was_read_is_not_handed_out(packs):
    sha256 = recorded(packs)
    assert fetched(packs, manifest.NAME)
    (packs / "pack" / manifest.NAME).write_bytes(b"{}")

    assert fetched(packs, manifest.NAME, sha256) is None
    assert fetched(packs, manifest.SIGNATURE, sha256) is None


def test_a_signature_by_another_key_is_not_handed_out(packs):
    told = (packs / "pack" / manifest.NAME).read_bytes()
    (packs / "pack" / manifest.SIGNATURE).write_bytes(signature.sign(told, bytes(32)))

    assert fetched(packs, manifest.SIGNATURE) is None


def unzipped(packs, folder):
    data = delivery.whole(packs / "pack", recorded(packs), packs)
    assert data == delivery.whole(packs / "pack", recorded(packs), packs)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_a_whole_pack_is_one_archive_of_the_files_that_can_be_verified(packs, tmp_path):
    names = ["data/a.csv", manifest.NAME, manifest.SIGNATURE]

    assert unzipped(packs, tmp_path / "saved") == sorted(names)
    assert (tmp_path / "saved" / "data" / "a.csv").read_bytes() == b"a\r\n"


@pytest.mark.parametrize("name", ["data/a.csv", manifest.NAME, manifest.SIGNATURE])
def test_no_archive_is_made_of_a_pack_of_which_a_file_was_changed_or_is_gone(packs, name):
    known = recorded(packs)
    (packs / "pack" / name).write_bytes(b"changed")

    assert delivery.whole(packs / "pack", known, packs) is None
    (packs / "pack" / name).unlink()
    assert delivery.whole(packs / "pack", known, packs) is None
