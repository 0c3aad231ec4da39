import pytest

from scorecard import lookups, settings
from scorecard.workbench import PACKED, workbench


def opened(tmp_path, memory="768"):
    chosen = settings.read({"SCORECARD_HOME": str(tmp_path), "SCORECARD_MEMORY_MB": memory})
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
