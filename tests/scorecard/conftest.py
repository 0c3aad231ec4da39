"""Fixtures of the intake's tests: a file tried, and files sent to an inbox and taken in."""

import csv

import pytest
from given import NOW
from office import Office

from scorecard import settings
from scorecard.trial import try_file


@pytest.fixture
def limits(tmp_path):
    """Settings of a test's own."""
    return settings.read({"SCORECARD_HOME": str(tmp_path / "home"), "SCORECARD_THREADS": "2"})


@pytest.fixture
def tried(tmp_path, limits):
    """What would become of a file with this content."""

    def ask(content, name="extract.csv", mapping=None, now=NOW):
        path = tmp_path / name
        data = content if isinstance(content, bytes) else content.encode()
        path.write_bytes(data)
        return try_file(path, limits, now, mapping)

    return ask


@pytest.fixture
def refusal(tried):
    """The one refusal of a file with this content; nothing of it is accepted."""

    def ask(content, *args, **how):
        told = tried(content, *args, **how)
        assert (told["rows_accepted"], len(told["refusals"])) == (0, 1), told
        return told["refusals"][0]

    return ask


@pytest.fixture
def office(stores):
    """An inbox, an object store and a register of a test's own."""
    return Office(stores)


@pytest.fixture
def usual_cells():
    """Cells as long as Python reads them before anything of ours has raised the limit."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)
