"""A small council's extracts in, and the frozen pack of tests/golden/ out, through every step.

It fails when a figure, a word or a sheet moves. If the move is meant: `make golden`, read the
difference in git, and say in CHANGELOG.md why.
"""

import difflib
import hashlib
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from scorecard import accept, draft, keep, measure, reconcile, sample
from scorecard.objects import sha256_of
from scorecard.sources import SOURCES

QUARTER = "2025-26-Q1"
GOLDEN = Path(__file__).parent / "golden" / QUARTER
RECEIVED = datetime(2025, 7, 14, 6, 30, tzinfo=UTC)
NOW = datetime(2025, 7, 15, 8, tzinfo=UTC)
LINES_SHOWN = 60

# What of the manifest is not frozen, and why.
NOT_FROZEN = {
    "code": "changes with every change of a module, even of its comments",
    "content_sha256": "follows from the words and the hashes of the inputs",
    "tools": "versions are the lock's business",
}
# Of each file: zlib shapes the bytes of the workbook, and differs between builds of Python.
FROZEN_OF_A_FILE = ("path", "media_type")
# Of each definition: its hash changes with every comment in its SQL.
FROZEN_OF_A_KPI = ("id", "version")


@pytest.fixture
def pack(stores):
    """The folder of Exampleshire's draft, and the hashes of inputs that differ between Pythons."""
    inbox = stores.settings.inbox
    sample.write(inbox, months=27, staff=120, seed=1)
    for source in SOURCES:
        keep.run(stores, source, RECEIVED)
        accept.run(stores, source, RECEIVED)
    measurement = measure.run(stores, QUARTER, NOW, NOW)
    reconcile.run(stores, measurement)
    folder = Path(draft.run(stores, measurement, "", "performance team", NOW))
    zipped = {sha256_of(path): f"(hash of {path.name})" for path in inbox.rglob("*.xlsx")}
    return folder, zipped


def test_the_pack_of_a_small_council_is_the_frozen_one(pack, is_refreezing):
    made = frozen_form(*pack)
    if is_refreezing:
        freeze(made)
    kept = {path.name: path.read_text(encoding="utf-8") for path in sorted(GOLDEN.iterdir())}

    assert sorted(kept) == sorted(made)
    for name in made:
        moved = difference(name, kept[name], made[name])
        assert not moved, f"{name} moved. If it is meant: make golden.\n{moved}"


def freeze(made):
    """Put what was made in the place of what was frozen."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for path in GOLDEN.iterdir():
        path.unlink()
    for name, text in made.items():
        (GOLDEN / name).write_text(text, encoding="utf-8")


def difference(name, kept, made):
    """The lines that differ, as many as one wants to read in a terminal."""
    if kept == made:
        return ""
    lines = list(
        difflib.unified_diff(kept.splitlines(), made.splitlines(), f"frozen {name}", name, n=0)
    )
    rest = [f"... and {len(lines) - LINES_SHOWN} lines more"] if len(lines) > LINES_SHOWN else []
    return "\n".join(line[:300] for line in [*lines[:LINES_SHOWN], *rest])


def frozen_form(folder, zipped):
    """A pack as text that differs only where the pack says something else."""
    book = (folder / "pack.xlsx").read_bytes()
    told = without((folder / "manifest.json").read_text(encoding="utf-8"), zipped)
    page = without((folder / "report.html").read_text(encoding="utf-8"), zipped)
    return {
        "manifest.json": manifest_text(told),
        "report.html": page_text(page),
        "pack.txt": without(workbook_text(book), zipped),
        "parts.txt": parts_text(book),
        "kpi_summary.csv": (folder / "data" / "kpi_summary.csv").read_text(encoding="ascii"),
        "data.txt": data_text(folder / "data"),
        "accessibility.html": (folder / "accessibility.html").read_text(encoding="utf-8"),
    }


def without(text, zipped):
    """The text with the name of a zipped input where its hash stands: zlib shapes that too."""
    return re.sub(r"\b[0-9a-f]{64}\b", lambda found: zipped.get(found[0], found[0]), text)


def manifest_text(text):
    """The manifest without what changes while the pack says the same."""
    told = json.loads(text)
    for name in NOT_FROZEN:
        del told[name]
    kpis = told["measurement"]["kpis"]
    told["measurement"] = {"kpis": [{name: kpi[name] for name in FROZEN_OF_A_KPI} for kpi in kpis]}
    told["files"] = [{name: file[name] for name in FROZEN_OF_A_FILE} for file in told["files"]]
    told["inputs"].sort(key=lambda one: (one["source"], one["sha256"]))
    return json.dumps(told, sort_keys=True, ensure_ascii=False, indent=1) + "\n"


def page_text(text):
    """The page with a line for each element, and without the size of the workbook."""
    return re.sub(r", [\d,]+ KB\)", ", … KB)", text).replace("><", ">\n<")


def workbook_text(book):
    """One line for each row of each sheet."""
    sheets = openpyxl.load_workbook(io.BytesIO(book))
    lines = [
        f"{sheet.title} {number}: " + " | ".join(map(cell_text, row)).rstrip(" |")
        for sheet in sheets
        for number, row in enumerate(sheet.iter_rows(), start=1)
    ]
    return "\n".join(lines) + "\n"


def cell_text(cell):
    """A cell's value; a number with the decimals that it shows."""
    shown = "" if cell.number_format == "General" else f" ({cell.number_format})"
    return "" if cell.value is None else f"{cell.value}{shown if cell.data_type == 'n' else ''}"


def data_text(folder):
    """The hash of each file of open data; pack.txt has their numbers row by row."""
    files = sorted(folder.iterdir())
    return "".join(f"{hashlib.sha256(f.read_bytes()).hexdigest()[:16]} {f.name}\n" for f in files)


def parts_text(book):
    """The hash of each part of the workbook that is not dumped row by row: charts and styles."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        names = [name for name in parts.namelist() if not is_rows(name)]
        return "".join(
            f"{hashlib.sha256(parts.read(name)).hexdigest()[:16]} {name}\n" for name in names
        )


def is_rows(name):
    return name.startswith(("xl/worksheets/sheet", "xl/sharedStrings"))
