"""The manifest: every file by its hash, and what is wrong with a folder."""

import json

import pytest

from scorecard.packs import manifest
from scorecard.packs.content import content_sha256

FILES = {"pack.xlsx": b"workbook", "report.html": b"page"}
ORIGIN = {"id": "m1", "identity": {"kpis": [{"id": "tickets_solved", "version": 1}]}}


@pytest.fixture
def folder(tmp_path, content, records):
    made = manifest.write(content, FILES, ORIGIN, records.used)
    for name, data in {**FILES, manifest.NAME: made}.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_a_pack_as_it_was_drafted_has_no_problem(folder):
    assert manifest.verify(folder) == []


def test_the_manifest_says_what_the_pack_is_and_is_made_of(folder, content):
    told = json.loads((folder / manifest.NAME).read_text())

    assert list(told) == sorted(told)
    assert (told["pack_id"], told["state"], told["revision"], told["supersedes"]) == (
        "2025-26-Q1/officer/r1", "draft", 1, None,
    )  # fmt: skip
    assert told["content_sha256"] == content_sha256(content)
    assert told["measurement"] == {"id": "m1", "kpis": ORIGIN["identity"]["kpis"]}
    assert [i["sha256"] for i in told["inputs"]] == ["ab" * 32]
    assert told["data_as_at"] == "2025-07-04T06:30:00Z"
    assert [(f["path"], f["bytes"]) for f in told["files"]] == [
        ("pack.xlsx", 8), ("report.html", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda f: (f / "pack.xlsx").write_bytes(b"workbooK"), "pack.xlsx: was changed"),
        (lambda f: (f / "report.html").unlink(), "report.html: is missing"),
        (lambda f: (f / "extra.csv").write_text("x"), "extra.csv: is not in the manifest"),
        (lambda f: (f / manifest.NAME).unlink(), "manifest.json: not found"),
        (lambda f: (f / manifest.NAME).write_text("{"), "manifest.json: cannot be read"),
        (lambda f: (f / manifest.NAME).write_text("[" * 100_000), "manifest.json: cannot be read"),
        (
            lambda f: (f / manifest.NAME).unlink() or (f / manifest.NAME).mkdir(),
            "manifest.json: can",
        ),
        (lambda f: _rename(f, "pack.xlsx", "../pack.xlsx"), "../pack.xlsx: leads out"),
        (lambda f: _told(f, path=None), "manifest.json: cannot be read"),
        (lambda f: _told(f, path=1), "manifest.json: cannot be read"),
        (lambda f: _told(f, path=["a"]), "manifest.json: cannot be read"),
        (lambda f: _told(f, bytes=None), "manifest.json: cannot be read"),
        (lambda f: _told(f, sha256=None), "manifest.json: cannot be read"),
    ],
)
def test_a_pack_that_was_touched_is_found_out(folder, spoil, problem):
    spoil(folder)

    assert any(said.startswith(problem) for said in manifest.verify(folder))


def _told(folder, **changed):
    """The first file is listed with other fields."""
    place = folder / manifest.NAME
    told = json.loads(place.read_text())
    told["files"][0] |= changed
    place.write_text(json.dumps(told))


def _rename(folder, old, new):
    place = folder / manifest.NAME
    place.write_text(place.read_text().replace(f'"{old}"', f'"{new}"'))
