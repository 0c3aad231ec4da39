"""Rooms of dead processes are cleared away; folders appear, and change places, whole."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scorecard import folders
from scorecard.folders import replace, room, sweep, write_whole

HOLD = """
import sys, time
from pathlib import Path
from scorecard.folders import room
with room(Path(sys.argv[1])) as folder:
    (folder / "rows").write_text("personal data")
    print(folder, flush=True)
    time.sleep(60)
"""


def held_by_another(parent):
    """A room of another process, and the process."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(parent)], stdout=subprocess.PIPE, text=True
    )
    return process, process.stdout.readline().strip()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_room_is_gone_when_its_block_ends(tmp_path):
    with room(tmp_path / "incoming") as folder:
        (folder / "rows").write_text("x")

    assert names(tmp_path / "incoming") == []


def test_the_room_of_a_killed_process_goes_with_the_next_and_that_of_a_living_one_stays(tmp_path):
    living, kept = held_by_another(tmp_path)
    dead, left = held_by_another(tmp_path)
    os.kill(dead.pid, signal.SIGKILL)
    dead.wait()
    try:
        with room(tmp_path) as mine:
            found = {path for path in tmp_path.iterdir() if path.is_dir()}
            assert {str(path) for path in found} == {kept, str(mine)}
            assert not Path(left).exists()
    finally:
        living.kill()
        living.wait()


def test_a_folder_that_is_no_room_is_left_alone(tmp_path):
    (tmp_path / "scorecard-room-somebody").mkdir()
    sweep(tmp_path, "scorecard-room-")

    assert names(tmp_path) == ["scorecard-room-somebody"]


def test_many_rooms_at_once_do_not_sweep_each_other(tmp_path):
    kept = []

    def work():
        for _ in range(30):
            with room(tmp_path) as folder:
                (folder / "rows").write_text("x")
                kept.append((folder / "rows").exists())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert kept == [True] * 120
    assert names(tmp_path) == []


def test_a_folder_is_written_whole_and_nothing_is_left_beside_it(tmp_path):
    (tmp_path / "r1").mkdir()
    (tmp_path / "r1" / "half.html").write_text("half")
    write_whole(tmp_path / "r1", {"a": b"1", "b": b"2"})

    assert names(tmp_path) == ["r1"]
    assert names(tmp_path / "r1") == ["a", "b"]


def test_a_file_may_lie_in_a_folder_below(tmp_path):
    write_whole(tmp_path / "r1", {"a": b"1", "data/b.csv": b"2"})

    assert names(tmp_path / "r1") == ["a", "data"]
    assert (tmp_path / "r1" / "data" / "b.csv").read_bytes() == b"2"


def test_a_folder_that_cannot_be_written_leaves_what_was_there(tmp_path):
    write_whole(tmp_path / "r1", {"a": b"1"})
    with pytest.raises(NotADirectoryError):
        write_whole(tmp_path / "r1", {"a": b"2", "a/below/a/file": b"2"})

    assert names(tmp_path) == ["r1"]
    assert (tmp_path / "r1" / "a").read_bytes() == b"1"


@pytest.mark.parametrize("can_swap", [True, False])
def test_a_folder_takes_the_place_of_another(tmp_path, monkeypatch, can_swap):
    if not can_swap:
        monkeypatch.setattr(folders, "_SWAPS", {})
    write_whole(tmp_path / "r1", {"a": b"draft"})
    write_whole(tmp_path / ".r1.published", {"a": b"published"})
    replace(tmp_path / "r1", tmp_path / ".r1.published")

    assert names(tmp_path) == ["r1"]
    assert (tmp_path / "r1" / "a").read_bytes() == b"published"


def test_a_folder_whose_old_one_is_gone_already_takes_its_place(tmp_path):
    write_whole(tmp_path / ".r1.published", {"a": b"published"})
    replace(tmp_path / "r1", tmp_path / ".r1.published")

    assert names(tmp_path) == ["r1"]
