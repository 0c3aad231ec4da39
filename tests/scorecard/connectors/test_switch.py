"""Each source switched by one line of feeds.yaml: the quarter's figures stay the same."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from landing import load
from sqlalchemy import select

from scorecard import accept, keep, measure, reconcile, sample
from scorecard.objects import open_store
from scorecard.register.models import Extract
from scorecard.settings import INCLUDE, read
from scorecard.sources import SOURCES
from scorecard.stores import Stores
from switching import differences, figures_of, switched

QUARTER = "2023-24-Q1"
RECEIVED = datetime(2023, 8, 14, 6, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """Exampleshire's extracts of its first months."""
    folder = tmp_path_factory.mktemp("inbox")
    sample.write(folder, months=4, staff=60, seed=1)
    return folder


def measured(stores, connection=None):
    """The figures of the quarter, from whatever the feeds bring."""
    for source in SOURCES:
        keep.run(stores, source, RECEIVED, None, connection)
        accept.run(stores, source, RECEIVED)
    with stores.register.connect() as opened:
        asked = select(Extract.refusal).where(Extract.state != "accepted")
        assert opened.scalars(asked).all() == []
    measurement = measure.run(stores, QUARTER, RECEIVED, RECEIVED)
    reconcile.run(stores, measurement)
    return figures_of(stores, measurement)


def home_of(registers, home, council=None, inbox=None):
    """Stores of their own, with the extracts in their inbox."""
    home.mkdir()
    if inbox:
        (home / "inbox").symlink_to(inbox)
    chosen = read({"SCORECARD_HOME": str(home), "SCORECARD_THREADS": "2"})
    chosen = replace(chosen, council=council or chosen.council)
    return Stores(registers(), open_store(chosen.store_url), chosen, b"a key for tests only")


def difference_of(one, other):
    """The lines of a file that are not those of another in their places."""
    pairs = zip(one.read_text().splitlines(), other.read_text().splitlines(), strict=True)
    return [theirs for ours, theirs in pairs if ours != theirs]


def test_a_quarter_asked_of_databases_has_the_figures_of_its_files(
    inbox, postgres, registers, tmp_path
):
    load(postgres, inbox)
    council = switched(tmp_path / "council", dict.fromkeys(SOURCES, "sql"))
    changed = difference_of(INCLUDE / "council" / "feeds.yaml", council / "feeds.yaml")
    assert changed == ["  connector: sql"] * len(SOURCES)
    files = measured(home_of(registers, tmp_path / "files", inbox=inbox))
    asked = measured(home_of(registers, tmp_path / "sql", council), postgres.connection)

    assert len(files) > 1500
    assert differences(files, asked) == []
