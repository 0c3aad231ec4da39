"""A file that has a companion comes with it or not at all, as one archive of the same bytes."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from on_disk import hash_of_pair
from sqlalchemy import select

from scorecard.connectors import CannotFetch, folder
from scorecard.names import BESIDE, COMPANION_KB
from scorecard.register.models import Extract, Resent

EARLY, LATE = 1_750_000_000, 1_750_000_060
LEDGERS = {"ledger*": ".ctl"}


def inside(content):
    """The parts of a delivery."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return [archive.read(part) for part in archive.infolist()]


@pytest.fixture
def paired(mount, fetched):
    """What the folder delivers: names, and the parts of each archive."""

    def fetch(companion=LEDGERS, **lines):
        found = fetched(mount.connection, companion=companion, **lines)
        return [
            (name, inside(content) if content.startswith(b"PK") else content)
            for name, content in found
        ]

    return fetch


@pytest.mark.parametrize("companion", ["ledger.csv.ctl", "ledger.ctl"])
def test_a_file_waits_for_its_companion_by_its_whole_name_or_with_its_own_ending_replaced(
    mount, paired, caplog, companion
):
    mount.put("ledger.csv", b"1", EARLY)
    assert paired() == []
    assert "ledger.csv waits for its companion, ledger.csv.ctl or ledger.ctl." in caplog.text

    mount.put(companion, b"ROWS 1", EARLY)
    assert paired() == [("ledger.csv", [b"1", b"ROWS 1"])]


def test_capitals_in_the_names_of_a_file_and_its_companion_do_not_matter(mount, paired):
    mount.put("LEDGER.CSV", b"1", EARLY)
    mount.put("Ledger.CTL", b"ROWS 1", EARLY)
    assert paired() == [("LEDGER.CSV", [b"1", b"ROWS 1"])]


def test_of_two_companions_the_one_with_the_files_whole_name_counts(mount, paired):
    for name in ("ledger.csv", "ledger.ctl", "ledger.csv.ctl"):
        mount.put(name, name.encode(), EARLY)
    assert paired() == [("ledger.csv", [b"ledger.csv", b"ledger.csv.ctl"])]


def test_a_companion_that_is_older_than_a_file_was_left_by_another(mount, paired, caplog):
    mount.put("ledger.csv", b"1", LATE)
    mount.put("ledger.ctl", b"ROWS 1", EARLY)
    assert paired() == []
    assert "ledger.csv is newer than its companion: it waits." in caplog.text

    mount.put("ledger.ctl", b"ROWS 1", LATE)
    assert len(paired()) == 1


def test_files_of_other_names_need_no_companion_and_a_companion_is_no_file(mount, paired, caplog):
    for name in ("ledger_05.csv", "ledger_05.ctl", "ledger_06.csv", "ledger_06.csv.ctl"):
        mount.put(name, name.encode(), EARLY)
    mount.put("savings.csv", b"2", LATE)
    mount.put("ledger_alone.ctl", b"ROWS 0", LATE)

    assert paired() == [
        ("ledger_05.csv", [b"ledger_05.csv", b"ledger_05.ctl"]),
        ("ledger_06.csv", [b"ledger_06.csv", b"ledger_06.csv.ctl"]),
        ("savings.csv", b"2"),
    ]
    waiting = "ledger_alone.ctl waits for the file whose companion it is."
    assert [r.message for r in caplog.records if "waits" in r.message] == [waiting]
    assert [name for name, _ in paired({"*": ".ctl"})] == ["ledger_05.csv", "ledger_06.csv"]


def test_a_companion_that_two_files_can_claim_is_neithers(mount, paired, caplog):
    for name in ("ledger.csv", "ledger.xlsx", "ledger.ctl"):
        mount.put(name, b"1", EARLY)
    assert paired() == []
    assert (
        "ledger.xlsx waits: ledger.ctl can be the companion of another file as well. Call it "
        "ledger.xlsx.ctl." in caplog.text
    )

    mount.put("ledger.xlsx.ctl", b"1", EARLY)
    assert [name for name, _ in paired()] == ["ledger.csv", "ledger.xlsx"]


def test_the_same_files_are_the_same_bytes_whatever_their_names_and_times(mount, fetched):
    for name, at in (("ledger_05.csv", EARLY), ("ledger_06.csv", LATE)):
        mount.put(name, b"1", at)
        mount.put(f"{name}.ctl", b"ROWS 1", at)
    (_, first), (_, second) = fetched(mount.connection, companion=LEDGERS)
    with zipfile.ZipFile(BytesIO(first)) as archive:
        parts = archive.infolist()

    assert first == second
    assert [part.filename for part in parts] == ["extract", f"{BESIDE}companion"]
    assert {(part.compress_type, part.date_time[0]) for part in parts} == {(0, 1980)}


