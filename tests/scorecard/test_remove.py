"""What is kept no longer goes, is recorded, and nothing that was published depends on it."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from given import NOW, incidents, tickets
from record import a_pack, approve
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from scorecard import accept, draft, explain, keep, measure, publish, rebuild, reconcile, remove
from scorecard.measure import GoneByRetention
from scorecard.packs import verification
from scorecard.register import audit, packs, removals, trail
from scorecard.register.removals import Due
from scorecard.remove import NotRemoved
from switching import switched

Q = "2025-26-Q1"
RAW_GOES = datetime(2027, 8, 1, 9, tzinfo=UTC)  # 24 whole months after July 2025
ROWS_GO = datetime(2032, 7, 1, 9, tzinfo=UTC)  # 84 months after the end of June 2025


@pytest.fixture
def keeper(office, stores, tmp_path):
    """An office that took in June's tickets and refused a file, and its retention."""
    office.send("june.csv", incidents(*tickets(12), {"number": "X", "priority": "P9"}))
    office.send("Ruth Smith.csv", "nothing,of\nthe,kind\n")
    office.take_in()
    logs = tmp_path / "logs"

    def run(at, dry_run=False, run_id="a run"):
        return remove.run(stores, logs, run_id, at, dry_run)

    run.office, run.logs = office, logs
    return run


def raw_of(office):
    return [name for name in office.objects() if name.startswith("raw/")]


def inbox(office):
    return sorted(file.name for file in (office.stores.settings.inbox / "tickets").iterdir())


def test_raw_extracts_go_with_their_copies_in_the_inbox_once_their_months_are_over(keeper):
    office = keeper.office
    last_day = RAW_GOES - timedelta(days=1, hours=10)
    assert keeper(last_day) == {}
    assert (len(raw_of(office)), len(inbox(office))) == (2, 2)

    assert keeper(RAW_GOES) == {"raw_extracts": 3, "inbox": 2}  # two files, one list set aside
    assert [name.split("/")[0] for name in office.objects()] == ["accepted"]
    assert inbox(office) == []
    assert keeper(RAW_GOES) == {}


def test_the_inbox_is_cleared_in_the_folder_that_the_feed_names(keeper, tmp_path):
    stores, inbox = keeper.office.stores, keeper.office.stores.settings.inbox
    (inbox / "desk").mkdir()
    (inbox / "tickets" / "june.csv").rename(inbox / "desk" / "june.csv")
    council = switched(tmp_path / "council", {"tickets": "folder"}, folder="desk")
    renamed = replace(stores, settings=replace(stores.settings, council=council))

    assert remove.run(renamed, keeper.logs, "a run", RAW_GOES, False)["inbox"] == 2
    assert [file for file in inbox.rglob("*") if file.is_file()] == []


def test_a_file_and_its_companion_go_from_the_inbox_together(keeper, tmp_path):
    """They were kept as one archive; whether the feed still names companions does not matter."""
    office, stores = keeper.office, keeper.office.stores
    council = switched(tmp_path / "council", {"tickets": "folder"}, companion="{may*: .ctl}")
    office.stores = replace(stores, settings=replace(stores.settings, council=council))
    office.send("may.csv", incidents(*tickets(3)))
    office.send("may.ctl", "ROWS 3")
    office.take_in()
    assert [each.file_name for each in office.extracts()][2:] == ["may.csv"]

    office.stores = stores
    assert keeper(RAW_GOES, dry_run=True)["inbox"] == 4
    assert keeper(RAW_GOES)["inbox"] == 4
    assert inbox(office) == []


def test_a_dry_run_lists_the_same_and_removes_nothing(keeper, caplog):
    before = keeper.office.objects()

    with caplog.at_level("INFO"):
        assert keeper(RAW_GOES, dry_run=True) == {"raw_extracts": 3, "inbox": 2}
    assert keeper.office.objects() == before
    assert len(inbox(keeper.office)) == 2
    assert caplog.text.count("would go by raw_extracts: raw/") == 2
    assert removals.unfinished(keeper.office.stores.register) == []


def test_each_removal_is_in_the_audit_with_hash_rule_moment_and_run_and_without_a_name(keeper):
    shas = {extract.sha256 for extract in keeper.office.extracts()}
    keeper(RAW_GOES, run_id="scheduled__1")
    rows = [
        dict(zip(trail.COLUMNS, row, strict=True))
        for row in trail.everything(keeper.office.stores.register)
    ]
    gone = [row for row in rows if row["event"] == "removed"]

    assert len(gone) == 5
    assert {row["content_sha256"] for row in gone} == shas
    assert {(row["at"], row["run"]) for row in gone} == {(RAW_GOES, "scheduled__1")}
    assert {row["said"].split(":")[0] for row in gone} == {"raw_extracts"}
    assert "Ruth" not in str(gone)


def test_a_refused_extract_that_is_gone_is_not_looked_at_again(keeper):
    stores = keeper.office.stores
    keeper(RAW_GOES)
    with stores.register.begin() as connection:
        connection.execute(text("update extracts set definitions_sha256 = 'another'"))

    assert accept.run(stores, "tickets", RAW_GOES) == []
    assert keeper.office.extracts()[1].state == "refused"


