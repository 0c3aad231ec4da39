"""What is wrong with a pack's folder, and that nothing is with one as it was made."""

import json
import os

import pytest

from scorecard.packs import manifest, signature, verification
from scorecard.packs.manifest import Origin
from scorecard.packs.signature import WrongKey

SECRET = bytes(range(32))
PUBLIC = signature.public_of(SECRET)
FILES = {"pack.xlsx": b"workbook", "report.html": b"page", "data/kpis.csv": b"a"}


@pytest.fixture
def folder(tmp_path, content):
    """A small pack, signed."""
    origin = Origin("m1", {}, (), {}, {}, signature.key_id(PUBLIC))
    told = manifest.write(content, FILES, origin)
    signed = signature.sign(told, SECRET)
    (tmp_path / "r1" / "data").mkdir(parents=True)
    for name, data in {**FILES, manifest.NAME: told, manifest.SIGNATURE: signed}.items():
        (tmp_path / "r1" / name).write_bytes(data)
    return tmp_path / "r1"


def test_a_pack_as_it_was_made_has_no_problem(folder):
    assert verification.problems(folder, PUBLIC) == []
    assert verification.problems(folder) == []
    assert verification.signed_by(folder) == signature.key_id(PUBLIC)


def test_a_pack_that_another_key_signed_is_found_out_only_with_the_right_key(folder):
    other = signature.public_of(bytes(32))

    assert [said.partition(":")[0] for said in verification.problems(folder, other)] == [
        "manifest.json.sig"
    ]


def test_a_key_is_known_where_packs_are_kept(tmp_path):
    identity = signature.key_id(PUBLIC)
    with pytest.raises(WrongKey, match=r"^key .*signed with no such key.*Name the council"):
        verification.known_key(tmp_path, identity)
    verification.keys_folder(tmp_path).mkdir()
    file = verification.keys_folder(tmp_path) / f"{identity}.pem"
    file.write_bytes(signature.pem_of(PUBLIC))

    assert verification.known_key(tmp_path, identity) == PUBLIC


def test_another_key_under_the_name_of_the_councils_is_not_taken_for_it(tmp_path):
    identity = signature.key_id(PUBLIC)
    verification.keys_folder(tmp_path).mkdir()
    file = verification.keys_folder(tmp_path) / f"{identity}.pem"
    file.write_bytes(signature.pem_of(signature.public_of(bytes(32))))

    with pytest.raises(WrongKey, match="holds another key than its name says"):
        verification.known_key(tmp_path, identity)


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda f: (f / "pack.xlsx").write_bytes(b"workbooK"), "pack.xlsx: was changed"),
        (lambda f: (f / "report.html").unlink(), "report.html: is missing"),
        (lambda f: (f / "extra.csv").write_text("x"), "extra.csv: is not in the manifest"),
        (lambda f: (f / "empty").mkdir(), "empty: is an empty folder"),
        (lambda f: (f / "data" / "a.csv").symlink_to(f / "report.html"), "data/a.csv: is a link"),
        (lambda f: os.mkfifo(f / "pipe"), "pipe: is a link or a device"),
        (lambda f: _linked(f, "report.html"), "report.html: is a link"),
        (lambda f: (f / manifest.SIGNATURE).unlink(), "manifest.json.sig: is missing"),
        (lambda f: (f / manifest.SIGNATURE).write_bytes(b"x"), "manifest.json.sig: is not a sig"),
        (lambda f: (f / manifest.SIGNATURE).write_bytes(b"x" * 64), "manifest.json.sig: the man"),
        (lambda f: _append(f / manifest.NAME), "manifest.json.sig: the manifest was changed"),
        (lambda f: (f / manifest.NAME).unlink(), "manifest.json: not found"),
        (lambda f: (f / manifest.NAME).write_text("{"), "manifest.json: cannot be read"),
        (lambda f: (f / manifest.NAME).write_text("[" * 100_000), "manifest.json: cannot be read"),
        (
            lambda f: (f / manifest.NAME).unlink() or (f / manifest.NAME).mkdir(),
            "manifest.json: can",
        ),
        (lambda f: _rename(f, "pack.xlsx", "../pack.xlsx"), "../pack.xlsx: leads out"),
        (lambda f: _rename(f, "pack.xlsx", "/etc/hosts"), "/etc/hosts: leads out"),
        (lambda f: _rename(f, "pack.xlsx", "a\\\\pack.xlsx"), "a\\pack.xlsx: leads out"),
        (lambda f: _rename(f, "pack.xlsx", "./pack.xlsx"), "./pack.xlsx: leads out"),
        (lambda f: _rename(f, "pack.xlsx", "report.html"), "manifest.json: cannot be read"),
        (lambda f: _told(f, path=None), "manifest.json: cannot be read"),
        (lambda f: _told(f, path=1), "manifest.json: cannot be read"),
        (lambda f: _told(f, path=["a"]), "manifest.json: cannot be read"),
        (lambda f: _told(f, bytes=None), "manifest.json: cannot be read"),
        (lambda f: _told(f, sha256=None), "manifest.json: cannot be read"),
    ],
)
def test_a_pack_that_was_touched_is_found_out(folder, spoil, problem):
    spoil(folder)

    assert any(said.startswith(problem) for said in verification.problems(folder, PUBLIC))


def _told(folder, **changed):
    """The first file is listed with other fields."""
    place = folder / manifest.NAME
    told = json.loads(place.read_text())
    told["files"][0] |= changed
    place.write_text(json.dumps(told))


def _rename(folder, old, new):
    place = folder / manifest.NAME
    place.write_text(place.read_text().replace(f'"{old}"', f'"{new}"'))


def _linked(folder, name):
    """A file becomes a link to the same bytes elsewhere."""
    there = folder.parent / name
    (folder / name).rename(there)
    (folder / name).symlink_to(there)


def _append(place):
    place.write_bytes(place.read_bytes() + b" ")
