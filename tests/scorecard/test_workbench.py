import pytest

from scorecard import lookups, settings
from scorecard.workbench import PACKED, room_and_hands, workbench


def limits(tmp_path, memory="768", threads="2"):
    given = {"SCORECARD_MEMORY_MB": memory, "SCORECARD_THREADS": threads}
    return settings.read({"SCORECARD_HOME": str(tmp_path), **given})


def opened(tmp_path, memory="768"):
    chosen = limits(tmp_path, memory)
    return workbench(chosen, lookups.read(chosen.council, b"a key for tests only"))


@pytest.mark.parametrize(
    ("setting", "bound"), [("100", "95.3 MiB"), ("160", "152.5 MiB"), ("768", "152.5 MiB")]
)
def test_memory_is_bounded_as_the_settings_say_and_never_above_what_makes_it_faster(
    tmp_path, setting, bound
):
    with opened(tmp_path, setting) as bench:
        asked = "select current_setting('memory_limit'), current_setting('TimeZone')"
        assert bench.connection.execute(asked).fetchall() == [(bound, "UTC")]


@pytest.mark.parametrize(
    ("memory", "threads", "found"),
    [
        ("768", "1", (160, 1)), ("768", "4", (160, 4)), ("768", "5", (200, 5)),
        ("768", "16", (640, 16)), ("768", "64", (760, 19)), ("160", "16", (160, 4)),
        ("100", "16", (100, 2)), ("30", "2", (30, 1)),
    ],
)  # fmt: skip
def test_every_thread_has_room_and_no_setting_is_passed(tmp_path, memory, threads, found):
    assert room_and_hands(limits(tmp_path, memory, threads)) == found


def test_two_places_at_one_bench_share_tables_and_the_clock(tmp_path):
    with opened(tmp_path) as bench:
        bench.place().connection.execute("create table given as select 1 as cell")
        other = bench.place().connection
        assert other.execute("select cell from given").fetchall() == [(1,)]
        assert other.execute("select current_setting('TimeZone')").fetchall() == [("UTC",)]


def test_every_place_sees_rows_in_memory_and_packed_ones_by_their_name(tmp_path):
    with opened(tmp_path) as bench:
        bench.connection.execute(f"create table {PACKED}.large as select 1 as cell")
        bench.connection.execute("create table small as select 2 as cell")
        for place in (bench, bench.place()):
            asked = "select large.cell, small.cell from large, small"
            assert place.connection.execute(asked).fetchall() == [(1, 2)]


def test_nothing_is_left_of_a_bench(tmp_path):
    with opened(tmp_path) as bench:
        (bench.folder / "copy").write_text("a person's name")
        folder = bench.folder
    assert not folder.exists()
