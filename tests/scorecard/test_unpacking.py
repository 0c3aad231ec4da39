"""Packed files: what is inside is read as if it had come alone, and nothing harms on the way."""

import gzip
import io
import zipfile

import pytest
from given import NOW, incidents, mapping_of, tickets

from scorecard import settings, workbench
from scorecard.admission import Refused
from scorecard.trial import try_file
from scorecard.unpacking import _only_one, unpacked

EXTRACT = incidents(*tickets(6), {"number": "INC9", "priority": "P9"}).encode()


def zipped(*members, way=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", way) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "packed"),
    [("extract.csv.gz", gzip.compress(EXTRACT)), ("extract.zip", zipped(("extract.csv", EXTRACT)))],
)
def test_a_packed_file_is_read_with_the_row_numbers_of_the_file_inside(tried, name, packed):
    told = tried(packed, name)
    assert (told["rows_accepted"], told["refusals"]) == (6, [])
    assert [aside["row"] for aside in told["set_aside"]] == [8]


BOMB = b"number,state\n" + b"0" * 30_000_000
REFUSED = {
    "two files": (zipped(("a.csv", EXTRACT), ("b.csv", EXTRACT)), "a zip archive of 2 parts"),
    "no file": (zipped(), "not a text export"),
    "a folder": (zipped(("folder/", b"")), "a zip archive of 1 parts"),
    "a path": (zipped(("../../etc/extract.csv", EXTRACT)), "is named with a path"),
    "a Windows path": (zipped(("c:\\extract.csv", EXTRACT)), "is named with a path"),
    "a zip in a zip": (zipped(("a.zip", zipped(("a.csv", EXTRACT)))), "inside an archive"),
    "a gzip in a zip": (zipped(("a.gz", gzip.compress(EXTRACT))), "inside an archive"),
    "a zip in a gzip": (gzip.compress(zipped(("a.csv", EXTRACT))), "inside an archive"),
    "a gzip bomb": (gzip.compress(BOMB), "unpacks to over"),
    "a zip bomb": (zipped(("a.csv", BOMB)), "unpacks to over"),
    "a zip by bzip2": (zipped(("a.csv", EXTRACT), way=zipfile.ZIP_BZIP2), "in an unusual way"),
    "a workbook by LZMA": (
        zipped(("[Content_Types].xml", b"<Types/>"), way=zipfile.ZIP_LZMA),
        "in an unusual way",
    ),
    "a zip that breaks off": (zipped(("a.csv", EXTRACT))[:-30], "broken off, damaged"),
    "a gzip that breaks off": (gzip.compress(EXTRACT)[:-9], "broken off, damaged"),
    "a gzip of nothing": (gzip.compress(b""), "the file is empty"),
    "rubbish behind a gzip": (gzip.compress(EXTRACT) + b"rubbish", "broken off, damaged"),
}


@pytest.mark.parametrize("trap", REFUSED)
def test_an_archive_that_is_not_one_plain_file_is_refused_in_three_parts(refusal, trap):
    packed, words = REFUSED[trap]
    told = refusal(packed, "extract.zip")
    assert told.startswith("extract.zip")
    assert words in told
    assert told.count(". ") >= 1


def test_a_file_inside_that_has_no_name_is_refused(tmp_path):
    nameless = zipfile.ZipInfo()
    nameless.filename = ""
    with pytest.raises(Refused, match="is named with a path"):
        _only_one(tmp_path / "extract.zip", [nameless])


def test_a_file_inside_that_is_over_the_limit_is_refused_while_it_unpacks(tmp_path):
    path = tmp_path / "noise.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 12_000, compresslevel=0))
    with pytest.raises(Refused, match="it unpacks to over 2 MB"):
        unpacked(path, 2, tmp_path)


@pytest.mark.parametrize(
    ("encoding", "accepted"),
    [("utf-16", 1), ("utf-8", 0), ("cp1252", 1), ("iso8859-15", 1), ("cp437", 1)],
)
def test_a_text_file_is_read_in_any_encoding_that_its_mapping_declares(
    tmp_path, monkeypatch, encoding, accepted
):
    head = (
        "system: desk\nproduct: invented\ntable: spend\nversion: 1\ngrain: a row\nmeets: by_key\n"
    )
    head += f"key: [supplier]\nmonth_from: [paid_on]\nfile: {{encoding: {encoding}}}\n"
    columns = {"supplier": "{from: [Who]}", "paid_on": "{from: [When]}"}
    mapping_of(tmp_path, columns, head=head, system="desk")
    monkeypatch.setattr(workbench, "SOURCES", tmp_path)
    limits = settings.read({"SCORECARD_HOME": str(tmp_path / "home")})
    path = tmp_path / "extract.csv"
    written = "utf-16" if encoding == "utf-8" else encoding
    path.write_bytes("Who,When\nCafé,2025-06-02\n".encode(written))

    told = try_file(path, limits, NOW, "desk")
    assert told["rows_accepted"] == accepted
    assert (told["refusals"] == []) == bool(accepted)
