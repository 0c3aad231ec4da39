from scorecard import lookups, settings
from scorecard.workbench import workbench


def opened(tmp_path):
    chosen = settings.read({"SCORECARD_HOME": str(tmp_path), "SCORECARD_MEMORY_MB": "300"})
    return workbench(chosen, lookups.read(chosen.council, b"a key for tests only"))


def test_memory_is_bounded_as_the_settings_say(tmp_path):
    with opened(tmp_path) as bench:
        asked = "select current_setting('memory_limit'), current_setting('TimeZone')"
        assert bench.connection.execute(asked).fetchall() == [("286.1 MiB", "UTC")]


def test_two_places_at_one_bench_share_tables_and_the_clock(tmp_path):
    with opened(tmp_path) as bench:
        bench.place().connection.execute("create table given as select 1 as cell")
        other = bench.place().connection
        assert other.execute("select cell from given").fetchall() == [(1,)]
        assert other.execute("select current_setting('TimeZone')").fetchall() == [("UTC",)]


def test_nothing_is_left_of_a_bench(tmp_path):
    with opened(tmp_path) as bench:
        (bench.folder / "copy").write_text("a person's name")
        folder = bench.folder
    assert not folder.exists()
