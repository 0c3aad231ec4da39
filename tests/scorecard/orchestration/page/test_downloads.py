"""Files leave by the register's name and the manifest's, whole and recorded.

PK-76 hostile paths get 404, PK-77 a changed file is not served, PK-78 drafts are for officers,
PK-79 every download is recorded.
"""

import hashlib
import io
import json
import zipfile

import pytest
from council_packs import AT, BOARD, FIRST, OFFICER, PAGE, PUBLIC
from record import Q

from scorecard.packs import manifest
from scorecard.register import audit


def told(packs, pack):
    return json.loads((packs / pack / manifest.NAME).read_text())


def downloads(stores, revision=2):
    events = audit.of_pack(stores.register, Q, "officer", revision)
    return [(e.user_name, e.said) for e in events if e.event == "downloaded"]


def test_every_file_of_the_manifest_is_handed_out_with_its_hash(client, packs):
    officer, files = client("officer"), told(packs, OFFICER)["files"]

    assert len(files) > 10
    for file in files:
        answer = officer.get(f"{PAGE}/packs/{OFFICER}/{file['path']}")
        assert answer.status_code == 200, file["path"]
        assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
        assert answer.headers["content-type"].startswith(file["media_type"])
        assert len(answer.content) == file["bytes"]


def test_the_manifest_and_its_signature_are_handed_out_too(client, packs):
    for name in (manifest.NAME, manifest.SIGNATURE):
        answer = client("officer").get(f"{PAGE}/packs/{OFFICER}/{name}")
        assert answer.content == (packs / OFFICER / name).read_bytes()


def test_a_whole_pack_is_saved_as_one_file_and_recorded_once(client, packs, stores):
    before = len(downloads(stores))
    answer = client("officer").get(f"{PAGE}/packs/{OFFICER}/pack.zip")

    named = f"{OFFICER}/pack.zip".replace("/", "_")
    assert answer.headers["content-disposition"] == f'attachment; filename="{named}"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        told = {name: archive.read(name) for name in archive.namelist()}
    assert told == {name: (packs / OFFICER / name).read_bytes() for name in told}
    assert {manifest.NAME, manifest.SIGNATURE, "pack.xlsx", "report.html"} <= set(told)
    assert downloads(stores)[before:] == [("officer", "pack.zip")]


def test_every_file_but_the_report_is_saved_and_the_report_runs_nothing(client, packs):
    officer = client("officer")
    for file in told(packs, OFFICER)["files"]:
        headers = officer.get(f"{PAGE}/packs/{OFFICER}/{file['path']}").headers
        saved = headers.get("content-disposition", "")
        named = f'attachment; filename="{OFFICER}/{file["path"]}"'.replace("/", "_")
        assert saved == ("" if file["path"] == "report.html" else named)
        assert headers["x-content-type-options"] == "nosniff"
        assert "allow-scripts" not in headers["content-security-policy"]
    policy = officer.get(f"{PAGE}/packs/{OFFICER}/report.html").headers["content-security-policy"]
    assert policy.startswith("sandbox allow-downloads")
    assert "allow-forms" not in policy


HOSTILE = (
    "../../officer/r2/manifest.json", "..%2f..%2fpublic/r1/pack.xlsx", "%2e%2e/%2e%2e/keys",
    "/etc/passwd", "%2fetc%2fpasswd", "..%5c..%5cpack.xlsx", "pack.xlsx%00.html", "pack.xlsx/",
    "./pack.xlsx", "data/../pack.xlsx", "data", "data/", "PACK.XLSX", "pack.xlsx%20", "pack.xlsx.",
    "%252e%252e/r1/pack.xlsx", "pack%2exlsx%0d%0aSet-Cookie:a=b", "\N{FULLWIDTH FULL STOP}/x", "~",
    ".pack.xlsx", "file:///etc/passwd", "https://evil.example/pack.xlsx", "planted.txt", "link.txt",
)  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_path_is_404_and_not_recorded(client, packs, stores, path):
    (packs / OFFICER / "planted.txt").write_text("not in the manifest")
    link = packs / OFFICER / "link.txt"
    if not link.is_symlink():
        link.symlink_to("/etc/passwd")
    before = downloads(stores)

    answer = client("officer").get(f"{PAGE}/packs/{OFFICER}/{path}")
    # A client may tidy an address before it is sent: then it is another pack's own file.
    is_tidied = answer.request.url.raw_path.decode().count("..") == 0 and answer.status_code == 200
    assert answer.status_code == 404 or is_tidied
    assert "set-cookie" not in answer.headers
    assert is_tidied or downloads(stores) == before
    for planted in ("planted.txt", "link.txt"):
        (packs / OFFICER / planted).unlink()


