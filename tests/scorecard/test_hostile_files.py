"""PK-70, PK-71: one worker meets every hostile file in turn, refuses each at once, and lives."""

import json
import subprocess
import sys
import zipfile

import pytest
from given import incidents, ledger, tickets

from scorecard.readers import sheets_of
from scorecard.settings import REPOSITORY

SHEET = "xl/worksheets/sheet1.xml"
RELATED = "xl/_rels/workbook.xml.rels"
EXTERNAL = (
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
)
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol">]><x>&a;</x>'
# Each trap with the words of its refusal; a part to put into a workbook, or the bytes of a file.
PARTS = {
    "a zip bomb": ("xl/worksheets/sheet9.xml", b" " * 100_000_000, "unpacks to far more"),
    "an absolute part": ("/etc/passwd", b"x", "points outside"),
    "a part above": ("../outside.xml", b"x", "points outside"),
    "a backslash": ("xl\\..\\outside.xml", b"x", "points outside"),
    "a macro": ("xl/vbaProject.bin", b"x", "is a macro"),
    "active content": ("xl/activeX/activeX1.xml", b"x", "is a macro, an embedded object"),
    "an embedded object": ("xl/embeddings/oleObject1.bin", b"x", "an embedded object"),
    "a link to another file": ("xl/externalLinks/externalLink1.xml", b"x", "a link to another"),
    "entities": ("xl/extra.xml", ENTITIES, "declares entities"),
    "another encoding": ("xl/extra.xml", "<x/>".encode("utf-16"), "not written in UTF-8"),
    "two parts of one name": ("xl/workbook.xml", b"<workbook/>", "two of one name"),
}
FILES = {
    "an old workbook": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 4096, "without a password"),
    "a file over the limit": (b"a,b\n" + b"x" * 2**20, "over the limit of 1 MB"),
    "NUL bytes": (incidents(*tickets(3)).encode("utf-16"), "a NUL byte"),
    "another encoding of text": (
        incidents({"number": "INC1", "short_description": "Café"}).encode("cp1252"),
        "not utf-8 text",
    ),
    "a heading of many kilobytes": (b"x" * 300_000 + b",b\n1,2\n", "recognised as no system"),
    "rows of other columns": (
        (incidents(*tickets(3)) + "1,2\n" * 5000).encode(), "most rows do not have the"
    ),
}  # fmt: skip
# Reads paths, and answers each with what became of it and the processor's time for it.
WORKER = """
import json, resource, sys, tempfile, time
from datetime import UTC, datetime
from pathlib import Path
from scorecard import settings
from scorecard.trial import try_file

def used(who):
    told = resource.getrusage(who)
    return told.ru_utime + told.ru_stime, told.ru_maxrss // 1024

limits = settings.read({"SCORECARD_HOME": tempfile.mkdtemp(), "SCORECARD_THREADS": "1",
                        "SCORECARD_MAX_FILE_MB": "1"})
before = used(resource.RUSAGE_SELF)[1]
for line in sys.stdin:
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    start = sum(used(each)[0] for each in who)
    told = try_file(Path(line.strip()), limits, datetime(2025, 7, 20, tzinfo=UTC))
    took = sum(used(each)[0] for each in who) - start
    mb = max(used(who[0])[1] - before, used(who[1])[1])
    print(json.dumps([told["refusals"], told["rows_accepted"], took, mb]), flush=True)
"""


@pytest.fixture(scope="module")
def worker():
    """A process that takes in one file after the other, as a worker of Airflow does."""
    asked = subprocess.Popen(
        [sys.executable, "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, cwd=REPOSITORY, env={"PYTHONPATH": "include", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip

    def ask(path):
        asked.stdin.write(f"{path}\n")
        asked.stdin.flush()
        return json.loads(asked.stdout.readline())

    yield ask
    asked.stdin.close()
    assert asked.wait(timeout=20) == 0


def workbook(folder, change=None, added=()):
    """A good ledger, with one part changed or more put in beside the others."""
    good, path = ledger(folder / "good.xlsx", {}, {}), folder / "ledger.xlsx"
    with zipfile.ZipFile(good) as read, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in read.namelist():
            data = read.read(name)
            made.writestr(name, change[1](data) if change and change[0] == name else data)
        for name, data in added:
            made.writestr(name, data)
    return path


def linked(kind, target):
    link = EXTERNAL.format(kind=kind, target=target).encode()
    return RELATED, lambda xml: xml.replace(b"</Relationships>", link)


def check_refused(told, words):
    refusals, accepted, seconds, megabytes = told
    assert (len(refusals), accepted) == (1, 0)
    assert words in refusals[0]
    assert seconds < 1
    assert megabytes < 200


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("trap", PARTS)
def test_a_workbook_with_a_hostile_part_is_refused_at_once(trap, worker, tmp_path):
    name, data, words = PARTS[trap]
    check_refused(worker(workbook(tmp_path, added=[(name, data)])), words)


def test_more_parts_than_a_workbook_has_are_refused_at_once(worker, tmp_path):
    parts = [(f"x{n}", b"") for n in range(2001)]
    check_refused(worker(workbook(tmp_path, added=parts)), "too many parts")


@pytest.mark.parametrize("kind", ["image", "externalLinkPath", "attachedTemplate"])
def test_a_relationship_that_leads_outside_is_refused_at_once(kind, worker, tmp_path):
    change = linked(kind, "file:///server/share/hyperlink")
    check_refused(worker(workbook(tmp_path, change)), "links to another file")


@pytest.mark.parametrize("trap", FILES)
def test_a_hostile_file_is_refused_at_once(trap, worker, tmp_path):
    content, words = FILES[trap]
    path = tmp_path / "extract.csv"
    path.write_bytes(content)
    check_refused(worker(path), words)


def test_one_stray_cell_in_the_last_corner_is_refused_at_once(worker, tmp_path):
    stray = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = workbook(tmp_path, (SHEET, lambda xml: xml.replace(b"</sheetData>", stray)))
    check_refused(worker(path), "Delete the empty rows and columns")


def test_a_workbook_with_an_e_mail_link_is_accepted(tmp_path, limits):
    path = workbook(tmp_path, linked("hyperlink", "mailto:budget@exampleshire.gov.uk"))
    (sheet,) = sheets_of(path, limits, ["Ledger"], tmp_path)
    assert len(sheet.path.read_text().splitlines()) == 6  # three above, headings, two lines
