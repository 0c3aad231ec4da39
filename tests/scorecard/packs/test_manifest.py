"""The manifest: what a pack is, what it was made from and by, every file by its hash."""

import json
from datetime import UTC, datetime
from importlib.metadata import version

import pytest

from scorecard.packs import manifest
from scorecard.packs.manifest import Origin

FILES = {"pack.xlsx": b"workbook", "report.html": b"page"}
FACTORS = [{"set": 2025, "sha256": "cd" * 32}]
KPI = {"id": "tickets_solved", "version": 1, "sha256": "ef" * 32}
HIDDEN = {"id": "not_in_this_variant", "version": 1, "sha256": "ef" * 32}


def an_origin(records, **given):
    usual = {
        "measurement": "m1",
        "identity": {"kpis": [KPI, HIDDEN], "factors": FACTORS, "code": {"spc.py": "12" * 32}},
        "inputs": records.used,
        "figures": {"tickets_solved": "34" * 32},
        "code": {"commit": "abc", "lock_sha256": "56" * 32},
        "signing_key": "78" * 32,
    }
    return Origin(**{**usual, **given})


@pytest.fixture
def folder(tmp_path, content, records):
    made = manifest.write(content, FILES, an_origin(records))
    for name, data in {**FILES, manifest.NAME: made}.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_the_manifest_says_what_the_pack_is_and_is_made_of(folder, content):
    told = json.loads((folder / manifest.NAME).read_text())

    assert list(told) == sorted(told)
    assert (told["pack_id"], told["state"], told["revision"], told["supersedes"]) == (
        "2025-26-Q1/officer/r1", "draft", 1, None,
    )  # fmt: skip
    assert told["content_sha256"] == content.sha256
    assert told["measurement"] == {
        "id": "m1", "kpis": [{**KPI, "figures_sha256": "34" * 32}],
    }  # fmt: skip
    assert (told["factors"], told["signing_key"]) == (FACTORS, "78" * 32)
    assert told["code"] == {
        "commit": "abc", "lock_sha256": "56" * 32, "measured_by": {"spc.py": "12" * 32},
    }  # fmt: skip
    assert told["tools"]["openpyxl"] == version("openpyxl")
    assert [i["sha256"] for i in told["inputs"]] == ["ab" * 32]
    assert told["data_as_at"] == "2025-07-04T06:30:00Z"
    assert [(f["path"], f["bytes"]) for f in told["files"]] == [
        ("pack.xlsx", 8), ("report.html", 4),
    ]  # fmt: skip


def test_a_published_pack_says_who_approved_what_and_when(content, records):
    at = datetime(2025, 8, 14, 8, 30, tzinfo=UTC)
    origin = an_origin(records, approval=manifest.Approval("approver", at))

    assert json.loads(manifest.write(content, FILES, origin))["approval"] == {
        "role": "approver", "at": "2025-08-14T08:30:00Z", "content_sha256": content.sha256,
    }  # fmt: skip
    assert json.loads(manifest.write(content, FILES, an_origin(records)))["approval"] is None