@pytest.mark.parametrize(
    "pack",
    [
        f"{Q}/officer/r99", f"{Q}/officer/2", f"{Q}/officer/r02", f"{Q}/officer/r-1",
        f"{Q}/officer/r99999999999999999999", f"{Q}/officer/r2'--", f"{Q}/../r2", f"{Q}/%00/r2",
        f"{Q}/%/r2", "2025-26-Q5/officer/r2", "1/1/1", f"{Q}/officer/r\N{SUPERSCRIPT TWO}",
    ],
)  # fmt: skip
def test_a_pack_that_is_not_in_the_register_is_404(client, pack):
    for address in (f"/packs/{pack}", f"/packs/{pack}/pack.xlsx", f"/read/{pack}"):
        assert client("officer").get(f"{PAGE}{address}").status_code == 404


def spoiled(path, data):
    """Put other bytes in a file's place; what undoes it comes back."""
    before = path.read_bytes()
    path.write_bytes(data)
    return lambda: path.write_bytes(before)


@pytest.mark.parametrize("change", [lambda d: d[:-1] + b"!", lambda d: d + b"\n", lambda d: b""])
def test_a_file_that_no_longer_matches_its_hash_is_not_served(client, packs, stores, change):
    path = packs / OFFICER / "pack.xlsx"
    restore = spoiled(path, change(path.read_bytes()))
    before = downloads(stores)
    try:
        answer = client("officer").get(f"{PAGE}/packs/{OFFICER}/pack.xlsx")
        assert (answer.status_code, downloads(stores)) == (404, before)
        assert client("officer").get(f"{PAGE}/packs/{OFFICER}/report.html").status_code == 200
    finally:
        restore()


def test_a_file_that_is_a_link_to_the_same_bytes_is_not_served(client, packs, tmp_path):
    path = packs / OFFICER / "pack.xlsx"
    data = path.read_bytes()
    (tmp_path / "copy").write_bytes(data)
    path.unlink()
    path.symlink_to(tmp_path / "copy")
    try:
        assert client("officer").get(f"{PAGE}/packs/{OFFICER}/pack.xlsx").status_code == 404
    finally:
        path.unlink()
        path.write_bytes(data)


def test_a_pack_whose_manifest_was_changed_hands_out_nothing(client, packs):
    from scorecard.packs import delivery

    path = packs / PUBLIC / manifest.NAME
    restore = spoiled(path, path.read_bytes().replace(b'"public"', b'"pub1ic"'))
    delivery._parsed.cache_clear()
    try:
        for name in (manifest.NAME, manifest.SIGNATURE, "pack.xlsx"):
            assert client("viewer").get(f"{PAGE}/packs/{PUBLIC}/{name}").status_code == 404
        assert "No pack that is open to you" in client("viewer").get(f"{PAGE}/packs").text
        assert "not the ones that were recorded" in client("officer").get(f"{PAGE}/packs").text
    finally:
        restore()


def test_a_signature_that_does_not_sign_the_manifest_is_not_served(client, packs):
    restore = spoiled(packs / OFFICER / manifest.SIGNATURE, bytes(64))
    try:
        answer = client("officer").get(f"{PAGE}/packs/{OFFICER}/{manifest.SIGNATURE}")
        assert answer.status_code == 404
    finally:
        restore()


def test_drafts_are_not_offered_to_who_only_downloads(client):
    seen = client("viewer").get(f"{PAGE}/packs").text

    assert BOARD not in seen
    assert OFFICER not in seen
    assert PUBLIC in seen
    assert BOARD in client("officer").get(f"{PAGE}/packs").text


def test_each_download_is_recorded_with_who_what_and_when(client, stores):
    before = len(downloads(stores, 1))
    client("officer").get(f"{PAGE}/packs/{FIRST}/pack.xlsx")
    client("approver").get(f"{PAGE}/packs/{FIRST}/report.html")

    events = audit.of_pack(stores.register, Q, "officer", 1)
    assert downloads(stores, 1)[before:] == [
        ("officer", "pack.xlsx"),
        ("approver", "report.html"),
    ]
    assert events[-1].at > AT
    assert len(events[-1].content_sha256) == 64
    page = client("officer").get(f"{PAGE}/packs/{FIRST}").text
    assert "Downloaded" in page


def test_nothing_is_handed_out_that_cannot_be_recorded(client, stores):
    from sqlalchemy import text

    def rename(one, other):
        with stores.register.begin() as connection:
            connection.execute(text(f"alter table {one} rename to {other}"))

    rename("audit", "audit_away")
    try:
        answer = client("officer", is_calm=True).get(f"{PAGE}/packs/{OFFICER}/pack.xlsx")
        assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    finally:
        rename("audit_away", "audit")