def test_a_marker_vouches_for_the_file_and_its_companion(mount, paired, caplog):
    mount.put("ledger.csv", b"1", EARLY)
    mount.put("ledger.csv.done", b"", EARLY)
    assert paired(marker=".done") == []

    mount.put("ledger.ctl", b"ROWS 1", LATE)
    assert paired(marker=".done") == []
    assert "ledger.ctl is newer than its marker: it waits." in caplog.text

    mount.put("ledger.csv.done", b"", LATE)
    assert paired(marker=".done") == [("ledger.csv", [b"1", b"ROWS 1"])]


def test_a_companion_that_changes_between_two_looks_lets_its_file_wait(
    mount, ask, monkeypatch, caplog
):
    mount.put("ledger.csv", b"1", EARLY)
    mount.put("ledger.ctl", b"ROWS", EARLY)
    monkeypatch.setattr(folder.time, "sleep", lambda _: mount.put("ledger.ctl", b"ROWS 1", LATE))
    asked = ask(mount.connection)
    asked = replace(asked, feed=replace(asked.feed, companion=LEDGERS))

    assert list(folder.fetch(asked)) == []
    assert "ledger.csv is still being written." in caplog.text


@pytest.mark.parametrize("size", [COMPANION_KB * 1024, COMPANION_KB * 1024 + 1])
def test_a_companion_over_the_limit_is_told_and_not_copied(mount, paired, size):
    mount.put("ledger.csv", b"1", EARLY)
    mount.put("ledger.ctl", b"x" * size, EARLY)
    if size == COMPANION_KB * 1024:
        assert len(paired()) == 1
        return
    with pytest.raises(CannotFetch) as told:
        paired()
    assert str(told.value) == (
        "tickets/ledger.csv with ledger.ctl: the companion is over 64 kB, so neither was copied. "
        "Send the small file that says what the other holds, or correct `companion` of the feed."
    )


def test_a_companion_is_put_by_after_its_file(mount, paired):
    """So that a run that dies in between leaves no file that the next companion would go with."""
    for name in ("ledger.csv", "ledger.ctl", "ledger.csv.done"):
        mount.put(name, b"1", EARLY)
    sha256 = hash_of_pair(mount.root, b"1", b"1")
    taken = mount.root / "tickets" / "taken" / f"{sha256}_ledger.csv"
    (taken / "so that it cannot be moved here").mkdir(parents=True)

    with pytest.raises(CannotFetch, match=r"ledger\.csv with ledger\.ctl: kept, but it cannot be"):
        paired(marker=".done", archive="taken")
    assert mount.names() == [
        "ledger.csv", "ledger.ctl", f"taken/{sha256}_ledger.csv.marker",
    ]  # fmt: skip


def test_a_companion_that_stayed_behind_is_not_the_next_files(mount, paired):
    mount.put("ledger.ctl", b"TOTAL of May", EARLY)  # its file is in the archive
    mount.put("ledger.csv", b"June", LATE)
    assert paired() == []

    mount.put("ledger.ctl", b"TOTAL of June", LATE)
    assert paired() == [("ledger.csv", [b"June", b"TOTAL of June"])]


def test_of_files_with_the_companions_ending_only_those_named_like_it_are_companions(mount, paired):
    for name in ("ledger.xlsx", "ledger.csv", "savings.csv", "ledger_05.xlsx.csv"):
        mount.put(name, name.encode(), EARLY)
    assert paired(companion={"ledger*.xlsx": ".csv"}) == [
        ("ledger.xlsx", [b"ledger.xlsx", b"ledger.csv"]), ("savings.csv", b"savings.csv")
    ]  # fmt: skip


def test_a_companion_that_changes_after_it_was_kept_stays_for_the_next_run(mount, ask, caplog):
    mount.put("ledger.csv", b"1", EARLY)
    mount.put("ledger.ctl", b"ROWS 1", EARLY)
    asked = ask(mount.connection)
    feed = replace(asked.feed, companion=LEDGERS, archive="taken")
    for _ in folder.fetch(replace(asked, feed=feed)):
        mount.put("ledger.ctl", b"ROWS 2", LATE)

    assert mount.names() == ["ledger.csv", "ledger.ctl"]
    assert "ledger.ctl changed after it was kept: it stays for the next run." in caplog.text


def test_kept_twice_it_is_one_extract_and_another_companion_makes_another(mount, pulling):
    office = pulling("tickets", "folder", companion="{ledger*: .ctl}")
    mount.put("ledger.csv", b"1", EARLY)
    mount.put("ledger.ctl", b"ROWS 1", EARLY)
    office.pull(mount.connection)
    office.pull(mount.connection, hour=10)
    assert [extract.file_name for extract in office.extracts()] == ["ledger.csv"]

    mount.put("ledger.ctl", b"ROWS 2", LATE)
    office.pull(mount.connection, hour=11)
    with office.stores.register.connect() as connection:
        kept = connection.execute(select(Extract.sha256, Extract.arrived_at)).all()
        again = connection.execute(select(Resent)).all()
    assert len({sha256 for sha256, _ in kept}) == 2
    assert [arrived.timestamp() for _, arrived in kept] == [EARLY, LATE]
    assert again == []
