"""Packed files: what is inside is read as if it had come alone, and nothing harms on the way."""

import gzip
import io
import zipfile

import pytest
from given import NOW, incidents, ledger, mapping_of, tickets

from scorecard import settings, workbench
from scorecard.admission import Refused
from scorecard.names import COMPANION_KB
from scorecard.trial import try_file
from scorecard.unpacking import _only_one, apart, unpacked

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


TOTALS = ("beside/extract.ctl", b"ROWS 7")
PAIRS = {
    "a text": (EXTRACT, TOTALS),
    "the companion first": (EXTRACT, TOTALS),
    "a packed text": (gzip.compress(EXTRACT), TOTALS),
    "a zip archive": (zipped(("extract.csv", EXTRACT)), TOTALS),
    "the largest companion": (EXTRACT, (TOTALS[0], b"x" * COMPANION_KB * 1024)),
}


@pytest.mark.parametrize("kind", PAIRS)
def test_a_file_that_comes_with_its_companion_is_read_as_if_it_had_come_alone(tried, kind):
    extract, beside = PAIRS[kind]
    parts = [("extract.csv", extract), beside]
    told = tried(zipped(*(parts[::-1] if "first" in kind else parts)), "extract.zip")
    assert (told["rows_accepted"], told["refusals"]) == (6, [])


def test_a_workbook_may_have_a_companion(tried, tmp_path):
    workbook = ledger(tmp_path / "ledger.xlsx", {}).read_bytes()
    told = tried(zipped(("ledger.xlsx", workbook), TOTALS), "ledger.zip")
    assert (told["rows_accepted"], told["refusals"]) == (1, [])


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Café".encode(), "Café"), ("Café".encode("utf-8-sig"), "Café"),
        ("Café".encode("utf-16"), "Café"), ("Café".encode("cp1252"), "Café"),
        (b"\xff\xfeROWS", "\u4f52\u5357"), (b"caf\xe9 \x81 5", "café \ufffd 5"), (b"", ""),
    ],
)  # fmt: skip
def test_a_companion_is_read_as_utf_8_utf_16_or_windows_text(tmp_path, said, read):
    path = tmp_path / "extract.zip"
    path.write_bytes(zipped(("extract.csv", EXTRACT), (TOTALS[0], said)))
    inside, companion = apart(path, 1, tmp_path)
    assert (inside.read_bytes(), companion) == (EXTRACT, read)


PAIRS_REFUSED = {
    "two companions": ([TOTALS, ("beside/b.ctl", b"")], "a zip archive of 2 parts"),
    "two files": ([("a.csv", EXTRACT), ("b.csv", EXTRACT), TOTALS], "a zip archive of 3 parts"),
    "a companion alone": ([TOTALS], "is named with a path"),
    "a companion without a name": ([("a.csv", EXTRACT), ("beside/", b"")], "archive of 2 parts"),
    "a path": ([("../a.csv", EXTRACT), TOTALS], "is named with a path"),
    "a companion too large": (
        [("a.csv", EXTRACT), (TOTALS[0], b"x" * (COMPANION_KB * 1024 + 1))],
        "its companion is over 64 kB. Send the small file",
    ),
    "a bomb for a companion": ([("a.csv", EXTRACT), (TOTALS[0], BOMB)], "its companion is over"),
    "a bomb for a file": ([("a.csv", BOMB), TOTALS], "unpacks to over"),
    "a packed bomb": ([("a.gz", gzip.compress(BOMB)), TOTALS], "unpacks to over"),
    "a pair in a pair": (
        [("a.zip", zipped(("a.csv", EXTRACT), TOTALS)), TOTALS],
        "a zip archive of 2 parts",
    ),
    "an archive in the archive": (
        [("a.zip", zipped(("a.gz", gzip.compress(EXTRACT)))), TOTALS],
        "inside an archive",
    ),
}


@pytest.mark.parametrize("trap", PAIRS_REFUSED)
def test_an_archive_of_more_than_a_file_and_its_companion_is_refused(refusal, trap):
    parts, words = PAIRS_REFUSED[trap]
    told = refusal(zipped(*parts), "extract.zip")
    assert told.startswith("extract.zip")
    assert words in told


def test_a_companion_that_swells_in_one_step_is_not_unpacked(refusal):
    packed = io.BytesIO(zipped(("a.csv", EXTRACT)))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr(*TOTALS)
    assert "in an unusual way" in refusal(packed.getvalue(), "extract.zip")


@pytest.mark.parametrize("spoil", [lambda packed: packed[:-30], lambda packed: packed[:90] + b"x"])
def test_a_pair_that_breaks_off_is_damaged(refusal, spoil):
    told = refusal(spoil(zipped(("a.csv", EXTRACT), TOTALS)), "extract.zip")
    assert "broken off, damaged" in told


def test_a_file_beside_a_companion_may_be_as_large_as_one_that_comes_alone(tmp_path):
    path = tmp_path / "extract.zip"
    for size, told in ((2**20, None), (2**20 + 1, "it unpacks to over 1 MB")):
        path.write_bytes(zipped(("a.csv", b"x" * size), TOTALS, way=zipfile.ZIP_STORED))
        if told is None:
            assert apart(path, 1, tmp_path)[0].stat().st_size == size
        else:
            with pytest.raises(Refused, match=told):
                apart(path, 1, tmp_path)


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