def test_bytes_that_come_again_after_they_went_are_not_kept_a_second_time(keeper):
    keeper(RAW_GOES)
    keeper.office.send("june.csv", incidents(*tickets(12), {"number": "X", "priority": "P9"}))

    assert keeper.office.take_in(now=RAW_GOES) == []
    assert raw_of(keeper.office) == []
    assert keeper(RAW_GOES) == {"inbox": 1}


def test_what_a_draft_may_still_be_traced_to_stays_until_the_draft_is_published_or_goes(keeper):
    register = keeper.office.stores.register
    a_pack(register)
    with register.begin() as connection:
        connection.execute(text("update packs set drafted_at = :at"), {"at": RAW_GOES})
    assert keeper(RAW_GOES) == {"raw_extracts": 1, "inbox": 1}  # the refused file has no rows

    with register.begin() as connection:
        connection.execute(text("update packs set state = 'published', published_at = drafted_at"))
    assert keeper(RAW_GOES) == {"raw_extracts": 2, "inbox": 1}


def test_old_drafts_go_and_a_published_pack_never(keeper):
    stores = keeper.office.stores
    for variant, state in (("officer", "draft"), ("public", "published")):
        pack = a_pack(stores.register, variant, state)
        folder = stores.settings.packs / pack.folder
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text("{}")
    assert keeper(datetime(2026, 7, 30, tzinfo=UTC)) == {}

    assert keeper(datetime(2026, 8, 1, tzinfo=UTC)) == {"drafts": 1}
    assert [f.parent.name for f in stores.settings.packs.rglob("manifest.json")] == ["r1"]
    assert (stores.settings.packs / Q / "public" / "r1").is_dir()


def test_a_draft_that_was_published_after_it_was_due_is_kept(keeper):
    stores = keeper.office.stores
    pack = a_pack(stores.register, state="published")
    folder = stores.settings.packs / pack.folder
    folder.mkdir(parents=True)
    one = Due(f"packs/{pack.folder}", "drafts", pack.manifest_sha256, pack.folder)
    removals.write(stores.register, "due", [one], "a run that died", NOW)

    assert keeper(NOW) == {}
    assert folder.is_dir()
    assert removals.unfinished(stores.register) == []


def test_old_logs_go_with_their_empty_folders_and_are_counted(keeper):
    old, new = keeper.logs / "dag_id=a" / "run" / "1.log", keeper.logs / "dag_id=a" / "2.log"
    for file in (old, new):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("said")
    os.utime(old, (0, 0))
    (keeper.logs / "link.log").symlink_to(new)

    assert keeper(datetime.now(UTC))["logs"] == 1
    assert sorted(p.name for p in keeper.logs.rglob("*")) == ["2.log", "dag_id=a", "link.log"]


def published(stores):
    """The folder of the quarter's pack, measured from real rows and published."""
    measurement = reconcile.run(stores, measure.run(stores, Q, NOW, NOW))
    folder = Path(draft.run(stores, measurement, "", "schedule", NOW))
    approve(stores, at=NOW)
    publish.run(stores, Q, "officer", 1, NOW, NOW)
    return folder


def test_when_all_is_gone_packs_verify_and_rebuild_and_a_figure_says_what_is_gone(keeper):
    stores = keeper.office.stores
    folder = published(stores)
    done = audit.of_pack(stores.register, Q, "officer", 1)
    assert "accepted_rows" not in keeper(ROWS_GO - timedelta(days=1))
    keeper(ROWS_GO)
    gone = "The rows of 2025-06 are gone by retention since 1 July 2032."

    assert keeper.office.objects() == []
    assert verification.problems(folder) == []
    assert audit.of_pack(stores.register, Q, "officer", 1) == done
    made = rebuild.run(stores, folder)
    assert (made.is_same, made.gone) == (True, gone)
    told = explain.figure(stores, "ticket_clearance_ratio", "2025-06", "COUNCIL", ROWS_GO, ROWS_GO)
    assert (told["denominator"], told["gone"]) == (12, gone)
    assert f"Gone        {gone}" in explain.in_words(told)
    with pytest.raises(GoneByRetention, match=f"{Q}: {gone} It cannot be measured again"):
        measure.run(stores, Q, ROWS_GO, ROWS_GO)
    assert packs.find(stores.register, Q, "officer", 1).state == "published"


@pytest.mark.parametrize("command", ["update removals set rule = 'x'", "delete from removals"])
def test_nobody_changes_what_was_removed(keeper, command):
    keeper(RAW_GOES)

    refused = pytest.raises(DatabaseError, match="stays as it was written")
    with refused, keeper.office.stores.register.begin() as connection:
        connection.execute(text(command))


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from scorecard import objects, remove, settings
from scorecard.objects import ObjectStore, open_store
from scorecard.register import open_register, removals
from scorecard.stores import Stores

url, home, where, at = sys.argv[1:]
def dying(holder, name, after):
    real = getattr(holder, name)
    def die(*arguments, **keywords):
        if after:
            real(*arguments, **keywords)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(holder, name, die)
