"""PK-30 to PK-36 on one pack, and on copies of it with a fault (PK-95)."""

import importlib.util
import shutil
from pathlib import Path
from types import SimpleNamespace

import document
import pytest
from document import CHECKS, NAME, summary_in_document
from faults_document import FAULTS

from scorecard import draft
from scorecard.packs.build import build
from scorecard.packs.reader_tables import summary

SMALL = Path(__file__).parents[1] / "scorecard" / "packs" / "conftest.py"
PLANTED = [
    pytest.param(check, plant, id=f"{check}-{nth}")
    for check, plants in FAULTS.items()
    for nth, plant in enumerate(plants if isinstance(plants, tuple) else (plants,), start=1)
]


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """The pack of a small council, in a folder."""
    spec = importlib.util.spec_from_file_location("small_records", SMALL)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    content = build(made.a_first_draft())
    folder = tmp_path_factory.mktemp("small") / "pack"
    folder.mkdir()
    for name, data in draft.render(content).items():
        (folder / name).write_bytes(data)
    return SimpleNamespace(folder=folder, content=content)


@pytest.mark.parametrize("check", CHECKS)
def test_the_document_passes(check, small):
    assert CHECKS[check](small) == []


@pytest.mark.parametrize(("check", "plant"), PLANTED)
def test_only_the_check_of_a_planted_fault_fails(check, plant, small, tmp_path):
    faulty = SimpleNamespace(folder=tmp_path / "pack", content=small.content)
    shutil.copytree(small.folder, faulty.folder)
    plant(faulty.folder)

    failing = {name for name in CHECKS if CHECKS[name](faulty) != []}
    assert failing == {check}


def test_every_check_has_a_fault():
    assert sorted(CHECKS) == sorted(FAULTS)


def test_every_value_of_the_summary_is_in_the_text_as_shown(small):
    told = summary(small.content)
    shown = [dict(zip(told.columns, (c.text for c in row), strict=True)) for row in told.rows]

    assert list(summary_in_document(small).values()) == shown


def test_the_tags_follow_the_order_of_the_page(small):
    tree = document.tree_of(small.folder / NAME)
    page = document.html.fromstring((small.folder / "report.html").read_bytes())

    captions = [" ".join(each.text_content().split()) for each in page.iter("caption")]
    assert [each.said for each in tree.all("Caption")] == captions
