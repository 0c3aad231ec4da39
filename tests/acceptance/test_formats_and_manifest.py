"""The checks of figures, CSV, manifest and same bytes: none fails on a pack, each on its fault."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import bytes as same_bytes
import faults_bytes
import faults_figures
import faults_manifest_checks
import faults_tables
import figures
import manifest_checks
import pytest
import tables
from small_council import DIRECTORATES, month_counts, reckoning, records

from scorecard import draft, settings
from scorecard.folders import write_whole
from scorecard.objects import open_store
from scorecard.packs.content import PackContent
from scorecard.register.packs import Reading
from scorecard.stores import Stores

CHECKS = {**figures.CHECKS, **tables.CHECKS, **manifest_checks.CHECKS, **same_bytes.CHECKS}
FAULTS = {
    **faults_figures.FAULTS, **faults_tables.FAULTS, **faults_manifest_checks.FAULTS,
    **faults_bytes.FAULTS,
}  # fmt: skip
# A file that is altered is not the same when it is made again: this one fails with any other.
ALWAYS = "PK-60"


@dataclass(frozen=True)
class Made:
    folder: Path
    content: PackContent


@pytest.fixture(scope="session")
def pack(tmp_path_factory):
    """The pack of a council of 480 people, none of whom must be protected."""
    home = tmp_path_factory.mktemp("home")
    months = ("2024-04", "2024-05", "2024-06", "2025-04", "2025-05", "2025-06")
    counts = {(m, d): month_counts(80, responses=20) for m in months for d in DIRECTORATES}
    known = reckoning(counts)
    found = records(known, counts)
    kpis = [{"id": d.id, "version": 1, "sha256": "0" * 64} for d in found.definitions]
    identity = {"kpis": kpis, "factors": [{"set": 2025, "sha256": "0" * 64}]}
    reading = Reading("0" * 64, "2025-26-Q1", known.as_at, identity, (), {}, (), ())
    chosen = settings.read({"SCORECARD_HOME": str(home)})
    stores = Stores(None, open_store(chosen.store_url), chosen, b"", manifest_checks.SECRET)
    content, files = draft.files_of(stores, found, reading)
    write_whole(home / "r1", files)
    return Made(home / "r1", content)


@pytest.mark.parametrize("check", CHECKS)
def test_a_pack_as_it_was_made_passes(pack, check):
    assert CHECKS[check](pack) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_check_fails_on_its_fault_and_no_other_does(pack, tmp_path, fault):
    folder = tmp_path / "r1"
    shutil.copytree(pack.folder, folder)
    FAULTS[fault](folder)
    asked = CHECKS if fault == ALWAYS else CHECKS.keys() - {ALWAYS}

    assert {name for name in asked if CHECKS[name](Made(folder, pack.content))} == {fault}


def test_every_check_has_a_fault():
    assert list(FAULTS) == list(CHECKS)
