"""Extracts are invented for Exampleshire alone, and only where it would have none."""

import shutil
from dataclasses import replace

import pytest

from scorecard import settings
from scorecard.orchestration.local import example
from scorecard.orchestration.local.home import Home
from scorecard.settings import INCLUDE


@pytest.fixture
def home(tmp_path):
    """A home without an extract, of a council that is a copy of Exampleshire."""
    shutil.copytree(INCLUDE / "council", tmp_path / "council")
    chosen = settings.read({"SCORECARD_HOME": str(tmp_path / "home")})
    (tmp_path / "home" / "inbox" / "tickets").mkdir(parents=True)
    return Home(replace(chosen, council=tmp_path / "council"))


def corrected(home, file, old, new):
    path = home.settings.council / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return home


def test_exampleshire_gets_its_extracts_and_another_council_none(home):
    assert example.is_wanted(home)
    assert not example.is_wanted(
        corrected(home, "council.yaml", "name: Exampleshire Council", "name: Haldenmoor Council")
    )


def test_nothing_is_invented_beside_what_a_system_is_asked_for(home):
    corrected(home, "feeds.yaml", "connector: folder", "connector: sql")
    assert not example.is_wanted(home)


def test_an_inbox_that_holds_a_file_is_left_as_it_is(home):
    (home.settings.inbox / "tickets" / "june.csv").write_text("ours")
    assert not example.is_wanted(home)


def test_what_was_invented_once_stays_exampleshires(home):
    (home.settings.inbox / "tickets" / "june.csv").write_text("invented")
    (home.settings.home / "exampleshire.json").write_text('{"months": 27}')
    assert example.is_wanted(home)
