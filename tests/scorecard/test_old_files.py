import os
from datetime import UTC, datetime

import pytest

from scorecard import old_files
from scorecard.connectors.companion import pack
from scorecard.objects import sha256_of

MOMENT = datetime(2025, 7, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    """A folder with files of a day before the moment, and what tells the hash of two of them."""
    place = tmp_path / "inbox"
    (place / "below").mkdir(parents=True)
    for name in ("ledger.csv", "ledger.ctl", "ledger.csv.ctl", "ledger_2.ctl", "below/ledger.ctl"):
        (place / name).write_text(name)
        os.utime(place / name, (MOMENT.timestamp() - 1,) * 2)
    return place


def both(folder, tmp_path, file, companion):
    pack(folder / file, folder / companion, tmp_path / "of both")
    return sha256_of(tmp_path / "of both")


@pytest.mark.parametrize(
    ("companion", "is_found"),
    [
        ("ledger.ctl", True), ("ledger.csv.ctl", True),
        ("ledger_2.ctl", False), ("below/ledger.ctl", False),
    ],
)  # fmt: skip
def test_a_file_is_found_with_each_companion_that_its_name_allows(
    folder, tmp_path, companion, is_found
):
    sha256 = both(folder, tmp_path, "ledger.csv", companion)
    found = list(old_files.kept_as(folder, MOMENT, {sha256}, tmp_path))
    pair = (folder / "ledger.csv", folder / companion)
    assert found == ([(sha256, pair)] if is_found else [])


def test_a_file_of_the_moment_itself_is_not_old(folder, tmp_path):
    sha256 = sha256_of(folder / "ledger.csv")
    assert len(list(old_files.kept_as(folder, MOMENT, {sha256}, tmp_path))) == 1

    os.utime(folder / "ledger.csv", (MOMENT.timestamp(),) * 2)
    assert list(old_files.kept_as(folder, MOMENT, {sha256}, tmp_path)) == []


def test_what_nobody_kept_is_left_and_links_are_not_followed(folder, tmp_path):
    (folder / "link.csv").symlink_to(folder / "ledger.csv")
    os.utime(folder / "link.csv", (MOMENT.timestamp() - 1,) * 2, follow_symlinks=False)

    assert list(old_files.kept_as(folder, MOMENT, {"0" * 64}, tmp_path)) == []
    assert folder / "link.csv" not in list(old_files.before(folder, MOMENT))