place, when = where.split()
holder, name = place.split(".")
dying({"removals": removals, "store": ObjectStore, "Path": Path}[holder], name, when == "after")
chosen = settings.read({"SCORECARD_HOME": home})
stores = Stores(open_register(url), open_store(chosen.store_url), chosen, b"")
remove.run(stores, Path(home) / "logs", "a run", datetime.fromisoformat(at), False)
"""


@pytest.mark.parametrize(
    "where",
    [
        "removals.write before",
        "removals.write after",
        "store.delete after",
        "Path.unlink before",
        "Path.unlink after",
    ],
)
def test_a_run_that_is_killed_is_finished_by_the_next(keeper, where):
    stores = keeper.office.stores
    url = stores.register.url.render_as_string(hide_password=False)
    arguments = [url, str(stores.settings.home), where, RAW_GOES.isoformat()]
    command = [sys.executable, "-c", KILLED, *arguments]
    died = subprocess.run(command, capture_output=True, text=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr

    keeper(RAW_GOES)
    assert raw_of(keeper.office) == inbox(keeper.office) == []
    assert removals.unfinished(stores.register) == []
    gone = [row for row in trail.everything(stores.register) if row[1] == "removed"]
    assert len(gone) == 5


def test_bytes_that_another_source_was_given_meanwhile_stay_until_that_extract_goes_too(keeper):
    office, wrong = keeper.office, incidents(*tickets(3))
    office.send("june.csv", wrong, "printing")
    office.take_in("printing")  # refused: it belongs to tickets
    stores = office.stores
    extract = office.extracts()[-1]
    one = Due(f"raw/{extract.sha256}", "raw_extracts", extract.sha256, "printing", "", extract.id)
    removals.write(stores.register, "due", [one], "a run that died", NOW)
    office.send("wrong.csv", wrong)
    keep.run(stores, "tickets", RAW_GOES)

    assert keeper(RAW_GOES, dry_run=True) == keeper(RAW_GOES) == {"raw_extracts": 3, "inbox": 2}
    assert one.place in raw_of(office)
    assert len(accept.run(stores, "tickets", RAW_GOES)) == 1
    later = RAW_GOES.replace(year=2030)
    keeper(later)
    assert raw_of(office) == []
    assert removals.unfinished(stores.register) == []


def test_a_draft_behind_a_link_is_not_removed_and_not_recorded_as_gone(keeper, tmp_path):
    stores = keeper.office.stores
    pack = a_pack(stores.register)
    elsewhere = tmp_path / "another disk"
    elsewhere.mkdir()
    folder = stores.settings.packs / pack.folder
    folder.parent.mkdir(parents=True)
    folder.symlink_to(elsewhere)
    goes = datetime(2026, 9, 1, tzinfo=UTC)
    with pytest.raises(NotRemoved, match=r"^retention: packs/.*officer/r1: .*link.*Give the acc"):
        keeper(goes)
    assert "removed" not in {row[1] for row in trail.everything(stores.register)}

    folder.unlink()
    elsewhere.rename(folder)
    assert keeper(goes) == {"drafts": 1}
    assert not folder.exists()


def test_an_object_that_is_a_link_is_not_recorded_as_gone_and_holds_nothing_else_up(keeper):
    store = keeper.office.stores.settings.home / "store"
    name = raw_of(keeper.office)[0]
    (store / name).rename(store / "elsewhere")
    (store / name).symlink_to(store / "elsewhere")

    with pytest.raises(NotRemoved, match=rf"{name}: .*is a link"):
        keeper(RAW_GOES)
    assert [due.place for due in removals.unfinished(keeper.office.stores.register)] == [name]


def test_a_file_of_the_inbox_that_came_again_is_in_the_dry_run_as_in_the_run(keeper):
    file = keeper.office.stores.settings.inbox / "tickets" / "june.csv"
    os.utime(file, (RAW_GOES.timestamp(),) * 2)
    keeper(RAW_GOES)
    os.utime(file, (0, 0))

    assert keeper(RAW_GOES, dry_run=True) == keeper(RAW_GOES) == {"inbox": 1}


def test_a_quarter_is_not_measured_again_without_the_months_with_which_it_is_compared(keeper):
    office, stores = keeper.office, keeper.office.stores
    old = {"opened_at": "2024-06-03 09:00:00", "resolved_at": "2024-06-03 12:00:00"}
    office.send("last.csv", incidents(*({**each, **old, "number": f"OLD{n}"}
                                        for n, each in enumerate(tickets(2)))))  # fmt: skip
    office.take_in()
    kept, goes = (datetime(2031, month, 2, 9, tzinfo=UTC) for month in (6, 7))
    keeper(kept)
    assert measure.run(stores, Q, kept, kept)

    keeper(goes)
    words = rf"{Q}: The rows of 2024-06 are gone .* 2031\. It is compared with them\. It cannot be"
    with pytest.raises(GoneByRetention, match=words):
        measure.run(stores, Q, goes, goes)
