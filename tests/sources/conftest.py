"""One bench for all files of a session."""

import shutil

import pytest
from reading import Reader, opened

from scorecard import settings
from scorecard.settings import INCLUDE


@pytest.fixture(scope="session")
def council(tmp_path_factory):
    """Exampleshire's lists, with cost centres that belong to directorates."""
    folder = tmp_path_factory.mktemp("lists") / "council"
    shutil.copytree(INCLUDE / "council", folder)
    (folder / "cost_centres.csv").write_text(
        "cost_centre,directorate,effective_from,effective_to\n"
        "104*,PLA,2018-04-01,\n00000104*,PLA,2018-04-01,\n10451,RES,2018-04-01,\n"
    )
    return folder


@pytest.fixture(scope="session")
def reader(tmp_path_factory, council):
    """A bench at which any file is read."""
    home = tmp_path_factory.mktemp("home")
    read = settings.read({
        "SCORECARD_HOME": str(home), "SCORECARD_THREADS": "2", "SCORECARD_COUNCIL": str(council),
    })  # fmt: skip
    with opened(read) as bench:
        yield Reader(bench)
